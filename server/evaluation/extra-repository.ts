import sql, { type Sql } from 'sql-template-tag';
import type { SubjectKind } from '#contract/evaluation';
import type { Queryable } from '../db/database.ts';
import type { Span } from './period.ts';

export type Extra = Record<string, number | null>;

/**
 * What else collectors and heads are graded by (SPEC section 5), by the id of the subject. Reports and checks are those
 * of the span; open and overdue cases those of this instant, in the cells somebody answers for today.
 */
export async function listExtras(
  db: Queryable,
  by: SubjectKind,
  span: Span,
  { asOf, timeZone }: { asOf: Date; timeZone: string },
): Promise<Map<string, Extra>> {
  if (by === 'collector') return toMap(await db.query<ExtraRow>(collectorsStatement(span, asOf)));
  if (by === 'grid-head' || by === 'courtyard-head')
    return toMap(await db.query<ExtraRow>(headsStatement(by, span, asOf, timeZone)));
  return new Map();
}

interface ExtraRow {
  subject: string;
  figures: Extra;
}

function toMap({ rows }: { rows: ExtraRow[] }): Map<string, Extra> {
  return new Map(rows.map(({ subject, figures }) => [subject, figures]));
}

/** Hours on patrol and the track of a phone are not recorded: they have no figure. */
function collectorsStatement({ from, to }: Span, asOf: Date): Sql {
  return sql`
    with made as (
      select r.created_by as id, count(*)::integer as reports,
        (count(*) filter (where r.state in ('filed', 'merged')))::integer as confirmed
      from reports r
      where r.received_at >= ${from}::timestamptz and r.received_at < ${to}::timestamptz
        and r.received_at <= ${asOf}::timestamptz
      group by r.created_by
    ),
    checked as (
      select e.actor_id as id, count(*)::integer as checks,
        (count(*) filter (where exists (
          select
          from jsonb_array_elements(e.payload -> 'clocks' -> 'stopped') k
          where k ->> 'stage' = 'check' and (k ->> 'usedSeconds')::bigint <= (k ->> 'limitSeconds')::bigint
        )))::integer as in_time
      from case_events e
      where e.action = 'check' and e.at >= ${from}::timestamptz and e.at < ${to}::timestamptz
        and e.at <= ${asOf}::timestamptz and e.actor_id in (select id from users where role = 'collector')
      group by e.actor_id
    )
    select s.id::text as subject, jsonb_build_object(
      'reports', coalesce(m.reports, 0), 'confirmed', coalesce(m.confirmed, 0),
      'confirmedRate', m.confirmed::float8 / nullif(m.reports, 0), 'checks', coalesce(k.checks, 0),
      'checksInTime', coalesce(k.in_time, 0), 'checksInTimeRate', k.in_time::float8 / nullif(k.checks, 0),
      'reportsPerPatrolHour', null, 'trackCoverage', null) as figures
    from users s
    left join made m on m.id = s.id
    left join checked k on k.id = s.id
    where s.role = 'collector'`;
}

function headsStatement(
  role: 'grid-head' | 'courtyard-head',
  { from, to }: Span,
  asOf: Date,
  timeZone: string,
): Sql {
  const today = sql`(${asOf}::timestamptz at time zone ${timeZone})::date`;
  return sql`
    with made as (
      select h.id, count(*)::integer as reports,
        (count(*) filter (where r.state in ('filed', 'merged')))::integer as confirmed
      from reports r
      join head_cells hc on hc.cell_code = r.cell_code
        and hc.valid_from <= (r.received_at at time zone ${timeZone})::date
        and (hc.valid_to is null or hc.valid_to > (r.received_at at time zone ${timeZone})::date)
      join heads h on h.id = hc.head_id and h.role = ${role}
      where r.received_at >= ${from}::timestamptz and r.received_at < ${to}::timestamptz
        and r.received_at <= ${asOf}::timestamptz
      group by h.id
    ),
    live as (
      select h.id, count(*)::integer as open,
        (count(*) filter (where c.due_at < ${asOf}::timestamptz))::integer as overdue
      from cases c
      join head_cells hc on hc.cell_code = c.cell_code and hc.valid_from <= ${today}
        and (hc.valid_to is null or hc.valid_to > ${today})
      join heads h on h.id = hc.head_id and h.role = ${role}
      where c.closed_at is null
      group by h.id
    )
    select h.id::text as subject, jsonb_build_object('reports', coalesce(m.reports, 0),
      'confirmed', coalesce(m.confirmed, 0), 'open', coalesce(l.open, 0), 'overdue', coalesce(l.overdue, 0)) as figures
    from heads h
    left join made m on m.id = h.id
    left join live l on l.id = h.id
    where h.role = ${role}`;
}
