import { secondsBetween, type Timing } from './deadline.ts';
import { toEpochMs, type Instant } from './instant.ts';
import { resumesAt } from './work-axis.ts';

/** What a screen says about a clock, in no language. Seconds are the clock's own time, instants epoch milliseconds. */
export interface ClockFacts {
  /** paused: a working clock outside working hours. */
  state: 'running' | 'paused' | 'stopped';
  /** Seconds until due, 0 once due; null when untimed. Of a stopped clock: what was left. */
  remainingSeconds: number | null;
  /** Seconds over the limit, 0 while in time. */
  overdueBySeconds: number;
  /** When a paused clock runs again, else null. */
  resumesAt: number | null;
  /** When the light turns yellow and red; null once it has, when stopped and when untimed. */
  turnsYellowAt: number | null;
  turnsRedAt: number | null;
}

/**
 * The facts at `now`, which must be the server's time. `endedAt` stops a clock. Throws `CLOCK_OUTSIDE_CALENDAR` for a
 * working clock when `now` or `dueAt` lies outside the work axis.
 */
export function describeClock(
  clock: { dueAt: Instant | null; warnAt: Instant | null; endedAt?: Instant | null },
  now: Instant,
  timing: Timing,
): ClockFacts {
  const ended = clock.endedAt ?? null;
  const at = toEpochMs(ended ?? now);
  const resumes = ended === null && timing.axis === 'working' ? resumesAt(timing.workAxis, at) : null;
  const left = clock.dueAt === null ? null : secondsBetween(timing, at, clock.dueAt);
  const future = (instant: Instant | null, isOver: (epochMs: number) => boolean) =>
    ended !== null || instant === null || isOver(toEpochMs(instant)) ? null : toEpochMs(instant);
  return {
    state: ended !== null ? 'stopped' : resumes === null ? 'running' : 'paused',
    remainingSeconds: left === null ? null : Math.max(0, left),
    overdueBySeconds: Math.max(0, -(left ?? 0)),
    resumesAt: resumes,
    turnsYellowAt: future(clock.warnAt, (warnAt) => at >= warnAt),
    turnsRedAt: future(clock.dueAt, (dueAt) => at > dueAt),
  };
}
