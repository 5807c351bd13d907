import sql, { empty, type Sql } from 'sql-template-tag';
import type { Scope } from '#contract/access';
import type { EvaluationMode, Figure, SubjectKind } from '#contract/evaluation';
import type { Queryable } from '../db/database.ts';
import type { CaseFacts } from './case-facts.ts';
import type { Counts, SubjectCounts } from './counts.ts';
import { judgeCase, type Flag, type Standing, type Verdict, type Window } from './judge-cases.ts';
import {
  answersSql,
  isBehindSql,
  isClosedSql,
  isJudgedSql,
  isOverLimit,
  isPlain,
  isVisibleSql,
  isWithinLimit,
  quotaColumns,
  rankColumns,
  subjectSql,
  withinQuota,
} from './judged-sql.ts';

export interface UnitGross {
  /** The unit's cases due of the whole district, from which its quotas follow. */
  unitGross: number | null;
}

type CountRow = { [Key in keyof Counts]: number } & UnitGross & { subject: string | null };

/**
 * The figures of every subject in one statement. Plain cases are counted in one pass by unit and subject; only the
 * flagged few are ranked against the quotas of their unit.
 */
export async function countJudged(
  db: Queryable,
  window: Window,
  { by, scope, timeZone }: { by: SubjectKind | 'current-cell'; scope: Scope; timeZone: string },
): Promise<(SubjectCounts & UnitGross)[]> {
  const { rows } = await db.query<CountRow>(countStatement(window, { by, scope, timeZone }));
  return rows.map(({ subject, unitGross, ...counts }) => ({ subject, unitGross, counts }));
}

export function countStatement(
  window: Window,
  { by, scope, timeZone }: { by: SubjectKind | 'current-cell'; scope: Scope; timeZone: string },
): Sql {
  const { column, tables } = subjectSql(by, timeZone);
  const visible = isVisibleSql(scope);
  const closed = isClosedSql(window);
  const { due, solved, strict, tolerant, overdueOpen } = answersSql(window);
  return sql`
    with plain as (
      select f.unit_code, ${column} as subject, ${visible} as visible, count(*) as gross,
        count(*) filter (where ${closed}) as solved,
        count(*) filter (where ${closed} and ${isWithinLimit}) as in_time,
        count(*) filter (where not ${closed} and ${isOverLimit}) as overdue_open
      from case_facts f ${tables}
      where ${isJudgedSql(window)} and ${isPlain}
      group by 1, 2, 3
    ),
    flagged as (
      select f.unit_code, ${column} as subject, ${visible} as visible, f.closed_at, f.used_seconds, f.limit_seconds,
        f.extension_seconds, f.postponed_at, f.extended_at, f.returned_at, f.repeated_at, f.ruling, ${rankColumns}
      from case_facts f ${tables}
      where ${isJudgedSql(window)} and not (${isPlain})
    ),
    units as (
      select unit_code, gross, ${quotaColumns(window)}
      from (
        select unit_code, sum(n)::bigint as gross
        from (
          select unit_code, gross as n from plain
          union all
          select unit_code, count(*) from flagged group by unit_code
        ) cases
        group by unit_code
      ) summed
    ),
    parts as (
      select subject, gross, gross as due, solved, in_time as strict, in_time as tolerant, overdue_open, 0 as postponed,
        0 as postponed_within, 0 as extended, 0 as extended_within, 0 as returned, 0 as repeated, 0 as repeated_within
      from plain
      where visible
      union all
      select f.subject, count(*), count(*) filter (where ${due}), count(*) filter (where ${solved}),
        count(*) filter (where ${strict}), count(*) filter (where ${tolerant}),
        count(*) filter (where ${overdueOpen}), count(f.postponed_at),
        count(*) filter (where ${withinQuota.postponement}), count(f.extended_at),
        count(*) filter (where ${withinQuota.extension}), count(f.returned_at), count(f.repeated_at),
        count(*) filter (where ${withinQuota.repeat})
      from flagged f
      join units u on u.unit_code = f.unit_code
      where f.visible
      group by f.subject
    )
    select p.subject, max(u.gross) as "unitGross", sum(p.gross) as gross, sum(p.due) as due, sum(p.solved) as solved,
      sum(p.strict) as "strictInTime", sum(p.tolerant) as "tolerantInTime", sum(p.overdue_open) as "overdueOpen",
      sum(p.postponed) as postponed, sum(p.postponed_within) as "postponedWithinQuota", sum(p.extended) as extended,
      sum(p.extended_within) as "extendedWithinQuota", sum(p.returned) as returned, sum(p.repeated) as repeated,
      sum(p.repeated_within) as "repeatedWithinQuota"
    from parts p
    left join units u on u.unit_code = p.subject
    group by p.subject`;
}

export interface FactRow {
  case_id: string;
  number: string;
  class_id: string;
  kind: CaseFacts['kind'];
  channel: string;
  urgent: boolean;
  special: boolean;
  subdistrict_code: string;
  community_code: string;
  cell_code: string;
  reporter_id: string | null;
  received_at: Date;
  filed_at: Date;
  filed_in_time: boolean;
  first_dispatched_at: Date | null;
  dispatched_in_time: boolean | null;
  dispatches: number;
  unit_code: string | null;
  unit_dispatches: number;
  due_at: Date | null;
  limit_seconds: number | null;
  extension_seconds: number;
  used_seconds: number | null;
  fed_back_at: Date | null;
  checks: number;
  checks_in_time: number;
  failed_checks: number;
  checker_id: string | null;
  closed_at: Date | null;
  closed_in_time: boolean | null;
  voided_at: Date | null;
  merged: boolean;
  postponed_at: Date | null;
  extended_at: Date | null;
  returned_at: Date | null;
  repeated_at: Date | null;
  ruling: CaseFacts['ruling'];
}

