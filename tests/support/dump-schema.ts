/** `npm run db:schema`: writes migrations/schema.sql, the schema that the migrations make on PostgreSQL. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { migrationsDir, migrate } from '../../server/db/migrate.ts';
import { dumpSchema, startPostgresCluster } from './postgres-cluster.ts';

const cluster = await startPostgresCluster();
if (!cluster) throw new Error('PostgreSQL with PostGIS is needed');
try {
  await migrate({ connectionString: cluster.url }, 'postgresql');
  writeFileSync(join(migrationsDir, 'schema.sql'), dumpSchema(cluster.url));
} finally {
  await cluster.stop();
}
