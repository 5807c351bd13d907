import sql from 'sql-template-tag';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Database } from '../../server/db/database.ts';
import { engines, openTestDatabase } from '../support/test-database.ts';

describe.each(engines)('the database on %s', (engine) => {
  let db: Database;
  beforeAll(async () => {
    db = await openTestDatabase(engine);
  });
  afterAll(() => db.close());

  test('gives every one of many queries at once its own answer', async () => {
    const one = async (n: number) => {
      const { rows } = await db.query<{ n: number }>(
        sql`select ${n}::integer as n, ${'x'.repeat(n % 50)}::text as x`,
      );
      return rows[0]?.n;
    };
    const two = async (n: number) => {
      const { rows } = await db.query<{ code: string; n: number }>(
        sql`select code, ${n}::integer as n from divisions where code = ${'620103'} limit 1`,
      );
      return rows[0]?.n;
    };
    const numbers = Array.from({ length: 2_000 }, (_, n) => n);
    expect(await Promise.all(numbers.map((n) => (n % 2 ? one(n) : two(n))))).toEqual(numbers);
  });

  test('keeps nothing of a transaction that throws, and answers afterwards', async () => {
    const work = db.transaction(async (tx) => {
      await tx.query(sql`insert into settings (key, value) values ('half-written', '1')`);
      throw new Error('no');
    });
    await expect(work).rejects.toThrow('no');
    const { rowCount } = await db.query(sql`select 1 from settings where key = 'half-written'`);
    expect(rowCount).toBe(0);
  });

  test('refuses a statement that fails inside a transaction without breaking the connection', async () => {
    await expect(db.transaction((tx) => tx.query(sql`select 1 / 0`))).rejects.toThrow(/division by zero/);
    const { rows } = await db.query<{ n: number }>(sql`select 7 as n`);
    expect(rows[0]?.n).toBe(7);
  });
});
