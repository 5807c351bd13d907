/**
 * What a clock refuses to compute, instead of answering with a wrong number:
 * - `CLOCK_OUTSIDE_CALENDAR`: the instant, or the deadline sought, lies outside the work axis;
 * - `CLOCK_CALENDAR_INVALID`: a calendar whose days, seasons or spans contradict themselves;
 * - `CLOCK_LIMIT_INVALID`: a limit that is not a positive amount of a known unit;
 * - `CLOCK_STATE_INVALID`: stopping a stopped clock, stopping before the start, or dispatching beside a running clock.
 */
export type ClockErrorCode =
  'CLOCK_OUTSIDE_CALENDAR' | 'CLOCK_CALENDAR_INVALID' | 'CLOCK_LIMIT_INVALID' | 'CLOCK_STATE_INVALID';

export class ClockError extends Error {
  readonly code: ClockErrorCode;

  constructor(code: ClockErrorCode, message: string) {
    super(`${code}: ${message}`);
    this.name = 'ClockError';
    this.code = code;
  }
}
