import sql, { empty, type Sql } from 'sql-template-tag';
import type { Cell, Division, DivisionCard, DivisionLevel } from '#contract/grid';
import type { LonLat, Names } from '#contract/shared';
import type { Queryable } from '../db/database.ts';
import type { CellAt } from './find-cell-at.ts';
import { containsPattern, startsPattern, toPage, withinBounds, type ListFilter } from './list-query.ts';

export type Place = 'carriageway' | 'footway';

/** A position as a geometry in a statement. */
export function pointOf({ lon, lat }: LonLat): Sql {
  return sql`st_setsrid(st_makepoint(${lon}::float8, ${lat}::float8), 4326)`;
}

export async function findCoveringCell(db: Queryable, position: LonLat): Promise<CellAt | undefined> {
  const { rows } = await db.query<CellAt>(sql`
    select c.code, c.community_code as "communityCode", d.parent_code as "subdistrictCode",
      c.area_square_metres as "areaSquareMetres"
    from cells c
    join divisions d on d.code = c.community_code
    where st_covers(c.geom, ${pointOf(position)}) and c.retired_at is null
    order by c.code
    limit 1`);
  return rows[0];
}

interface DivisionRow {
  code: string;
  parent_code: string | null;
  level: DivisionLevel;
  name_zh: string;
  name_en: string;
  edition: number;
  lon: number;
  lat: number;
  west: number;
  south: number;
  east: number;
  north: number;
}

const divisionColumns = sql`
  d.code, d.parent_code, d.level, d.name_zh, d.name_en, d.edition,
  st_x(d.centre) as lon, st_y(d.centre) as lat,
  st_xmin(d.geom) as west, st_ymin(d.geom) as south, st_xmax(d.geom) as east, st_ymax(d.geom) as north`;

function toDivision(row: DivisionRow): Division {
  return {
    code: row.code,
    ...(row.parent_code === null ? {} : { parentCode: row.parent_code }),
    level: row.level,
    name: { zh: row.name_zh, en: row.name_en },
    edition: row.edition,
    centre: { lon: row.lon, lat: row.lat },
    bounds: [row.west, row.south, row.east, row.north],
  };
}

export interface DivisionFilter extends ListFilter {
  level?: DivisionLevel;
  parent?: string;
}

export async function listDivisions(db: Queryable, filter: DivisionFilter) {
  const { rows } = await db.query<DivisionRow>(sql`
    select ${divisionColumns}
    from (
      select d.code, d.parent_code, d.level, d.name_zh, d.name_en, d.edition, d.geom,
        st_pointonsurface(d.geom) as centre
      from divisions d
      where d.code > ${filter.after ?? ''}
        ${filter.level ? sql`and d.level = ${filter.level}` : empty}
        ${filter.parent ? sql`and d.parent_code = ${filter.parent}` : empty}
        ${filter.q ? matchesNames(filter.q) : empty}
        ${withinBounds(sql`d.geom`, filter.bounds)}
      order by d.code
      limit ${filter.limit + 1}
    ) d
    order by d.code`);
  return toPage(rows, filter.limit, toDivision, (row) => row.code);
}

function matchesNames(q: string): Sql {
  return sql`and (d.name_zh like ${containsPattern(q)} or d.name_en ilike ${containsPattern(q)}
    or d.code like ${startsPattern(q)})`;
}

/** The division with its outline as GeoJSON text. */
export async function findDivision(
  db: Queryable,
  code: string,
): Promise<{ division: Division; outline: string } | undefined> {
  const { rows } = await db.query<DivisionRow & { outline: string }>(sql`
    select ${divisionColumns}, st_asgeojson(d.geom, 7) as outline
    from (
      select d.code, d.parent_code, d.level, d.name_zh, d.name_en, d.edition, d.geom,
        st_pointonsurface(d.geom) as centre
      from divisions d
      where d.code = ${code}
    ) d`);
  const row = rows[0];
  return row && { division: toDivision(row), outline: row.outline };
}

interface CellRow {
  code: string;
  community_code: string;
  area_square_metres: number;
  lon: number;
  lat: number;
}

function toCell(row: CellRow): Cell {
  return {
    code: row.code,
    communityCode: row.community_code,
    areaSquareMetres: row.area_square_metres,
    centre: { lon: row.lon, lat: row.lat },
  };
}

export interface CellFilter extends ListFilter {
  community?: string;
  /** A division of any level. */
  division?: string;
}

export async function listCells(db: Queryable, filter: CellFilter) {
  const { rows } = await db.query<CellRow>(sql`
    select c.code, c.community_code, c.area_square_metres, st_x(c.centre) as lon, st_y(c.centre) as lat
    from (
      select c.code, c.community_code, c.area_square_metres, st_pointonsurface(c.geom) as centre
      from cells c
      where c.code > ${filter.after ?? ''} and c.retired_at is null
        ${filter.community ? sql`and c.community_code = ${filter.community}` : empty}
        ${filter.division ? below(sql`c.community_code`, filter.division) : empty}
        ${filter.q ? sql`and c.code like ${startsPattern(filter.q)}` : empty}
        ${withinBounds(sql`c.geom`, filter.bounds)}
      order by c.code
      limit ${filter.limit + 1}
    ) c
    order by c.code`);
  return toPage(rows, filter.limit, toCell, (row) => row.code);
}

