import type { Names } from '#contract/shared';
import type { Dispatch, DispatchCause } from '#clock/handling-start';
import type { WorkAxis } from '#clock/work-axis';
import { deadlinesOf, startHandling, startStage, stopRunning, type CaseClock } from './case-clocks.ts';
import type { CaseEvent } from './case-log.ts';
import { clockMoves } from './clock-moves.ts';
import { recalculateClocks } from './recalculate-clocks.ts';
import { clockStageOf, timingOfCase, type FullCase } from './case-record.ts';
import type { Effect, Transition } from './workflow.ts';

/** A case being changed: its state, its clocks, who had it, and what is new in its log. */
export interface CaseFile {
  record: FullCase;
  /** In order of start. */
  clocks: CaseClock[];
  dispatches: Dispatch[];
  events: CaseEvent[];
}

export interface TargetUnit {
  code: string;
  name: Names;
  phone: string;
  isCommand: boolean;
}

export interface Step {
  transition: Transition;
  now: Date;
  axis: WorkAxis;
  actor: { id: string; name: string };
  /** For the transitions that give the case to a unit. */
  unit?: TargetUnit;
  assistants?: { code: string; name: Names }[];
  /** How many reports come or go. */
  reports?: number;
  photos?: readonly string[];
  payload?: Record<string, unknown>;
}

/** Applies one transition: its effects in their order, the deadlines that follow, and one event in the log. */
export function takeStep(file: CaseFile, step: Step): CaseFile {
  const { transition, now, axis, actor } = step;
  const { record } = file;
  const from = transition.from.length === 0 ? null : record.stage;
  const stage = transition.to === 'same' ? record.stage : transition.to;
  const cause = transition.effects.includes('give-to-unit') ? causeOf(file) : undefined;
  let next: CaseFile = {
    ...file,
    record: {
      ...record,
      stage,
      stageSince: transition.to === 'same' ? record.stageSince : now,
      updatedAt: now,
    },
  };
  for (const effect of transition.effects) next = effects[effect](next, { ...step, cause });
  const event: CaseEvent = {
    at: now,
    actorId: actor.id,
    actorName: actor.name,
    action: transition.action,
    fromStage: from,
    toStage: stage,
    payload: {
      ...step.payload,
      ...(cause === undefined ? {} : { unit: next.record.unit?.code, cause }),
      ...(step.photos?.length ? { photos: step.photos } : {}),
      ...withClocks(file, next),
    },
  };
  const photos = (step.photos ?? []).map((attachmentId) => ({
    attachmentId,
    n: record.eventCount + file.events.length + 1,
    at: now.toISOString(),
  }));
  return {
    ...next,
    events: [...file.events, event],
    record: {
      ...next.record,
      ...(transition.to === 'same' && transition.effects.length === 0
        ? {}
        : deadlinesOf(next.clocks, stage, timingOfCase(record), axis)),
      fedBackBy: transition.action === 'feedback' ? actor.id : record.fedBackBy,
      photos: [...record.photos, ...photos],
    },
  };
}

function withClocks(before: CaseFile, after: CaseFile): { clocks?: object } {
  // What ran before the case had a log (its filing) is told with the first event.
  const moves = clockMoves(
    before.events.length + before.record.eventCount === 0 ? [] : before.clocks,
    after.clocks,
  );
  return Object.keys(moves).length === 0 ? {} : { clocks: moves };
}

/** The first dispatch is new; after a return it is that; else the centre sends the case out again (SPEC section 4). */
function causeOf({ dispatches, record }: CaseFile): DispatchCause {
  if (dispatches.length === 0) return 'new';
  return record.unit === null ? 'return' : 'repeat';
}

type Apply = (file: CaseFile, step: Step & { cause: DispatchCause | undefined }) => CaseFile;

function change(file: CaseFile, record: Partial<FullCase>): CaseFile {
  return { ...file, record: { ...file.record, ...record } };
}

const effects: Record<Effect, Apply> = {
  'stop-clocks': (file, { now, axis }) => ({ ...file, clocks: stopRunning(file.clocks, now, axis) }),
  'take-from-unit': (file) => change(file, { unit: null, assistants: [], assistantCodes: [] }),
  'give-to-unit': (file, { unit, assistants }) => {
    if (!unit) throw new Error('a dispatch without a unit');
    const { isCommand: _timing, ...holder } = unit;
    const beside = (assistants ?? file.record.assistants).filter(({ code }) => code !== unit.code);
    return change(file, {
      unit: holder,
      assistants: beside,
      assistantCodes: beside.map(({ code }) => code),
      dispatchCount: file.record.dispatchCount + 1,
    });
  },
  'count-second-notice': (file) => change(file, { secondNotices: file.record.secondNotices + 1 }),
  'name-checker': (file, { actor }) =>
    change(file, { checker: { id: actor.id, name: { zh: actor.name, en: actor.name } } }),
  'add-report': (file, { reports = 1 }) => change(file, { reportCount: file.record.reportCount + reports }),
  'remove-report': (file, { reports = 1 }) =>
    change(file, { reportCount: file.record.reportCount - reports }),
  'move-reports': (file) => file,
  'end-case': (file, { now }) => change(file, { closedAt: now }),
  'start-clock': (file, { unit, cause, now, axis }) => {
    const timing = timingOfCase(file.record);
    const stage = clockStageOf(file.record.stage);
    if (stage === null) throw new Error('a finished case has no clock to start');
    if (stage !== 'handling')
      return { ...file, clocks: startStage(file.clocks, stage, { timing, now, axis }) };
    if (!unit || !cause) throw new Error('handling without a unit');
    return {
      ...file,
      clocks: startHandling(file.clocks, file.dispatches, { unit, cause, timing, now, axis }),
      dispatches: [...file.dispatches, { unit: unit.code, at: now, cause }],
    };
  },
  'recalculate-clocks': (file, { axis }) => ({
    ...file,
    clocks: recalculateClocks(file.clocks, timingOfCase(file.record), axis),
  }),
  'start-supervision': (file, { now, axis }) => {
    const timing = timingOfCase(file.record);
    const unit = file.record.unit?.code ?? null;
    const clocks = stopRunning(file.clocks, now, axis, 'supervision');
    return { ...file, clocks: startStage(clocks, 'supervision', { timing, now, axis, unit }) };
  },
};
