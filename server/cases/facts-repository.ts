import sql from 'sql-template-tag';
import type { Queryable } from '../db/database.ts';
import type { CaseFacts } from '../evaluation/case-facts.ts';

/**
 * Writes what the evaluation counts of cases, any number in one statement. Where a case stands already, what was fixed
 * when it was filed stays, and so do its last checker and its ruling unless new ones are given.
 */
export async function saveFacts(tx: Queryable, facts: readonly CaseFacts[]): Promise<void> {
  if (facts.length === 0) return;
  const rows = facts.map((one) => ({
    case_id: one.caseId,
    number: one.number,
    class_id: one.classId,
    kind: one.kind,
    channel: one.channel,
    urgent: one.urgent,
    special: one.special,
    subdistrict_code: one.subdistrictCode,
    community_code: one.communityCode,
    cell_code: one.cellCode,
    reporter_id: one.reporterId,
    received_at: one.receivedAt,
    filed_at: one.filedAt,
    filed_in_time: one.filedInTime,
    first_dispatched_at: one.firstDispatchedAt,
    dispatched_in_time: one.dispatchedInTime,
    dispatches: one.dispatches,
    unit_code: one.unitCode,
    unit_dispatches: one.unitDispatches,
    due_at: one.dueAt,
    limit_seconds: one.limitSeconds,
    extension_seconds: one.extensionSeconds,
    used_seconds: one.usedSeconds,
    fed_back_at: one.fedBackAt,
    checks: one.checks,
    checks_in_time: one.checksInTime,
    failed_checks: one.failedChecks,
    checker_id: one.checkerId,
    closed_at: one.closedAt,
    closed_in_time: one.closedInTime,
    voided_at: one.voidedAt,
    merged: one.merged,
    postponed_at: one.postponedAt,
    extended_at: one.extendedAt,
    returned_at: one.returnedAt,
    repeated_at: one.repeatedAt,
    ruling: one.ruling,
  }));
  await tx.query(sql`
    insert into case_facts
    select r.*
    from jsonb_populate_recordset(null::case_facts, ${JSON.stringify(rows)}::jsonb) as r
    on conflict (case_id) do update
    set first_dispatched_at = excluded.first_dispatched_at, dispatched_in_time = excluded.dispatched_in_time,
      dispatches = excluded.dispatches, unit_code = excluded.unit_code, unit_dispatches = excluded.unit_dispatches,
      due_at = excluded.due_at, limit_seconds = excluded.limit_seconds, extension_seconds = excluded.extension_seconds,
      used_seconds = excluded.used_seconds, fed_back_at = excluded.fed_back_at, checks = excluded.checks,
      checks_in_time = excluded.checks_in_time, failed_checks = excluded.failed_checks,
      checker_id = coalesce(excluded.checker_id, case_facts.checker_id), closed_at = excluded.closed_at,
      closed_in_time = excluded.closed_in_time, voided_at = excluded.voided_at, merged = excluded.merged,
      postponed_at = excluded.postponed_at, extended_at = excluded.extended_at, returned_at = excluded.returned_at,
      repeated_at = excluded.repeated_at, ruling = coalesce(excluded.ruling, case_facts.ruling)`);
}

/** Cases of before the evaluation, or written without it: some of those that have a log of their own and no facts. */
export async function listUncounted(db: Queryable, limit: number): Promise<string[]> {
  const { rows } = await db.query<{ id: string }>(sql`
    select c.id
    from cases c
    where not exists (select from case_facts f where f.case_id = c.id)
      and exists (select from case_events e where e.case_id = c.id and e.n = 1 and e.action = 'file')
    order by c.id
    limit ${limit}`);
  return rows.map(({ id }) => id);
}
