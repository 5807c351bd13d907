import sql, { empty, type Sql } from 'sql-template-tag';
import type { RegisterChange, RegisterSubject } from '#contract/history';
import type { Queryable } from '../db/database.ts';

export interface ChangeToRecord {
  batch: string;
  subject: RegisterSubject;
  code: string;
  at: Date;
  actor: { id: string | null; name: string };
  action: RegisterChange['action'];
  reason?: string | undefined;
  before?: Record<string, unknown> | undefined;
  after?: Record<string, unknown> | undefined;
}

/** One statement for any number of changes. */
export async function insertChanges(tx: Queryable, changes: readonly ChangeToRecord[]): Promise<void> {
  if (changes.length === 0) return;
  const rows = changes.map((change) => ({
    batch: change.batch,
    subject: change.subject,
    code: change.code,
    at: change.at.toISOString(),
    actor_id: change.actor.id,
    actor_name: change.actor.name,
    action: change.action,
    reason: change.reason ?? null,
    before: change.before ?? null,
    after: change.after ?? null,
  }));
  await tx.query(sql`
    insert into register_changes (batch, subject, code, at, actor_id, actor_name, action, reason, before, after)
    select r.batch, r.subject, r.code, r.at, r.actor_id, r.actor_name, r.action, r.reason,
      nullif(r.before, 'null'), nullif(r.after, 'null')
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(batch uuid, subject text, code text, at timestamptz,
      actor_id uuid, actor_name text, action text, reason text, before jsonb, after jsonb)`);
}

/**
 * Changes that a statement finds, for more of them than a process should carry.
 * @param found selects code, before and after (jsonb), in this order
 */
export async function insertChangesFrom(
  tx: Queryable,
  common: Omit<ChangeToRecord, 'code' | 'before' | 'after'>,
  found: Sql,
): Promise<void> {
  await tx.query(sql`
    insert into register_changes (batch, subject, code, at, actor_id, actor_name, action, reason, before, after)
    select ${common.batch}::uuid, ${common.subject}::text, f.code, ${common.at}::timestamptz,
      ${common.actor.id}::uuid, ${common.actor.name}::text, ${common.action}::text, ${common.reason ?? null}::text,
      f.before, f.after
    from (${found}) as f (code, before, after)`);
}

interface ChangeRow {
  id: number;
  batch: string;
  subject: RegisterSubject;
  code: string;
  at: Date;
  actor_name: string;
  action: RegisterChange['action'];
  reason: string | null;
  before: Record<string, unknown> | null;
  after: Record<string, unknown> | null;
  undone_by: string | null;
}

const columns = sql`c.id, c.batch, c.subject, c.code, c.at, c.actor_name, c.action, c.reason, c.before, c.after,
  c.undone_by`;

function toChange(row: ChangeRow): RegisterChange {
  return {
    id: row.id,
    batch: row.batch,
    subject: row.subject,
    code: row.code,
    at: row.at.toISOString(),
    actor: row.actor_name,
    action: row.action,
    ...(row.reason === null ? {} : { reason: row.reason }),
    ...(row.before === null ? {} : { before: row.before }),
    ...(row.after === null ? {} : { after: row.after }),
    undone: row.undone_by !== null,
  };
}

export interface ChangeFilter {
  subject?: RegisterSubject | undefined;
  code?: string | undefined;
  /** Id of the last change of the page before. */
  after?: number | undefined;
  limit: number;
}

/** The newest first. */
export async function listChanges(db: Queryable, filter: ChangeFilter): Promise<RegisterChange[]> {
  const { rows } = await db.query<ChangeRow>(sql`
    select ${columns}
    from register_changes c
    where true
      ${filter.subject === undefined ? empty : sql`and c.subject = ${filter.subject}`}
      ${filter.code === undefined ? empty : sql`and c.code = ${filter.code}`}
      ${filter.after === undefined ? empty : sql`and c.id < ${filter.after}`}
    order by c.id desc
    limit ${filter.limit}`);
  return rows.map(toChange);
}

/** The changes of a batch, the last first, locked until the transaction ends. */
export async function lockBatch(tx: Queryable, batch: string): Promise<RegisterChange[]> {
  const { rows } = await tx.query<ChangeRow>(sql`
    select ${columns}
    from register_changes c
    where c.batch = ${batch}::uuid
    order by c.id desc
    for update`);
  return rows.map(toChange);
}

export async function markUndone(tx: Queryable, batch: string, by: string): Promise<void> {
  await tx.query(sql`update register_changes set undone_by = ${by}::uuid where batch = ${batch}::uuid`);
}

/** Whether a later change of the same things, that is not undone itself, stands on those of the batch. */
export async function findLaterChange(tx: Queryable, batch: string): Promise<string | undefined> {
  const { rows } = await tx.query<{ code: string }>(sql`
    select later.code
    from register_changes mine
    join register_changes later
      on later.subject = mine.subject and later.code = mine.code and later.id > mine.id and later.batch <> mine.batch
    where mine.batch = ${batch}::uuid and later.undone_by is null and later.action not in ('undo', 'photo')
    limit 1`);
  return rows[0]?.code;
}
