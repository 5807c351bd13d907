import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import sql from 'sql-template-tag';
import type { Evaluation } from '#contract/evaluation';
import type { Database } from '../../server/db/database.ts';
import { loadSampleDistrict } from '../../server/sample/load-sample.ts';
import { writeSampleAccounts } from '../../server/sample/sample-accounts.ts';
import { verify } from '@node-rs/argon2';
import { startSampleMonth } from '../../server/sample/sample-month.ts';
import { engines, openTestDatabase } from '../support/test-database.ts';
import { startTestServer } from '../support/test-server.ts';

interface Account {
  username: string;
  password: string;
  role: string;
  scope: { kind: string; code: string };
}

describe.each(engines)('the sample on %s', (engine) => {
  let db: Database;
  let folder: string;
  beforeAll(async () => {
    db = await openTestDatabase(engine);
    folder = mkdtempSync(join(tmpdir(), 'gridwatch-sample-'));
  });
  afterAll(async () => {
    await db.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const countRows = async () =>
    (
      await db.query<Record<string, number>>(sql`
        select (select count(*) from divisions) as divisions, (select count(*) from cells) as cells,
          (select count(*) from surfaces) as surfaces, (select count(*) from parts) as parts,
          (select count(*) from cameras) as cameras, (select count(*) from users) as users`)
    ).rows[0];

  test('goes on where a killed load stopped, each row once', async () => {
    const whole = await countRows();
    expect(whole?.parts).toBeGreaterThanOrEqual(20_000);
    // As a process leaves it that was killed between two batches of parts.
    await db.transaction(async (tx) => {
      const { rows } = await tx.query<{ value: { loaded: Record<string, number> } }>(sql`
        select value from settings where key = 'sample'`);
      const { cameras: _c, accounts: _a, ...loaded } = rows[0]?.value.loaded ?? {};
      await tx.query(sql`delete from users where sample`);
      await tx.query(sql`delete from cameras`);
      await tx.query(
        sql`delete from parts where ctid not in (select ctid from parts order by ctid limit 5000)`,
      );
      await tx.query(sql`
        update settings
        set value = ${JSON.stringify({ name: 'qilihe', loaded: { ...loaded, parts: 5000 }, complete: false })}::jsonb
        where key = 'sample'`);
    });
    const lines: string[] = [];
    await loadSampleDistrict(db, (line) => lines.push(line));
    expect(await countRows()).toEqual(whole);
    expect(lines.map((line) => line.replace(/ .*/, ''))).toEqual(['写入部件', '写入摄像机', '写入示例账户']);
    await loadSampleDistrict(db, () => expect.unreachable('a complete sample is left alone'));
  });

  test('is whole when two processes load it at once', async () => {
    const whole = await countRows();
    await db.query(sql`delete from surfaces`);
    await db.query(sql`
      update settings set value = jsonb_set(jsonb_set(value, '{complete}', 'false'), '{loaded}', (value -> 'loaded') - 'surfaces')
      where key = 'sample'`);
    await Promise.all([loadSampleDistrict(db, () => undefined), loadSampleDistrict(db, () => undefined)]);
    expect(await countRows()).toEqual(whole);
  });

  test('has an account per role, unit and subdistrict, with passwords that work written once', async () => {
    await writeSampleAccounts(db, folder, () => undefined);
    const file = join(folder, 'demo-accounts.json');
    const text = readFileSync(file, 'utf8');
    const accounts = JSON.parse(text) as Account[];
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(new Set(accounts.map(({ password }) => password)).size).toBe(accounts.length);
    const { rows: units } = await db.query<{ username: string }>(sql`
      select 'unit-' || code as username from units
      union all select 'subdistrict-' || code from divisions where level = 'subdistrict'`);
    expect(accounts.map(({ username }) => username)).toEqual(
      expect.arrayContaining([
        ...units.map(({ username }) => username),
        'admin',
        'wall',
        'chief',
        'collector',
        'hotline',
      ]),
    );
    for (const name of ['admin', 'unit-police']) {
      const account = accounts.find(({ username }) => username === name);
      const { rows } = await db.query<{ hash: string }>(sql`
        select password_hash as hash from users where username = ${name} and sample`);
      expect(await verify(rows[0]?.hash ?? '', account?.password ?? '')).toBe(true);
      expect(await verify(rows[0]?.hash ?? '', `${account?.password}x`)).toBe(false);
    }
    await writeSampleAccounts(db, folder, () => expect.unreachable('passwords are made once'));
    expect(readFileSync(file, 'utf8')).toBe(text);
  });
});

// The embedded engine writes the same rows by the same plan, half a minute long: tests/api/simulation.test.ts proves it there.
test.runIf(engines.includes('postgresql'))(
  'starts with a month of cases: work in every stage, requests, contests, two months to evaluate; once',
  async () => {
    const server = await startTestServer({ engine: 'postgresql' });
    try {
      const lines: string[] = [];
      await startSampleMonth(server.context, (line) => lines.push(line)).done;
      expect(lines).toHaveLength(1);
      const { rows } = await server.db.query<Record<string, number>>(sql`
        select (select count(*) from cases) as cases,
          (select count(distinct stage) from cases where closed_at is null) as stages,
          (select count(distinct kind) from case_requests where state = 'open') as kinds,
          (select count(*) from contests) as contests,
          (select count(*) from reports where state = 'received') as waiting,
          (select count(*) from outbox) + (select count(*) from feed) as changes`);
      const [counts] = rows;
      expect(counts?.cases).toBeGreaterThan(1_500);
      expect(counts?.cases).toBeLessThan(2_500);
      expect(counts).toMatchObject({ stages: 5, kinds: 3 });
      expect(counts?.contests).toBeGreaterThan(0);
      expect(counts?.waiting).toBeGreaterThan(0);
      // Only what stands open goes over the feed.
      expect(counts?.changes).toBeLessThan(400);
      const evaluator = await server.signIn('evaluator');
      for (const period of ['2026-09', '2026-10']) {
        const { body } = await evaluator.get<Evaluation>(`/evaluations/${period}?by=unit`);
        expect(body.total.due, period).toBeGreaterThan(100);
      }
      await startSampleMonth(server.context, () => expect.unreachable('a whole month is left alone')).done;
    } finally {
      await server.close();
    }
  },
);
