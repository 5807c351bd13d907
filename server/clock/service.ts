import type { ClockState } from '../contract/clock.ts';
import type { Queryable } from '../db/database.ts';
import { dayOf } from './calendar-day.ts';
import { ClockError } from './clock-error.ts';
import type { Holiday } from './holidays-csv.ts';
import * as repository from './repository.ts';
import { joinAxisDays, listAxisDays, resumesAt, type WorkAxis } from './work-axis.ts';
import { defaultCalendar, unknownYearsBetween, type WorkingCalendar } from './working-calendar.ts';

/** `source` of the days seeded from `data/calendar/holidays.csv`. */
export const seededSource = 'state-council';

/** The axis runs on this long after the last year with holidays, so that a late calendar warns instead of failing. */
const yearsBeyondHolidays = 10;

const millisecondsPerDay = 86_400_000;

/** Days each way that `describeWorkingTime` tells a screen about. */
const daysAround = 92;

/** Writes the State Council's days; days that somebody entered under another source stay as they are. */
export async function seedCalendar(tx: Queryable, holidays: readonly Holiday[]): Promise<void> {
  const rows = holidays.map(({ day, works, nameZh }) => ({ day, works, name: nameZh, source: seededSource }));
  await repository.saveCalendarDays(tx, rows);
}

/** The calendar of SPEC §3 with the days of the database; the options are the deployment's switches. */
export async function loadCalendar(
  db: Queryable,
  options: Partial<Pick<WorkingCalendar, 'weeklyRest' | 'seasons' | 'timeZone'>> = {},
): Promise<WorkingCalendar> {
  const days = await repository.listCalendarDays(db);
  return defaultCalendar(
    days.map(({ day, works }) => [day, works] as const),
    options,
  );
}

/**
 * Computes the axis of the calendar and replaces the table `work_axis`, from the first year with holidays to ten
 * years after the last. Throws `CLOCK_CALENDAR_INVALID` when no year has holidays. Nodes that hold an axis in memory must reload it after the commit.
 */
export async function rebuildWorkAxis(tx: Queryable, calendar: WorkingCalendar): Promise<void> {
  const [firstYear] = calendar.knownYears;
  const lastYear = calendar.knownYears.at(-1);
  if (firstYear === undefined || lastYear === undefined) {
    throw new ClockError('CLOCK_CALENDAR_INVALID', 'the calendar has no year with holidays');
  }
  const days = listAxisDays(calendar, `${firstYear}-01-01`, `${lastYear + yearsBeyondHolidays}-12-31`);
  await repository.replaceWorkAxis(tx, days);
}

/** Reads the axis. Throws `CLOCK_CALENDAR_INVALID` when `rebuildWorkAxis` has never run. */
export async function loadWorkAxis(db: Queryable, timeZone = 'Asia/Shanghai'): Promise<WorkAxis> {
  const days = await repository.listWorkAxisDays(db);
  const { knownYears } = await loadCalendar(db, { timeZone });
  return joinAxisDays(days, { timeZone, knownYears });
}

export interface WorkAxisHolder {
  /** The axis as last loaded. */
  current(): WorkAxis;
  /** Reads it again after the calendar changed; the old one serves until it is there. */
  reload(): Promise<void>;
}

/** Keeps the axis in memory, since every clock that starts needs it. */
export async function holdWorkAxis(db: Queryable, timeZone?: string): Promise<WorkAxisHolder> {
  let axis = await loadWorkAxis(db, timeZone);
  return {
    current: () => axis,
    reload: async () => {
      axis = await loadWorkAxis(db, timeZone);
    },
  };
}

/**
 * What a screen needs to count working time by itself: the spans of 92 days each way. `warning` is
 * `CALENDAR_YEAR_UNKNOWN:2027` (years joined by commas) when some of those days have no holidays entered (R2).
 */
export function describeWorkingTime(axis: WorkAxis, now: Date): ClockState {
  const from = Math.max(axis.startsAt, now.getTime() - daysAround * millisecondsPerDay);
  const to = Math.min(axis.endsAt, now.getTime() + daysAround * millisecondsPerDay);
  const resumes = resumesAt(axis, now);
  const unknown = unknownYearsBetween(axis, dayOf(from, axis.timeZone), dayOf(to, axis.timeZone));
  const spans = axis.spanStarts.flatMap((start, index) => {
    const end = axis.spanEnds[index] ?? start;
    if (end <= from || start >= to) return [];
    return [{ from: new Date(start).toISOString(), to: new Date(end).toISOString() }];
  });
  return {
    serverNow: now.toISOString(),
    working: resumes === null,
    ...(resumes === null ? {} : { resumesAt: new Date(resumes).toISOString() }),
    timeZone: axis.timeZone,
    spans,
    ...(unknown.length === 0 ? {} : { warning: `CALENDAR_YEAR_UNKNOWN:${unknown.join(',')}` }),
  };
}