/**
 * `and <column> begins with <code>`, for columns of digits: as a range, which an index serves in every collation.
 */
function below(column: Sql, code: string): Sql {
  if (!/^[0-9]+$/.test(code)) return sql`and false`;
  const next = (BigInt(code) + 1n).toString().padStart(code.length, '0');
  return sql`and ${column} >= ${code} and ${column} < ${next}`;
}

/** The cell with its outline as GeoJSON text. */
export async function findCell(
  db: Queryable,
  code: string,
): Promise<{ cell: Cell; version: number; retiredAt: Date | null; outline: string } | undefined> {
  const { rows } = await db.query<
    CellRow & { outline: string; version: number; retired_at: Date | null }
  >(sql`
    select c.code, c.community_code, c.area_square_metres, st_x(c.centre) as lon, st_y(c.centre) as lat, c.outline,
      c.version, c.retired_at
    from (
      select c.code, c.community_code, c.area_square_metres, st_pointonsurface(c.geom) as centre,
        st_asgeojson(c.geom, 7) as outline, c.version, c.retired_at
      from cells c
      where c.code = ${code}
    ) c`);
  const row = rows[0];
  return row && { cell: toCell(row), version: row.version, retiredAt: row.retired_at, outline: row.outline };
}

/** What lies in a division: `parts` and `cases` are conditions on `p` and `k` that let through what may be seen. */
export async function countInDivision(
  db: Queryable,
  code: string,
  { parts, cases, day }: { parts: Sql; cases: Sql; day: string },
): Promise<DivisionCard['counts']> {
  const { rows } = await db.query<DivisionCard['counts']>(sql`
    select
      (select count(*)::integer from divisions d where d.parent_code = ${code}) as children,
      (
        select count(*)::integer from cells c where c.retired_at is null ${below(sql`c.community_code`, code)}
      ) as cells,
      (select count(*)::integer from parts p where ${parts} ${below(sql`p.cell_code`, code)}) as parts,
      (
        select count(*)::integer
        from cases k
        where k.closed_at is null and k.stage not in ('closed', 'void') and ${cases}
          ${below(sql`k.community_code`, code)}
      ) as "openCases",
      (
        select count(*)::integer
        from heads h
        where h.valid_from <= ${day}::date and (h.valid_to is null or h.valid_to > ${day}::date)
          ${below(sql`h.community_code`, code)}
      ) as heads`);
  return rows[0] ?? { children: 0, cells: 0, parts: 0, openCases: 0, heads: 0 };
}

/** Open cases of a cell that `visible` (a condition on `c`) lets through. */
export async function countOpenCases(db: Queryable, cellCode: string, visible: Sql): Promise<number> {
  const { rows } = await db.query<{ open: number }>(sql`
    select count(*)::integer as open
    from cases c
    where c.cell_code = ${cellCode} and c.closed_at is null and c.stage not in ('closed', 'void') and ${visible}`);
  return rows[0]?.open ?? 0;
}

/** The divisions above a community, the district first. */
export async function listDivisionChain(
  db: Queryable,
  communityCode: string,
): Promise<{ code: string; level: DivisionLevel; name: Names }[]> {
  const { rows } = await db.query<{
    code: string;
    level: DivisionLevel;
    name_zh: string;
    name_en: string;
  }>(sql`
    with recursive chain as (
      select d.code, d.parent_code, d.level, d.name_zh, d.name_en, 0 as height
      from divisions d
      where d.code = ${communityCode}
      union all
      select d.code, d.parent_code, d.level, d.name_zh, d.name_en, chain.height + 1
      from chain
      join divisions d on d.code = chain.parent_code
    )
    select code, level, name_zh, name_en from chain order by height desc`);
  return rows.map(({ code, level, name_zh: zh, name_en: en }) => ({ code, level, name: { zh, en } }));
}

/** Names of the divisions of a list of codes; codes nobody knows are left out. */
export async function listDivisionNames(
  db: Queryable,
  codes: readonly string[],
): Promise<Map<string, Names>> {
  const { rows } = await db.query<{ code: string; name_zh: string; name_en: string }>(sql`
    select d.code, d.name_zh, d.name_en from divisions d where d.code = any(${[...codes]}::text[])`);
  return new Map(rows.map(({ code, name_zh: zh, name_en: en }) => [code, { zh, en }]));
}

/** The kind of place and its road. Where a footway crosses a carriageway, wheels have the right of way. */
export async function findPlaceAt(
  db: Queryable,
  position: LonLat,
): Promise<{ place: Place; road: Names } | undefined> {
  const { rows } = await db.query<{ kind: Place; name_zh: string; name_en: string }>(sql`
    select s.kind, r.name_zh, r.name_en
    from surfaces s
    join roads r on r.code = s.road_code
    where st_covers(s.geom, ${pointOf(position)})
    order by s.kind, s.id
    limit 1`);
  const row = rows[0];
  return row && { place: row.kind, road: { zh: row.name_zh, en: row.name_en } };
}
