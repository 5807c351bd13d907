import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays } from './calendar-day.ts';
import { addWorkSeconds, buildWorkAxis, workSecondsBetween } from './work-axis.ts';
import { defaultCalendar, type WorkingCalendar, type WorkSeason, type WorkSpan } from './working-calendar.ts';

/**
 * The slow answer for calendars that somebody edited, in any time zone: asks a wall clock of that zone what it shows at
 * every single minute, and reads days, seasons and hours off it. Shares no code with the axis. (Hours lie between
 * 06:00 and 22:00, so none falls into the hour that daylight saving leaves out or repeats.)
 */
function workingMinutes(calendar: WorkingCalendar, fromMs: number, toMs: number): number[] {
  const wall = new Intl.DateTimeFormat('en-CA', {
    timeZone: calendar.timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    weekday: 'short',
  });
  const names = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
  const minutes: number[] = [];
  for (let at = fromMs; at < toMs; at += 60_000) {
    const part = Object.fromEntries(wall.formatToParts(at).map(({ type, value }) => [type, value]));
    const { year, month, day, hour, minute, weekday = '' } = part;
    const exception = calendar.exceptions.get(`${year}-${month}-${day}`);
    const works = exception ?? !calendar.weeklyRest.includes(names.indexOf(weekday));
    if (!works) continue;
    const monthDay = `${month}-${day}`;
    const season = calendar.seasons.find(({ fromMonthDay: from, toMonthDay: to }) =>
      from <= to ? monthDay >= from && monthDay <= to : monthDay >= from || monthDay <= to,
    );
    const now = Number(hour) * 60 + Number(minute);
    if (season?.spans.some(([start, end]) => now >= start && now < end)) minutes.push(at);
  }
  return minutes;
}

/** Where seasons, years, leap days and daylight saving meet. */
const edges = [
  '2024-02-26',
  '2024-04-28',
  '2025-03-06',
  '2025-03-27',
  '2025-09-28',
  '2025-10-23',
  '2025-10-30',
  '2026-12-28',
];
const WINDOW_DAYS = 9;

const spans: fc.Arbitrary<WorkSpan[]> = fc
  .uniqueArray(fc.integer({ min: 24, max: 88 }), { minLength: 2, maxLength: 8 })
  .map((quarters) => quarters.sort((a, b) => a - b).map((quarter) => quarter * 15))
  .map((minutes) =>
    Array.from({ length: Math.floor(minutes.length / 2) }, (_, index): WorkSpan => [
      minutes[2 * index] ?? 0,
      minutes[2 * index + 1] ?? 0,
    ]),
  );

const seasons: fc.Arbitrary<WorkSeason[]> = fc
  .tuple(fc.constantFrom('03-01', '05-01', '10-01'), spans, spans)
  .map(([from, one, other]) => [
    { fromMonthDay: from, toMonthDay: '11-01', spans: one },
    { fromMonthDay: '11-02', toMonthDay: addDays(`2025-${from}`, -1).slice(5), spans: other },
  ])
  // 28 February is the day before 1 March except in leap years: the season must reach 29 February.
  .map((all) => all.map((one) => ({ ...one, toMonthDay: one.toMonthDay.replace('02-28', '02-29') })));

const zones = fc.constantFrom(
  'Asia/Shanghai',
  'UTC',
  'America/New_York',
  'Europe/Berlin',
  'Australia/Lord_Howe',
);

const cases = fc.record({
  edge: fc.constantFrom(...edges),
  zone: zones,
  seasons,
  weeklyRest: fc.uniqueArray(fc.integer({ min: 0, max: 6 }), { maxLength: 4 }),
  entered: fc.array(fc.tuple(fc.integer({ min: 0, max: WINDOW_DAYS }), fc.boolean()), { maxLength: 4 }),
  a: fc.double({ min: 0.1, max: 0.9, noNaN: true }),
  b: fc.double({ min: 0.1, max: 0.9, noNaN: true }),
});

describe('calendars that somebody edited', () => {
  test('count like the minutes of a wall clock, in time zones with and without daylight saving', () => {
    fc.assert(
      fc.property(cases, ({ edge, zone, seasons: own, weeklyRest, entered, a, b }) => {
        const exceptions = entered.map(([days, works]) => [addDays(edge, days), works] as const);
        const calendar = defaultCalendar(exceptions, {
          seasons: own,
          weeklyRest,
          timeZone: zone,
          knownYears: [],
        });
        const axis = buildWorkAxis(calendar, addDays(edge, -20), addDays(edge, 40));
        const from = Date.parse(`${edge}T00:00:00Z`);
        const length = WINDOW_DAYS * 86_400_000;
        const minutes = workingMinutes(calendar, from, from + length);
        const [start, end] = [Math.min(a, b), Math.max(a, b)].map(
          (share) => from + Math.floor(share * length),
        );
        if (start === undefined || end === undefined) return;
        const workedMs = minutes.reduce(
          (sum, minute) => sum + Math.max(0, Math.min(end, minute + 60_000) - Math.max(start, minute)),
          0,
        );
        expect(workSecondsBetween(axis, start, end)).toBe(Math.trunc(workedMs / 1000));
        const seconds = Math.trunc(workedMs / 1000);
        if (seconds > 0) {
          let left = seconds * 1000;
          let due = start;
          for (const minute of minutes) {
            const available = minute + 60_000 - Math.max(start, minute);
            if (available <= 0) continue;
            due = Math.max(start, minute) + Math.min(left, available);
            left -= available;
            if (left <= 0) break;
          }
          expect(addWorkSeconds(axis, start, seconds)).toBe(due);
        }
      }),
      { numRuns: 30 },
    );
  }, 60_000);
});
