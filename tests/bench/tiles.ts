/**
 * Tiles of parts from memory beside `st_asmvt` of the same tiles in the same run, alone and over HTTP, from the sample
 * to a million parts; tiles of cells and buildings; memory of the server.
 */
import sql from 'sql-template-tag';
import type { Scope } from '#contract/access';
import { MOST_PARTS } from '../../server/tiles/tile-layers.ts';
import { renderParts } from '../../server/tiles/render-parts.ts';
import { renderTile } from '../../server/tiles/repository.ts';
import type { TileAddress } from '../../server/tiles/tile-address.ts';
import { openBenchCity, timeEach, type BenchCity } from './bench-city.ts';
import { percentile, type BenchRow, type BenchSection } from './bench-row.ts';

const SIZES = [20_000, 100_000, 1_000_000];
const TILES_PER_ZOOM = 60;
/** From memory, far out too, where there are but a few tiles. */
const RENDERS = 200;
const DISTRICT: Scope = { kind: 'district', code: '620103' };

export async function tilesSummary(): Promise<BenchSection> {
  const city = await openBenchCity();
  try {
    const rows: BenchRow[] = [];
    for (const size of SIZES) rows.push(...(await measureParts(city, size)));
    for (const layer of ['cells', 'buildings'] as const) {
      for (const z of layer === 'cells' ? [12, 13, 15] : [13, 14, 15]) {
        const tiles = await tilesOfCity(city, z);
        const bytes: number[] = [];
        const times = await timeEach(tiles, async (tile) => {
          bytes.push((await renderTile(city.db, layer, tile, DISTRICT)).length);
        });
        rows.push({
          what: `${layer}, z${z}, made by PostgreSQL, p50 / p95`,
          measured: `${pair(times)}, largest ${Math.round(Math.max(...bytes) / 1000)} kB`,
          budget: '≤ 500 kB',
        });
      }
    }
    return {
      title: 'Tiles',
      how: `${TILES_PER_ZOOM} tiles a zoom where the parts are, PostgreSQL with the sample district multiplied along its streets. Bare: \`st_asmvt\` over the same rows, one statement a tile. Over HTTP: one client, tile after tile; cold: made for the first time, warm: kept by the server, 304: kept by the client.`,
      rows,
    };
  } finally {
    await city.close();
  }
}

async function measureParts(city: BenchCity, size: number): Promise<BenchRow[]> {
  globalThis.gc?.();
  const before = process.memoryUsage();
  const started = performance.now();
  const index = await city.growTo(size);
  const seconds = (performance.now() - started) / 1000;
  globalThis.gc?.();
  const after = process.memoryUsage();
  const name = index.count().toLocaleString('en');
  const rows: BenchRow[] = [
    {
      what: `${name} parts in memory`,
      measured: `${(index.sizeBytes / 1e6).toFixed(1)} MB of columns; process ${megabytes(before.rss)} → ${megabytes(after.rss)}`,
      budget: '14–30 MB per million',
    },
    { what: `${name} parts: made, indexed and loaded`, measured: `${seconds.toFixed(1)} s` },
  ];
  for (const z of [10, 12, 13, 14, 15, 16]) {
    const tiles = await tilesOfCity(city, z);
    // A server that runs for a minute has its code compiled.
    const again = Array.from({ length: RENDERS }, (_, n) => tiles[n % tiles.length] as TileAddress);
    for (const tile of again) renderParts(index, tile, DISTRICT);
    let shown = 0;
    const memory = await timeEach(again, (tile) => {
      shown = Math.max(shown, renderParts(index, tile, DISTRICT).length);
    });
    const bare = z >= 15 ? await timeEach(tiles, (tile) => renderBare(city, tile)) : undefined;
    rows.push({
      what: `${name} parts, z${z}, p50 / p95`,
      measured: `${pair(memory)}, largest ${Math.round(shown / 1000)} kB`,
      ...(bare
        ? {
            bare: pair(bare),
            ratio: (percentile(memory, 95) / percentile(bare, 95)).toFixed(3),
          }
        : {}),
      budget: z === 16 ? 'p50 ≤ 0.1 ms, p95 ≤ 1 ms' : 'p95 ≤ 1 ms',
    });
  }
  rows.push(await measureHttp(city, name));
  return rows;
}

async function measureHttp({ client, ...city }: BenchCity, name: string): Promise<BenchRow> {
  const tiles = await tilesOfCity({ client, ...city }, 16);
  const tags = new Map<TileAddress, string>();
  const ask = async (tile: TileAddress) => {
    const { z, x, y } = tile;
    const tag = tags.get(tile);
    const answer = await client.call(
      'GET',
      `/tiles/parts/${z}/${x}/${y}.mvt`,
      undefined,
      tag === undefined ? {} : { 'if-none-match': tag },
    );
    tags.set(tile, answer.headers.get('etag') ?? '');
  };
  const cold = await timeEach(tiles, ask);
  tags.clear();
  const warm = await timeEach(tiles, ask);
  const unchanged = await timeEach(tiles, ask);
  return {
    what: `${name} parts, z16 over HTTP, p50 / p95`,
    measured: `cold ${pair(cold)}; warm ${pair(warm)}; 304 ${pair(unchanged)}`,
  };
}

/** The statement a hand would write. */
async function renderBare({ db }: BenchCity, { z, x, y }: TileAddress): Promise<void> {
  await db.query(sql`
    with box as (select st_tileenvelope(${z}::integer, ${x}::integer, ${y}::integer) as geom)
    select st_asmvt(t, 'parts', 4096, 'geom')
    from (
      select p.code, p.class_id as class, p.state,
        st_asmvtgeom(st_transform(p.geom, 3857), box.geom, 4096, 64, true) as geom
      from parts p, box
      where p.geom && st_transform(box.geom, 4326) and p.state <> 'removed'
      limit ${MOST_PARTS}
    ) t`);
}

/** Tiles that have parts, picked evenly. */
async function tilesOfCity({ db }: BenchCity, z: number): Promise<TileAddress[]> {
  const { rows } = await db.query<{ x: number; y: number }>(sql`
    select t.x::integer as x, t.y::integer as y
    from (
      select distinct floor((st_x(p.geom) / 360 + 0.5) * ${2 ** z}::float8) as x,
        floor((0.5 - asinh(tan(radians(st_y(p.geom)))) / (2 * pi())) * ${2 ** z}::float8) as y
      from parts p
      where right(p.code, 6)::integer < 200000
    ) t
    order by md5(t.x::text || ' ' || t.y::text)
    limit ${TILES_PER_ZOOM}`);
  return rows.map(({ x, y }) => ({ z, x, y }));
}

function pair(times: readonly number[]): string {
  const show = (ms: number) => (ms < 1 ? ms.toFixed(3) : ms.toFixed(1));
  return `${show(percentile(times, 50))} / ${show(percentile(times, 95))} ms`;
}

function megabytes(bytes: number): string {
  return `${Math.round(bytes / 1e6)} MB`;
}
