import sql from 'sql-template-tag';
import type { Scope } from '#contract/access';
import type { Queryable } from '../db/database.ts';
import { isVisibleSql } from './judged-sql.ts';
import { spanOfMonth } from './period.ts';

/** Of the cases filed in a month and not voided. */
export interface MonthTerms {
  filed: number;
  dispatched: number;
  closed: number;
  postponedOrExtended: number;
  repeated: number;
  checks: number;
  failedChecks: number;
}

export async function countMonths(
  db: Queryable,
  scope: Scope,
  months: readonly string[],
  timeZone: string,
  asOf: Date,
): Promise<Map<string, MonthTerms>> {
  const [first = '', last = ''] = [months[0], months.at(-1)];
  const { from } = spanOfMonth(first, timeZone);
  const { to } = spanOfMonth(last, timeZone);
  const { rows } = await db.query<MonthTerms & { month: string }>(sql`
    select to_char(f.filed_at at time zone ${timeZone}, 'YYYY-MM') as month, count(*) as filed,
      count(f.first_dispatched_at) as dispatched, count(f.closed_at) as closed,
      count(*) filter (where f.postponed_at is not null or f.extended_at is not null) as "postponedOrExtended",
      count(f.repeated_at) as repeated, sum(f.checks) as checks, sum(f.failed_checks) as "failedChecks"
    from case_facts f
    where f.filed_at >= ${from}::timestamptz and f.filed_at < ${to}::timestamptz
      and f.filed_at <= ${asOf}::timestamptz and f.voided_at is null and ${isVisibleSql(scope)}
    group by 1`);
  return new Map(rows.map(({ month, ...terms }) => [month, terms]));
}
