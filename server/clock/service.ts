import { randomUUID } from 'node:crypto';
import type { ClockState } from '../contract/clock.ts';
import type { Queryable } from '../db/database.ts';
import { claimSetting, findSetting, lockSetting, saveSetting } from '../settings/service.ts';
import { dayOf } from './calendar-day.ts';
import { ClockError } from './clock-error.ts';
import type { Holiday } from './holidays-csv.ts';
import * as repository from './repository.ts';
import { defaultWarning, type WarningRule } from './warning-rule.ts';
import { joinAxisDays, listAxisDays, resumesAt, type WorkAxis, type WorkAxisDay } from './work-axis.ts';
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

/** What holds in general: R1 and R4, each a switch, and the version of all of working time. */
export interface WorkingTimeRules {
  readonly weeklyRest: readonly number[];
  readonly warning: WarningRule;
  readonly version: string;
}

const RULES_KEY = 'working-time';

/** The rules as they were before anybody changed them. */
const firstRules: WorkingTimeRules = { weeklyRest: [0], warning: defaultWarning, version: 'first' };

export async function loadRules(db: Queryable): Promise<WorkingTimeRules> {
  return { ...firstRules, ...((await findSetting(db, RULES_KEY)) as WorkingTimeRules | undefined) };
}

/** The rules, locked until the transaction ends: one change of working time at a time. */
export async function lockRules(tx: Queryable): Promise<WorkingTimeRules> {
  await claimSetting(tx, RULES_KEY, firstRules);
  return { ...firstRules, ...((await lockSetting(tx, RULES_KEY)) as WorkingTimeRules) };
}

/** Writes the rules under a new version, which stands for days and seasons too. Random, so that it never comes back. */
export async function saveRules(tx: Queryable, rules: Omit<WorkingTimeRules, 'version'>): Promise<string> {
  const version = randomUUID();
  await saveSetting(tx, RULES_KEY, { ...rules, version });
  return version;
}

export {
  deleteCalendarDays,
  listCalendarDays,
  listSeasons,
  putCalendarDays,
  replaceSeasons,
} from './repository.ts';
export type { CalendarRow } from './repository.ts';

/** The calendar as the database has it; the options, if any, take the place of what it says. */
export async function loadCalendar(
  db: Queryable,
  options: Partial<Pick<WorkingCalendar, 'weeklyRest' | 'seasons' | 'timeZone'>> = {},
): Promise<WorkingCalendar> {
  const days = await repository.listCalendarDays(db);
  const seasons = await repository.listSeasons(db);
  const { weeklyRest, warning } = await loadRules(db);
  return defaultCalendar(
    days.map(({ day, works }) => [day, works] as const),
    { weeklyRest, warning, ...(seasons.length === 0 ? {} : { seasons }), ...options },
  );
}

/**
 * The days the axis of a calendar covers: from its first year with holidays to ten years after the last.
 * Throws `CLOCK_CALENDAR_INVALID` when no year has any.
 */
export function axisDaysOf(calendar: WorkingCalendar): WorkAxisDay[] {
  const [firstYear] = calendar.knownYears;
  const lastYear = calendar.knownYears.at(-1);
  if (firstYear === undefined || lastYear === undefined) {
    throw new ClockError('CLOCK_CALENDAR_INVALID', 'the calendar has no year with holidays');
  }
  return listAxisDays(calendar, `${firstYear}-01-01`, `${lastYear + yearsBeyondHolidays}-12-31`);
}

/**
 * Computes the axis of the calendar and replaces the table `work_axis`. Nodes that hold an axis in memory must reload it
 * after the commit. Throws `CLOCK_CALENDAR_INVALID` when no year has holidays.
 */
export async function rebuildWorkAxis(tx: Queryable, calendar: WorkingCalendar): Promise<void> {
  await repository.replaceWorkAxis(tx, axisDaysOf(calendar));
}

/** Reads the axis. Throws `CLOCK_CALENDAR_INVALID` when `rebuildWorkAxis` has never run. */
export async function loadWorkAxis(db: Queryable, timeZone = 'Asia/Shanghai'): Promise<WorkAxis> {
  const days = await repository.listWorkAxisDays(db);
  return joinAxisDays(days, await loadCalendar(db, { timeZone }));
}

export interface WorkAxisHolder {
  /** The axis as last loaded. */
  current(): WorkAxis;
  /** Reads it again after working time changed; the old one serves until it is there. */
  reload(): Promise<void>;
}

/**
 * Keeps the axis in memory, since every clock that starts needs it. Readings that overlap are put one after the other,
 * so that the last to arrive is the last that was asked for.
 */
export async function holdWorkAxis(db: Queryable, timeZone?: string): Promise<WorkAxisHolder> {
  let axis = await loadWorkAxis(db, timeZone);
  let reading = Promise.resolve();
  return {
    current: () => axis,
    reload() {
      const read = async () => {
        axis = await loadWorkAxis(db, timeZone);
      };
      reading = reading.then(read, read);
      return reading;
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
