/**
 * A server process that imports parts and kills itself with SIGKILL while the new table is being filled, or one that
 * starts after it and says what it found. Arguments: data folder, engine's address or `embedded`, and the file to
 * import; without a file it only looks.
 */
import { createReadStream, existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import pino from 'pino';
import sql, { raw } from 'sql-template-tag';
import type { Job } from '#contract/jobs';
import { systemClock } from '../../server/clock/system-clock.ts';
import { readConfig } from '../../server/config.ts';
import { importUpload } from '../../server/imports/service.ts';
import { openConfiguredDatabase } from '../../server/open-database.ts';
import { openServer } from '../../server/open-server.ts';

const [dataDir = '', address = 'embedded', file] = process.argv.slice(2);
const config = {
  ...readConfig({}),
  host: '127.0.0.1',
  port: 0,
  dataDir,
  sample: 'none' as const,
  ...(address === 'embedded' ? {} : { databaseUrl: address }),
};
const db = await openConfiguredDatabase(config, () => undefined);
const server = await openServer({ config, db, clock: systemClock, log: pino({ level: 'silent' }) });

if (file) {
  const { id } = await importUpload(server.context, null, {
    stream: createReadStream(file),
    fileName: 'parts.csv',
    layer: 'parts',
    options: () => ({ acceptWarnings: true }),
  });
  const table = `import_${id.replaceAll('-', '')}.parts`;
  for (;;) {
    const { rows } = await db.query<{ begun: boolean; state: string }>(sql`
      select to_regclass(${table}) is not null as begun, (select state from jobs where id = ${id}) as state`);
    if (rows[0]?.state === 'failed' || rows[0]?.state === 'done')
      throw new Error('the import ended before its time');
    if (rows[0]?.begun) {
      // The embedded engine fills it in short statements, each of them kept.
      const filled = address === 'embedded' ? await count(table) : 1;
      if (filled > 0) process.kill(process.pid, 'SIGKILL');
    }
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

const jobs = await db.query<{ state: Job['state']; error: Job['error'] }>(sql`select state, error from jobs`);
const schemas = await db.query<{ name: string }>(sql`
  select nspname as name from pg_namespace where nspname like 'import\\_%'`);
const triggers = await db.query<{ name: string }>(sql`
  select tgname as name from pg_trigger where tgrelid = 'parts'::regclass and not tgisinternal`);
const files = ['jobs', 'uploads'].flatMap((name) =>
  existsSync(join(dataDir, name)) ? readdirSync(join(dataDir, name)) : [],
);
process.send?.({
  parts: await count('parts'),
  jobs: jobs.rows,
  leftovers: [...schemas.rows, ...triggers.rows].map(({ name }) => name).concat(files),
});
await server.close();
await db.close();

async function count(name: string): Promise<number> {
  const { rows } = await db.query<{ n: number }>(sql`select count(*)::integer as n from ${raw(name)}`);
  return rows[0]?.n ?? 0;
}
