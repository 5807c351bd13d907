import type { CalendarDay } from '../clock/calendar-day.ts';
import { appError } from '../errors.ts';

/** The days `[from, to)` a rule holds on; days are text that sorts as it counts. */
export interface RuleDays {
  from: CalendarDay;
  to?: CalendarDay | undefined;
}

const FOREVER = '9999-12-31';

/** Taken back before it held on any day. */
export function isNever({ from, to }: RuleDays): boolean {
  return to !== undefined && to <= from;
}

export function overlap(a: RuleDays, b: RuleDays): boolean {
  if (isNever(a) || isNever(b)) return false;
  return a.from < (b.to ?? FOREVER) && b.from < (a.to ?? FOREVER);
}

/** What was decided by a rule stays decided: it ends today at the earliest. @throws DAY_IN_PAST */
export function requireNotPast(day: CalendarDay, today: CalendarDay): void {
  if (day < today) throw appError('DAY_IN_PAST', { day, today });
}

/**
 * That a rule can end on the day: it holds until then and not already less long; one that has not begun ends before
 * it does. @throws DAY_IN_PAST, RULE_ENDED
 */
export function endOf(rule: RuleDays, on: CalendarDay, today: CalendarDay): CalendarDay {
  requireNotPast(on, today);
  if (isNever(rule) || (rule.to !== undefined && rule.to <= on))
    throw appError('RULE_ENDED', { to: rule.to });
  return on < rule.from ? rule.from : on;
}
