/**
 * The product's services over a PostgreSQL of its own, with as many cases as wanted: a simulated year, whose cases are
 * then copied row by row under new ids, numbers and deadlines.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pino from 'pino';
import sql from 'sql-template-tag';
import { enterSampleAccount } from '../../server/access/service.ts';
import type { SessionUser } from '../../server/access/session-user.ts';
import { holdWorkAxis } from '../../server/clock/service.ts';
import { systemClock } from '../../server/clock/system-clock.ts';
import { readConfig } from '../../server/config.ts';
import type { Context } from '../../server/context.ts';
import { openDatabase, type Database } from '../../server/db/database.ts';
import { migrate } from '../../server/db/migrate.ts';
import { openFileStore } from '../../server/files/file-store.ts';
import { openMedia } from '../../server/open-media.ts';
import { prepareDatabase } from '../../server/prepare-database.ts';
import { runSimulation } from '../../server/simulation/service.ts';
import { startPostgresCluster } from '../support/postgres-cluster.ts';

export interface CaseCity {
  db: Database;
  context: Context;
  connectionString: string;
  /** Simulated cases a second, as they were written at the start. */
  perSecond: number;
  userOf(username: string): Promise<SessionUser>;
  /** Copies cases until there are at least so many open ones, and so many in all. */
  growTo(wanted: { open: number; total: number }): Promise<void>;
  close(): Promise<void>;
}

const MODELS = 6_000;
/** In every stage and light. */
const PRESENT = 40;

export async function openCaseCity(): Promise<CaseCity> {
  const cluster = await startPostgresCluster();
  if (!cluster) throw new Error('PostgreSQL with PostGIS is not installed');
  const dataDir = mkdtempSync(join(tmpdir(), 'gridwatch-cases-'));
  const connection = { connectionString: cluster.url };
  const db = openDatabase({ engine: 'postgresql', connection });
  await migrate(connection, 'postgresql', () => undefined);
  await prepareDatabase(db, 'qilihe', () => undefined);
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
  const today = new Date().toISOString().slice(0, 10);
  let began: number | undefined;
  let before = 0;
  const { cases } = await runSimulation(
    context,
    { from: `${today.slice(0, 4)}-01-01`, to: today, cases: MODELS, seed: 1, present: PRESENT, sites: 800 },
    {
      // From the first cases on: reading the district is done once.
      report(done) {
        if (began === undefined) [began, before] = [performance.now(), done];
      },
    },
  );
  const perSecond = (cases - before) / ((performance.now() - (began ?? 0)) / 1000);
  await db.query(sql`vacuum analyze`);
  return {
    db,
    context,
    connectionString: cluster.url,
    perSecond,
    userOf: async (username) =>
      (await enterSampleAccount(context, username, { requestId: 'bench', remoteAddress: '' })).user,
    async growTo({ open, total }) {
      await copyCases(db, open, true);
      await copyCases(db, total, false);
      await db.query(sql`vacuum analyze cases`);
    },
    async close() {
      await media.close();
      await db.close();
      await cluster.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** Copies of the open (else of the finished) cases, each with deadlines of its own, up to a number of open ones (of all). */
async function copyCases(db: Database, wanted: number, open: boolean): Promise<void> {
  const { rows } = await db.query<{ n: number; models: number }>(sql`
    select (count(*) filter (where ${!open} or closed_at is null))::integer as n,
      (count(*) filter (where (closed_at is null) = ${open} and number !~ '-C'))::integer as models
    from cases`);
  const { n = 0, models = 1 } = rows[0] ?? {};
  if (n >= wanted) return;
  await db.transaction(
    (tx) =>
      tx.query(sql`
        insert into cases (id, number, class_id, limit_id, kind, channel, note, accuracy_metres, cell_code,
          community_code, subdistrict_code, part_code, place, stage, unit_code, assistant_codes, resolution, urgent,
          special, dispatch_count, received_at, filed_at, stage_since, due_at, warn_at, whole_due_at, whole_warn_at,
          closed_at, updated_at, no_subject, geom)
        select gen_random_uuid(), left(m.number, 16) || 'C' || ${open ? 'o' : 'c'}::text || ${n}::text || '-'
            || row_number() over (), m.class_id, m.limit_id, m.kind, m.channel, m.note, m.accuracy_metres, m.cell_code,
          m.community_code, m.subdistrict_code, m.part_code, m.place, m.stage, m.unit_code, m.assistant_codes,
          m.resolution, m.urgent, m.special, m.dispatch_count, m.received_at - moved.by, m.filed_at - moved.by,
          m.stage_since - moved.by, m.due_at - moved.by, m.warn_at - moved.by, m.whole_due_at - moved.by,
          m.whole_warn_at - moved.by, m.closed_at, m.updated_at, m.no_subject, m.geom
        from generate_series(1, ${Math.ceil((wanted - n) / models)}::integer) copy
        cross join lateral (select random() * interval '20 days' as by, copy) moved
        cross join lateral (
          select *
          from cases c
          where (c.closed_at is null) = ${open} and c.number !~ '-C' and moved.copy = moved.copy
        ) m
        limit ${wanted - n}`),
    { heldMs: 900_000 },
  );
}
