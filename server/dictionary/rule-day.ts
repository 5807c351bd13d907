import { dayOf, type CalendarDay } from '../clock/calendar-day.ts';

const TIME_ZONE = 'Asia/Shanghai';

/** The day whose limits, duties and units hold at an instant: rules change at midnight, Asia/Shanghai. */
export function ruleDayOf(at: Date): CalendarDay {
  return dayOf(at.getTime(), TIME_ZONE);
}
