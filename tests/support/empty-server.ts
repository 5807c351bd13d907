import { mkdtempSync, rmSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import pino from 'pino';
import { v7 as uuid } from 'uuid';
import { inject } from 'vitest';
import { insertUser } from '../../server/access/repository.ts';
import { hashPassword } from '../../server/access/service.ts';
import { createManualClock } from '../../server/clock/system-clock.ts';
import { readConfig } from '../../server/config.ts';
import { openDatabase, type Database, type Engine } from '../../server/db/database.ts';
import { openEmbedded } from '../../server/db/embedded.ts';
import { migrate } from '../../server/db/migrate.ts';
import { openServer } from '../../server/open-server.ts';
import { prepareDatabase } from '../../server/prepare-database.ts';
import { databaseUrl } from './database-url.ts';
import { TestClient } from './test-client.ts';
import { testStart } from './test-server.ts';

export interface EmptyServer {
  db: Database;
  dataDir: string;
  /** An administrator, signed in with a password. */
  admin: TestClient;
  close(): Promise<void>;
}

/** The product as it starts with GRIDWATCH_SAMPLE=none: no district, nobody but one administrator. */
export async function startEmptyServer(engine: Engine): Promise<EmptyServer> {
  const dataDir = mkdtempSync(join(tmpdir(), 'gridwatch-empty-'));
  const db = await openEmptyDatabase(engine);
  await prepareDatabase(db, 'none', () => undefined);
  const password = randomBytes(12).toString('hex');
  await insertUser(db, {
    id: uuid(),
    username: 'chief-admin',
    passwordHash: await hashPassword(password),
    nameZh: '管理员',
    nameEn: 'administrator',
    role: 'administrator',
    scope: { kind: 'district', code: '620103' },
    sample: false,
  });
  const server = await openServer({
    config: { ...readConfig({}), host: '127.0.0.1', port: 0, dataDir, sample: 'none', logLevel: 'silent' },
    db,
    clock: createManualClock(testStart),
    log: pino({ level: 'silent' }),
  });
  const admin = new TestClient(server.origin);
  const { status } = await admin.post('/session', { username: 'chief-admin', password });
  if (status !== 200) throw new Error(`cannot sign in: ${status}`);
  return {
    db,
    dataDir,
    admin,
    async close() {
      await server.close();
      await db.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

async function openEmptyDatabase(engine: Engine): Promise<Database> {
  if (engine === 'embedded') {
    const db = await openEmbedded({});
    await migrate(db.connection, 'embedded');
    return db;
  }
  const name = `test_${randomBytes(6).toString('hex')}`;
  const asAdmin = async (statement: string) => {
    const client = new pg.Client({ connectionString: inject('postgresUrl') });
    await client.connect();
    await client.query(statement);
    await client.end();
  };
  await asAdmin(`create database ${name}`);
  const connectionString = databaseUrl(inject('postgresUrl'), name);
  await migrate({ connectionString }, 'postgresql');
  return openDatabase({
    engine,
    connection: { connectionString },
    afterClose: () => asAdmin(`drop database ${name} with (force)`),
  });
}
