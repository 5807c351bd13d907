import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pino from 'pino';
import { createManualClock, type ManualClock } from '../../server/clock/system-clock.ts';
import { readConfig } from '../../server/config.ts';
import type { Database, Engine } from '../../server/db/database.ts';
import { openServer, type RunningServer } from '../../server/open-server.ts';
import { TestClient } from './test-client.ts';
import { openTestDatabase } from './test-database.ts';

export interface TestServer extends RunningServer {
  db: Database;
  /** Starts at Friday 2026-10-16 10:00 Asia/Shanghai (a working day) unless told otherwise; moved by hand. */
  clock: ManualClock;
  /** Somebody signed in through the sample entry, e.g. `operator`, `chief`, `unit-<code>`. */
  signIn(username: string): Promise<TestClient>;
  anonymous(): TestClient;
}

export const testStart = new Date('2026-10-16T02:00:00.000Z');

/** The whole product on a port of its own, over a copy of the seeded template. */
export async function startTestServer(options: { engine: Engine; at?: Date }): Promise<TestServer> {
  const folder = mkdtempSync(join(tmpdir(), 'gridwatch-test-'));
  const db = await openTestDatabase(options.engine);
  const clock = createManualClock(options.at ?? testStart);
  const server = await openServer({
    config: { ...readConfig({}), host: '127.0.0.1', port: 0, dataDir: folder, logLevel: 'silent' },
    db,
    clock,
    log: pino({ level: process.env.TEST_LOG ?? 'silent' }),
  });
  return {
    ...server,
    db,
    clock,
    async signIn(username) {
      const client = new TestClient(server.origin);
      await client.enter(username);
      return client;
    },
    anonymous: () => new TestClient(server.origin),
    async close() {
      await server.close();
      await db.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
