import { deadlineOf, timingOf, type Deadline } from './deadline.ts';
import { elapsedSeconds, type StageClock } from './stage-clock.ts';
import { wholeCaseStages } from './stages.ts';
import type { WorkAxis } from './work-axis.ts';

/** The whole case's clock as it stands; its light is `lightAt(clock, now)`. */
export interface WholeCaseClock extends Deadline {
  limitSeconds: number;
  /** Seconds used by timed stages up to `startedAt`, and up to `endedAt` once that is set. */
  usedSeconds: number;
  /** Start of the latest stage. */
  startedAt: number;
  /** Set while the clock stands still: the case is closed, or an untimed stage has begun. Freezes the light. */
  endedAt: number | null;
  axis: StageClock['axis'];
}

/**
 * The whole case's clock, recomputed whenever a stage clock starts, stops or changes (SPEC §3): its limit is
 * `wholeLimitSeconds`, untimed stages count neither in the limit nor in the time used, and a return or second notice
 * does not restart it (SPEC §4). Each stage is counted in its own time, so a natural handling inside a working case
 * moves the deadline along natural time only while it lasts. Supervision, a side task, is left out.
 *
 * `clocks`: all clocks of the case in order of start; null when there is none yet.
 */
export function wholeCaseClock(
  clocks: readonly StageClock[],
  limitSeconds: number,
  workAxis: WorkAxis,
): WholeCaseClock | null {
  const steps = clocks.filter(({ stage }) => wholeCaseStages.some((step) => step === stage));
  const current = steps.at(-1);
  if (!current) return null;
  const usedBefore = steps.slice(0, -1).reduce((sum, clock) => sum + countedSeconds(clock, workAxis), 0);
  const timing = timingOf(current.axis, workAxis);
  const untimed = current.limitSeconds === null;
  return {
    limitSeconds,
    usedSeconds: usedBefore + (current.endedAt === null ? 0 : countedSeconds(current, workAxis)),
    startedAt: current.startedAt,
    endedAt: untimed ? current.startedAt : current.endedAt,
    axis: current.axis,
    ...deadlineOf(current.startedAt, limitSeconds, usedBefore, timing, workAxis.warning),
  };
}

function countedSeconds(clock: StageClock, workAxis: WorkAxis): number {
  return clock.limitSeconds === null ? 0 : elapsedSeconds(clock, clock.endedAt ?? clock.startedAt, workAxis);
}
