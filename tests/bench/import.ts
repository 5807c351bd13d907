/**
 * The whole import of parts against bare COPY of the same rows, on a PostgreSQL of its own: square and irregular cells,
 * 10^4 to 10^6 parts. The whole is reading and checking the file, finding the cell of every part, comparing with the
 * register, the new table with all its indexes, and the swap.
 */
import { createReadStream, createWriteStream, mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import pino from 'pino';
import sql, { raw } from 'sql-template-tag';
import { v7 as uuid } from 'uuid';
import type { ImportResult } from '#contract/imports';
import { holdWorkAxis } from '../../server/clock/service.ts';
import { systemClock } from '../../server/clock/system-clock.ts';
import { readConfig } from '../../server/config.ts';
import { openDatabase, type Database } from '../../server/db/database.ts';
import { migrate } from '../../server/db/migrate.ts';
import { importWork } from '../../server/imports/run-import.ts';
import type { JobContext } from '../../server/jobs/registry.ts';
import { prepareDatabase } from '../../server/prepare-database.ts';
import { databaseUrl } from '../support/database-url.ts';
import { startPostgresCluster } from '../support/postgres-cluster.ts';
import type { BenchRow, BenchSection } from './bench-row.ts';

const SIZES = [10_000, 100_000, 1_000_000];
/** A district of 20 km by 20 km: 40,000 cells of 100 m. */
const WEST = 103.6;
const SOUTH = 35.9;
const SPAN = 0.2;
const SIDE = 200;

export async function importSummary(): Promise<BenchSection> {
  const cluster = await startPostgresCluster();
  const rows: BenchRow[] = [];
  if (cluster) {
    const folder = mkdtempSync(join(tmpdir(), 'gridwatch-bench-import-'));
    try {
      for (const shape of ['square', 'irregular'] as const) {
        for (const size of SIZES)
          rows.push(...(await measureImport({ url: cluster.url, folder, shape, size })));
      }
    } finally {
      rmSync(folder, { recursive: true, force: true });
      await cluster.stop();
    }
  }
  return {
    title: 'Import',
    how: 'CSV of parts with codes into an empty register of 40,000 cells on PostgreSQL (fsync off, as the bare one). Bare: COPY of the same ready rows into a table without indexes.',
    rows:
      rows.length > 0 ? rows : [{ what: 'import', measured: 'not measured: PostgreSQL is not installed' }],
  };
}

interface Case {
  url: string;
  folder: string;
  shape: 'square' | 'irregular';
  size: number;
}

export async function measureImport({ url, folder, shape, size }: Case): Promise<BenchRow[]> {
  const name = `import_${shape}_${size}`;
  const connectionString = databaseUrl(url, name);
  await inDatabase(url, (client) => client.query(`create database ${name}`));
  await migrate({ connectionString }, 'postgresql');
  const db = openDatabase({ engine: 'postgresql', connection: { connectionString } });
  try {
    await prepareDatabase(db, 'none', () => undefined);
    await makeCells(db, shape);
    const file = join(folder, `${name}.csv`);
    await writeParts(file, size);
    const bare = await copyBare(connectionString, join(folder, `${name}.copy`), size);
    const first = await importFile(db, folder, file);
    const again = await importFile(db, folder, file);
    rmSync(file);
    const seconds = (ms: number) => `${(ms / 1000).toFixed(2)} s`;
    const count = size.toLocaleString('en');
    const budget = size === 1_000_000 ? (shape === 'square' ? '≤ 6 ×' : '≤ 10 ×') : '';
    return [
      {
        what: `${count} parts, ${shape} cells`,
        measured: `${seconds(first.ms)}, ${Math.round(size / (first.ms / 1000)).toLocaleString('en')} rows/s, memory ${first.peakMegabytes} MB`,
        bare: seconds(bare),
        ratio: `${(first.ms / bare).toFixed(1)} ×`,
        budget,
      },
      { what: `${count} parts, ${shape} cells, the same file again`, measured: seconds(again.ms) },
    ];
  } finally {
    await db.close();
    await inDatabase(url, (client) => client.query(`drop database ${name} with (force)`));
  }
}

async function inDatabase(url: string, work: (client: pg.Client) => Promise<unknown>): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}

/** 200 × 200 cells; the irregular ones have their inner corners moved, the same corner in each of its four cells. */
async function makeCells(db: Database, shape: Case['shape']): Promise<void> {
  const outline = `st_makeenvelope(${WEST}, ${SOUTH}, ${WEST + SPAN}, ${SOUTH + SPAN}, 4326)`;
  await db.query(
    sql`${raw(`insert into divisions (code, parent_code, level, name_zh, name_en, edition, geom)
      select code, parent, level, code, code, 2026, st_multi(${outline})
      from (values ('620103', null, 'district'), ('620103001', '620103', 'subdistrict')) as d (code, parent, level)
      union all
      select '620103001' || lpad(n::text, 3, '0'), '620103001', 'community', n::text, n::text, 2026, st_multi(${outline})
      from generate_series(1, 41) n`)}`,
  );
  const wobble = shape === 'square' ? 0 : 0.35;
  const corner = (column: string, row: string) => `st_makepoint(
    round((${WEST} + ${SPAN / SIDE} * (${column} + ${inner(column, row)} * ${wobble} * sin(${column} * 12.9898 + ${row} * 78.233)))::numeric, 7),
    round((${SOUTH} + ${SPAN / SIDE} * (${row} + ${inner(column, row)} * ${wobble} * cos(${column} * 39.346 + ${row} * 11.135)))::numeric, 7))`;
  const corners = [
    corner('x', 'y'),
    corner('(x + 1)', 'y'),
    corner('(x + 1)', '(y + 1)'),
    corner('x', '(y + 1)'),
    corner('x', 'y'),
  ];
  await db.query(
    sql`${raw(`insert into cells (code, community_code, area_square_metres, geom)
      select '620103001' || lpad((1 + (n / 999))::text, 3, '0') || lpad((1 + n % 999)::text, 3, '0'),
        '620103001' || lpad((1 + (n / 999))::text, 3, '0'), st_area(geom::geography), geom
      from (
        select x + ${SIDE} * y as n, st_setsrid(st_makepolygon(st_makeline(array[${corners.join(', ')}])), 4326) as geom
        from generate_series(0, ${SIDE - 1}) x, generate_series(0, ${SIDE - 1}) y
      ) c`)}`,
  );
  await db.query(sql`analyze cells`);
}

