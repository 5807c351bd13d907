import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import pg from 'pg';
import { inject } from 'vitest';
import { openDatabase, type Database, type Engine } from '../../server/db/database.ts';
import { openEmbedded } from '../../server/db/embedded.ts';
import { databaseUrl } from './database-url.ts';

/** The engines of this machine: `describe.each(engines)('… on %s', (engine) => …)`. */
export const engines: Engine[] = inject('postgresUrl') ? ['embedded', 'postgresql'] : ['embedded'];

/** A copy of the seeded template (sample district, sample accounts), dropped on close. */
export async function openTestDatabase(engine: Engine): Promise<Database> {
  if (engine === 'embedded') {
    return openEmbedded({ loadFrom: readFileSync(inject('embeddedTemplate')) });
  }
  const url = inject('postgresUrl');
  const name = `test_${randomBytes(6).toString('hex')}`;
  await runAsAdmin(url, `create database ${name} template gridwatch_template`);
  return openDatabase({
    engine,
    connection: { connectionString: databaseUrl(url, name) },
    afterClose: () => runAsAdmin(url, `drop database ${name} with (force)`),
  });
}

async function runAsAdmin(url: string, statement: string) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
