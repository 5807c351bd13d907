import type { Geometry } from 'geojson';
import sql, { join, raw, type Sql } from 'sql-template-tag';
import type { Scope } from '#contract/access';
import type { Database } from '../db/database.ts';
import { encodeTile, type TileFeature } from './encode-tile.ts';
import { layerColumns, layerRows } from './layer-rows.ts';
import { boundsOfTile, TILE_BUFFER, TILE_EXTENT, type TileAddress } from './tile-address.ts';
import type { PartRow } from './part-columns.ts';
import type { CellCounts } from './part-rows.ts';
import type { TileLayer } from './tile-layers.ts';

/** Bytes of a tile, none when it shows nothing. PostgreSQL encodes by itself; the embedded engine cannot. */
export function renderTile(
  db: Database,
  layer: TileLayer,
  tile: TileAddress,
  scope: Scope,
  counts?: CellCounts,
): Promise<Uint8Array> {
  const rows = layerRows(layer, tile, scope, counts);
  return db.engine === 'postgresql'
    ? renderInDatabase(db, layer, tile, rows)
    : renderInProcess(db, layer, tile, rows);
}

async function renderInDatabase(
  db: Database,
  layer: TileLayer,
  tile: TileAddress,
  shown: Sql,
): Promise<Uint8Array> {
  const { z, x, y } = tile;
  const { rows } = await db.query<{ mvt: Buffer }>(sql`
    with shown as (${shown}),
    envelope as (select st_tileenvelope(${z}::integer, ${x}::integer, ${y}::integer) as box)
    select st_asmvt(tile, ${layer}::text, ${TILE_EXTENT}::integer, 'tile_geom') as mvt
    from (
      select ${columns('shown', layer, z)},
        st_asmvtgeom(st_transform(shown.geom, 3857), envelope.box, ${TILE_EXTENT}::integer, ${TILE_BUFFER}::integer,
          true) as tile_geom
      from shown, envelope
    ) tile
    where tile_geom is not null`);
  return rows[0]?.mvt ?? new Uint8Array();
}

/**
 * Cut to the tile by the database, projected and rounded here: the embedded engine takes two seconds to load its
 * projections, and the formula of web Mercator is one line.
 */
async function renderInProcess(
  db: Database,
  layer: TileLayer,
  tile: TileAddress,
  shown: Sql,
): Promise<Uint8Array> {
  const { west, south, east, north } = boundsOfTile(tile);
  const { rows } = await db.query<TileFeature['properties'] & { tile_geometry: string | null }>(sql`
    with shown as (${shown})
    select ${columns('shown', layer, tile.z)},
      st_asgeojson(st_clipbybox2d(shown.geom,
        st_makeenvelope(${west}::float8, ${south}::float8, ${east}::float8, ${north}::float8, 4326)), 9) as tile_geometry
    from shown`);
  return encodeTile(
    layer,
    tile,
    rows.flatMap(({ tile_geometry: text, ...properties }): TileFeature[] =>
      text === null ? [] : [{ geometry: JSON.parse(text) as Geometry, properties: spread(properties) }],
    ),
  );
}

/** The keys of a JSON object are properties of their own, as `st_asmvt` has it. */
function spread(properties: Record<string, unknown>): TileFeature['properties'] {
  const flat = Object.entries(properties).flatMap(([key, value]): [string, unknown][] =>
    typeof value === 'object' && value !== null ? Object.entries(value) : [[key, value]],
  );
  return Object.fromEntries(flat) as TileFeature['properties'];
}

function columns(table: string, layer: TileLayer, zoom: number): Sql {
  return join(layerColumns(layer, zoom).map((name) => sql`${raw(`${table}.${name}`)}`));
}

/** The whole district at a glance as JSON text: outlines within 10 m of the truth, to a metre. */
export async function renderOverview(db: Database): Promise<string> {
  const { rows } = await db.query<{ overview: string }>(sql`
    select json_build_object(
      'bounds', (
        select json_build_array(st_xmin(box), st_ymin(box), st_xmax(box), st_ymax(box))
        from (select st_extent(geom) as box from divisions where level = 'district') extent
      ),
      'divisions', (
        select json_build_object('type', 'FeatureCollection', 'features', coalesce(json_agg(json_build_object(
          'type', 'Feature',
          'properties', json_build_object('code', code, 'parentCode', parent_code, 'level', level,
            'name', json_build_object('zh', name_zh, 'en', name_en)),
          'geometry', st_asgeojson(st_simplifypreservetopology(geom, 0.0001), 5)::json) order by code), '[]'))
        from divisions
      ),
      'roads', (
        select json_build_object('type', 'FeatureCollection', 'features', coalesce(json_agg(json_build_object(
          'type', 'Feature',
          'properties', json_build_object('code', code, 'class', class,
            'name', json_build_object('zh', name_zh, 'en', name_en)),
          'geometry', st_asgeojson(st_simplify(geom, 0.00005, true), 5)::json) order by code), '[]'))
        from roads
      )
    )::text as overview`);
  return rows[0]?.overview ?? '{}';
}

