import sql, { empty, join, type Sql } from 'sql-template-tag';
import type { Scope } from '#contract/access';
import type { EvaluationMode, Figure, SubjectKind } from '#contract/evaluation';
import { basisPoints, type Window } from './judge-cases.ts';

/** The same rules as `judgeCases`, for PostgreSQL: pieces of statements over `case_facts f`. */

/** `isJudged`. */
export function isJudgedSql({ spans, asOf }: Window): Sql {
  if (spans.length === 0) return sql`false`;
  const inSpan = spans.map(
    ({ from, to }) => sql`(f.due_at >= ${from}::timestamptz and f.due_at < ${to}::timestamptz)`,
  );
  return sql`(${join(inSpan, ' or ')}) and f.due_at < ${asOf}::timestamptz and f.unit_code is not null
    and f.voided_at is null and f.ruling is distinct from 'left-out'`;
}

const hasNoFlag = sql`f.postponed_at is null and f.extended_at is null and f.returned_at is null
  and f.repeated_at is null`;

/** Cases of which only the time used decides: by far the most, counted without looking at any quota. */
export const isPlain = sql`${hasNoFlag} and f.ruling is null`;

/** Where the flags of each flagged case stand in their unit: ranks in the order in which the flags were set. */
export const rankColumns = sql`
  case when f.ruling is null and f.postponed_at is not null then row_number() over (
    partition by f.unit_code, f.ruling is null and f.postponed_at is not null order by f.postponed_at, f.case_id
  ) end as postponement_rank,
  case when f.ruling is null and f.extended_at is not null then row_number() over (
    partition by f.unit_code, f.ruling is null and f.extended_at is not null order by f.extended_at, f.case_id
  ) end as extension_rank,
  case when f.ruling is null and f.repeated_at is not null then row_number() over (
    partition by f.unit_code, f.ruling is null and f.repeated_at is not null order by f.repeated_at, f.case_id
  ) end as repeat_rank`;

/** Columns `…_quota` from a column `gross`, the unit's cases due. */
export function quotaColumns({ rules }: Window): Sql {
  return sql`
    gross * ${basisPoints(rules.postponementQuota)}::bigint / 10000 as postponement_quota,
    gross * ${basisPoints(rules.extensionQuota)}::bigint / 10000 as extension_quota,
    gross * ${basisPoints(rules.repeatQuota)}::bigint / 10000 as repeat_quota`;
}

const isOut = sql`coalesce(postponement_rank <= postponement_quota, false)`;
const extensionCounts = sql`coalesce(extension_rank <= extension_quota, false)`;
const repeatCounts = sql`coalesce(repeat_rank <= repeat_quota, false)`;

export function isClosedSql({ asOf }: Window): Sql {
  return sql`coalesce(f.closed_at <= ${asOf}::timestamptz, false)`;
}

/** The time used lies within the limit without extension. */
export const isWithinLimit = sql`coalesce(f.used_seconds <= f.limit_seconds - f.extension_seconds, false)`;

/** Over the limit, approved extensions included, or still running: its deadline has passed. */
export const isOverLimit = sql`coalesce(f.used_seconds > f.limit_seconds, true)`;

/** Of a case with ranks and quotas beside it: the answers of `judgeCase`. */
export function answersSql(
  window: Window,
): Record<'due' | 'solved' | 'strict' | 'tolerant' | 'overdueOpen', Sql> {
  const closed = isClosedSql(window);
  const solved = sql`(not ${isOut} and ${closed})`;
  return {
    due: sql`(not ${isOut})`,
    solved,
    strict: sql`(${solved} and (coalesce(f.ruling = 'in-time', false) or (${hasNoFlag} and ${isWithinLimit})))`,
    tolerant: sql`(${solved} and (coalesce(f.ruling = 'in-time', false) or (
      f.postponed_at is null and f.returned_at is null
      and (f.repeated_at is null or ${repeatCounts}) and (f.extended_at is null or ${extensionCounts})
      and coalesce(f.used_seconds <= f.limit_seconds - case when ${extensionCounts} then 0 else f.extension_seconds end,
        false))))`,
    overdueOpen: sql`(not ${isOut} and not ${closed} and ${isOverLimit})`,
  };
}

export const withinQuota = { postponement: isOut, extension: extensionCounts, repeat: repeatCounts };

/** `isBehind`. */
export function isBehindSql(figure: Figure, mode: EvaluationMode, window: Window): Sql {
  const { due, solved, overdueOpen, ...inTime } = answersSql(window);
  switch (figure) {
    case 'gross':
      return sql`true`;
    case 'due':
      return due;
    case 'solved':
      return solved;
    case 'in-time':
      return inTime[mode];
    case 'late':
      return sql`(${solved} and not ${inTime[mode]})`;
    case 'open':
      return sql`(${due} and not ${solved})`;
    case 'overdue-open':
      return overdueOpen;
    case 'postponed':
      return sql`f.postponed_at is not null`;
    case 'extended':
      return sql`f.extended_at is not null`;
    case 'returned':
      return sql`f.returned_at is not null`;
    case 'repeated':
      return sql`f.repeated_at is not null`;
  }
}

/** What a case is counted under: a column, and the tables it stands in. `current-cell`: where it lies by now. */
export function subjectSql(by: SubjectKind | 'current-cell', timeZone: string): { column: Sql; tables: Sql } {
  const plain = (column: Sql) => ({ column, tables: empty });
  switch (by) {
    case 'district':
      return plain(sql`left(f.subdistrict_code, 6)`);
    case 'unit':
      return plain(sql`f.unit_code`);
    case 'subdistrict':
      return plain(sql`f.subdistrict_code`);
    case 'community':
      return plain(sql`f.community_code`);
    case 'cell':
      return plain(sql`f.cell_code`);
    case 'channel':
      return plain(sql`f.channel`);
    case 'class':
      return plain(sql`f.class_id`);
    case 'collector':
      return {
        column: sql`reporter.id::text`,
        tables: sql`left join users reporter on reporter.id = f.reporter_id and reporter.role = 'collector'`,
      };
    case 'current-cell':
      return { column: sql`c.cell_code`, tables: sql`join cases c on c.id = f.case_id` };
    case 'grid-head':
    case 'courtyard-head':
      return {
        column: sql`h.id::text`,
        tables: sql`
          left join (head_cells hc join heads h on h.id = hc.head_id and h.role = ${by}) on hc.cell_code = f.cell_code
            and hc.valid_from <= (f.due_at at time zone ${timeZone})::date
            and (hc.valid_to is null or hc.valid_to > (f.due_at at time zone ${timeZone})::date)`,
      };
  }
}

/** The judged cases that a scope may see; a unit sees those it is charged with. */
export function isVisibleSql(scope: Scope): Sql {
  switch (scope.kind) {
    case 'district':
      return sql`true`;
    case 'subdistrict':
      return sql`f.subdistrict_code = ${scope.code}`;
    case 'community':
      return sql`f.community_code = ${scope.code}`;
    case 'unit':
      return sql`f.unit_code = ${scope.code}`;
  }
}
