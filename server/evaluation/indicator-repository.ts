import sql, { empty, type Sql } from 'sql-template-tag';
import type { Scope } from '#contract/access';
import type { SubjectKind } from '#contract/evaluation';
import { areaScope } from '../access/scope.ts';
import type { Queryable } from '../db/database.ts';
import type { Window } from './judge-cases.ts';
import { isJudgedSql, isVisibleSql, subjectSql } from './judged-sql.ts';

export interface Narrowed {
  scope: Scope;
  by?: SubjectKind | undefined;
  subject?: string | undefined;
  timeZone: string;
}

export interface FiledTerms {
  filed: number;
  cancelled: number;
  shouldDispatch: number;
  dispatched: number;
  accuratelyDispatched: number;
  dispatchedInTime: number;
  filedInTime: number;
  shouldCheck: number;
  checked: number;
  checks: number;
  checksInTime: number;
}

/** Of the cases filed in the period. */
export async function countFiled(db: Queryable, window: Window, narrowed: Narrowed): Promise<FiledTerms> {
  const { tables, condition } = narrow(narrowed);
  const { rows } = await db.query<FiledTerms>(sql`
    select count(*) as filed, count(*) filter (where f.voided_at is not null and not f.merged) as cancelled,
      count(*) filter (where f.voided_at is null) as "shouldDispatch",
      count(*) filter (where f.voided_at is null and f.first_dispatched_at is not null) as dispatched,
      count(*) filter (where f.voided_at is null and f.first_dispatched_at is not null and f.returned_at is null)
        as "accuratelyDispatched",
      count(*) filter (where f.voided_at is null and f.dispatched_in_time) as "dispatchedInTime",
      count(*) filter (where f.filed_in_time) as "filedInTime",
      count(*) filter (where f.voided_at is null and (f.fed_back_at is not null or f.checks > 0)) as "shouldCheck",
      count(*) filter (where f.voided_at is null and f.checks > 0) as checked,
      coalesce(sum(f.checks), 0) as checks, coalesce(sum(f.checks_in_time), 0) as "checksInTime"
    from case_facts f ${tables}
    where (${inSpans(window, sql`f.filed_at`)}) and ${condition}`);
  return rows[0] as FiledTerms;
}

export interface HandledTerms {
  shouldHandle: number;
  handled: number;
  handledInTime: number;
  handledLate: number;
  overdueUnhandled: number;
  closedInTime: number;
  closedLate: number;
  urgentDue: number;
  urgentClosed: number;
}

/** Of the cases that are judged in the period, whatever their flags. */
export async function countHandled(db: Queryable, window: Window, narrowed: Narrowed): Promise<HandledTerms> {
  const { tables, condition } = narrow(narrowed);
  const { rows } = await db.query<HandledTerms>(sql`
    select count(*) as "shouldHandle", count(f.used_seconds) as handled,
      count(*) filter (where f.used_seconds <= f.limit_seconds) as "handledInTime",
      count(*) filter (where f.used_seconds > f.limit_seconds) as "handledLate",
      count(*) filter (where f.used_seconds is null) as "overdueUnhandled",
      count(*) filter (where f.closed_at is not null and f.used_seconds <= f.limit_seconds) as "closedInTime",
      count(*) filter (where f.closed_at is not null and f.used_seconds > f.limit_seconds) as "closedLate",
      count(*) filter (where f.urgent) as "urgentDue",
      count(*) filter (where f.urgent and f.closed_at is not null) as "urgentClosed"
    from case_facts f ${tables}
    where ${isJudgedSql(window)} and ${condition}`);
  return rows[0] as HandledTerms;
}

export interface ReportTerms {
  reports: number;
  validReports: number;
  publicReports: number;
  accepted: number;
  verifiedInTime: number;
}

/** Null where a report has no such subject (a unit, a head). */
export async function countReports(
  db: Queryable,
  window: Window,
  { scope, by, subject }: Narrowed,
): Promise<ReportTerms | null> {
  const column = reportColumn(by);
  if (scope.kind === 'unit' || (subject !== undefined && column === null)) return null;
  const { rows } = await db.query<ReportTerms>(sql`
    select count(*) as reports, count(*) filter (where r.state in ('filed', 'merged')) as "validReports",
      count(*) filter (where r.channel in ('hotline', 'public')) as "publicReports",
      count(*) filter (where r.state <> 'received') as accepted,
      count(*) filter (where r.decided_at <= r.due_at) as "verifiedInTime"
    from reports r
    where (${inSpans(window, sql`r.received_at`)}) and ${areaScope(scope, 'r')}
      ${subject === undefined || column === null ? empty : sql`and ${column} = ${subject}`}`);
  return rows[0] ?? null;
}

function reportColumn(by: SubjectKind | undefined): Sql | null {
  switch (by) {
    case 'district':
      return sql`left(r.subdistrict_code, 6)`;
    case 'subdistrict':
      return sql`r.subdistrict_code`;
    case 'community':
      return sql`r.community_code`;
    case 'cell':
      return sql`r.cell_code`;
    case 'channel':
      return sql`r.channel`;
    case 'class':
      return sql`r.class_id`;
    case 'collector':
      return sql`r.created_by::text`;
    default:
      return null;
  }
}

function narrow({ scope, by, subject, timeZone }: Narrowed): { tables: Sql; condition: Sql } {
  const visible = isVisibleSql(scope);
  if (by === undefined || subject === undefined) return { tables: empty, condition: visible };
  const { column, tables } = subjectSql(by, timeZone);
  return { tables, condition: sql`${visible} and ${column} = ${subject}` };
}

function inSpans({ spans, asOf }: Window, column: Sql): Sql {
  const [first, ...others] = spans.map(
    ({ from, to }) => sql`(${column} >= ${from}::timestamptz and ${column} < ${to}::timestamptz)`,
  );
  const any = others.reduce((all, one) => sql`${all} or ${one}`, first ?? sql`false`);
  return sql`(${any}) and ${column} <= ${asOf}::timestamptz`;
}
