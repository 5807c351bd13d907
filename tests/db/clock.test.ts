import { readFileSync } from 'node:fs';
import { PGlite } from '@electric-sql/pglite';
import fc from 'fast-check';
import sql, { type Sql } from 'sql-template-tag';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { parseHolidays } from '../../server/clock/holidays-csv.ts';
import {
  describeWorkingTime,
  holdWorkAxis,
  loadCalendar,
  loadWorkAxis,
  rebuildWorkAxis,
  seedCalendar,
} from '../../server/clock/service.ts';
import {
  addWorkSeconds,
  buildWorkAxis,
  layOutSpans,
  workSecondsBetween,
} from '../../server/clock/work-axis.ts';
import type { Queryable } from '../../server/db/database.ts';

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
const holidays = parseHolidays(read('data/calendar/holidays.csv'));
const at = (text: string) => new Date(`${text.replace(' ', 'T')}+08:00`);

let engine: PGlite;
let db: Queryable;

beforeAll(async () => {
  engine = new PGlite();
  // A session in another time zone than the district's must change nothing.
  await engine.exec(`set time zone 'America/New_York'`);
  await engine.exec(read('migrations/0007_create_clock.sql'));
  await engine.exec(read('migrations/0008_create_settings.sql'));
  // Of 0021 the seasons alone: the rest is about tables that are not here.
  const [seasons = ''] =
    /create table work_seasons[^]*?\n\);/.exec(read('migrations/0021_create_work_seasons.sql')) ?? [];
  await engine.exec(seasons);
  db = {
    query: async <Row>(statement: Sql) => {
      const { rows, affectedRows } = await engine.query<Row>(statement.text, statement.values);
      return { rows, rowCount: affectedRows ?? rows.length };
    },
  };
}, 60_000);

afterAll(async () => {
  await engine.close();
});

beforeEach(async () => {
  await db.query(sql`delete from calendars`);
  await seedCalendar(db, holidays);
});

async function inTransaction(work: () => Promise<void>): Promise<void> {
  await db.query(sql`begin`);
  await work();
  await db.query(sql`commit`);
}

async function rebuild(): Promise<void> {
  const calendar = await loadCalendar(db);
  await inTransaction(() => rebuildWorkAxis(db, calendar));
}

test('the axis read back from the database is the axis of the calendar', async () => {
  await rebuild();
  const calendar = await loadCalendar(db);
  expect(calendar.exceptions.size).toBe(holidays.length);
  expect(await loadWorkAxis(db)).toEqual(buildWorkAxis(calendar, '2004-01-01', '2036-12-31'));
});

test('SQL and TypeScript agree on working time between instants and on deadlines, to the second', async () => {
  await rebuild();
  const axis = await loadWorkAxis(db);
  const boundaries = [
    '2026-02-14 08:30',
    '2026-05-01 00:00',
    '2026-09-20 17:30',
    '2026-09-30 17:30',
    '2028-02-29 17:00',
  ];
  const instant = fc.oneof(
    fc.integer({ min: axis.startsAt, max: axis.endsAt - 200 * 86_400_000 }),
    fc
      .tuple(
        fc.constantFrom(...boundaries),
        fc.integer({ min: -3, max: 3 }),
        fc.integer({ min: -2_000, max: 2_000 }),
      )
      .map(([boundary, days, offset]) => at(boundary).getTime() + days * 86_400_000 + offset),
  );
  const samples = fc.sample(
    fc.record({
      a: instant,
      b: instant,
      seconds: fc.oneof(fc.constant(23_400), fc.integer({ min: -50_000, max: 999_999 })),
    }),
    2_000,
  );
  // Walking back must stay on the axis.
  const asked = samples.map(({ a, b, seconds }) => ({
    a: Math.max(a, at('2005-01-01 00:00').getTime()),
    b,
    seconds,
  }));
  const { rows } = await db.query<{ between: number; due: number }>(sql`
    select
      work_seconds_between(to_timestamp(a / 1000.0), to_timestamp(b / 1000.0))::double precision as between,
      round(extract(epoch from add_work_seconds(to_timestamp(a / 1000.0), seconds)) * 1000)::double precision as due
    from jsonb_to_recordset(${JSON.stringify(asked)}::jsonb) as asked (a double precision, b double precision, seconds bigint)`);
  expect(rows).toEqual(
    asked.map(({ a, b, seconds }) => ({
      between: workSecondsBetween(axis, a, b),
      due: addWorkSeconds(axis, a, seconds),
    })),
  );
});

