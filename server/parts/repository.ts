import sql, { empty, type Sql } from 'sql-template-tag';
import type { Scope } from '#contract/access';
import type { NearPart } from '#contract/grid';
import type { Part, PartFilter, PartState } from '#contract/parts';
import type { LonLat, Names } from '#contract/shared';
import type { Queryable } from '../db/database.ts';
import { toPage } from '../grid/list-query.ts';
import { partConditions } from './part-conditions.ts';
import { partScope } from './part-scope.ts';

interface PartRow {
  code: string;
  class_id: string;
  class_zh: string;
  class_en: string;
  cell_code: string;
  authority_code: string;
  authority_name: string;
  owner_code: string | null;
  owner_name: string | null;
  maintainer_code: string | null;
  maintainer_name: string | null;
  maintenance_until: string | null;
  state: PartState;
  initial_date: string;
  changed_date: string | null;
  source: string | null;
  note: string | null;
  version: number;
  photos: string[];
  lon: number;
  lat: number;
}

const partColumns = sql`
  p.code, p.class_id, k.name_zh as class_zh, k.name_en as class_en, p.cell_code, p.authority_code, p.authority_name,
  p.owner_code, p.owner_name, p.maintainer_code, p.maintainer_name, p.maintenance_until::text, p.state,
  p.initial_date::text, p.changed_date::text, p.source, p.note, p.version, array(
    select a.attachment_id::text from part_photos a where a.part_code = p.code order by a.added_at desc
  ) as photos, st_x(p.geom) as lon, st_y(p.geom) as lat`;

function toPart(row: PartRow): Part {
  return {
    code: row.code,
    class: row.class_id,
    className: { zh: row.class_zh, en: row.class_en },
    cell: { code: row.cell_code },
    position: { lon: row.lon, lat: row.lat },
    authority: { code: row.authority_code, name: row.authority_name },
    ...(row.owner_code === null ? {} : { owner: { code: row.owner_code, name: row.owner_name ?? '' } }),
    ...(row.maintainer_code === null
      ? {}
      : { maintainer: { code: row.maintainer_code, name: row.maintainer_name ?? '' } }),
    ...(row.maintenance_until === null ? {} : { maintenanceUntil: row.maintenance_until }),
    state: row.state,
    initialDate: row.initial_date,
    ...(row.changed_date === null ? {} : { changedDate: row.changed_date }),
    ...(row.source === null ? {} : { source: row.source }),
    ...(row.note === null ? {} : { note: row.note }),
    version: row.version,
    photos: row.photos,
  };
}

export async function listParts(
  db: Queryable,
  scope: Scope,
  filter: PartFilter,
  page: { after?: string | undefined; limit: number },
) {
  const { rows } = await db.query<PartRow>(sql`
    select ${partColumns}
    from parts p
    join classes k on k.id = p.class_id
    where p.code > ${page.after ?? ''}
      and ${partScope(scope, 'p')}
      ${partConditions(filter)}
    order by p.code
    limit ${page.limit + 1}`);
  return toPage(rows, page.limit, toPart, (row) => row.code);
}

export async function findPart(db: Queryable, scope: Scope, code: string): Promise<Part | undefined> {
  const { rows } = await db.query<PartRow>(sql`
    select ${partColumns}
    from parts p
    join classes k on k.id = p.class_id
    where p.code = ${code} and ${partScope(scope, 'p')}`);
  const row = rows[0];
  return row && toPart(row);
}

export async function countPartsByClass(
  db: Queryable,
  scope: Scope,
  cellCode: string,
): Promise<{ class: string; className: Names; count: number }[]> {
  const { rows } = await db.query<{ class_id: string; name_zh: string; name_en: string; n: number }>(sql`
    select p.class_id, k.name_zh, k.name_en, count(*)::integer as n
    from parts p
    join classes k on k.id = p.class_id
    where p.cell_code = ${cellCode} and ${partScope(scope, 'p')}
    group by p.class_id, k.name_zh, k.name_en
    order by n desc, p.class_id`);
  return rows.map((row) => ({
    class: row.class_id,
    className: { zh: row.name_zh, en: row.name_en },
    count: row.n,
  }));
}

interface NearRow {
  code: string;
  class_id: string;
  class_zh: string;
  class_en: string;
  lon: number;
  lat: number;
  metres: number;
  owner_name: string | null;
  maintainer_name: string | null;
}

export interface NearQuery {
  scope: Scope;
  count: number;
  /** Parts of this class only. */
  class?: string;
  /** No farther than this; absent: the nearest, wherever they are. */
  withinMetres?: number;
}

/** Parts by distance on the ellipsoid, removed ones left out, equal distances by code. */
export async function listNearParts(db: Queryable, position: LonLat, near: NearQuery): Promise<NearPart[]> {
  const point = geographyOf(position);
  const { rows } = await db.query<NearRow>(sql`
    select n.code, n.class_id, k.name_zh as class_zh, k.name_en as class_en, st_x(n.geom) as lon, st_y(n.geom) as lat,
      n.metres, n.owner_name, n.maintainer_name
    from (
      select p.code, p.class_id, p.geom, p.owner_name, p.maintainer_name,
        st_distance(p.geom::geography, ${point}) as metres
      from parts p
      where p.state <> 'removed'
        and ${partScope(near.scope, 'p')}
        ${near.class ? sql`and p.class_id = ${near.class}` : empty}
        ${near.withinMetres === undefined ? empty : withinMetres(position, near.withinMetres)}
      order by metres, p.code
      limit ${near.count}
    ) n
    join classes k on k.id = n.class_id
    order by n.metres, n.code`);
  return rows.map((row) => ({
    code: row.code,
    class: row.class_id,
    className: { zh: row.class_zh, en: row.class_en },
    position: { lon: row.lon, lat: row.lat },
    distanceMetres: roundToMillimetres(row.metres),
    ...(row.owner_name === null ? {} : { ownerName: row.owner_name }),
    ...(row.maintainer_name === null ? {} : { maintainerName: row.maintainer_name }),
  }));
}

export async function measureDistance(
  db: Queryable,
  code: string,
  position: LonLat,
): Promise<number | undefined> {
  const { rows } = await db.query<{ metres: number }>(sql`
    select st_distance(p.geom::geography, ${geographyOf(position)}) as metres
    from parts p
    where p.code = ${code}`);
  const row = rows[0];
  return row && roundToMillimetres(row.metres);
}

/** One degree of latitude is never shorter than this, in metres; the box below is a little large, never small. */
const SHORTEST_DEGREE = 110_500;

/** A box of degrees for the index, then the distance itself: an index of geographies would cost half of an import. */
function withinMetres(position: LonLat, metres: number): Sql {
  const { lon, lat } = position;
  const north = metres / SHORTEST_DEGREE;
  const widest = Math.cos((Math.min(89.9, Math.abs(lat) + north) * Math.PI) / 180);
  const east = Math.min(360, north / widest);
  return sql`and p.geom && st_makeenvelope(${lon - east}::float8, ${lat - north}::float8, ${lon + east}::float8,
      ${lat + north}::float8, 4326)
    and st_dwithin(p.geom::geography, ${geographyOf(position)}, ${metres})`;
}

function geographyOf({ lon, lat }: LonLat): Sql {
  return sql`st_setsrid(st_makepoint(${lon}::float8, ${lat}::float8), 4326)::geography`;
}

function roundToMillimetres(metres: number): number {
  return Math.round(metres * 1000) / 1000;
}
