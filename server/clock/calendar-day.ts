import { ClockError } from './clock-error.ts';

const millisecondsPerDay = 86_400_000;
const millisecondsPerMinute = 60_000;

/** A civil day `YYYY-MM-DD`, in whatever time zone the calendar names. */
export type CalendarDay = string;

/** Throws `CLOCK_CALENDAR_INVALID` unless the text is a day that exists, such as 2028-02-29 but not 2027-02-29. */
export function assertCalendarDay(day: CalendarDay): void {
  const at = /^\d{4}-\d{2}-\d{2}$/.test(day) ? Date.parse(`${day}T00:00:00Z`) : Number.NaN;
  if (Number.isNaN(at) || new Date(at).toISOString().slice(0, 10) !== day) {
    throw new ClockError('CLOCK_CALENDAR_INVALID', `"${day}" is not a day written YYYY-MM-DD`);
  }
}

/** The day `count` days later (earlier when negative). */
export function addDays(day: CalendarDay, count: number): CalendarDay {
  return new Date(Date.parse(`${day}T00:00:00Z`) + count * millisecondsPerDay).toISOString().slice(0, 10);
}

/** 0 = Sunday … 6 = Saturday. */
export function weekdayOf(day: CalendarDay): number {
  return new Date(`${day}T00:00:00Z`).getUTCDay();
}

const formatters = new Map<string, Intl.DateTimeFormat>();

function formatterFor(timeZone: string): Intl.DateTimeFormat {
  let formatter = formatters.get(timeZone);
  if (!formatter) {
    formatter = new Intl.DateTimeFormat('en-US', {
      timeZone,
      calendar: 'gregory',
      numberingSystem: 'latn',
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    });
    formatters.set(timeZone, formatter);
  }
  return formatter;
}

/** What a wall clock in the time zone shows at an instant, as if it were UTC: epoch milliseconds, whole seconds. */
function wallClockMs(epochMs: number, timeZone: string): number {
  const part: Record<string, number> = {};
  for (const { type, value } of formatterFor(timeZone).formatToParts(epochMs)) part[type] = Number(value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = part;
  return Date.UTC(year, month - 1, day, hour, minute, second);
}

/** The civil day an instant falls on in the time zone; the process time zone plays no part. */
export function dayOf(epochMs: number, timeZone: string): CalendarDay {
  return new Date(wallClockMs(Math.floor(epochMs / 1000) * 1000, timeZone)).toISOString().slice(0, 10);
}

/**
 * Epoch milliseconds at which a wall clock in the time zone shows `minute` minutes after midnight of the day;
 * minute 1440 is the next midnight. A wall time skipped by daylight saving is read as the instant after the gap.
 */
export function instantOf(day: CalendarDay, minute: number, timeZone: string): number {
  const wall = Date.parse(`${day}T00:00:00Z`) + minute * millisecondsPerMinute;
  const guess = wall - (wallClockMs(wall, timeZone) - wall);
  return wall - (wallClockMs(guess, timeZone) - guess);
}