test('SQL counts by hand: over the National Day week into winter hours', async () => {
  await rebuild();
  const { rows } = await db.query<{ seconds: number; due: Date }>(sql`
    select
      work_seconds_between(${at('2026-09-30 17:15')}::timestamptz, ${at('2026-10-08 14:15')}::timestamptz)::integer as seconds,
      add_work_seconds(${at('2026-09-30 17:15')}::timestamptz, 14400) as due`);
  expect(rows).toEqual([{ seconds: 14_400, due: at('2026-10-08 14:15') }]);
});

test('SQL refuses to answer outside the axis', async () => {
  await rebuild();
  const between = db.query(sql`select work_seconds_between('2003-12-01T00:00:00Z', '2026-01-01T00:00:00Z')`);
  await expect(between).rejects.toThrow(/CLOCK_OUTSIDE_CALENDAR/);
  const late = db.query(sql`select work_seconds_between('2026-01-01T00:00:00Z', '2037-01-02T00:00:00Z')`);
  await expect(late).rejects.toThrow(/CLOCK_OUTSIDE_CALENDAR/);
  const beyond = db.query(sql`select add_work_seconds('2036-12-30T00:00:00Z', 999999)`);
  await expect(beyond).rejects.toThrow(/CLOCK_OUTSIDE_CALENDAR/);
  const before = db.query(sql`select add_work_seconds('2004-01-02T03:00:00Z', -999999)`);
  await expect(before).rejects.toThrow(/CLOCK_OUTSIDE_CALENDAR/);
});

test('a day an administrator enters survives seeding again and moves deadlines once reloaded', async () => {
  await rebuild();
  const holder = await holdWorkAxis(db);
  const start = at('2026-11-23 16:00');
  expect(addWorkSeconds(holder.current(), start, 7_200)).toBe(at('2026-11-24 09:30').getTime());
  await db.query(sql`
    insert into calendars (day, works, name, source)
    values ('2026-11-24', false, '停电', 'administrator')`);
  await db.query(sql`update calendars set works = true, source = 'administrator' where day = '2026-10-01'`);
  await seedCalendar(db, holidays);
  expect((await loadCalendar(db)).exceptions.get('2026-10-01')).toBe(true);
  await rebuild();
  await holder.reload();
  expect(addWorkSeconds(holder.current(), start, 7_200)).toBe(at('2026-11-25 09:30').getTime());
});

test('an axis that was never built, or a calendar without holidays, is an error', async () => {
  await db.query(sql`delete from work_axis`);
  await expect(loadWorkAxis(db)).rejects.toMatchObject({ code: 'CLOCK_CALENDAR_INVALID' });
  await db.query(sql`delete from calendars`);
  await expect(rebuildWorkAxis(db, await loadCalendar(db))).rejects.toMatchObject({
    code: 'CLOCK_CALENDAR_INVALID',
  });
});

test('a screen can count working time with the spans it is told, and is warned of years without holidays', async () => {
  await rebuild();
  const axis = await loadWorkAxis(db);
  const now = at('2026-11-22 12:00');
  const told = describeWorkingTime(axis, now);
  expect(told).toMatchObject({
    serverNow: '2026-11-22T04:00:00.000Z',
    working: false,
    resumesAt: '2026-11-23T00:30:00.000Z',
    timeZone: 'Asia/Shanghai',
    warning: 'CALENDAR_YEAR_UNKNOWN:2027',
  });
  const spans = told.spans.map(({ from, to }) => ({ from: new Date(from), to: new Date(to) }));
  const from = at('2026-09-01 09:10');
  const screen = layOutSpans({
    startsAt: spans[0]?.from ?? 0,
    endsAt: spans.at(-1)?.to ?? 0,
    spans,
    timeZone: told.timeZone,
    knownYears: [],
  });
  expect(workSecondsBetween(screen, from, now)).toBe(workSecondsBetween(axis, from, now));
  const earlier = describeWorkingTime(axis, at('2026-06-24 10:00'));
  expect(earlier).toMatchObject({ working: true });
  expect(earlier).not.toHaveProperty('warning');
  expect(earlier).not.toHaveProperty('resumesAt');
});
