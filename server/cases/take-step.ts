import type { ReturnReason } from '#contract/requests';
import type { Names } from '#contract/shared';
import { handlingStart, type Dispatch, type DispatchCause, type HandlingStart } from '#clock/handling-start';
import { stageAxis } from '#clock/stages';
import type { WorkAxis } from '#clock/work-axis';
import { deadlinesOf, stopRunning, type CaseClock } from './case-clocks.ts';
import type { CaseEvent } from './case-log.ts';
import { clockMoves } from './clock-moves.ts';
import { timingOfCase, type FullCase } from './case-record.ts';
import type { Arbiter } from './case-request.ts';
import { effects } from './effects.ts';
import type { Transition } from './workflow.ts';

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
  /** `unit`: the unit that this person works for. */
  actor: { id: string; name: string; unit?: string };
  /** For the transitions that give the case to a unit. */
  unit?: TargetUnit;
  assistants?: { code: string; name: Names }[];
  /** How many reports come or go. */
  reports?: number;
  /** For those that ask for something: the id of the request, what is asked, and who decides about a return. */
  ask?: { id: string; reason: string; reasonCode?: ReturnReason; seconds?: number; arbiter?: Arbiter };
  /** For a decision: whether it was approved stands in the transition. */
  decision?: { seconds?: number; note?: string };
  /** change-limit: the new handling limit. */
  limitSeconds?: number;
  /** send-for-check: null leaves it to any collector. */
  checker?: { id: string; name: Names } | null;
  /** merge: the case that goes on. */
  into?: { id: string; number: string };
  photos?: readonly string[];
  payload?: Record<string, unknown>;
}

/** What the effects of one step work with. */
export interface Taking extends Step {
  /** The number of this step's entry in the log. */
  n: number;
  cause: DispatchCause | undefined;
  start: HandlingStart | undefined;
}

/**
 * Applies one transition: its effects in their order, the deadlines that follow, and one event in the log. An event
 * never lies before the last one, although the clocks of two servers may differ.
 * @throws ClockError where a deadline lies outside the calendar
 */
export function takeStep(file: CaseFile, given: Step): CaseFile {
  const { transition, axis, actor } = given;
  const { record } = file;
  const now = new Date(Math.max(given.now.getTime(), record.updatedAt.getTime()));
  const from = transition.from.length === 0 ? null : record.stage;
  const stage = transition.to === 'same' ? record.stage : transition.to;
  const cause = transition.effects.includes('give-to-unit') ? causeOf(file) : undefined;
  const n = record.eventCount + file.events.length + 1;
  const step: Taking = { ...given, now, n, cause, start: startOf(file, { ...given, now }, cause) };
  let next: CaseFile = {
    ...file,
    record: {
      ...record,
      stage,
      stageSince: transition.to === 'same' ? record.stageSince : now,
      updatedAt: now,
    },
  };
  for (const effect of transition.effects) next = effects[effect](next, step);
  const event: CaseEvent = {
    at: now,
    actorId: actor.id,
    actorName: actor.name,
    action: transition.logged ?? transition.action,
    fromStage: from,
    toStage: stage,
    payload: {
      ...step.payload,
      ...told(file, next, step),
      ...(step.photos?.length ? { photos: step.photos } : {}),
      ...withClocks(file, next),
    },
  };
  const photos = (step.photos ?? []).map((attachmentId) => ({ attachmentId, n, at: now.toISOString() }));
  return {
    ...next,
    events: [...file.events, event],
    record: {
      ...next.record,
      ...(isTimed(file, next) ? deadlinesOf(next.clocks, stage, timingOfCase(next.record), axis) : {}),
      fedBackBy: transition.action === 'feedback' ? actor.id : record.fedBackBy,
      photos: [...record.photos, ...photos],
    },
  };
}

/** The step touched what deadlines are made of. */
function isTimed(before: CaseFile, after: CaseFile): boolean {
  return (
    before.clocks !== after.clocks ||
    before.record.stage !== after.record.stage ||
    before.record.ownLimitSeconds !== after.record.ownLimitSeconds ||
    before.record.extensionSeconds !== after.record.extensionSeconds
  );
}

/** What the log says of a step beside who did it and why, so that the log alone can be counted (SPEC section 5). */
function told(before: CaseFile, after: CaseFile, step: Taking): Record<string, unknown> {
  const { cause, start, transition } = step;
  const request = transition.effects.includes('open-request')
    ? after.record.requests.find(({ n }) => n === step.n)
    : transition.effects.includes('close-request')
      ? after.record.requests.find(({ id }) => id === before.record.request?.id)
      : undefined;
  const seconds = request?.approvedSeconds ?? request?.seconds ?? step.limitSeconds;
  const lapsed =
    transition.effects.includes('lapse-request') && before.record.request !== null
      ? before.record.request.id
      : undefined;
  return {
    ...(cause === undefined
      ? {}
      : {
          unit: after.record.unit?.code,
          cause,
          assistants: after.record.assistantCodes,
          ...(start === undefined ? {} : { ordinal: start.ordinal, rule: start.rule }),
        }),
    ...(request === undefined
      ? {}
      : {
          request: request.id,
          kind: request.kind,
          unit: request.unit.code,
          ...(request.arbiter === null ? {} : { arbiter: request.arbiter.id }),
        }),
    ...(transition.effects.includes('close-request') ? { approved: transition.outcome === true } : {}),
    ...(seconds == null ? {} : { seconds }),
    ...(lapsed === undefined ? {} : { lapsed }),
    ...(transition.effects.includes('assign-checker') && after.record.checker !== null
      ? { checker: after.record.checker.id }
      : {}),
    ...(step.into === undefined ? {} : { into: step.into.id }),
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

/** By which rule the unit's clock starts, for the log and the flag; the clock itself is started by the same rule. */
function startOf(
  { clocks, dispatches, record }: CaseFile,
  { unit, now, axis }: Step,
  cause: DispatchCause | undefined,
): HandlingStart | undefined {
  if (!unit || !cause) return undefined;
  const next = { unit: unit.code, at: now, cause, axis: stageAxis('handling', timingOfCase(record)) };
  return handlingStart({ dispatches, clocks: stopRunning(clocks, now, axis) }, next, axis);
}
