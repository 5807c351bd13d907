import sql, { raw, type Sql } from 'sql-template-tag';
import type { Scope } from '#contract/access';
import { areaScope, caseScope } from '../access/scope.ts';
import { withinBounds } from '../grid/list-query.ts';
import { boundsOfTile, unitDegrees, type TileAddress } from './tile-address.ts';
import { countByCell, partColumns, partRows, type CellCounts } from './part-rows.ts';
import {
  ALL_BUILDINGS_ZOOM,
  MOST_BUILDINGS,
  SINGLE_PARTS_ZOOM,
  tileLayers,
  type TileLayer,
} from './tile-layers.ts';

/** Outlines are drawn to two units of the tile: finer is not seen. */
const SIMPLIFY_UNITS = 2;

/**
 * What a tile of a layer shows: `geom` in WGS 84 and one column per property, the same on every engine, cut to what
 * the scope may see. `counts`: parts per cell, where they are known.
 */
export function layerRows(layer: TileLayer, tile: TileAddress, scope: Scope, counts?: CellCounts): Sql {
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
          left join (${countByCell(scope, counts)}) counted on counted.cell_code = c.code
          where c.retired_at is null ${within('c')}
          order by c.code`;
    case 'parts':
      return partRows(tile, scope);
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
      return tile.z >= ALL_BUILDINGS_ZOOM
        ? sql`
          select b.code, b.height_metres as h, b.kind, b.geom
          from buildings b
          where true ${within('b')}
          order by b.code`
        : sql`
          select b.code, b.height_metres as h, b.kind, ${simplified('b')} as geom
          from buildings b
          where true ${within('b')}
          order by st_area(b.geom) desc, b.code
          limit ${MOST_BUILDINGS}`;
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

/** The properties that `layerRows` has at a zoom, in order; the keys of a JSON object are properties too. */
export function layerColumns(layer: TileLayer, zoom: number): string[] {
  const single = zoom >= SINGLE_PARTS_ZOOM;
  if (layer === 'parts') return partColumns(zoom);
  if (layer === 'cells') return single ? ['code'] : ['code', 'n'];
  if (layer === 'buildings' && zoom < 14) return ['h', 'kind'];
  return Object.keys(tileLayers[layer].fields);
}

function levelsAt(zoom: number): string[] {
  return ['district', ...(zoom >= 9 ? ['subdistrict'] : []), ...(zoom >= 11 ? ['community'] : [])];
}
