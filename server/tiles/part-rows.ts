import sql, { type Sql } from 'sql-template-tag';
import type { Scope } from '#contract/access';
import { withinBounds } from '../grid/list-query.ts';
import { partScope } from '../parts/part-scope.ts';
import { boundsOfTile, type TileAddress } from './tile-address.ts';
import {
  CLUSTERS_PER_SIDE,
  MOST_PARTS,
  PARTS_BY_CELL_ZOOM,
  SINGLE_PARTS_ZOOM,
  SPREAD,
} from './tile-layers.ts';

/** What a tile of parts shows, from the database: the slow way to the same features as `renderParts`. */
export function partRows(tile: TileAddress, scope: Scope): Sql {
  if (tile.z >= SINGLE_PARTS_ZOOM) return singleParts(tile, scope);
  return tile.z >= PARTS_BY_CELL_ZOOM ? partsByCell(tile, scope) : clusters(tile, scope);
}

export function partColumns(zoom: number): string[] {
  if (zoom >= SINGLE_PARTS_ZOOM) return ['code', 'class', 'major', 'state', 'thinned'];
  return zoom >= PARTS_BY_CELL_ZOOM ? ['cell', 'n'] : ['n', 'faulty', 'majors'];
}

function singleParts(tile: TileAddress, scope: Scope): Sql {
  return sql`
    select s.code, s.class, s.major, s.state, case when s.total > ${MOST_PARTS} then true end as thinned, s.geom
    from (
      select p.code, p.class_id as class, k.major_code as major, p.state, p.geom, count(*) over () as total
      from parts p
      join classes k on k.id = p.class_id
      where p.state <> 'removed' and ${partScope(scope, 'p')} ${withinBounds(sql`p.geom`, boundsOfTile(tile))}
    ) s
    where s.total <= ${MOST_PARTS} or s.state <> 'intact'
      or (right(s.code, 6)::bigint * ${SPREAD}::bigint) % 4294967296
        < floor(${MOST_PARTS}::float8 / s.total * 4294967296)::bigint
    order by s.code`;
}

function partsByCell(tile: TileAddress, scope: Scope): Sql {
  return sql`
    select c.code as cell, counted.n, st_centroid(c.geom) as geom
    from cells c
    join (${countByCell(scope)}) counted on counted.cell_code = c.code
    where c.retired_at is null ${withinBounds(sql`c.geom`, boundsOfTile(tile))}
    order by c.code`;
}

/** Parts per cell as known in memory: columns of equal length. */
export interface CellCounts {
  codes: string[];
  n: number[];
}

/**
 * Rows `cell_code`, `n`: from memory, else counted. All cells are counted, not those of the tile alone: without
 * statistics, which the embedded engine does not gather by itself, the plan of the latter takes seconds.
 */
export function countByCell(scope: Scope, known?: CellCounts): Sql {
  if (known)
    return sql`
      select given.cell_code, given.n
      from unnest(${known.codes}::text[], ${known.n}::integer[]) as given (cell_code, n)`;
  return sql`
    select p.cell_code, count(*)::integer as n
    from parts p
    where p.state <> 'removed' and ${partScope(scope, 'p')}
    group by p.cell_code`;
}

/**
 * Parts counted by squares of the tile, at the middle of those they have; by major class too. Formulas are those of
 * EPSG:3857, in fractions of the world's side.
 */
function clusters(tile: TileAddress, scope: Scope): Sql {
  const side = 2 ** tile.z * CLUSTERS_PER_SIDE;
  const first = { u: tile.x * CLUSTERS_PER_SIDE, v: tile.y * CLUSTERS_PER_SIDE };
  return sql`
    select sum(m.n)::integer as n, nullif(sum(m.faulty), 0)::integer as faulty,
      jsonb_object_agg('m' || m.major, m.n) as majors,
      st_setsrid(st_makepoint(
        (sum(m.sum_x) / sum(m.n) - 0.5) * 360,
        degrees(atan(sinh(pi() * (1 - 2 * sum(m.sum_y) / sum(m.n)))))
      ), 4326) as geom
    from (
      select floor(w.x * ${side}::float8) as u, floor(w.y * ${side}::float8) as v, w.major,
        count(*)::integer as n, sum(w.x) as sum_x, sum(w.y) as sum_y,
        (count(*) filter (where w.state <> 'intact'))::integer as faulty
      from (
        select st_x(p.geom) / 360 + 0.5 as x, 0.5 - asinh(tan(radians(st_y(p.geom)))) / (2 * pi()) as y, p.state,
          k.major_code as major
        from parts p
        join classes k on k.id = p.class_id
        where p.state <> 'removed' and ${partScope(scope, 'p')} ${withinBounds(sql`p.geom`, boundsOfTile(tile))}
      ) w
      group by 1, 2, w.major
    ) m
    where m.u >= ${first.u}::float8 and m.u < ${first.u + CLUSTERS_PER_SIDE}::float8
      and m.v >= ${first.v}::float8 and m.v < ${first.v + CLUSTERS_PER_SIDE}::float8
    group by m.u, m.v
    order by m.v, m.u`;
}
