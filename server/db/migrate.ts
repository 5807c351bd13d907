import { join } from 'node:path';
import pg from 'pg';
import { runner } from 'node-pg-migrate';
import { projectRoot } from '../project-root.ts';

export const migrationsDir = join(projectRoot, 'migrations');

/**
 * Brings the schema up to date. On PostgreSQL one node at a time does it (advisory lock); the embedded engine has
 * one process by construction, and its advisory locks mean nothing.
 */
export async function migrate(
  connection: pg.ClientConfig,
  engine: 'embedded' | 'postgresql',
  log: (line: string) => void = () => undefined,
): Promise<void> {
  const client = new pg.Client(connection);
  await client.connect();
  try {
    await runner({
      dbClient: client,
      dir: join(migrationsDir, '*.sql'),
      useGlob: true,
      ignorePattern: '**/schema.sql',
      direction: 'up',
      migrationsTable: 'migrations',
      noLock: engine === 'embedded',
      checkOrder: true,
      log: () => undefined,
      logger: { debug: () => undefined, info: log, warn: log, error: log },
    });
  } finally {
    await client.end();
  }
}
