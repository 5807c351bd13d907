import sql from 'sql-template-tag';
import type { Queryable } from '../db/database.ts';
import { LEAST_SQUARE_METRES } from './check-repository.ts';

export interface LockedCell {
  code: string;
  community_code: string;
  version: number;
  area_square_metres: number;
  /** GeoJSON */
  outline: Record<string, unknown>;
}

/** A cell in force, locked until the transaction ends. */
export async function lockCell(tx: Queryable, code: string): Promise<LockedCell | undefined> {
  const { rows } = await tx.query<LockedCell>(sql`
    select c.code, c.community_code, c.version, c.area_square_metres, st_asgeojson(c.geom, 7)::jsonb as outline
    from cells c
    where c.code = ${code} and c.retired_at is null
    for update`);
  return rows[0];
}

export interface OutlineFindings {
  /** Why it is no valid polygon; nothing else is looked at then. */
  reason: string | null;
  location: unknown;
  /** Square metres on the ellipsoid. */
  area: number;
  beyond: number;
  beyondGeometry: unknown;
  overlaps: { cell: string; squareMetres: number; geometry: unknown }[];
  gaps: { squareMetres: number; geometry: unknown }[];
}

/** What a new outline of a cell would be: valid, inside its community, clear of other cells, and what it leaves bare. */
export async function examineOutline(tx: Queryable, code: string, outline: string): Promise<OutlineFindings> {
  const { rows } = await tx.query<OutlineFindings>(sql`
    with given as (
      select st_setsrid(st_geomfromgeojson(${outline}), 4326) as geom
    ),
    usable as (
      select g.geom from given g where st_isvalid(g.geom)
    ),
    others as (
      select n.code, st_collectionextract(st_intersection(n.geom, u.geom), 3) as common
      from usable u
      join cells n on n.geom && u.geom
      where n.code <> ${code} and n.retired_at is null and st_isvalid(n.geom)
        and st_relate(n.geom, u.geom, '2********')
    ),
    outside as (
      select st_difference(u.geom, d.geom) as geom
      from usable u
      join cells c on c.code = ${code}
      join divisions d on d.code = c.community_code
    ),
    bare as (
      select (st_dump(st_difference(st_difference(c.geom, u.geom), coalesce((
        select st_union(n.geom)
        from cells n
        where n.geom && c.geom and n.code <> c.code and n.retired_at is null and st_isvalid(n.geom)
      ), st_geomfromtext('polygon empty', 4326))))).geom as geom
      from usable u
      join cells c on c.code = ${code} and st_isvalid(c.geom)
    )
    select
      (select case when st_isvalid(g.geom) then null else st_isvalidreason(g.geom) end from given g) as reason,
      (
        select st_asgeojson((st_isvaliddetail(g.geom)).location, 7)::jsonb from given g where not st_isvalid(g.geom)
      ) as location,
      (select coalesce(max(st_area(u.geom::geography)), 0) from usable u) as area,
      (select coalesce(max(st_area(o.geom::geography)), 0) from outside o) as beyond,
      (select st_asgeojson(o.geom, 7)::jsonb from outside o) as "beyondGeometry",
      (
        select coalesce(jsonb_agg(jsonb_build_object('cell', o.code, 'squareMetres', st_area(o.common::geography),
          'geometry', st_asgeojson(o.common, 7)::jsonb) order by o.code), '[]')
        from others o
        where st_area(o.common::geography) > ${LEAST_SQUARE_METRES}
      ) as overlaps,
      (
        select coalesce(jsonb_agg(jsonb_build_object('squareMetres', st_area(b.geom::geography),
          'geometry', st_asgeojson(b.geom, 7)::jsonb)), '[]')
        from bare b
        where st_area(b.geom::geography) > ${LEAST_SQUARE_METRES}
      ) as gaps`);
  const [findings] = rows;
  if (!findings) throw new Error('a statement without tables gave no row');
  return findings;
}

export async function updateOutline(
  tx: Queryable,
  code: string,
  { outline, area }: { outline: string; area: number },
): Promise<void> {
  await tx.query(sql`
    update cells
    set geom = st_setsrid(st_geomfromgeojson(${outline}), 4326), area_square_metres = ${area}, version = version + 1
    where code = ${code}`);
}