export function toFacts(row: FactRow): CaseFacts {
  return {
    caseId: row.case_id,
    number: row.number,
    classId: row.class_id,
    kind: row.kind,
    channel: row.channel,
    urgent: row.urgent,
    special: row.special,
    subdistrictCode: row.subdistrict_code,
    communityCode: row.community_code,
    cellCode: row.cell_code,
    reporterId: row.reporter_id,
    receivedAt: row.received_at,
    filedAt: row.filed_at,
    filedInTime: row.filed_in_time,
    firstDispatchedAt: row.first_dispatched_at,
    dispatchedInTime: row.dispatched_in_time,
    dispatches: row.dispatches,
    unitCode: row.unit_code,
    unitDispatches: row.unit_dispatches,
    dueAt: row.due_at,
    limitSeconds: row.limit_seconds,
    extensionSeconds: row.extension_seconds,
    usedSeconds: row.used_seconds,
    fedBackAt: row.fed_back_at,
    checks: row.checks,
    checksInTime: row.checks_in_time,
    failedChecks: row.failed_checks,
    checkerId: row.checker_id,
    closedAt: row.closed_at,
    closedInTime: row.closed_in_time,
    voidedAt: row.voided_at,
    merged: row.merged,
    postponedAt: row.postponed_at,
    extendedAt: row.extended_at,
    returnedAt: row.returned_at,
    repeatedAt: row.repeated_at,
    ruling: row.ruling,
  };
}

export interface Listing {
  by: SubjectKind;
  scope: Scope;
  timeZone: string;
  /** Absent: of the whole scope. */
  subject?: string | undefined;
  figure: Figure;
  mode: EvaluationMode;
  after?: { dueAt: Date; caseId: string } | undefined;
  limit: number;
}

type RankRow = { [Key in `${Flag}_rank` | `${Flag}_quota`]: number | null } & {
  [Key in `${Flag}_used_up`]: Date | null;
};

/** The cases behind a figure, the earliest due first, with where their flags stand in the quotas. */
export async function listJudged(db: Queryable, window: Window, listing: Listing): Promise<Verdict[]> {
  const { by, scope, timeZone, subject, figure, mode, after, limit } = listing;
  const { column, tables } = subjectSql(by, timeZone);
  const { rows } = await db.query<FactRow & RankRow>(sql`
    with units as (
      select unit_code, ${quotaColumns(window)}
      from (
        select f.unit_code, count(*) as gross
        from case_facts f
        where ${isJudgedSql(window)}
        group by f.unit_code
      ) summed
    ),
    ranked as (
      select f.case_id, f.unit_code, f.postponed_at, f.extended_at, f.repeated_at, ${rankColumns}
      from case_facts f
      where ${isJudgedSql(window)} and not (${isPlain})
    ),
    standing as (
      select r.case_id, r.postponement_rank, r.extension_rank, r.repeat_rank,
        max(r.postponed_at) filter (where r.postponement_rank <= u.postponement_quota)
          over (partition by r.unit_code) as postponement_used_up,
        max(r.extended_at) filter (where r.extension_rank <= u.extension_quota)
          over (partition by r.unit_code) as extension_used_up,
        max(r.repeated_at) filter (where r.repeat_rank <= u.repeat_quota)
          over (partition by r.unit_code) as repeat_used_up,
        max(r.postponement_rank) over (partition by r.unit_code) as postponements,
        max(r.extension_rank) over (partition by r.unit_code) as extensions,
        max(r.repeat_rank) over (partition by r.unit_code) as repeats
      from ranked r
      join units u on u.unit_code = r.unit_code
    )
    select f.*, s.postponement_rank, s.extension_rank, s.repeat_rank, u.postponement_quota, u.extension_quota,
      u.repeat_quota,
      case when s.postponements > u.postponement_quota then s.postponement_used_up end as postponement_used_up,
      case when s.extensions > u.extension_quota then s.extension_used_up end as extension_used_up,
      case when s.repeats > u.repeat_quota then s.repeat_used_up end as repeat_used_up
    from case_facts f ${tables}
    join units u on u.unit_code = f.unit_code
    left join standing s on s.case_id = f.case_id
    where ${isJudgedSql(window)} and ${isVisibleSql(scope)} and ${isBehindSql(figure, mode, window)}
      ${subject === undefined ? empty : sql`and ${column} = ${subject}`}
      ${after === undefined ? empty : sql`and (f.due_at, f.case_id) > (${after.dueAt}::timestamptz, ${after.caseId}::uuid)`}
    order by f.due_at, f.case_id
    limit ${limit}`);
  return rows.map((row) =>
    judgeCase(toFacts(row), window.asOf, {
      postponement: toStanding(row, 'postponement'),
      extension: toStanding(row, 'extension'),
      repeat: toStanding(row, 'repeat'),
    }),
  );
}

function toStanding(row: RankRow, flag: Flag): Standing | null {
  const rank = row[`${flag}_rank`];
  if (rank === null) return null;
  const quota = row[`${flag}_quota`] ?? 0;
  return { rank, quota, within: rank <= quota, usedUpAt: row[`${flag}_used_up`] };
}
