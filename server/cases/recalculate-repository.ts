import sql, { empty } from 'sql-template-tag';
import type { ClockAxis, LimitUnit } from '#clock/limits';
import type { ClockStage } from '#clock/stages';
import type { Stage } from '#contract/cases';
import type { Queryable } from '../db/database.ts';
import type { CaseClock } from './case-clocks.ts';

/** What of an open case decides its deadlines, and the deadlines that its row says. */
export interface ClockedCase {
  id: string;
  number: string;
  stage: Stage;
  urgent: boolean;
  special: boolean;
  limit: { amount: number; unit: LimitUnit };
  ownLimitSeconds: number | null;
  extensionSeconds: number;
  dueAt: Date | null;
  warnAt: Date | null;
  wholeDueAt: Date | null;
  wholeWarnAt: Date | null;
  supervisionDueAt: Date | null;
  supervisionWarnAt: Date | null;
  /** In order of start; of two that started at once, the one that has ended came first. */
  clocks: CaseClock[];
}

export interface OpenCasesFilter {
  /** Changed since then. */
  changedSince?: Date | undefined;
  /** Filed since then under one of these limits. */
  filedUnder?: { limitIds: readonly number[]; since: Date; until: Date | null } | undefined;
}

/** All at once: a uuid is short, and what changes meanwhile is looked at again in the end. */
export async function listOpenCaseIds(db: Queryable, filter: OpenCasesFilter = {}): Promise<string[]> {
  const { changedSince, filedUnder } = filter;
  const { rows } = await db.query<{ id: string }>(sql`
    select id
    from cases
    where closed_at is null
      ${changedSince ? sql`and updated_at >= ${changedSince}` : empty}
      ${
        filedUnder
          ? sql`and limit_id = any(${filedUnder.limitIds}::integer[]) and filed_at >= ${filedUnder.since}
            and (${filedUnder.until}::timestamptz is null or filed_at < ${filedUnder.until}::timestamptz)`
          : empty
      }
    order by id`);
  return rows.map(({ id }) => id);
}

interface ClockedRow extends Omit<ClockedCase, 'limit' | 'clocks'> {
  amount: number;
  unit: LimitUnit;
  clocks: {
    id: string;
    stage: ClockStage;
    round: number;
    unit: string | null;
    axis: ClockAxis;
    startedAt: number;
    endedAt: number | null;
    limitSeconds: number | null;
    usedBeforeSeconds: number;
    usedSeconds: number | null;
    dueAt: number | null;
    warnAt: number | null;
  }[];
}

/** Those of the cases that are still open. */
export async function listClockedCases(db: Queryable, ids: readonly string[]): Promise<ClockedCase[]> {
  const { rows } = await db.query<ClockedRow>(sql`
    select c.id, c.number, c.stage, c.urgent, c.special, l.amount, l.unit, c.own_limit_seconds as "ownLimitSeconds",
      c.extension_seconds as "extensionSeconds", c.due_at as "dueAt", c.warn_at as "warnAt",
      c.whole_due_at as "wholeDueAt", c.whole_warn_at as "wholeWarnAt", c.supervision_due_at as "supervisionDueAt",
      c.supervision_warn_at as "supervisionWarnAt", k.clocks
    from cases c
    join class_limits l on l.id = c.limit_id
    cross join lateral (
      select coalesce(jsonb_agg(jsonb_build_object('id', k.id, 'stage', k.stage, 'round', k.round, 'unit', k.unit_code,
        'axis', k.axis, 'startedAt', round(extract(epoch from k.started_at) * 1000),
        'endedAt', round(extract(epoch from k.ended_at) * 1000), 'limitSeconds', k.limit_seconds,
        'usedBeforeSeconds', k.used_before_seconds, 'usedSeconds', k.used_seconds,
        'dueAt', round(extract(epoch from k.due_at) * 1000), 'warnAt', round(extract(epoch from k.warn_at) * 1000))
        order by k.started_at, k.ended_at nulls last, k.id), '[]') as clocks
      from case_clocks k
      where k.case_id = c.id
    ) k
    where c.id = any(${ids}::uuid[]) and c.closed_at is null
    order by c.id`);
  return rows.map(({ amount, unit, ...row }) => ({ ...row, limit: { amount, unit } }));
}

/** Writes when the open clocks of a case were computed anew, and under which limit if that is another. */
export async function markRecalculated(
  tx: Queryable,
  caseId: string,
  { at, limit }: { at: Date; limit?: { id: number; resolution: unknown } | undefined },
): Promise<void> {
  await tx.query(sql`
    update cases
    set recalculated_at = ${at}
      ${limit ? sql`, limit_id = ${limit.id}, resolution = ${JSON.stringify(limit.resolution)}::jsonb` : empty}
    where id = ${caseId}`);
}

/** Open cases with a working clock that is due in a year nobody has entered. */
export async function countGuessedDeadlines(
  db: Queryable,
  { knownYears, timeZone }: { knownYears: readonly number[]; timeZone: string },
): Promise<number> {
  const { rows } = await db.query<{ count: number }>(sql`
    select count(distinct c.id) as count
    from cases c
    join case_clocks k on k.case_id = c.id
    where c.closed_at is null and k.ended_at is null and k.axis = 'working'
      and extract(year from k.due_at at time zone ${timeZone}::text)::integer <> all(${knownYears}::integer[])`);
  return rows[0]?.count ?? 0;
}
