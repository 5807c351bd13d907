/**
 * Framing throughput: through the service (projected, located, resolved, filed, dispatched, logged, told) and the same
 * SQL statements alone by raw `pg`, in the same transactions, on the same database, in the same run.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import pg from 'pg';
import pino from 'pino';
import sql, { type Sql } from 'sql-template-tag';
import { v7 as uuid } from 'uuid';
import { enterSampleAccount } from '../../server/access/service.ts';
import type { SessionUser } from '../../server/access/session-user.ts';
import { holdWorkAxis } from '../../server/clock/service.ts';
import { systemClock } from '../../server/clock/system-clock.ts';
import { readConfig } from '../../server/config.ts';
import type { Context } from '../../server/context.ts';
import { openDatabase, type Database, type Queryable } from '../../server/db/database.ts';
import { openEmbedded } from '../../server/db/embedded.ts';
import { migrate } from '../../server/db/migrate.ts';
import { openFileStore } from '../../server/files/file-store.ts';
import { openMedia } from '../../server/open-media.ts';
import { prepareDatabase } from '../../server/prepare-database.ts';
import { createFraming } from '../../server/reports/framings.ts';
import { startPostgresCluster } from '../support/postgres-cluster.ts';
import { percentile, type BenchRow, type BenchSection } from './bench-row.ts';

const ROUNDS = 5;
const FRAMINGS = 50;
const WARM_UP = 20;
const AT_ONCE = 4;

/** One statement as it went over the wire; `transaction` tells the transactions of a framing apart from its reads. */
interface Recorded {
  text: string;
  values: unknown[];
  inTransaction: boolean;
}

export async function framingSummary(): Promise<BenchSection> {
  const rows: BenchRow[] = [];
  const folder = mkdtempSync(join(tmpdir(), 'gridwatch-bench-'));
  try {
    const embedded = await openEmbedded({ dataDir: join(folder, 'database') });
    rows.push(...(await measureEngine('embedded', embedded, embedded.connection, folder)));
    const cluster = await startPostgresCluster();
    if (cluster) {
      try {
        const connection = { connectionString: cluster.url };
        const db = openDatabase({ engine: 'postgresql', connection });
        rows.push(...(await measureEngine('PostgreSQL', db, connection, folder)));
      } finally {
        await cluster.stop();
      }
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return {
    title: 'Framing',
    how: `${ROUNDS} rounds of ${FRAMINGS} framings of camera 1, ${AT_ONCE} at once, the median round; each filed and dispatched with its evidence on disk. Bare: the statements of one such framing by raw \`pg\`, with fresh ids, in the same transactions.`,
    rows,
  };
}

async function measureEngine(
  name: string,
  db: Database,
  connection: pg.PoolConfig,
  folder: string,
): Promise<BenchRow[]> {
  await migrate(connection, db.engine, () => undefined);
  await prepareDatabase(db, 'qilihe', () => undefined);
  // The embedded engine answers one connection at a time.
  const pool = new pg.Pool({ ...connection, max: db.engine === 'embedded' ? 1 : AT_ONCE });
  // Clients whose server has gone at the end of the bench.
  pool.on('error', () => undefined);
  try {
    const { context, close } = await openContext(db, join(folder, name));
    const { user } = await enterSampleAccount(context, 'operator', { requestId: 'bench', remoteAddress: '' });
    await repeat(WARM_UP, () => frame(context, user));
    const recorded = await record(context, user);
    await repeat(WARM_UP, () => replay(pool, recorded, user.id));
    const service: number[] = [];
    const bare: number[] = [];
    // Turn by turn, so that whatever else the machine does meets both.
    for (let round = 0; round < ROUNDS; round++) {
      service.push(await repeat(FRAMINGS, () => frame(context, user)));
      bare.push(await repeat(FRAMINGS, () => replay(pool, recorded, user.id)));
    }
    await db.query(sql`delete from outbox`);
    await close();
    return [
      {
        what: `framings filed and dispatched, ${name} (${recorded.length} statements each)`,
        measured: `${percentile(service, 50).toFixed(0)} / s`,
        bare: `${percentile(bare, 50).toFixed(0)} / s`,
        ratio: (percentile(service, 50) / percentile(bare, 50)).toFixed(2),
        budget: '≥ 0.5 × the same statements by raw pg',
      },
    ];
  } finally {
    await pool.end();
    await db.close();
  }
}

async function openContext(
  db: Database,
  dataDir: string,
): Promise<{ context: Context; close(): Promise<void> }> {
  const config = { ...readConfig({}), dataDir, logLevel: 'silent' };
  const log = pino({ level: 'silent' });
  const media = openMedia({ config, db, clock: systemClock, log });
  const context: Context = {
    config,
    db,
    clock: systemClock,
    axis: await holdWorkAxis(db, config.timeZone),
    files: openFileStore(join(dataDir, 'files')),
    media,
    log,
    publish: () => undefined,
    endSockets: () => undefined,
  };
  return { context, close: () => media.close() };
}

async function frame(context: Context, user: SessionUser): Promise<void> {
  await createFraming(context, user, {
    body: {
      cameraId: 'camera-1',
      at: new Date().toISOString(),
      box: { x: 0.45, y: 0.55, width: 0.1, height: 0.2 },
      class: 'E09001',
      file: true,
    },
    still: undefined,
    key: undefined,
  });
}

/** What one framing sends to the database. */
async function record(context: Context, user: SessionUser): Promise<Recorded[]> {
  const recorded: Recorded[] = [];
  const watch = (to: Queryable, inTransaction: boolean): Queryable => ({
    query<Row>(statement: Sql) {
      recorded.push({ text: statement.text, values: statement.values, inTransaction });
      return to.query<Row>(statement);
    },
  });
  const { db } = context;
  const watched: Database = {
    ...db,
    ...watch(db, false),
    transaction: (work) => db.transaction((tx) => work(watch(tx, true))),
  };
  await frame({ ...context, db: watched }, user);
  return recorded;
}

const ID = /[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}/g;

/** The same statements under fresh ids. */
async function replay(pool: pg.Pool, recorded: readonly Recorded[], userId: string): Promise<void> {
  const fresh = new Map<string, string>([[userId, userId]]);
  const renew = (value: unknown): unknown => {
    if (typeof value !== 'string') return value;
    return value.replace(ID, (id) => {
      const known = fresh.get(id) ?? uuid();
      fresh.set(id, known);
      return known;
    });
  };
  for (const { text, values } of recorded.filter(({ inTransaction }) => !inTransaction)) {
    await pool.query(text, values.map(renew));
  }
  const client = await pool.connect();
  try {
    await client.query('begin');
    for (const { text, values } of recorded.filter(({ inTransaction }) => inTransaction)) {
      await client.query(text, values.map(renew));
    }
    await client.query('commit');
  } finally {
    client.release();
  }
}

/** How many a second, some at once. */
async function repeat(count: number, work: () => Promise<void>): Promise<number> {
  let left = count;
  const started = performance.now();
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      while (left > 0) {
        left -= 1;
        await work();
      }
    }),
  );
  return count / ((performance.now() - started) / 1000);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  console.log(JSON.stringify(await framingSummary(), null, 2));
}
