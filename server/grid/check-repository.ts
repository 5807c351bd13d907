import sql, { empty } from 'sql-template-tag';
import type { Queryable } from '../db/database.ts';

/** Smaller overlaps and gaps come from rounding, not from somebody's hand. */
export const LEAST_SQUARE_METRES = 1;

export interface CheckedCell {
  code: string;
  squareMetres: number;
  /** Undefined when the outline is a valid polygon. */
  reason: string | null;
  location: unknown;
  /** GeoJSON text */
  outline: string;
  west: number;
  south: number;
  east: number;
  north: number;
  lon: number;
  lat: number;
}

/** The communities that have cells in force, below divisions or anywhere, with how many. */
export async function listCheckedCommunities(
  db: Queryable,
  divisions: readonly string[] | undefined,
): Promise<{ code: string; level: string; cells: number }[]> {
  const { rows } = await db.query<{ code: string; level: string; cells: number }>(sql`
    select d.code, d.level, count(c.code)::integer as cells
    from divisions d
    left join cells c on c.community_code = d.code and c.retired_at is null
    where true ${divisions === undefined ? empty : sql`and d.code = any(${[...divisions]}::text[])`}
    group by d.code, d.level
    having d.level = 'community' or count(c.code) > 0
    order by d.code`);
  return rows;
}

/** The cells of a community in the order of their codes. */
export async function listCheckedCells(db: Queryable, communityCode: string): Promise<CheckedCell[]> {
  const { rows } = await db.query<CheckedCell>(sql`
    select c.code, c.area_square_metres as "squareMetres",
      case when st_isvalid(c.geom) then null else (st_isvaliddetail(c.geom)).reason end as reason,
      case when st_isvalid(c.geom) then null
        else st_asgeojson((st_isvaliddetail(c.geom)).location, 7)::jsonb end as location,
      st_asgeojson(c.geom, 7) as outline, st_xmin(c.geom) as west, st_ymin(c.geom) as south, st_xmax(c.geom) as east, st_ymax(c.geom) as north,
      st_x(st_centroid(c.geom)) as lon, st_y(st_centroid(c.geom)) as lat
    from cells c
    where c.community_code = ${communityCode} and c.retired_at is null
    order by c.code`);
  return rows;
}

export interface PlacedProblem {
  codes: string[];
  squareMetres: number;
  /** GeoJSON */
  geometry: unknown;
}

/** Communities that share ground with another: their cells may overlap however well each tiles its own. */
export async function listOverlappingCommunities(db: Queryable): Promise<string[]> {
  const { rows } = await db.query<{ code: string }>(sql`
    select distinct a.code
    from divisions a
    join divisions b on b.geom && a.geom and b.code <> a.code and b.level = 'community'
    where a.level = 'community' and st_isvalid(a.geom) and st_isvalid(b.geom) and st_relate(a.geom, b.geom, '2********')
      and st_area(st_intersection(a.geom, b.geom)::geography) > ${LEAST_SQUARE_METRES}`);
  return rows.map(({ code }) => code);
}

/** Ground that two cells share, one of the community and any of a higher code. */
export async function listOverlaps(db: Queryable, communityCode: string): Promise<PlacedProblem[]> {
  const { rows } = await db.query<PlacedProblem>(sql`
    select array[o.a, o.b] as codes, st_area(o.common::geography) as "squareMetres",
      st_asgeojson(o.common, 7)::jsonb as geometry
    from (
      select c.code as a, n.code as b, st_collectionextract(st_intersection(c.geom, n.geom), 3) as common
      from cells c
      join cells n on n.geom && c.geom and n.code > c.code and n.retired_at is null
      where c.community_code = ${communityCode} and c.retired_at is null
        and st_isvalid(c.geom) and st_isvalid(n.geom) and st_relate(c.geom, n.geom, '2********')
    ) o
    where st_area(o.common::geography) > ${LEAST_SQUARE_METRES}
    order by o.a, o.b`);
  return rows;
}

/** Ground of the community that no cell has, piece by piece. */
export async function listGaps(db: Queryable, communityCode: string): Promise<PlacedProblem[]> {
  const { rows } = await db.query<PlacedProblem>(sql`
    select '{}'::text[] as codes, st_area(g.piece::geography) as "squareMetres",
      st_asgeojson(g.piece, 7)::jsonb as geometry
    from (
      select (st_dump(st_difference(d.geom, coalesce(u.geom, st_geomfromtext('polygon empty', 4326))))).geom as piece
      from divisions d
      cross join (
        select st_union(c.geom) as geom
        from cells c
        join divisions e on e.code = ${communityCode} and c.geom && e.geom
        where c.retired_at is null and st_isvalid(c.geom)
      ) u
      where d.code = ${communityCode} and st_isvalid(d.geom)
    ) g
    where st_area(g.piece::geography) > ${LEAST_SQUARE_METRES}
    order by 2 desc`);
  return rows;
}

/** What reaches beyond the community, cell by cell. */
export async function listOrphans(db: Queryable, communityCode: string): Promise<PlacedProblem[]> {
  const { rows } = await db.query<PlacedProblem>(sql`
    select array[o.code] as codes, st_area(o.beyond::geography) as "squareMetres",
      st_asgeojson(o.beyond, 7)::jsonb as geometry
    from (
      select c.code, st_difference(c.geom, d.geom) as beyond
      from cells c
      join divisions d on d.code = c.community_code
      where c.community_code = ${communityCode} and c.retired_at is null
        and st_isvalid(c.geom) and st_isvalid(d.geom) and not st_covers(d.geom, c.geom)
    ) o
    where st_area(o.beyond::geography) > ${LEAST_SQUARE_METRES}
    order by o.code`);
  return rows;
}

/** The outline of a cell, to show it by. */
export async function findCellOutlines(
  db: Queryable,
  codes: readonly string[],
): Promise<Map<string, unknown>> {
  const { rows } = await db.query<{ code: string; outline: unknown }>(sql`
    select c.code, st_asgeojson(c.geom, 7)::jsonb as outline from cells c where c.code = any(${[...codes]}::text[])`);
  return new Map(rows.map(({ code, outline }) => [code, outline]));
}
