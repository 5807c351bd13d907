import sql, { empty, raw, type Sql } from 'sql-template-tag';
import type { Scope } from '#contract/access';
import type { Found } from '#contract/search';
import type { LonLat, Names } from '#contract/shared';
import { areaScope, caseScope } from '../access/scope.ts';
import type { Queryable } from '../db/database.ts';
import { containsPattern, startsPattern } from '../grid/list-query.ts';
import { partScope } from '../parts/part-scope.ts';

/** A row of anything that has a name. */
export interface NamedRow {
  id: string;
  zh: string;
  en: string;
  detail_zh: string;
  detail_en: string;
  lon: number | null;
  lat: number | null;
  west: number | null;
  south: number | null;
  east: number | null;
  north: number | null;
}

const NO_PLACE = sql`null::float8 as lon, null::float8 as lat, null::float8 as west, null::float8 as south,
  null::float8 as east, null::float8 as north`;

function extent(geom: string): Sql {
  const column = raw(geom);
  return sql`st_xmin(${column}) as west, st_ymin(${column}) as south, st_xmax(${column}) as east,
    st_ymax(${column}) as north`;
}

export async function listDivisionNames(db: Queryable): Promise<NamedRow[]> {
  const { rows } = await db.query<NamedRow>(sql`
    select d.code as id, d.name_zh as zh, d.name_en as en, coalesce(p.name_zh, '') as detail_zh,
      coalesce(p.name_en, '') as detail_en, st_x(d.middle) as lon, st_y(d.middle) as lat, ${extent('d.geom')}
    from (select d.*, st_pointonsurface(d.geom) as middle from divisions d) d
    left join divisions p on p.code = d.parent_code
    order by d.code`);
  return rows;
}

export async function listRoadNames(db: Queryable): Promise<NamedRow[]> {
  const { rows } = await db.query<NamedRow>(sql`
    select r.code as id, r.name_zh as zh, r.name_en as en, r.class as detail_zh, r.class as detail_en,
      st_x(r.middle) as lon, st_y(r.middle) as lat, ${extent('r.geom')}
    from (select r.*, st_lineinterpolatepoint(r.geom, 0.5) as middle from roads r) r
    where r.name_zh <> ''
    order by r.code`);
  return rows;
}

export async function listBuildingNames(db: Queryable): Promise<NamedRow[]> {
  const { rows } = await db.query<NamedRow>(sql`
    select b.code as id, b.name_zh as zh, '' as en, b.kind as detail_zh, b.kind as detail_en, st_x(b.middle) as lon,
      st_y(b.middle) as lat, ${extent('b.geom')}
    from (select b.*, st_pointonsurface(b.geom) as middle from buildings b where b.name_zh <> '') b
    order by b.code`);
  return rows;
}

export async function listCameraNames(db: Queryable): Promise<NamedRow[]> {
  const { rows } = await db.query<NamedRow>(sql`
    select c.id, c.name_zh as zh, c.name_en as en, c.community_code as detail_zh, c.community_code as detail_en,
      st_x(c.geom) as lon, st_y(c.geom) as lat, null::float8 as west, null::float8 as south, null::float8 as east,
      null::float8 as north
    from cameras c
    order by c.id`);
  return rows;
}

/** Classes of the active set. */
export async function listClassNames(db: Queryable): Promise<(NamedRow & { kind: 'part' | 'event' })[]> {
  const { rows } = await db.query<NamedRow & { kind: 'part' | 'event' }>(sql`
    select k.id, k.name_zh as zh, k.name_en as en, k.major_zh as detail_zh, k.major_en as detail_en, k.kind,
      ${NO_PLACE}
    from classes k
    join class_sets s on s.edition = k.edition
    where s.active
    order by k.id`);
  return rows;
}

export async function listUnitNames(db: Queryable): Promise<NamedRow[]> {
  const { rows } = await db.query<NamedRow>(sql`
    select u.code as id, u.name_zh as zh, u.name_en as en, u.phone as detail_zh, u.phone as detail_en, ${NO_PLACE}
    from units u
    order by u.code`);
  return rows;
}

/** Which of some cameras a scope may see. */
export async function listVisibleCameras(
  db: Queryable,
  scope: Scope,
  ids: readonly string[],
): Promise<Set<string>> {
  const { rows } = await db.query<{ id: string }>(sql`
    select c.id from cameras c where c.id = any(${[...ids]}::text[]) and ${areaScope(scope, 'c')}`);
  return new Set(rows.map(({ id }) => id));
}

