import { fork } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import sql from 'sql-template-tag';
import { describe, expect, inject, onTestFinished, test } from 'vitest';
import { openDatabase, type Database } from '../../server/db/database.ts';
import { openEmbedded } from '../../server/db/embedded.ts';
import { databaseUrl } from '../support/database-url.ts';
import { engines } from '../support/test-database.ts';

const program = fileURLToPath(new URL('../support/dying-import.ts', import.meta.url));

interface Found {
  parts: number;
  jobs: { state: string; error: { code: string } | null }[];
  leftovers: string[];
}

/** What the process said at its end, or undefined when it was killed. */
function run(args: string[]): Promise<{ signal: string | null; found?: Found }> {
  const child = fork(program, args, {
    execArgv: ['--import', 'tsx'],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  let found: Found | undefined;
  child.on('message', (message) => (found = message as Found));
  return new Promise((resolve) =>
    child.once('exit', (_code, signal) => resolve({ signal, ...(found ? { found } : {}) })),
  );
}

async function partsFile(db: Database, path: string, size: number): Promise<number> {
  const { rows } = await db.query<{ lon: number; lat: number }>(sql`
    select st_x(p) as lon, st_y(p) as lat
    from (select st_pointonsurface(geom) as p from cells order by md5(code) limit 100) c`);
  const lines = ['code,class,lon,lat'];
  for (let n = 0; n < size; n++) {
    const { lon, lat } = rows[n % rows.length] ?? { lon: 0, lat: 0 };
    lines.push(`62010301012${n + 200_000},P01012,${lon.toFixed(7)},${(lat + n * 1e-9).toFixed(7)}`);
  }
  writeFileSync(path, lines.join('\n'));
  const counted = await db.query<{ n: number }>(sql`select count(*)::integer as n from parts`);
  return counted.rows[0]?.n ?? 0;
}

describe.each(engines)('an import whose process is killed on %s', (engine) => {
  test('leaves the register as it was and nothing on the disk', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'gridwatch-killed-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const file = join(folder, 'parts.csv');
    const dataDir = join(folder, 'data');
    let address = 'embedded';
    let before: number;
    if (engine === 'embedded') {
      const db = await openEmbedded({
        dataDir: join(dataDir, 'database'),
        loadFrom: readFileSync(inject('embeddedTemplate')),
      });
      before = await partsFile(db, file, 8_000);
      await db.close();
    } else {
      const url = inject('postgresUrl');
      const name = `test_${randomBytes(6).toString('hex')}`;
      const client = new pg.Client({ connectionString: url });
      await client.connect();
      await client.query(`create database ${name} template gridwatch_template`);
      onTestFinished(async () => {
        await client.query(`drop database ${name} with (force)`);
        await client.end();
      });
      address = databaseUrl(url, name);
      const db = openDatabase({ engine, connection: { connectionString: address } });
      before = await partsFile(db, file, 60_000);
      await db.close();
    }

    const killed = await run([dataDir, address, file]);
    expect(killed).toEqual({ signal: 'SIGKILL' });
    expect(readdirSync(join(dataDir, 'uploads'))).toHaveLength(1);
    expect(readdirSync(join(dataDir, 'jobs'))).toHaveLength(1);

    const { found } = await run([dataDir, address]);
    expect(found).toMatchObject({
      parts: before,
      jobs: [{ state: 'failed', error: { code: 'JOB_INTERRUPTED' } }],
      leftovers: [],
    });
  }, 240_000);
});
