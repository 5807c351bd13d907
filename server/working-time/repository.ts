import sql, { empty } from 'sql-template-tag';
import type { WorkingTimeChange, WorkingTimeDifference } from '#contract/working-time';
import type { Queryable } from '../db/database.ts';

export interface ChangeToKeep {
  at: Date;
  actor: { id: string; name: string };
  reason: string;
  before: WorkingTimeDifference;
  after: WorkingTimeDifference;
}

export async function insertChange(tx: Queryable, change: ChangeToKeep): Promise<void> {
  await tx.query(sql`
    insert into working_time_changes (at, actor_id, actor_name, reason, before, after)
    values (${change.at}, ${change.actor.id}, ${change.actor.name}, ${change.reason},
      ${JSON.stringify(change.before)}::jsonb, ${JSON.stringify(change.after)}::jsonb)`);
}

interface ChangeRow {
  id: number;
  at: Date;
  actor_name: string;
  reason: string;
  before: WorkingTimeDifference;
  after: WorkingTimeDifference;
}

/** The newest first. */
export async function listChanges(
  db: Queryable,
  page: { after?: number | undefined; limit: number },
): Promise<WorkingTimeChange[]> {
  const { rows } = await db.query<ChangeRow>(sql`
    select id, at, actor_name, reason, before, after
    from working_time_changes
    where true ${page.after === undefined ? empty : sql`and id < ${page.after}`}
    order by id desc
    limit ${page.limit}`);
  return rows.map(({ id, at, actor_name: actor, reason, before, after }) => ({
    id,
    at: at.toISOString(),
    actor,
    reason,
    before,
    after,
  }));
}
