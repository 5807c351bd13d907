import { v7 as uuid } from 'uuid';
import type { Stage } from '#contract/cases';
import { handlingStart, type Dispatch, type DispatchCause } from '#clock/handling-start';
import { startClock, stopClock, type ClockStart, type StageClock } from '#clock/stage-clock';
import { stageAxis, stageLimits, stageLimitSeconds, wholeLimitSeconds, type CaseTiming } from '#clock/stages';
import { wholeCaseClock } from '#clock/whole-case-clock';
import type { WorkAxis } from '#clock/work-axis';
import { clockStageOf, type CaseRecord } from './case-record.ts';

/** A row of `case_clocks`. */
export type CaseClock = StageClock & { readonly id: string };

export interface UnitToTime {
  code: string;
  isCommand: boolean;
}

type StepStage = Exclude<StageClock['stage'], 'handling'>;

/** Stops what runs. Two servers' clocks may differ by a little: no clock ends before it starts. */
export function stopRunning(
  clocks: readonly CaseClock[],
  now: Date,
  axis: WorkAxis,
  only?: StageClock['stage'],
): CaseClock[] {
  return clocks.map((clock) =>
    clock.endedAt === null && (only === undefined || clock.stage === only)
      ? { ...clock, ...stopClock(clock, Math.max(clock.startedAt, now.getTime()), axis) }
      : clock,
  );
}

/** Starts the clock of a stage of the centre's own, or of supervision. */
export function startStage(
  clocks: readonly CaseClock[],
  stage: StepStage,
  { timing, now, axis, unit = null }: { timing: CaseTiming; now: Date; axis: WorkAxis; unit?: string | null },
): CaseClock[] {
  return append(clocks, axis, {
    stage,
    unit,
    axis: stageAxis(stage, timing),
    startedAt: now,
    limitSeconds: stageLimitSeconds(stage, timing),
  });
}

/**
 * Starts the handling clock of the unit that gets the case, with what SPEC section 4 says it has used already.
 * For command units (履行指挥职责的部门) dispatch and handling are timed as one: the limits are added, and so is the
 * time of the dispatches that led to this unit.
 */
export function startHandling(
  clocks: readonly CaseClock[],
  dispatches: readonly Dispatch[],
  {
    unit,
    cause,
    timing,
    now,
    axis,
  }: { unit: UnitToTime; cause: DispatchCause; timing: CaseTiming; now: Date; axis: WorkAxis },
): CaseClock[] {
  const clockAxis = stageAxis('handling', timing);
  const past = { dispatches, clocks };
  const { usedSeconds, rule } = handlingStart(
    past,
    { unit: unit.code, at: now, cause, axis: clockAxis },
    axis,
  );
  const limit = stageLimitSeconds('handling', timing);
  return append(clocks, axis, {
    stage: 'handling',
    unit: unit.code,
    axis: clockAxis,
    startedAt: now,
    limitSeconds: limit === null || !unit.isCommand ? limit : limit + stageLimits.dispatch,
    usedBeforeSeconds: usedSeconds + (unit.isCommand ? dispatchSeconds(clocks, unit.code, now, rule) : 0),
  });
}

/** Used by the dispatches that ended in giving the case to this unit; the whole process holds the later ones itself. */
function dispatchSeconds(clocks: readonly CaseClock[], unit: string, now: Date, rule: string): number {
  const starts = clocks.flatMap(({ stage, unit: holder, startedAt }) =>
    stage === 'handling' && holder === unit ? [startedAt] : [],
  );
  const given = new Set([...starts, now.getTime()]);
  const used = clocks.flatMap(({ stage, endedAt, usedSeconds }) =>
    stage === 'dispatch' && endedAt !== null && given.has(endedAt) ? [usedSeconds ?? 0] : [],
  );
  return (rule === 'whole-process' ? used.slice(0, 1) : used).reduce((sum, seconds) => sum + seconds, 0);
}

function append(clocks: readonly CaseClock[], axis: WorkAxis, start: ClockStart): CaseClock[] {
  const round = 1 + clocks.filter(({ stage }) => stage === start.stage).length;
  return [...clocks, { id: uuid(), ...startClock({ ...start, round }, axis) }];
}

type Deadlines = Pick<
  CaseRecord,
  'dueAt' | 'warnAt' | 'wholeDueAt' | 'wholeWarnAt' | 'supervisionDueAt' | 'supervisionWarnAt'
>;

/** What the case's row says of its clocks. */
export function deadlinesOf(
  clocks: readonly CaseClock[],
  stage: Stage,
  timing: CaseTiming,
  axis: WorkAxis,
): Deadlines {
  const running = (wanted: StageClock['stage'] | null) =>
    clocks.find((clock) => clock.stage === wanted && clock.endedAt === null);
  const step = running(clockStageOf(stage));
  const supervision = running('supervision');
  const whole = wholeCaseClock(clocks, wholeLimitSeconds(timing), axis);
  return {
    dueAt: toDate(step?.dueAt),
    warnAt: toDate(step?.warnAt),
    wholeDueAt: toDate(whole?.dueAt),
    wholeWarnAt: toDate(whole?.warnAt),
    supervisionDueAt: toDate(supervision?.dueAt),
    supervisionWarnAt: toDate(supervision?.warnAt),
  };
}

function toDate(epochMs: number | null | undefined): Date | null {
  return epochMs === null || epochMs === undefined ? null : new Date(epochMs);
}
