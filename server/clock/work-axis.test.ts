import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseHolidays } from './holidays-csv.ts';
import { oracleAddWorkMs, oracleFrom, oracleTo, oracleWorkMs, oracleWorksAt } from './minute-oracle.ts';
import {
  addWorkSeconds,
  buildWorkAxis,
  isWorking,
  layOutSpans,
  resumesAt,
  workSecondsBetween,
  type WorkAxis,
} from './work-axis.ts';
import { defaultCalendar } from './working-calendar.ts';

const csv = readFileSync(new URL('../../data/calendar/holidays.csv', import.meta.url), 'utf8');
const calendar = defaultCalendar(parseHolidays(csv).map(({ day, works }) => [day, works] as const));

/** A wall time in Shanghai. */
const at = (text: string) => Date.parse(`${text.replace(' ', 'T')}+08:00`);

/** Where seasons, holidays, make-up Sundays, leap days, years and unknown years meet. */
const edges = [
  '2019-12-31 17:00',
  '2020-01-24 08:30',
  '2020-02-29 08:30',
  '2021-04-30 17:00',
  '2022-05-01 08:30',
  '2024-02-29 11:30',
  '2024-09-30 17:30',
  '2025-09-28 08:30',
  '2025-10-09 08:30',
  '2026-02-14 13:30',
  '2026-04-30 17:00',
  '2026-05-06 08:30',
  '2026-09-20 14:00',
  '2026-09-30 17:30',
  '2026-10-08 13:30',
  '2027-01-01 08:30',
  '2028-02-29 17:00',
].map(at);

const millisecondsPerDay = 86_400_000;

/** Any millisecond, or one within five seconds of a boundary of the day nearest to an edge. */
function instants(latest: number) {
  return fc.oneof(
    fc.integer({ min: oracleFrom, max: latest }),
    fc
      .record({
        edge: fc.constantFrom(...edges),
        days: fc.integer({ min: -4, max: 4 }),
        offset: fc.integer({ min: -5_000, max: 5_000 }),
      })
      .map(({ edge, days, offset }) => Math.min(latest, edge + days * millisecondsPerDay + offset)),
  );
}

describe.each(['UTC', 'America/New_York', 'Pacific/Kiritimati'])(
  'in a process whose time zone is %s',
  (zone) => {
    const before = process.env.TZ;
    let axis: WorkAxis;

    beforeAll(() => {
      process.env.TZ = zone;
      axis = buildWorkAxis(calendar, '2019-01-01', '2028-12-31');
    });
    afterAll(() => {
      if (before === undefined) delete process.env.TZ;
      else process.env.TZ = before;
    });

    test('the process really is in that zone', () => {
      const hour = new Date('2026-01-01T12:00:00Z').getHours();
      expect(hour).toBe({ UTC: 12, 'America/New_York': 7, 'Pacific/Kiritimati': 2 }[zone]);
    });

    test('working time between two instants equals counting minutes', () => {
      fc.assert(
        fc.property(instants(oracleTo), instants(oracleTo), (one, other) => {
          const [a, b] = one <= other ? [one, other] : [other, one];
          const seconds = Math.trunc(oracleWorkMs(a, b) / 1000);
          expect(workSecondsBetween(axis, a, b)).toBe(seconds);
          expect(workSecondsBetween(axis, b, a)).toBe(0 - seconds);
        }),
        { numRuns: 150 },
      );
    });

    test('adding working time equals counting minutes', () => {
      fc.assert(
        fc.property(
          instants(at('2026-06-30 00:00')),
          fc.oneof(
            fc.integer({ min: 0, max: 3_000_000 }),
            fc.integer({ min: 0, max: 60 }).map((days) => days * 23_400),
          ),
          (start, seconds) => {
            const due = addWorkSeconds(axis, start, seconds);
            expect(due).toBe(oracleAddWorkMs(start, seconds * 1000));
            expect(workSecondsBetween(axis, start, due)).toBe(seconds);
          },
        ),
        { numRuns: 300 },
      );
    });

    test('walking back undoes adding, to the earliest instant of equal working time', () => {
      fc.assert(
        fc.property(
          instants(at('2026-06-30 00:00')),
          fc.integer({ min: 1, max: 100_000 }),
          fc.integer({ min: 1, max: 100_000 }),
          (start, first, further) => {
            const due = addWorkSeconds(axis, start, first);
            const later = addWorkSeconds(axis, due, further);
            expect(later).toBe(addWorkSeconds(axis, start, first + further));
            expect(addWorkSeconds(axis, later, -further)).toBe(due);
          },
        ),
      );
    });

    test('says whether the clock runs and when it resumes, as the minutes do', () => {
      fc.assert(
        fc.property(instants(at('2028-12-20 00:00')), (instant) => {
          expect(isWorking(axis, instant)).toBe(oracleWorksAt(instant));
          let next = Math.floor(instant / 60_000) * 60_000;
          while (!oracleWorksAt(next)) next += 60_000;
          expect(resumesAt(axis, new Date(instant))).toBe(oracleWorksAt(instant) ? null : next);
        }),
        { numRuns: 300 },
      );
    });
  },
);

