import sql from 'sql-template-tag';
import type { Queryable } from '../db/database.ts';

export async function findSetting(db: Queryable, key: string): Promise<unknown> {
  const { rows } = await db.query<{ value: unknown }>(sql`select value from settings where key = ${key}`);
  return rows[0]?.value;
}

export async function saveSetting(tx: Queryable, key: string, value: unknown): Promise<void> {
  await tx.query(sql`
    insert into settings (key, value)
    values (${key}, ${JSON.stringify(value)}::jsonb)
    on conflict (key) do update set value = excluded.value`);
}

/** Writes the setting if there is none; false when somebody else did before. */
export async function claimSetting(tx: Queryable, key: string, value: unknown): Promise<boolean> {
  const { rowCount } = await tx.query(sql`
    insert into settings (key, value)
    values (${key}, ${JSON.stringify(value)}::jsonb)
    on conflict (key) do nothing`);
  return rowCount === 1;
}

/** The setting, locked until the transaction ends. */
export async function lockSetting(tx: Queryable, key: string): Promise<unknown> {
  const { rows } = await tx.query<{ value: unknown }>(sql`
    select value from settings where key = ${key} for update`);
  return rows[0]?.value;
}
