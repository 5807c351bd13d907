import { ClockError } from './clock-error.ts';
import { secondsBetween, timingOf } from './deadline.ts';
import { toEpochMs, type Instant } from './instant.ts';
import type { ClockAxis } from './limits.ts';
import { elapsedSeconds, type StageClock } from './stage-clock.ts';
import type { WorkAxis } from './work-axis.ts';

/**
 * Why a case was given to a unit: `new` the first time, `return` after a unit sent it back (退回), `repeat` after a
 * check failed or the centre sent it out again (重复派遣, 二次抄告; R5: a failed check is a repeated dispatch of
 * the same unit).
 */
export type DispatchCause = 'new' | 'return' | 'repeat';

export interface Dispatch {
  unit: string;
  at: Instant;
  cause: DispatchCause;
}

export interface HandlingStart {
  /** Seconds of the handling limit already consumed: `usedBeforeSeconds` of the new clock. */
  usedSeconds: number;
  /** 1 first, 2 second, … dispatch of this case to this unit; dispatches after a return are not counted anew. */
  ordinal: number;
  /** Which rule of SPEC §4 decided. */
  rule: 'restarts' | 'accumulates' | 'whole-process';
}

/**
 * How much of its limit a unit has used when the case is dispatched to it, SPEC §4:
 * - first dispatch to this unit, also after another unit returned the case: the clock restarts (重新计时);
 * - after a return, to a unit that had it before: its own handling time accumulates (累计计时);
 * - second dispatch: the unit's handling time only (二次(含)仅累计问题处置责任单位处置时间);
 * - third and later: all time since the unit's first dispatch of this case (三次(含)以上全过程累计计时), which may
 *   exceed the limit at once. It stays so if the unit then returns the case and gets it back.
 *
 * `dispatches` and `clocks` are those before this dispatch; `axis` is the new clock's time (working, unless the case
 * is urgent or the limit natural). Throws `CLOCK_STATE_INVALID` while a handling clock of this unit still runs.
 */
export function handlingStart(
  past: {
    dispatches: readonly Dispatch[];
    clocks: readonly Pick<StageClock, 'stage' | 'unit' | 'axis' | 'startedAt' | 'endedAt'>[];
  },
  next: Dispatch & { axis: ClockAxis },
  workAxis: WorkAxis,
): HandlingStart {
  const earlier = past.dispatches.filter(({ unit }) => unit === next.unit);
  if (earlier.length === 0) return { usedSeconds: 0, ordinal: 1, rule: 'restarts' };
  const ordinal = 1 + [...earlier.slice(1), next].filter(({ cause }) => cause === 'repeat').length;
  if (ordinal >= 3) {
    const first = Math.min(...earlier.map(({ at }) => toEpochMs(at)));
    const usedSeconds = secondsBetween(timingOf(next.axis, workAxis), first, next.at);
    return { usedSeconds, ordinal, rule: 'whole-process' };
  }
  const own = past.clocks.filter(({ stage, unit }) => stage === 'handling' && unit === next.unit);
  if (own.some(({ endedAt }) => endedAt === null)) {
    throw new ClockError('CLOCK_STATE_INVALID', `unit ${next.unit} still holds the case`);
  }
  const usedSeconds = own.reduce((sum, clock) => sum + elapsedSeconds(clock, next.at, workAxis), 0);
  return { usedSeconds, ordinal, rule: 'accumulates' };
}
