import { assertCalendarDay, weekdayOf, type CalendarDay } from './calendar-day.ts';
import { ClockError } from './clock-error.ts';
import { defaultWarning, type WarningRule } from './warning-rule.ts';

/** Working time `[startMinute, endMinute)` in minutes after local midnight. */
export type WorkSpan = readonly [startMinute: number, endMinute: number];

/** Working hours between two days of the year, `MM-DD`, both included; it may run over New Year. */
export interface WorkSeason {
  readonly fromMonthDay: string;
  readonly toMonthDay: string;
  /** In order and not overlapping. */
  readonly spans: readonly WorkSpan[];
}

/**
 * The days and hours in which clocks of ordinary cases run (SPEC §3).
 * R1: Saturday works, only Sunday rests (节假日、星期天除外); `weeklyRest` is the switch.
 * R2: the State Council list overrides the week: a make-up day works even on a Sunday, a holiday rests even on a
 * weekday. The list is editable data; years outside `knownYears` have none, and `unknownYearsBetween` says so.
 */
export interface WorkingCalendar {
  /** Weekdays that rest, 0 = Sunday … 6 = Saturday. */
  readonly weeklyRest: readonly number[];
  /** Day → does it work. Days not listed follow the week. */
  readonly exceptions: ReadonlyMap<CalendarDay, boolean>;
  readonly seasons: readonly WorkSeason[];
  readonly timeZone: string;
  /** Years, ascending, for which the exceptions are complete. */
  readonly knownYears: readonly number[];
  /** R4, a switch. */
  readonly warning: WarningRule;
}

const halfPastEight = 8 * 60 + 30;
const halfPastEleven = 11 * 60 + 30;

/**
 * SPEC §3: May to September 08:30–11:30 and 14:00–17:30, October to April 08:30–11:30 and 13:30–17:00;
 * 6.5 h in both, each day by its own season.
 */
export const defaultSeasons: readonly WorkSeason[] = [
  {
    fromMonthDay: '05-01',
    toMonthDay: '09-30',
    spans: [
      [halfPastEight, halfPastEleven],
      [14 * 60, 17 * 60 + 30],
    ],
  },
  {
    fromMonthDay: '10-01',
    toMonthDay: '04-30',
    spans: [
      [halfPastEight, halfPastEleven],
      [13 * 60 + 30, 17 * 60],
    ],
  },
];

/**
 * The calendar of SPEC §3 with the given exceptions. Unless said, the years known are those whose National Day is
 * among them: it is in every yearly notice and, unlike New Year, in no other year's.
 * Throws `CLOCK_CALENDAR_INVALID` for a day that does not exist or seasons that leave out or share a day.
 */
export function defaultCalendar(
  exceptions: Iterable<readonly [day: CalendarDay, works: boolean]>,
  options: Partial<Omit<WorkingCalendar, 'exceptions'>> = {},
): WorkingCalendar {
  const days = new Map<CalendarDay, boolean>();
  for (const [day, works] of exceptions) {
    assertCalendarDay(day);
    days.set(day, works);
  }
  const nationalDays = [...days.keys()].filter((day) => day.endsWith('-10-01'));
  const years = options.knownYears ?? nationalDays.map((day) => Number(day.slice(0, 4)));
  const seasons = options.seasons ?? defaultSeasons;
  assertSeasons(seasons);
  return {
    weeklyRest: options.weeklyRest ?? [0],
    exceptions: days,
    seasons,
    timeZone: options.timeZone ?? 'Asia/Shanghai',
    knownYears: [...new Set(years)].sort((a, b) => a - b),
    warning: options.warning ?? defaultWarning,
  };
}

/** R1 and R2: does anybody work on this day. */
export function isWorkday(calendar: WorkingCalendar, day: CalendarDay): boolean {
  return calendar.exceptions.get(day) ?? !calendar.weeklyRest.includes(weekdayOf(day));
}

/** The day's working spans by its own season, or none when it rests. */
export function workSpansOf(calendar: WorkingCalendar, day: CalendarDay): readonly WorkSpan[] {
  if (!isWorkday(calendar, day)) return [];
  const monthDay = day.slice(5);
  return calendar.seasons.find((season) => covers(season, monthDay))?.spans ?? [];
}

/** Years between two days, both included, whose holidays nobody has entered: a deadline there needs a warning. */
export function unknownYearsBetween(
  calendar: Pick<WorkingCalendar, 'knownYears'>,
  fromDay: CalendarDay,
  toDay: CalendarDay,
): number[] {
  const years: number[] = [];
  for (let year = Number(fromDay.slice(0, 4)); year <= Number(toDay.slice(0, 4)); year++) {
    if (!calendar.knownYears.includes(year)) years.push(year);
  }
  return years;
}

function covers({ fromMonthDay, toMonthDay }: WorkSeason, monthDay: string): boolean {
  return fromMonthDay <= toMonthDay
    ? fromMonthDay <= monthDay && monthDay <= toMonthDay
    : fromMonthDay <= monthDay || monthDay <= toMonthDay;
}

/** What is wrong with seasons: a day of the year that does not exist, hours that meet, a day not in exactly one season. */
export type SeasonProblem =
  | { kind: 'no-such-day'; day: string }
  | { kind: 'hours-overlap'; from: string; span: WorkSpan }
  | { kind: 'not-one-season'; day: string; seasons: number };

/** The first problem of seasons that are to cover every day of a leap year once; undefined when there is none. */
export function findSeasonProblem(seasons: readonly WorkSeason[]): SeasonProblem | undefined {
  for (const { fromMonthDay, toMonthDay, spans } of seasons) {
    const day = [fromMonthDay, toMonthDay].find((one) => !isMonthDay(one));
    if (day !== undefined) return { kind: 'no-such-day', day };
    let previous = 0;
    for (const span of spans) {
      const [start, end] = span;
      if (start < previous || end <= start || end > 1440) {
        return { kind: 'hours-overlap', from: fromMonthDay, span };
      }
      previous = end;
    }
  }
  for (let at = Date.UTC(2000, 0, 1); at < Date.UTC(2001, 0, 1); at += 86_400_000) {
    const day = new Date(at).toISOString().slice(5, 10);
    const count = seasons.filter((season) => covers(season, day)).length;
    if (count !== 1) return { kind: 'not-one-season', day, seasons: count };
  }
  return undefined;
}

function isMonthDay(monthDay: string): boolean {
  const at = Date.parse(`2000-${monthDay}T00:00:00Z`);
  return !Number.isNaN(at) && new Date(at).toISOString().slice(5, 10) === monthDay;
}

function assertSeasons(seasons: readonly WorkSeason[]): void {
  const problem = findSeasonProblem(seasons);
  if (problem) throw new ClockError('CLOCK_CALENDAR_INVALID', `seasons: ${JSON.stringify(problem)}`);
}
