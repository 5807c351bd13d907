import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { deadlineOf, lightAt, yearsWithoutHolidays, type Timing } from './deadline.ts';
import { describeClock } from './describe-clock.ts';
import { parseHolidays } from './holidays-csv.ts';
import { oracleAddWorkMs, oracleFrom, oracleWorkMs } from './minute-oracle.ts';
import { buildWorkAxis } from './work-axis.ts';
import { defaultCalendar } from './working-calendar.ts';

const csv = readFileSync(new URL('../../data/calendar/holidays.csv', import.meta.url), 'utf8');
const calendar = defaultCalendar(parseHolidays(csv).map(({ day, works }) => [day, works] as const));
const working: Timing = { axis: 'working', workAxis: buildWorkAxis(calendar, '2019-01-01', '2028-12-31') };
const natural: Timing = { axis: 'natural' };
const at = (text: string) => Date.parse(`${text.replace(' ', 'T')}+08:00`);

describe('deadlines', () => {
  test('equal counting minutes, with the warning where a fifth or ten minutes remain', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: oracleFrom, max: at('2026-06-01 00:00') }),
        fc.integer({ min: 1, max: 700_000 }),
        fc.double({ min: 0, max: 0.99, noNaN: true }),
        (start, limit, share) => {
          const used = Math.floor(limit * share);
          const { dueAt, warnAt } = deadlineOf(start, limit, used, working);
          expect(dueAt).toBe(oracleAddWorkMs(start, (limit - used) * 1000));
          const warnedMs = Math.max(limit * 200, 600_000);
          const beforeWarningMs = Math.max(0, (limit - used) * 1000 - warnedMs);
          expect(warnAt).toBe(beforeWarningMs === 0 ? start : oracleAddWorkMs(start, beforeWarningMs));
        },
      ),
      { numRuns: 200 },
    );
  });

  test('lights are what the time left says, in the minutes of the oracle', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: oracleFrom, max: at('2026-01-01 00:00') }),
        fc.integer({ min: 1, max: 200_000 }),
        fc.integer({ min: 0, max: 40 * 86_400_000 }),
        (start, limit, later) => {
          const now = start + later;
          const light = lightAt(deadlineOf(start, limit, 0, working), now);
          const leftMs = limit * 1000 - oracleWorkMs(start, now);
          // With nothing left the working day may have ended at the deadline: red once it has passed at all.
          const dueAt = oracleAddWorkMs(start, limit * 1000) ?? Number.NaN;
          const isLate = leftMs < 0 || (leftMs === 0 && now > dueAt);
          const expected = isLate ? 'red' : leftMs <= Math.max(limit * 200, 600_000) ? 'yellow' : 'green';
          expect(light).toBe(expected);
        },
      ),
      { numRuns: 300 },
    );
  });

  test.each([
    // Half an hour: ten minutes come before a fifth (six minutes).
    [1_800, '2026-11-23 09:30', '2026-11-23 09:20'],
    // Two hours: a fifth (24 min) comes before ten minutes.
    [7_200, '2026-11-23 11:00', '2026-11-23 10:36'],
    // Fifty minutes: both at once.
    [3_000, '2026-11-23 09:50', '2026-11-23 09:40'],
    // Two days of 6.5 h: due on Wednesday at 09:00, yellow 2.6 h of working time before.
    [46_800, '2026-11-25 09:00', '2026-11-24 14:54'],
    // Five minutes: yellow from the start.
    [300, '2026-11-23 09:05', '2026-11-23 09:00'],
  ])('a limit of %i s from Monday 09:00 is due %s, yellow %s', (limit, dueAt, warnAt) => {
    const deadline = deadlineOf(at('2026-11-23 09:00'), limit, 0, working);
    expect(deadline).toEqual({ dueAt: at(dueAt), warnAt: at(warnAt) });
  });

  test('natural time runs through the night and the holidays', () => {
    const deadline = deadlineOf(new Date(at('2026-09-30 23:00')), 7_200, 0, natural);
    expect(deadline).toEqual({ dueAt: at('2026-10-01 01:00'), warnAt: at('2026-10-01 00:36') });
  });

  test('the warning rule is a switch (R4)', () => {
    const deadline = deadlineOf(0, 7_200, 0, natural, { fractionOfLimit: 0.5, seconds: 0 });
    expect(deadline.warnAt).toBe(3_600_000);
  });

  test('a limit used up before the start is red at once, due when it was used up', () => {
    const deadline = deadlineOf(at('2026-11-24 09:00'), 3_600, 5_400, working);
    expect(deadline).toEqual({ dueAt: at('2026-11-23 17:00'), warnAt: at('2026-11-23 17:00') });
    expect(lightAt(deadline, at('2026-11-24 09:00'))).toBe('red');
    const overnight = deadlineOf(at('2026-11-24 09:00'), 3_600, 5_401, working);
    expect(overnight.dueAt).toBe(at('2026-11-23 16:59:59'));
  });

  test('a deadline in a year without holidays says so', () => {
    const startedAt = at('2026-12-31 16:00');
    const { dueAt } = deadlineOf(startedAt, 23_400, 0, working);
    expect(yearsWithoutHolidays({ startedAt, dueAt }, working)).toEqual([2027]);
    expect(yearsWithoutHolidays({ startedAt, dueAt }, natural)).toEqual([]);
    expect(yearsWithoutHolidays({ startedAt, dueAt: at('2026-12-31 17:00') }, working)).toEqual([]);
    expect(yearsWithoutHolidays({ startedAt, dueAt: null }, working)).toEqual([]);
  });
});