export interface FoundPart {
  code: string;
  name: Names;
  owner: string | null;
  position: LonLat;
}

interface PartRow {
  code: string;
  name_zh: string;
  name_en: string;
  owner_name: string | null;
  lon: number;
  lat: number;
}

const partColumns = sql`p.code, k.name_zh, k.name_en, p.owner_name, st_x(p.geom) as lon, st_y(p.geom) as lat`;

function toPart({ code, name_zh: zh, name_en: en, owner_name: owner, lon, lat }: PartRow): FoundPart {
  return { code, name: { zh, en }, owner, position: { lon, lat } };
}

/** Parts of these codes, in the order of the codes. */
export async function listPartsByCode(
  db: Queryable,
  scope: Scope,
  codes: readonly string[],
): Promise<FoundPart[]> {
  if (codes.length === 0) return [];
  const { rows } = await db.query<PartRow>(sql`
    select ${partColumns}
    from unnest(${[...codes]}::text[]) with ordinality as wanted (code, place)
    join parts p on p.code = wanted.code
    join classes k on k.id = p.class_id
    where p.state <> 'removed' and ${partScope(scope, 'p')}
    order by wanted.place`);
  return rows.map(toPart);
}

/** Parts whose code begins with these digits: a range of the primary key, which sorts digits alike everywhere. */
export async function listPartsByBeginning(
  db: Queryable,
  scope: Scope,
  digits: string,
  limit: number,
): Promise<FoundPart[]> {
  const { rows } = await db.query<PartRow>(sql`
    select ${partColumns}
    from parts p
    join classes k on k.id = p.class_id
    where p.code >= ${digits} and p.code <= ${digits.padEnd(17, '9')} and ${partScope(scope, 'p')}
    order by p.code
    limit ${limit}`);
  return rows.map(toPart);
}

/** The slow way while the parts are not in memory. */
export async function listPartsByEnding(
  db: Queryable,
  scope: Scope,
  digits: string,
  limit: number,
): Promise<FoundPart[]> {
  const { rows } = await db.query<PartRow>(sql`
    select ${partColumns}
    from parts p
    join classes k on k.id = p.class_id
    where right(p.code, ${digits.length}::integer) = ${digits} and p.state <> 'removed' and ${partScope(scope, 'p')}
    limit ${limit}`);
  return rows.map(toPart);
}

export type PlaceOfParts = { kind: 'road' | 'building'; id: string } | { kind: 'division'; id: string };

/** How far from the middle of a road, or from a building, its things stand: about 60 m, in degrees of latitude. */
export const BESIDE_DEGREES = 0.00055;

/** The corners of a road. */
export async function findRoadLine(db: Queryable, code: string): Promise<LonLat[]> {
  const { rows } = await db.query<{ coordinates: [number, number][] }>(sql`
    select st_asgeojson(r.geom)::jsonb -> 'coordinates' as coordinates from roads r where r.code = ${code}`);
  return rows[0]?.coordinates.map(([lon, lat]) => ({ lon, lat })) ?? [];
}

/**
 * Parts of some classes at a place, the nearest to a point first; without a point, by code. At a road among a million
 * parts it takes a fifth of a second: `findBesideLine` is the quick way while the parts are in memory.
 */
export async function listPartsAtPlace(
  db: Queryable,
  scope: Scope,
  given: { classes: readonly string[]; place: PlaceOfParts; near: LonLat | undefined; limit: number },
): Promise<FoundPart[]> {
  const { place, near } = given;
  const beside = (table: string) => sql`
    join ${raw(table)} g on p.geom && st_expand(g.geom, ${BESIDE_DEGREES}::float8)
      and st_dwithin(p.geom, g.geom, ${BESIDE_DEGREES}::float8)`;
  const { rows } = await db.query<PartRow>(sql`
    select ${partColumns}
    from parts p
    join classes k on k.id = p.class_id
    ${place.kind === 'division' ? empty : beside(place.kind === 'road' ? 'roads' : 'buildings')}
    where p.class_id = any(${[...given.classes]}::text[]) and p.state <> 'removed' and ${partScope(scope, 'p')}
      and ${
        place.kind === 'division'
          ? sql`p.cell_code >= ${place.id} and p.cell_code <= ${place.id.padEnd(15, '9')}`
          : sql`g.code = ${place.id}`
      }
    order by ${near ? sql`p.geom <-> ${pointOf(near)},` : empty} p.code
    limit ${given.limit}`);
  return rows.map(toPart);
}

