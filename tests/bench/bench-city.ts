/**
 * The product in this process over a PostgreSQL of its own: the sample district, whose parts are multiplied along the
 * streets they stand in until there are as many as wanted.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pino from 'pino';
import sql from 'sql-template-tag';
import { systemClock } from '../../server/clock/system-clock.ts';
import { readConfig } from '../../server/config.ts';
import type { Database } from '../../server/db/database.ts';
import { openConfiguredDatabase } from '../../server/open-database.ts';
import { openServer, type RunningServer } from '../../server/open-server.ts';
import { prepareDatabase } from '../../server/prepare-database.ts';
import { writeSampleAccounts } from '../../server/sample/sample-accounts.ts';
import { renewVersions } from '../../server/settings/service.ts';
import { partsHolderOf } from '../../server/tiles/hold-parts.ts';
import type { PartIndex } from '../../server/tiles/part-index.ts';
import { findPartsInMemory } from '../../server/tiles/service.ts';
import { startPostgresCluster } from '../support/postgres-cluster.ts';
import { TestClient } from '../support/test-client.ts';

export interface BenchCity {
  db: Database;
  server: RunningServer;
  client: TestClient;
  /** Adds parts up to a number, and gives them as they are in memory then. */
  growTo(parts: number): Promise<PartIndex>;
  close(): Promise<void>;
}

/** Sequence numbers from here on are made up; those of the sample stay below. */
const FIRST_SEQUENCE = 200_000;

export async function openBenchCity(): Promise<BenchCity> {
  const cluster = await startPostgresCluster();
  if (!cluster) throw new Error('PostgreSQL with PostGIS is not installed');
  const dataDir = mkdtempSync(join(tmpdir(), 'gridwatch-city-'));
  const config = { ...readConfig({}), dataDir, port: 0, logLevel: 'silent', databaseUrl: cluster.url };
  const db = await openConfiguredDatabase(config, () => undefined);
  await prepareDatabase(db, 'qilihe', () => undefined);
  await writeSampleAccounts(db, dataDir, () => undefined);
  const server = await openServer({ config, db, clock: systemClock, log: pino({ level: 'silent' }) });
  const client = new TestClient(server.origin);
  await client.enter('operator');
  return {
    db,
    server,
    client,
    async growTo(parts) {
      await addParts(db, parts);
      const holder = partsHolderOf(server.context);
      await findPartsInMemory(db, holder);
      await holder.settled();
      const index = await findPartsInMemory(db, holder);
      if (!index) throw new Error('the parts are not in memory');
      return index;
    },
    async close() {
      await server.close();
      await db.close();
      await cluster.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** Copies of the sample's parts, each within about 40 m of its model; then what the planner needs to know. */
async function addParts(db: Database, wanted: number): Promise<void> {
  const { rows } = await db.query<{ n: number; models: number }>(sql`
    select count(*)::integer as n,
      (count(*) filter (where right(code, 6)::integer < ${FIRST_SEQUENCE}))::integer as models
    from parts`);
  const { n = 0, models = 1 } = rows[0] ?? {};
  if (n < wanted) {
    await db.query(sql`drop index parts_geom`);
    await db.query(sql`
      insert into parts (code, class_id, cell_code, authority_code, authority_name, owner_code, owner_name,
        maintainer_code, maintainer_name, state, initial_date, geom)
      select left(m.code, 11) || lpad((${FIRST_SEQUENCE + n} + row_number() over (partition by left(m.code, 11)))::text,
          6, '0'), m.class_id, m.cell_code, m.authority_code, m.authority_name, m.owner_code, m.owner_name,
        m.maintainer_code, m.maintainer_name, m.state, m.initial_date,
        st_snaptogrid(st_translate(m.geom, (random() - 0.5) / 1200, (random() - 0.5) / 1400), 1e-7)
      from parts m, generate_series(1, ${Math.ceil((wanted - n) / models)}::integer) copy
      where right(m.code, 6)::integer < ${FIRST_SEQUENCE}
      limit ${wanted - n}`);
    await db.query(sql`create index parts_geom on parts using gist (geom)`);
    await db.query(sql`vacuum analyze parts`);
    // As an import that brings a whole city does: all parts are loaded anew.
    await renewVersions(db, 'cells', 'parts');
  }
}

/** Milliseconds each of some calls took, one after another. */
export async function timeEach<T>(items: readonly T[], work: (item: T) => unknown): Promise<number[]> {
  const times: number[] = [];
  for (const item of items) {
    const started = performance.now();
    await work(item);
    times.push(performance.now() - started);
  }
  return times;
}
