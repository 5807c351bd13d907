import type { Period } from '#contract/evaluation';
import { dayOf, instantOf } from '#clock/calendar-day';
import { appError } from '../errors.ts';

/** Instants `[from, to)`. */
export interface Span {
  from: Date;
  to: Date;
}

const FIRST_YEAR = 2000;
const LAST_YEAR = 2100;

/** The months `YYYY-MM` of a month, quarter or year. @throws INVALID_INPUT for a year that no calendar knows */
export function monthsOf(period: Period): string[] {
  const year = Number(period.slice(0, 4));
  if (year < FIRST_YEAR || year > LAST_YEAR) {
    const message = `must lie in the years ${FIRST_YEAR} to ${LAST_YEAR}`;
    throw appError('INVALID_INPUT', { problems: [{ path: '/period', message }] });
  }
  const rest = period.slice(5);
  const [first, count] =
    rest === '' ? [1, 12] : rest.startsWith('Q') ? [3 * Number(rest[1]) - 2, 3] : [Number(rest), 1];
  return Array.from(
    { length: count },
    (_, n) => `${period.slice(0, 4)}-${String(first + n).padStart(2, '0')}`,
  );
}

export function monthAfter(month: string): string {
  const [year, number] = [Number(month.slice(0, 4)), Number(month.slice(5))];
  return number === 12 ? `${year + 1}-01` : `${year}-${String(number + 1).padStart(2, '0')}`;
}

export function spanOfMonth(month: string, timeZone: string): Span {
  const midnight = (of: string) => new Date(instantOf(`${of}-01`, 0, timeZone));
  return { from: midnight(month), to: midnight(monthAfter(month)) };
}

export function monthOf(at: Date, timeZone: string): string {
  return dayOf(at.getTime(), timeZone).slice(0, 7);
}

/** Consecutive months as the fewest spans. */
export function spansOfMonths(months: readonly string[], timeZone: string): Span[] {
  const spans: Span[] = [];
  for (const month of months) {
    const span = spanOfMonth(month, timeZone);
    const last = spans.at(-1);
    if (last?.to.getTime() === span.from.getTime()) last.to = span.to;
    else spans.push(span);
  }
  return spans;
}

/** Months, both included. */
export function monthsBetween(from: string, to: string): string[] {
  const months: string[] = [];
  for (let month = from; month <= to; month = monthAfter(month)) months.push(month);
  return months;
}

/** Of the twelve or three or one: a period covers a month when it is one of its months. */
export function periodsCovering(month: string): Period[] {
  const year = month.slice(0, 4);
  return [month, `${year}-Q${Math.ceil(Number(month.slice(5)) / 3)}`, year];
}