function pointOf({ lon, lat }: LonLat): Sql {
  return sql`st_setsrid(st_makepoint(${lon}::float8, ${lat}::float8), 4326)`;
}

export interface FoundCell {
  code: string;
  community: Names;
  position: LonLat;
  bounds: Found['bounds'] & {};
}

/** Cells whose code begins or ends with these digits, those that begin so first. */
export async function listCellsByDigits(db: Queryable, digits: string, limit: number): Promise<FoundCell[]> {
  const { rows } = await db.query<{
    code: string;
    zh: string;
    en: string;
    lon: number;
    lat: number;
    west: number;
    south: number;
    east: number;
    north: number;
  }>(sql`
    select c.code, d.name_zh as zh, d.name_en as en, st_x(c.middle) as lon, st_y(c.middle) as lat, ${extent('c.geom')}
    from (
      select c.code, c.community_code, c.geom, st_pointonsurface(c.geom) as middle
      from cells c
      where c.retired_at is null
        and ((c.code >= ${digits} and c.code <= ${digits.padEnd(15, '9')}) or c.code like ${`%${digits}`})
      order by c.code not like ${startsPattern(digits)}, c.code
      limit ${limit}
    ) c
    join divisions d on d.code = c.community_code
    order by c.code not like ${startsPattern(digits)}, c.code`);
  return rows.map(({ code, zh, en, lon, lat, west, south, east, north }) => ({
    code,
    community: { zh, en },
    position: { lon, lat },
    bounds: [west, south, east, north],
  }));
}

export interface FoundCase {
  id: string;
  number: string;
  className: Names;
  community: Names;
  note: string;
  position: LonLat;
}

const caseColumns = sql`c.id::text as id, c.number, c.note, k.name_zh as class_zh, k.name_en as class_en,
  d.name_zh as community_zh, d.name_en as community_en, st_x(c.geom) as lon, st_y(c.geom) as lat`;

async function listCases(db: Queryable, cases: Sql): Promise<FoundCase[]> {
  const { rows } = await db.query<{
    id: string;
    number: string;
    note: string;
    class_zh: string;
    class_en: string;
    community_zh: string;
    community_en: string;
    lon: number;
    lat: number;
  }>(sql`
    select ${caseColumns}
    from (${cases}) c
    join classes k on k.id = c.class_id
    join divisions d on d.code = c.community_code
    order by c.received_at desc, c.id`);
  return rows.map((row) => ({
    id: row.id,
    number: row.number,
    className: { zh: row.class_zh, en: row.class_en },
    community: { zh: row.community_zh, en: row.community_en },
    note: row.note,
    position: { lon: row.lon, lat: row.lat },
  }));
}

/** Cases whose number begins or ends so, the newest first. */
export function listCasesByNumber(
  db: Queryable,
  scope: Scope,
  text: string,
  limit: number,
): Promise<FoundCase[]> {
  const ending = startsPattern([...text].reverse().join(''));
  return listCases(
    db,
    sql`
      select c.id, c.number, c.note, c.class_id, c.community_code, c.geom, c.received_at
      from cases c
      where (c.number like ${startsPattern(text)} or reverse(c.number) like ${ending}) and ${caseScope(scope, 'c')}
      order by c.received_at desc, c.id
      limit ${limit}`,
  );
}

/**
 * How far back notes are read: the newest cases of the district. An index of Chinese text is not to be had on every
 * engine, and one pass over so many takes some tens of milliseconds.
 */
const NOTES_READ = 20_000;

export function listCasesByNote(
  db: Queryable,
  scope: Scope,
  text: string,
  limit: number,
): Promise<FoundCase[]> {
  return listCases(
    db,
    sql`
      select c.id, c.number, c.note, c.class_id, c.community_code, c.geom, c.received_at
      from (select * from cases newest order by newest.received_at desc, newest.id desc limit ${NOTES_READ}) c
      where c.note ilike ${containsPattern(text)} and ${caseScope(scope, 'c')}
      order by c.received_at desc, c.id
      limit ${limit}`,
  );
}
