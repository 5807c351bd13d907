import { changeLimit } from '#clock/stage-clock';
import { stageLimitSeconds, type CaseTiming } from '#clock/stages';
import type { WorkAxis } from '#clock/work-axis';
import type { CaseClock } from './case-clocks.ts';

/** Gives what runs the deadline that the axis and the limits of today say; what has stopped is history and stays. */
export function recalculateClocks(
  clocks: readonly CaseClock[],
  timing: CaseTiming,
  axis: WorkAxis,
): CaseClock[] {
  return clocks.map((clock) => {
    if (clock.endedAt !== null) return clock;
    const limit = clock.stage === 'handling' ? clock.limitSeconds : stageLimitSeconds(clock.stage, timing);
    return { ...clock, ...changeLimit(clock, limit, axis) };
  });
}
