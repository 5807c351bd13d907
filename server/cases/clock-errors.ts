import { ClockError } from '#clock/clock-error';
import { appError } from '../errors.ts';

/** Runs what computes deadlines. @throws DEADLINE_OUTSIDE_CALENDAR when the working calendar has no data there */
export function keepingClock<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof ClockError && error.code === 'CLOCK_OUTSIDE_CALENDAR') {
      throw appError('DEADLINE_OUTSIDE_CALENDAR', { problem: error.message });
    }
    throw error;
  }
}