describe('lights', () => {
  const { dueAt, warnAt } = deadlineOf(at('2026-11-23 09:00'), 1_800, 0, working);

  test.each([
    ['2026-11-23 09:00:00', 'green'],
    ['2026-11-23 09:19:59', 'green'],
    ['2026-11-23 09:20:00', 'yellow'],
    ['2026-11-23 09:30:00', 'yellow'],
    ['2026-11-23 09:30:01', 'red'],
    ['2027-11-23 09:30:01', 'red'],
  ])('at %s it is %s', (now, light) => {
    expect(lightAt({ dueAt, warnAt }, at(now))).toBe(light);
  });

  test('a stopped clock keeps the light it stopped with', () => {
    const now = at('2026-12-23 09:00');
    expect(lightAt({ dueAt, warnAt, endedAt: at('2026-11-23 09:19:59') }, now)).toBe('green');
    expect(lightAt({ dueAt, warnAt, endedAt: at('2026-11-23 09:30:00') }, now)).toBe('yellow');
    expect(lightAt({ dueAt, warnAt, endedAt: at('2026-11-23 09:30:01') }, now)).toBe('red');
  });

  test('an untimed clock has none', () => {
    const untimed = deadlineOf(at('2026-11-23 09:00'), null, 0, working);
    expect(untimed).toEqual({ dueAt: null, warnAt: null });
    expect(lightAt(untimed, at('2030-01-01 00:00'))).toBe('none');
  });
});

describe('the facts a screen shows', () => {
  // Monday 16:30 with an hour: half today, half on Tuesday.
  const clock = deadlineOf(at('2026-11-23 16:30'), 3_600, 0, working);

  test('a running clock', () => {
    expect(describeClock(clock, at('2026-11-23 16:45'), working)).toEqual({
      state: 'running',
      remainingSeconds: 2_700,
      overdueBySeconds: 0,
      resumesAt: null,
      turnsYellowAt: at('2026-11-24 08:48'),
      turnsRedAt: at('2026-11-24 09:00'),
    });
  });

  test('a clock paused for the night says when it resumes', () => {
    expect(describeClock(clock, at('2026-11-23 22:00'), working)).toMatchObject({
      state: 'paused',
      remainingSeconds: 1_800,
      resumesAt: at('2026-11-24 08:30'),
    });
  });

  test('an overdue clock counts working time over the limit', () => {
    expect(describeClock(clock, at('2026-11-25 08:30'), working)).toEqual({
      state: 'running',
      remainingSeconds: 0,
      overdueBySeconds: 21_600,
      resumesAt: null,
      turnsYellowAt: null,
      turnsRedAt: null,
    });
  });

  test('a stopped clock keeps what was left', () => {
    const stopped = { ...clock, endedAt: at('2026-11-24 08:50') };
    expect(describeClock(stopped, at('2026-12-24 03:00'), working)).toEqual({
      state: 'stopped',
      remainingSeconds: 600,
      overdueBySeconds: 0,
      resumesAt: null,
      turnsYellowAt: null,
      turnsRedAt: null,
    });
  });

  test('natural time never pauses, an untimed clock has nothing left to count', () => {
    const urgent = deadlineOf(at('2026-11-22 03:00'), 7_200, 0, natural);
    expect(describeClock(urgent, at('2026-11-22 03:30'), natural)).toMatchObject({
      state: 'running',
      remainingSeconds: 5_400,
      turnsRedAt: at('2026-11-22 05:00'),
    });
    const untimed = { dueAt: null, warnAt: null };
    expect(describeClock(untimed, at('2026-11-23 09:30'), working)).toEqual({
      state: 'running',
      remainingSeconds: null,
      overdueBySeconds: 0,
      resumesAt: null,
      turnsYellowAt: null,
      turnsRedAt: null,
    });
  });
});
