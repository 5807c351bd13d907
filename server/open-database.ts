import { join } from 'node:path';
import type pg from 'pg';
import type { Config } from './config.ts';
import { openDatabase, type Database } from './db/database.ts';
import { openEmbedded } from './db/embedded.ts';
import { migrate } from './db/migrate.ts';

/** The database of the configuration, its schema brought up to date. */
export async function openConfiguredDatabase(config: Config, log: (line: string) => void): Promise<Database> {
  if (config.databaseUrl) {
    const connection: pg.PoolConfig = { connectionString: config.databaseUrl };
    await migrate(connection, 'postgresql', log);
    return openDatabase({ engine: 'postgresql', connection });
  }
  const db = await openEmbedded({ dataDir: join(config.dataDir, 'database') });
  await migrate(db.connection, 'embedded', log);
  return db;
}
