import { changeLimit } from '#clock/stage-clock';
import { startHandling, startStage, stopRunning } from './case-clocks.ts';
import { clockStageOf, timingOfCase, type FullCase } from './case-record.ts';
import { openRequestOf, type RequestRecord } from './case-request.ts';
import { recalculateClocks } from './recalculate-clocks.ts';
import type { CaseFile, Taking } from './take-step.ts';
import type { Effect } from './workflow.ts';

type Apply = (file: CaseFile, step: Taking) => CaseFile;

function change(file: CaseFile, record: Partial<FullCase>): CaseFile {
  return { ...file, record: { ...file.record, ...record } };
}

/** What the declared effects of a transition do to a case; the clocks that follow are those of SPEC section 4. */
export const effects: Record<Effect, Apply> = {
  'stop-clocks': (file, { now, axis }) => ({ ...file, clocks: stopRunning(file.clocks, now, axis) }),

  // The unit's next act answers it; what anybody else says does not.
  'answer-supervision': (file, { now, axis, actor }) => {
    const runs = file.clocks.some(({ stage, endedAt }) => stage === 'supervision' && endedAt === null);
    if (!runs || actor.unit === undefined || actor.unit !== file.record.unit?.code) return file;
    return { ...file, clocks: stopRunning(file.clocks, now, axis, 'supervision') };
  },

  'take-from-unit': (file) =>
    change(file, {
      unit: null,
      assistants: [],
      assistantCodes: [],
      noSubject: file.record.resolution.unit === undefined,
    }),

  'give-to-unit': (file, { unit, assistants, cause, start, now }) => {
    if (!unit) throw new Error('a dispatch without a unit');
    const { isCommand: _timing, ...holder } = unit;
    const { record, dispatches } = file;
    const beside = (assistants ?? record.assistants).filter(({ code }) => code !== unit.code);
    const repeated = cause === 'repeat' && (start?.ordinal ?? 1) >= 2;
    return change(file, {
      unit: holder,
      noSubject: false,
      assistants: beside,
      assistantCodes: beside.map(({ code }) => code),
      dispatchCount: record.dispatchCount + 1,
      repeatedAt: record.repeatedAt ?? (repeated ? now : null),
      // An extension was approved for the unit that asked; another unit has the limit of the class.
      extensionSeconds: dispatches.at(-1)?.unit === unit.code ? record.extensionSeconds : 0,
    });
  },

  'count-second-notice': (file) => change(file, { secondNotices: file.record.secondNotices + 1 }),
  'assign-checker': (file, { checker = null }) => change(file, { checker }),
  'name-checker': (file, { actor }) =>
    change(file, { checker: { id: actor.id, name: { zh: actor.name, en: actor.name } } }),

  'open-request': (file, step) => openRequest(file, step),
  'close-request': (file, { now, actor, decision = {}, transition }) =>
    endRequest(file, (request) => ({
      state: transition.outcome ? 'approved' : 'refused',
      decidedBy: actor,
      decidedAt: now,
      decisionNote: decision.note ?? null,
      approvedSeconds:
        transition.outcome && request.kind === 'extension' ? (decision.seconds ?? request.seconds) : null,
    })),
  'lapse-request': (file, { now }) => endRequest(file, () => ({ state: 'lapsed', decidedAt: now })),

  'flag-return': (file, { now }) => change(file, { returnedAt: file.record.returnedAt ?? now }),
  // A postponement moves no clock: it says how the case counts (SPEC section 4).
  'flag-postponement': (file, { now }) => change(file, { postponedAt: file.record.postponedAt ?? now }),
  'extend-limit': (file, step) => {
    const seconds = approvedSecondsOf(file);
    const { extensionSeconds, extendedAt } = file.record;
    const extended = change(file, {
      extensionSeconds: extensionSeconds + seconds,
      extendedAt: extendedAt ?? step.now,
    });
    return moveHandlingLimit(extended, seconds, step);
  },
  'bind-arbitration': (file) => change(file, { arbitrated: true }),
  'change-limit': (file, step) => {
    if (step.limitSeconds === undefined) throw new Error('another limit without seconds');
    const before = timingOfCase({ ...file.record, extensionSeconds: 0 }).handling?.seconds ?? 0;
    const changed = change(file, { ownLimitSeconds: step.limitSeconds });
    return moveHandlingLimit(changed, step.limitSeconds - before, step);
  },

  'add-report': (file, { reports = 1 }) => change(file, { reportCount: file.record.reportCount + reports }),
  'remove-report': (file, { reports = 1 }) =>
    change(file, { reportCount: file.record.reportCount - reports }),
  // Its own count stays: with these reports it comes back when it is unmerged.
  'move-reports': (file, { into }) => change(file, { mergedInto: into ?? null }),
  'fetch-reports': (file, { reports = 0 }) => change(file, { mergedInto: null, reportCount: reports }),

  'end-case': (file, { now }) => change(file, { closedAt: now }),
  'reopen-case': (file) => change(file, { closedAt: null }),

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

function openRequest(file: CaseFile, { ask, actor, now, n, transition, photos = [] }: Taking): CaseFile {
  const { record } = file;
  if (!ask || !record.unit || !transition.asks) throw new Error('a request without what it asks for');
  const { code, name } = record.unit;
  const request: RequestRecord = {
    id: ask.id,
    kind: transition.asks,
    state: 'open',
    unit: { code, name },
    n,
    reason: ask.reason,
    reasonCode: ask.reasonCode ?? null,
    seconds: ask.seconds ?? null,
    requestedBy: { id: actor.id, name: actor.name },
    requestedAt: now,
    arbiter: ask.arbiter ?? null,
    decidedBy: null,
    decidedAt: null,
    decisionNote: null,
    approvedSeconds: null,
    photos: [...photos],
  };
  return change(file, {
    requests: [request, ...record.requests],
    request: { id: request.id, kind: request.kind, unit: code, at: now.toISOString() },
  });
}

function endRequest(
  file: CaseFile,
  end: (
    request: RequestRecord,
  ) => Partial<Pick<RequestRecord, 'decidedBy' | 'decidedAt' | 'decisionNote' | 'approvedSeconds'>> &
    Pick<RequestRecord, 'state'>,
): CaseFile {
  const requests = file.record.requests.map((request) =>
    request.state === 'open' ? { ...request, ...end(request) } : request,
  );
  return openRequestOf(file.record) ? change(file, { requests, request: null }) : file;
}

/** Of the extension just approved. */
function approvedSecondsOf({ record }: CaseFile): number {
  return (
    record.requests.find(({ kind, state }) => kind === 'extension' && state === 'approved')
      ?.approvedSeconds ?? 0
  );
}

/** Gives the handling clock that runs more (or less) time; one that starts later starts with it. */
function moveHandlingLimit(file: CaseFile, seconds: number, { axis }: Taking): CaseFile {
  return {
    ...file,
    clocks: file.clocks.map((clock) =>
      clock.stage === 'handling' && clock.endedAt === null && clock.limitSeconds !== null
        ? { ...clock, ...changeLimit(clock, clock.limitSeconds + seconds, axis) }
        : clock,
    ),
  };
}
