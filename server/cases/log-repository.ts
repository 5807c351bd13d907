import sql from 'sql-template-tag';
import type { Stage } from '#contract/cases';
import type { Queryable } from '../db/database.ts';
import { appError } from '../errors.ts';
import type { ChainedEvent } from './case-log.ts';
import type { LogAction } from './workflow.ts';

export async function insertEvents(tx: Queryable, events: readonly ChainedEvent[]): Promise<void> {
  const rows = events.map((event) => ({
    case_id: event.caseId,
    n: event.n,
    at: event.at.toISOString(),
    actor_id: event.actorId,
    actor_name: event.actorName,
    action: event.action,
    from_stage: event.fromStage,
    to_stage: event.toStage,
    payload: event.payload,
    prev_hash: event.prevHash,
    hash: event.hash,
  }));
  await tx.query(sql`
    insert into case_events (case_id, n, at, actor_id, actor_name, action, from_stage, to_stage, payload, prev_hash,
      hash)
    select case_id, n, at, actor_id, actor_name, action, from_stage, to_stage, payload, prev_hash, hash
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as given (case_id uuid, n integer, at timestamptz,
      actor_id uuid, actor_name text, action text, from_stage text, to_stage text, payload jsonb, prev_hash text,
      hash text)`);
}

/** @throws CASE_NOT_FOUND */
export async function findLogHead(
  db: Queryable,
  caseId: string,
): Promise<{ eventCount: number; headHash: string }> {
  const { rows } = await db.query<{ eventCount: number; headHash: string }>(sql`
    select event_count as "eventCount", head_hash as "headHash"
    from cases
    where id = ${caseId}`);
  if (!rows[0]) throw appError('CASE_NOT_FOUND', { caseId });
  return rows[0];
}

export async function listEvents(db: Queryable, caseId: string): Promise<ChainedEvent[]> {
  const { rows } = await db.query<ChainedEvent & { action: LogAction; fromStage: Stage | null }>(sql`
    select case_id as "caseId", n, at, actor_id as "actorId", actor_name as "actorName", action,
      from_stage as "fromStage", to_stage as "toStage", payload, prev_hash as "prevHash", hash
    from case_events
    where case_id = ${caseId}
    order by n`);
  return rows;
}

/** Ids of cases in their order, from the start or after one. */
export async function listCaseIds(db: Queryable, after: string | null, limit: number): Promise<string[]> {
  const { rows } = await db.query<{ id: string }>(sql`
    select id
    from cases
    where ${after}::uuid is null or id > ${after}::uuid
    order by id
    limit ${limit}`);
  return rows.map(({ id }) => id);
}
