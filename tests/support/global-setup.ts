/**
 * Before the database tests: one migrated and seeded template per engine. Tests start from a copy of it.
 */
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import pg from 'pg';
import { openDatabase, type Database } from '../../server/db/database.ts';
import { openEmbedded } from '../../server/db/embedded.ts';
import { migrate } from '../../server/db/migrate.ts';
import { projectRoot } from '../../server/project-root.ts';
import { prepareDatabase } from '../../server/prepare-database.ts';
import { databaseUrl } from './database-url.ts';
import { startPostgresCluster } from './postgres-cluster.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** A tarball of the embedded template. */
    embeddedTemplate: string;
    /** Superuser's address of the test cluster, with the database `gridwatch_template`; empty without PostgreSQL. */
    postgresUrl: string;
  }
}

export default async function setup(project: TestProject) {
  project.provide('embeddedTemplate', await makeEmbeddedTemplate());
  const cluster = await startPostgresCluster();
  if (cluster) await makePostgresTemplate(cluster.url);
  else if (process.env.CI) throw new Error('PostgreSQL with PostGIS is not installed: run npm test');
  project.provide('postgresUrl', cluster?.url ?? '');
  return () => cluster?.stop();
}

async function seed(db: Database) {
  await prepareDatabase(db, 'qilihe', () => undefined);
}

/** Kept in node_modules/.cache under the hash of everything it is made from. */
async function makeEmbeddedTemplate(): Promise<string> {
  const folder = join(projectRoot, 'node_modules', '.cache', 'gridwatch');
  const file = join(folder, `template-${hashOfSources()}.tar`);
  if (existsSync(file)) return file;
  mkdirSync(folder, { recursive: true });
  for (const name of readdirSync(folder)) if (name.startsWith('template-')) rmSync(join(folder, name));
  const db = await openEmbedded({});
  await migrate(db.connection, 'embedded');
  await seed(db);
  writeFileSync(`${file}.part`, await db.dump());
  await db.close();
  renameSync(`${file}.part`, file);
  return file;
}

async function makePostgresTemplate(url: string) {
  const admin = new pg.Client({ connectionString: url });
  await admin.connect();
  await admin.query('create database gridwatch_template');
  await admin.end();
  const connectionString = databaseUrl(url, 'gridwatch_template');
  await migrate({ connectionString }, 'postgresql');
  const db = openDatabase({ engine: 'postgresql', connection: { connectionString } });
  await seed(db);
  await db.close();
}

function hashOfSources(): string {
  const hash = createHash('sha256');
  for (const folder of ['migrations', 'data', 'server/sample', 'server/clock', 'server/prepare-database.ts'])
    visit(join(projectRoot, folder), hash);
  return hash.digest('hex').slice(0, 16);
}

function visit(path: string, hash: ReturnType<typeof createHash>) {
  if (/clips|render|truth|\.test\.ts$/.test(path)) return;
  if (statSync(path).isDirectory()) {
    for (const name of readdirSync(path).sort()) visit(join(path, name), hash);
  } else {
    hash.update(path.slice(projectRoot.length)).update(readFileSync(path));
  }
}