function inner(column: string, row: string): string {
  return `(case when ${column} in (0, ${SIDE}) or ${row} in (0, ${SIDE}) then 0 else 1 end)`;
}

async function writeParts(path: string, size: number): Promise<void> {
  const out = createWriteStream(path);
  const random = seededRandom(7);
  out.write('code,class,lon,lat,state,authority_code,authority_name,owner_code,owner_name,initial_date\n');
  for (let from = 0; from < size; from += 10_000) {
    let text = '';
    for (let n = from; n < Math.min(size, from + 10_000); n++) {
      const lon = (WEST + 0.0005 + random() * (SPAN - 0.001)).toFixed(7);
      const lat = (SOUTH + 0.0005 + random() * (SPAN - 0.001)).toFixed(7);
      const code = `62010301${n % 2 === 0 ? '003' : '013'}${String(n >> 1).padStart(6, '0')}`;
      text += `${code},${n % 2 === 0 ? 'P01003' : 'P01013'},${lon},${lat},intact,planning,规划建设局,water,自来水公司,2020-05-01\n`;
    }
    if (!out.write(text)) await once(out, 'drain');
  }
  out.end();
  await once(out, 'finish');
}

/** mulberry32 */
function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Milliseconds of one COPY of ready rows, geometry in EWKB, into a table like parts without its indexes. */
async function copyBare(connectionString: string, path: string, size: number): Promise<number> {
  const out = createWriteStream(path);
  const random = seededRandom(7);
  const point = Buffer.alloc(25);
  point.writeUInt8(1, 0);
  point.writeUInt32LE(0x20000001, 1);
  point.writeUInt32LE(4326, 5);
  for (let n = 0; n < size; n++) {
    point.writeDoubleLE(WEST + random() * SPAN, 9);
    point.writeDoubleLE(SOUTH + random() * SPAN, 17);
    const line = `62010301003${String(n).padStart(6, '0')}\tP01003\t620103001001001\tplanning\t规划建设局\twater\t自来水公司\tintact\t2020-05-01\t${point.toString('hex')}\n`;
    if (!out.write(line)) await once(out, 'drain');
  }
  out.end();
  await once(out, 'finish');
  let took = 0;
  await inDatabase(connectionString, async (client) => {
    await client.query('create table bare (like parts including defaults)');
    const begun = performance.now();
    await pipeline(
      createReadStream(path, { highWaterMark: 1024 * 1024 }),
      client.query(
        copyFrom(
          'copy bare (code, class_id, cell_code, authority_code, authority_name, owner_code, owner_name, state, initial_date, geom) from stdin',
        ),
      ),
    );
    took = performance.now() - begun;
    await client.query('drop table bare');
  });
  if (statSync(path).size === 0) throw new Error('the bare rows were not written');
  rmSync(path);
  return took;
}

/** One import through the work of its job, and the most memory that this process held meanwhile. */
async function importFile(
  db: Database,
  folder: string,
  path: string,
): Promise<{ ms: number; peakMegabytes: number }> {
  const id = uuid();
  const scratch = join(folder, id);
  mkdirSync(scratch);
  await db.query(sql`
    insert into jobs (id, kind, state, title_zh, title_en, created_at, input)
    values (${id}, 'import', 'running', 'bench', 'bench', now(), '{}')`);
  const context: JobContext = {
    config: { ...readConfig({}), dataDir: folder },
    db,
    clock: systemClock,
    axis: await holdWorkAxis(db),
    log: pino({ level: 'silent' }),
    publish: () => undefined,
  };
  let peak = 0;
  const watch = setInterval(() => (peak = Math.max(peak, process.memoryUsage.rss())), 50);
  const schema = `import_${id.replaceAll('-', '')}`;
  const begun = performance.now();
  let stage = '';
  try {
    const input = { uploadId: id, fileName: 'parts.csv', layer: 'parts', options: { acceptWarnings: true } };
    const result = (await importWork(() => path)(
      context,
      { id, kind: 'import', input, createdBy: null },
      {
        folder: scratch,
        schema,
        signal: new AbortController().signal,
        report: ({ stage: now }) => {
          if (now.en === stage) return;
          stage = now.en;
          if (process.env.BENCH_STAGES)
            process.stdout.write(`  ${Math.round(performance.now() - begun)} ms ${stage}\n`);
        },
      },
    )) as ImportResult;
    const ms = performance.now() - begun;
    if (!result.written || result.counts.rejected > 0) throw new Error(JSON.stringify(result.counts));
    return { ms, peakMegabytes: Math.round(peak / 1e6) };
  } finally {
    clearInterval(watch);
    await db.query({ text: `drop schema if exists ${schema} cascade`, values: [] } as never);
    rmSync(scratch, { recursive: true, force: true });
  }
}
