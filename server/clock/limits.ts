import { ClockError } from './clock-error.ts';

/** Time a clock runs in: every second, or only working time. */
export type ClockAxis = 'natural' | 'working';

/** Units of `class_limits`. */
export type LimitUnit = 'minute' | 'urgent_hour' | 'urgent_day' | 'hour' | 'day' | 'work_day';

export interface Limit {
  seconds: number;
  axis: ClockAxis;
}

/** A working day is 6.5 h in both seasons (SPEC §3). */
export const secondsPerWorkingDay = 23_400;

const limitUnits: Record<LimitUnit, Limit> = {
  minute: { seconds: 60, axis: 'natural' },
  urgent_hour: { seconds: 3_600, axis: 'natural' },
  urgent_day: { seconds: 86_400, axis: 'natural' },
  hour: { seconds: 3_600, axis: 'working' },
  day: { seconds: secondsPerWorkingDay, axis: 'working' },
  work_day: { seconds: secondsPerWorkingDay, axis: 'working' },
};

/**
 * A handling limit in seconds and the time it runs in (按标准在规定期限内, SPEC §3): minute, urgent_hour and
 * urgent_day are natural time; hour, day and work_day are working time, a day of 6.5 h.
 * Throws `CLOCK_LIMIT_INVALID` unless the amount is positive, finite and makes whole seconds.
 */
export function limitSeconds(amount: number, unit: LimitUnit): Limit {
  const { seconds, axis } = limitUnits[unit];
  const total = amount * seconds;
  if (!Number.isSafeInteger(total) || total <= 0) {
    throw new ClockError('CLOCK_LIMIT_INVALID', `${amount} ${unit} is no limit`);
  }
  return { seconds: total, axis };
}