/** [west, south, east, north] of the district; absent without one. */
export async function findDistrictBounds(
  db: Database,
): Promise<[west: number, south: number, east: number, north: number] | undefined> {
  const { rows } = await db.query<{ west: number; south: number; east: number; north: number }>(sql`
    select st_xmin(box) as west, st_ymin(box) as south, st_xmax(box) as east, st_ymax(box) as north
    from (select st_extent(geom) as box from divisions where level = 'district') extent
    where box is not null`);
  const row = rows[0];
  return row && [row.west, row.south, row.east, row.north];
}

/** A page of parts that are not removed, as columns: a tenth of the work of a row each. */
export interface PartPage {
  code: string[] | null;
  class: string[];
  state: string[];
  cell: string[];
  owner: (string | null)[];
  maintainer: (string | null)[];
  authority: string[];
  lon: number[];
  lat: number[];
}

/** Parts after a code, by code; `code` is null past the last one. */
export async function readPartPage(db: Database, after: string, limit: number): Promise<PartPage> {
  const { rows } = await db.query<PartPage>(sql`
    select json_agg(p.code) as code, json_agg(p.class_id) as class, json_agg(p.state) as state,
      json_agg(p.cell_code) as cell, json_agg(p.owner_code) as owner, json_agg(p.maintainer_code) as maintainer,
      json_agg(p.authority_code) as authority, json_agg(st_x(p.geom)) as lon, json_agg(st_y(p.geom)) as lat
    from (
      select p.code, p.class_id, p.state, p.cell_code, p.owner_code, p.maintainer_code, p.authority_code, p.geom
      from parts p
      where p.code > ${after} and p.state <> 'removed'
      order by p.code
      limit ${limit}
    ) p`);
  const [page] = rows;
  if (!page) throw new Error('an aggregate has one row');
  return page;
}

/** Parts that were changed at or after an instant, at most so many. */
export async function listPartsChangedSince(db: Database, since: Date, limit: number): Promise<PartRow[]> {
  const { rows } = await db.query<PartRow>(sql`
    select p.code, p.class_id as class, p.state, p.cell_code as cell, p.owner_code as owner,
      p.maintainer_code as maintainer, p.authority_code as authority, st_x(p.geom) as lon, st_y(p.geom) as lat
    from parts p
    where p.changed_at >= ${since}::timestamptz
    limit ${limit}`);
  return rows;
}

/** Which table `parts` is: a large import puts a new one in its place. */
export async function findPartsTable(db: Database): Promise<number> {
  const { rows } = await db.query<{ table: number }>(sql`select 'parts'::regclass::oid::bigint as table`);
  const [row] = rows;
  if (!row) throw new Error('there is no table of parts');
  return row.table;
}

/** When the longest running import began: it writes that instant into parts, and commits much later. */
export async function findRunningSince(db: Database): Promise<Date | undefined> {
  const { rows } = await db.query<{ since: Date | null }>(sql`
    select min(coalesce(j.started_at, j.created_at)) as since from jobs j where j.state = 'running'`);
  return rows[0]?.since ?? undefined;
}

export async function countParts(db: Database): Promise<number> {
  const { rows } = await db.query<{ n: number }>(sql`
    select count(*)::integer as n from parts p where p.state <> 'removed'`);
  return rows[0]?.n ?? 0;
}

export interface CellExtent {
  code: string;
  /** of its middle */
  lon: number;
  lat: number;
  west: number;
  south: number;
  east: number;
  north: number;
}

/** Where each cell is. */
export async function listCellExtents(db: Database): Promise<CellExtent[]> {
  const { rows } = await db.query<CellExtent>(sql`
    select c.code, st_x(c.middle) as lon, st_y(c.middle) as lat, st_xmin(c.geom) as west, st_ymin(c.geom) as south,
      st_xmax(c.geom) as east, st_ymax(c.geom) as north
    from (select c.code, c.geom, st_centroid(c.geom) as middle from cells c where c.retired_at is null) c`);
  return rows;
}

/** Major class by id of the part classes of every edition. */
export async function listMajorClasses(db: Database): Promise<Map<string, string>> {
  const { rows } = await db.query<{ id: string; major: string }>(sql`
    select k.id, k.major_code as major from classes k where k.kind = 'part'`);
  return new Map(rows.map(({ id, major }) => [id, major]));
}
