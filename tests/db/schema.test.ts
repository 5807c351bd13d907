import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, inject, test } from 'vitest';
import { migrationsDir } from '../../server/db/migrate.ts';
import { databaseUrl } from '../support/database-url.ts';
import { dumpSchema } from '../support/postgres-cluster.ts';

const url = inject('postgresUrl');

test.skipIf(!url)('migrations/schema.sql is the schema that the migrations make (npm run db:schema)', () => {
  const written = readFileSync(join(migrationsDir, 'schema.sql'), 'utf8');
  expect(dumpSchema(databaseUrl(url, 'gridwatch_template'))).toBe(written);
});
