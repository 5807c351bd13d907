import sql from 'sql-template-tag';
import type { Queryable } from '../db/database.ts';
import type { CalendarDay } from './calendar-day.ts';
import type { WorkAxisDay } from './work-axis.ts';
import type { WorkSeason, WorkSpan } from './working-calendar.ts';

export interface CalendarRow {
  day: CalendarDay;
  works: boolean;
  name: string | null;
  /** Who says so: `state-council` for the seeded list, else free. */
  source: string;
}

const rowsPerInsert = 2_000;

/** Inserts days, and updates those of the same source; a day somebody entered under another source stays. */
export async function saveCalendarDays(tx: Queryable, rows: readonly CalendarRow[]): Promise<void> {
  await tx.query(sql`
    insert into calendars (day, works, name, source)
    select day, works, name, source
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as given (day date, works boolean, name text, source text)
    on conflict (day) do update
    set works = excluded.works, name = excluded.name
    where calendars.source = excluded.source`);
}

export async function listCalendarDays(db: Queryable): Promise<CalendarRow[]> {
  const { rows } = await db.query<CalendarRow>(sql`
    select to_char(day, 'YYYY-MM-DD') as day, works, name, source
    from calendars
    order by day`);
  return rows;
}

/** Writes the days as given, whoever entered them before; `changed` says who and when. */
export async function putCalendarDays(
  tx: Queryable,
  rows: readonly CalendarRow[],
  changed: { at: Date; by: string },
): Promise<void> {
  await tx.query(sql`
    insert into calendars (day, works, name, source, changed_at, changed_by)
    select day, works, name, source, ${changed.at}::timestamptz, ${changed.by}::text
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as given (day date, works boolean, name text, source text)
    on conflict (day) do update
    set works = excluded.works, name = excluded.name, source = excluded.source, changed_at = excluded.changed_at,
      changed_by = excluded.changed_by`);
}

/** The days follow the week again. */
export async function deleteCalendarDays(tx: Queryable, days: readonly CalendarDay[]): Promise<void> {
  await tx.query(sql`delete from calendars where day = any(${days}::date[])`);
}

/** In the order of the year; none: those of SPEC section 3 hold. */
export async function listSeasons(db: Queryable): Promise<WorkSeason[]> {
  const { rows } = await db.query<{ from: string; to: string; spans: WorkSpan[] }>(sql`
    select from_month_day as "from", to_month_day as "to", spans
    from work_seasons
    order by from_month_day`);
  return rows.map(({ from, to, spans }) => ({ fromMonthDay: from, toMonthDay: to, spans }));
}

export async function replaceSeasons(tx: Queryable, seasons: readonly WorkSeason[]): Promise<void> {
  await tx.query(sql`delete from work_seasons`);
  await tx.query(sql`
    insert into work_seasons (from_month_day, to_month_day, spans)
    select "fromMonthDay", "toMonthDay", spans
    from jsonb_to_recordset(${JSON.stringify(seasons)}::jsonb)
      as given ("fromMonthDay" text, "toMonthDay" text, spans jsonb)`);
}

/** Replaces the whole axis. Readers see the old one until the transaction commits; a second writer waits. */
export async function replaceWorkAxis(tx: Queryable, days: readonly WorkAxisDay[]): Promise<void> {
  await tx.query(sql`lock table work_axis in share row exclusive mode`);
  await tx.query(sql`delete from work_axis`);
  for (let from = 0; from < days.length; from += rowsPerInsert) {
    const rows = days.slice(from, from + rowsPerInsert).map((day) => ({
      day: day.day,
      starts_at: new Date(day.startsAt).toISOString(),
      ends_at: new Date(day.endsAt).toISOString(),
      cumulative_seconds: day.cumulativeSeconds,
      spans: day.spans,
    }));
    await tx.query(sql`
      insert into work_axis (day, starts_at, ends_at, cumulative_seconds, spans)
      select day, starts_at, ends_at, cumulative_seconds, spans
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
        as given (day date, starts_at timestamptz, ends_at timestamptz, cumulative_seconds bigint, spans jsonb)`);
  }
}

/** Every day of the axis in order. */
export async function listWorkAxisDays(db: Queryable): Promise<WorkAxisDay[]> {
  const { rows } = await db.query<WorkAxisDay>(sql`
    select
      to_char(day, 'YYYY-MM-DD') as day,
      (extract(epoch from starts_at) * 1000)::double precision as "startsAt",
      (extract(epoch from ends_at) * 1000)::double precision as "endsAt",
      cumulative_seconds::double precision as "cumulativeSeconds",
      spans
    from work_axis
    order by day`);
  return rows;
}
