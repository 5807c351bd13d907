import { ClockError } from './clock-error.ts';
import { deadlineOf, secondsBetween, timingOf, type Deadline } from './deadline.ts';
import { toEpochMs, type Instant } from './instant.ts';
import type { ClockAxis } from './limits.ts';
import type { ClockStage } from './stages.ts';
import type { WorkAxis } from './work-axis.ts';

/** One run of one clock of a case: a row of `case_clocks`. Instants are epoch milliseconds. */
export interface StageClock extends Deadline {
  readonly stage: ClockStage;
  /** 1 for the first run of the stage in this case, 2 for the next. */
  readonly round: number;
  /** Code of the unit that holds the case while this clock runs, null for the centre's own stages. */
  readonly unit: string | null;
  readonly axis: ClockAxis;
  readonly startedAt: number;
  readonly endedAt: number | null;
  /** null = untimed. */
  readonly limitSeconds: number | null;
  /** Seconds of the limit consumed before this run (SPEC §4, 累计计时). */
  readonly usedBeforeSeconds: number;
  /** Seconds of the limit consumed when the run ended, those before it included; null while it runs. */
  readonly usedSeconds: number | null;
}

export interface ClockStart {
  stage: ClockStage;
  axis: ClockAxis;
  startedAt: Instant;
  limitSeconds: number | null;
  round?: number;
  unit?: string | null;
  usedBeforeSeconds?: number;
}

/**
 * Starts a clock with its deadline, and with the warning of the axis. Throws `CLOCK_OUTSIDE_CALENDAR` when the deadline
 * lies beyond the work axis.
 */
export function startClock(start: ClockStart, workAxis: WorkAxis): StageClock {
  const { stage, axis, limitSeconds, round = 1, unit = null, usedBeforeSeconds = 0 } = start;
  const startedAt = toEpochMs(start.startedAt);
  return {
    stage,
    round,
    unit,
    axis,
    startedAt,
    endedAt: null,
    limitSeconds,
    usedBeforeSeconds,
    usedSeconds: null,
    ...deadlineOf(startedAt, limitSeconds, usedBeforeSeconds, timingOf(axis, workAxis), workAxis.warning),
  };
}

/** Stops a running clock and counts its time. Throws `CLOCK_STATE_INVALID` if stopped, or before its start. */
export function stopClock(clock: StageClock, endedAt: Instant, workAxis: WorkAxis): StageClock {
  const end = toEpochMs(endedAt);
  assertRunning(clock);
  if (end < clock.startedAt)
    throw new ClockError('CLOCK_STATE_INVALID', 'a clock cannot end before it starts');
  return {
    ...clock,
    endedAt: end,
    usedSeconds: clock.usedBeforeSeconds + elapsedSeconds(clock, end, workAxis),
  };
}

/**
 * Gives a running clock another limit and so another deadline: an extension (在原标准处置时间上累计, SPEC §4) or a
 * dispatcher's change of an urgent limit (紧急问题处置时间视情况而定, SPEC §3).
 */
export function changeLimit(clock: StageClock, limitSeconds: number | null, workAxis: WorkAxis): StageClock {
  assertRunning(clock);
  const timing = timingOf(clock.axis, workAxis);
  const { startedAt, usedBeforeSeconds } = clock;
  const deadline = deadlineOf(startedAt, limitSeconds, usedBeforeSeconds, timing, workAxis.warning);
  return { ...clock, limitSeconds, ...deadline };
}

/** Seconds of this run alone, up to its end or else to `now`, in the clock's own time. */
export function elapsedSeconds(
  clock: Pick<StageClock, 'axis' | 'startedAt' | 'endedAt'>,
  now: Instant,
  workAxis: WorkAxis,
): number {
  return secondsBetween(timingOf(clock.axis, workAxis), clock.startedAt, clock.endedAt ?? now);
}

function assertRunning({ stage, endedAt }: StageClock): void {
  if (endedAt !== null) throw new ClockError('CLOCK_STATE_INVALID', `the ${stage} clock has stopped already`);
}
