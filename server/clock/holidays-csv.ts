import { assertCalendarDay, type CalendarDay } from './calendar-day.ts';
import { ClockError } from './clock-error.ts';

export interface Holiday {
  day: CalendarDay;
  /** false: rests by notice; true: a make-up day that works. */
  works: boolean;
  nameZh: string;
}

/**
 * Reads `data/calendar/holidays.csv` (date,works,name_zh; no quoting).
 * Throws `CLOCK_CALENDAR_INVALID` naming the line that is wrong.
 */
export function parseHolidays(csv: string): Holiday[] {
  const [header, ...lines] = csv.trim().split(/\r?\n/);
  if (header !== 'date,works,name_zh')
    throw new ClockError('CLOCK_CALENDAR_INVALID', 'unknown header of holidays');
  return lines.map((line, index) => {
    const [day = '', works, nameZh] = line.split(',');
    assertCalendarDay(day);
    if ((works !== 'true' && works !== 'false') || !nameZh) {
      throw new ClockError('CLOCK_CALENDAR_INVALID', `line ${index + 2} of holidays: "${line}"`);
    }
    return { day, works: works === 'true', nameZh };
  });
}
