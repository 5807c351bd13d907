import sql, { raw, type Sql } from 'sql-template-tag';
import type { Scope } from '#contract/access';
import { areaScope, caseScope } from '../access/scope.ts';
import { withinBounds } from '../grid/list-query.ts';
import { partScope } from '../parts/part-scope.ts';
import { boundsOfTile, unitDegrees, type TileAddress } from './tile-address.ts';
import { SINGLE_PARTS_ZOOM, tileLayers, type TileLayer } from './tile-layers.ts';

/** Outlines are drawn to two units of the tile: finer is not seen. */
const SIMPLIFY_UNITS = 2;

/**
 * What a tile of a layer shows: `geom` in WGS 84 and one column per property, the same on every engine, cut to what
 * the scope may see.
 */
export function layerRows(layer: TileLayer, tile: TileAddress, scope: Scope): Sql {
  const within = (alias: string) => withinBounds(sql`${raw(alias)}.geom`, boundsOfTile(tile));
  const simplified = (alias: string) =>
    sql`st_simplify(${raw(alias)}.geom, ${SIMPLIFY_UNITS * unitDegrees(tile.z)}::float8, true)`;
  switch (layer) {
    case 'divisions':
      return sql`
        select d.code, d.level, d.name_zh as name, d.name_en, ${simplified('d')} as geom
        from divisions d
        where d.level = any(${levelsAt(tile.z)}::text[]) ${within('d')}
        order by d.code`;
    case 'cells':
      return tile.z >= SINGLE_PARTS_ZOOM
        ? sql`select c.code, c.geom from cells c where c.retired_at is null ${within('c')} order by c.code`
        : sql`
          select c.code, coalesce(counted.n, 0) as n, ${simplified('c')} as geom
          from cells c
          left join (${partCounts(scope)}) counted on counted.cell_code = c.code
          where c.retired_at is null ${within('c')}
          order by c.code`;
    case 'parts':
      return tile.z >= SINGLE_PARTS_ZOOM
        ? sql`
          select p.code, p.class_id as class, k.major_code as major, p.state, p.geom
          from parts p
          join classes k on k.id = p.class_id
          where p.state <> 'removed' and ${partScope(scope, 'p')} ${within('p')}
          order by p.code`
        : sql`
          select c.code as cell, counted.n, st_centroid(c.geom) as geom
          from cells c
          join (${partCounts(scope)}) counted on counted.cell_code = c.code
          where c.retired_at is null ${within('c')}
          order by c.code`;
    case 'cameras':
      return sql`
        select c.id, c.name_zh as name, c.name_en, c.geom
        from cameras c
        where ${areaScope(scope, 'c')} ${within('c')}
        order by c.id`;
    case 'coverage':
      return sql`
        select c.id, c.coverage as geom
        from cameras c
        where ${areaScope(scope, 'c')} ${withinBounds(sql`c.coverage`, boundsOfTile(tile))}
        order by c.id`;
    case 'buildings':
      return sql`
        select b.code, b.height_metres as h, b.kind, b.geom
        from buildings b
        where true ${within('b')}
        order by b.code`;
    case 'roads':
      return sql`
        select r.code, r.class, r.name_zh as name, r.name_en, ${simplified('r')} as geom
        from roads r
        where ${tile.z < 13 ? sql`r.class <> 'lane'` : sql`true`} ${within('r')}
        order by r.code`;
    case 'surfaces':
      return sql`select s.kind, s.geom from surfaces s where true ${within('s')} order by s.id`;
    case 'cases':
      return sql`
        select c.id::text as id, c.unit_code as unit, c.stage,
          (extract(epoch from c.due_at) * 1000)::bigint as due_at,
          (extract(epoch from c.warn_at) * 1000)::bigint as warn_at, c.geom
        from cases c
        where c.closed_at is null and c.stage not in ('closed', 'void') and ${caseScope(scope, 'c')} ${within('c')}
        order by c.id`;
  }
}

/** The properties that `layerRows` has at a zoom, in order. */
export function layerColumns(layer: TileLayer, zoom: number): string[] {
  const single = zoom >= SINGLE_PARTS_ZOOM;
  if (layer === 'parts') return single ? ['code', 'class', 'major', 'state'] : ['cell', 'n'];
  if (layer === 'cells') return single ? ['code'] : ['code', 'n'];
  return Object.keys(tileLayers[layer].fields);
}

function levelsAt(zoom: number): string[] {
  return ['district', ...(zoom >= 9 ? ['subdistrict'] : []), ...(zoom >= 11 ? ['community'] : [])];
}

function partCounts(scope: Scope): Sql {
  return sql`
    select p.cell_code, count(*)::integer as n
    from parts p
    where p.state <> 'removed' and ${partScope(scope, 'p')}
    group by p.cell_code`;
}
