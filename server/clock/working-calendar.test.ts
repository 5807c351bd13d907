import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parseHolidays } from './holidays-csv.ts';
import { defaultCalendar, isWorkday, unknownYearsBetween, workSpansOf } from './working-calendar.ts';

const csv = readFileSync(new URL('../../data/calendar/holidays.csv', import.meta.url), 'utf8');
const holidays = parseHolidays(csv);
const calendar = defaultCalendar(holidays.map(({ day, works }) => [day, works] as const));

/** Every day from `from` to `to` of one month, as YYYY-MM-DD. */
function days(month: string, from: number, to: number): string[] {
  return Array.from(
    { length: to - from + 1 },
    (_, index) => `${month}-${String(from + index).padStart(2, '0')}`,
  );
}

describe('the list of holidays', () => {
  test('carries the notice of the State Council for 2026 to the day', () => {
    const of2026 = holidays.filter(({ day }) => day.startsWith('2026'));
    expect(of2026.filter(({ works }) => !works).map(({ day }) => day)).toEqual([
      ...days('2026-01', 1, 3),
      ...days('2026-02', 15, 23),
      ...days('2026-04', 4, 6),
      ...days('2026-05', 1, 5),
      ...days('2026-06', 19, 21),
      ...days('2026-09', 25, 27),
      ...days('2026-10', 1, 7),
    ]);
    expect(of2026.filter(({ works }) => works).map(({ day }) => day)).toEqual([
      '2026-01-04',
      '2026-02-14',
      '2026-02-28',
      '2026-05-09',
      '2026-09-20',
      '2026-10-10',
    ]);
  });

  test('knows every year from 2004 to 2026 and none after', () => {
    expect(calendar.knownYears).toEqual(Array.from({ length: 23 }, (_, index) => 2004 + index));
    expect(unknownYearsBetween(calendar, '2025-03-01', '2026-12-31')).toEqual([]);
    expect(unknownYearsBetween(calendar, '2026-12-30', '2028-01-05')).toEqual([2027, 2028]);
  });

  test('names the line that is broken', () => {
    expect(() => parseHolidays('date,works,name_zh\n2026-01-01,no,元旦')).toThrow(/line 2/);
    expect(() => parseHolidays('date,works,name_zh\n2027-02-29,false,元旦')).toThrow(/2027-02-29/);
    expect(() => parseHolidays('day;works\n')).toThrow(/header/);
  });
});

describe('working days', () => {
  test('Saturday works and Sunday rests (R1), unless the deployment says otherwise', () => {
    expect(isWorkday(calendar, '2026-11-21')).toBe(true);
    expect(isWorkday(calendar, '2026-11-22')).toBe(false);
    const fiveDays = defaultCalendar([], { weeklyRest: [0, 6] });
    expect(isWorkday(fiveDays, '2026-11-21')).toBe(false);
  });

  test('a make-up Sunday works and a holiday on a weekday rests (R2)', () => {
    expect(isWorkday(calendar, '2026-09-20')).toBe(true);
    expect(isWorkday(calendar, '2026-10-01')).toBe(false);
  });

  test('hours change on 1 May and on 1 October, 6.5 h in both', () => {
    const winter = [
      [510, 690],
      [810, 1020],
    ];
    const summer = [
      [510, 690],
      [840, 1050],
    ];
    const plain = defaultCalendar([]);
    expect(workSpansOf(plain, '2026-04-30')).toEqual(winter);
    expect(workSpansOf(plain, '2026-05-01')).toEqual(summer);
    expect(workSpansOf(plain, '2026-09-30')).toEqual(summer);
    expect(workSpansOf(plain, '2026-10-01')).toEqual(winter);
    expect(workSpansOf(plain, '2028-02-29')).toEqual(winter);
    expect(workSpansOf(plain, '2026-12-31')).toEqual(winter);
    expect(workSpansOf(plain, '2026-11-22')).toEqual([]);
  });
});

test('refuses a calendar that contradicts itself', () => {
  const season = (fromMonthDay: string, toMonthDay: string, spans: [number, number][]) => ({
    fromMonthDay,
    toMonthDay,
    spans,
  });
  expect(() => defaultCalendar([['2026-02-30', true]])).toThrow(/CLOCK_CALENDAR_INVALID/);
  expect(() => defaultCalendar([], { seasons: [season('01-01', '12-30', [[0, 60]])] })).toThrow(/12-31/);
  const overlapping: [number, number][] = [
    [0, 60],
    [30, 90],
  ];
  expect(() => defaultCalendar([], { seasons: [season('01-01', '12-31', overlapping)] })).toThrow(/overlap/);
});