describe('by hand', () => {
  const axis = buildWorkAxis(calendar, '2019-01-01', '2028-12-31');

  test.each([
    // A plain Monday in winter hours: 3 h in the morning, the rest from 13:30.
    ['2026-11-23 08:30', 4 * 3600, '2026-11-23 14:30'],
    // A whole day ends at its end, and not on the next morning.
    ['2026-11-23 08:30', 23_400, '2026-11-23 17:00'],
    ['2026-11-23 08:30', 23_401, '2026-11-24 08:30:01'],
    // Started at noon: nothing runs before 13:30.
    ['2026-11-23 12:10', 1_800, '2026-11-23 14:00'],
    // Saturday afternoon works, Sunday does not.
    ['2026-11-21 16:50', 1_800, '2026-11-23 08:50'],
    // The last half hour of summer, the National Day week, then winter hours.
    ['2026-09-30 17:15', 4 * 3600, '2026-10-08 14:15'],
    // Saturday 9 May 2026 and Sunday 20 September 2026 are make-up days.
    ['2026-09-19 17:15', 1_800, '2026-09-20 08:45'],
    // From April's hours into May's over the holiday of 1–5 May 2026.
    ['2026-04-30 16:45', 4 * 3600, '2026-05-06 14:45'],
    // A leap day.
    ['2024-02-28 16:59:30', 60, '2024-02-29 08:30:30'],
  ])('%s plus %i working seconds is %s', (start, seconds, due) => {
    expect(addWorkSeconds(axis, at(start), seconds)).toBe(at(due));
    expect(workSecondsBetween(axis, at(start), at(due))).toBe(seconds);
  });

  test('a night holds no working time, and a whole year of 2026 its 289 working days', () => {
    expect(workSecondsBetween(axis, at('2026-11-23 17:00'), at('2026-11-24 08:30'))).toBe(0);
    // 365 days − 52 Sundays − 33 rest days + 6 make-up days; the Sundays among them are counted on the calendar.
    const restOnSunday = ['02-15', '02-22', '04-05', '05-03', '06-21', '09-27', '10-04'].length;
    const makeUpOnSaturday = ['02-14', '02-28', '05-09', '10-10'].length;
    const workingDays = 365 - 52 - (33 - restOnSunday) + (6 - makeUpOnSaturday);
    const seconds = workSecondsBetween(axis, at('2026-01-01 00:00'), at('2027-01-01 00:00'));
    expect(seconds).toBe(workingDays * 23_400);
  });

  test('refuses to answer outside the axis', () => {
    const outside: unknown = expect.objectContaining({ code: 'CLOCK_OUTSIDE_CALENDAR' });
    const caught = (work: () => unknown) => {
      try {
        return work();
      } catch (error) {
        return error;
      }
    };
    const inside = at('2026-11-23 09:00');
    expect(caught(() => workSecondsBetween(axis, at('2018-12-31 23:59'), inside))).toEqual(outside);
    expect(caught(() => workSecondsBetween(axis, inside, at('2029-01-01 00:01')))).toEqual(outside);
    expect(caught(() => addWorkSeconds(axis, at('2028-12-29 09:00'), 10 * 23_400))).toEqual(outside);
    expect(caught(() => addWorkSeconds(axis, at('2019-01-02 09:00'), -23_400))).toEqual(outside);
    expect(caught(() => addWorkSeconds(axis, inside, Number.NaN))).toEqual(outside);
    expect(caught(() => resumesAt(axis, at('2028-12-31 20:00')))).toEqual(outside);
    expect(caught(() => isWorking(axis, new Date(Number.NaN)))).toBeInstanceOf(RangeError);
  });

  test('a day of daylight saving keeps its wall-clock hours', () => {
    const newYork = defaultCalendar([], { timeZone: 'America/New_York', knownYears: [2026] });
    const local = buildWorkAxis(newYork, '2026-03-06', '2026-03-10');
    // Clocks go forward on Sunday 8 March 2026: Saturday ends at 22:00Z, Monday starts at 12:30Z.
    const saturdayEnd = Date.parse('2026-03-07T22:00:00Z');
    expect(resumesAt(local, saturdayEnd)).toBe(Date.parse('2026-03-09T12:30:00Z'));
    expect(addWorkSeconds(local, saturdayEnd - 60_000, 120)).toBe(Date.parse('2026-03-09T12:31:00Z'));
  });

  test('a piece of the axis sent as spans counts the same', () => {
    const spans = axis.spanStarts.map((from, index) => ({ from, to: axis.spanEnds[index] ?? from }));
    const copy = layOutSpans({ ...axis, spans });
    expect(copy).toEqual(axis);
    expect(() => layOutSpans({ ...axis, spans: [...spans].reverse() })).toThrow(/out of place/);
  });
});
