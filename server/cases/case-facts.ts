import type { Stage } from '#contract/cases';
import type { Dispatch } from '#clock/handling-start';
import { toEpochMs } from '#clock/instant';
import type { StageClock } from '#clock/stage-clock';
import type { CaseFacts, Ruling } from '../evaluation/case-facts.ts';
import type { CaseEvent } from './case-log.ts';
import type { FullCase } from './case-record.ts';
import type { CaseFile } from './take-step.ts';

/** Of a clock, what decides how a case counts. */
export type CountedClock = Pick<
  StageClock,
  'stage' | 'unit' | 'startedAt' | 'endedAt' | 'limitSeconds' | 'usedSeconds' | 'dueAt'
>;

type Fixed =
  | 'caseId'
  | 'number'
  | 'classId'
  | 'kind'
  | 'channel'
  | 'urgent'
  | 'special'
  | 'subdistrictCode'
  | 'communityCode'
  | 'cellCode'
  | 'reporterId'
  | 'receivedAt'
  | 'filedAt';

type Flags = 'postponedAt' | 'extendedAt' | 'returnedAt' | 'repeatedAt';

/** A case as its rows say it is now, or as its log says it was at some instant: both are counted by `factsOf`. */
export interface CountedCase extends Pick<
  CaseFacts,
  Fixed | Flags | 'merged' | 'unitCode' | 'extensionSeconds' | 'checkerId' | 'ruling'
> {
  stage: Stage;
  /** When it was closed or voided. */
  endedAt: Date | null;
  /** In order of start. */
  clocks: readonly CountedClock[];
  dispatches: readonly Dispatch[];
}

/** What the evaluation knows of a case (SPEC section 5, R7). */
export function factsOf(counted: CountedCase): CaseFacts {
  const { stage, endedAt, dispatches, unitCode } = counted;
  const steps = counted.clocks.filter((clock) => clock.stage !== 'supervision');
  const handling = steps.findLast((clock) => clock.stage === 'handling');
  // A check clock that only stopped (a void, a merge) was no check: a check is followed by closing or handling.
  const checks = steps.filter(
    (clock, n) => clock.stage === 'check' && ['closing', 'handling'].includes(steps[n + 1]?.stage ?? ''),
  );
  const failed = steps.filter(
    (clock, n) => clock.stage === 'check' && steps[n + 1]?.stage === 'handling',
  ).length;
  const isFedBack = ['send-for-check', 'check', 'closing', 'closed'].includes(stage);
  const first = dispatches[0];
  return {
    caseId: counted.caseId,
    number: counted.number,
    classId: counted.classId,
    kind: counted.kind,
    channel: counted.channel,
    urgent: counted.urgent,
    special: counted.special,
    subdistrictCode: counted.subdistrictCode,
    communityCode: counted.communityCode,
    cellCode: counted.cellCode,
    reporterId: counted.reporterId,
    receivedAt: counted.receivedAt,
    filedAt: counted.filedAt,
    filedInTime: isKept(steps.find((clock) => clock.stage === 'filing')),
    firstDispatchedAt: first ? new Date(toEpochMs(first.at)) : null,
    dispatchedInTime: first ? isKept(steps.find((clock) => clock.stage === 'dispatch')) : null,
    dispatches: dispatches.length,
    unitCode,
    unitDispatches: ordinalOf(dispatches, unitCode),
    dueAt: toDate(handling?.dueAt),
    limitSeconds: handling?.limitSeconds ?? null,
    extensionSeconds: counted.extensionSeconds,
    usedSeconds: handling?.usedSeconds ?? null,
    fedBackAt: isFedBack ? toDate(handling?.endedAt) : null,
    checks: checks.length,
    checksInTime: checks.filter(isKept).length,
    failedChecks: failed,
    checkerId: counted.checkerId,
    closedAt: stage === 'closed' ? endedAt : null,
    closedInTime: stage === 'closed' ? isKept(steps.findLast((clock) => clock.stage === 'closing')) : null,
    voidedAt: stage === 'void' ? endedAt : null,
    merged: stage === 'void' && counted.merged,
    postponedAt: counted.postponedAt,
    extendedAt: counted.extendedAt,
    returnedAt: counted.returnedAt,
    repeatedAt: counted.repeatedAt,
    ruling: counted.ruling,
  };
}

/** The facts of a case just filed, or after steps. Who checked last, and a ruling, are told only when they are new. */
export function factsOfFile({ record, clocks, dispatches, events }: CaseFile): CaseFacts {
  const reporter = events.find(({ action }) => action === 'file')?.payload.reporter;
  return factsOf({
    ...fixedFacts(record),
    reporterId: typeof reporter === 'string' ? reporter : null,
    merged: record.mergedInto !== null,
    unitCode: record.unit?.code ?? null,
    extensionSeconds: record.extensionSeconds,
    checkerId: events.findLast(({ action }) => action === 'check')?.actorId ?? null,
    postponedAt: record.postponedAt,
    extendedAt: record.extendedAt,
    returnedAt: record.returnedAt,
    repeatedAt: record.repeatedAt,
    ruling: rulingOf(events),
    stage: record.stage,
    endedAt: record.closedAt,
    clocks,
    dispatches,
  });
}

/** What the last contest that was upheld made of the case. */
export function rulingOf(events: readonly Pick<CaseEvent, 'action' | 'payload'>[]): Ruling | null {
  const upheld = events.findLast(
    ({ action, payload }) => action === 'rule-on-contest' && payload.upheld === true,
  );
  const ruling = upheld?.payload.ruling;
  return ruling === 'left-out' || ruling === 'in-time' ? ruling : null;
}

function fixedFacts(record: FullCase) {
  const { id: caseId, number, classId, kind, channel, urgent, special } = record;
  const { subdistrictCode, communityCode, cellCode, receivedAt, filedAt } = record;
  return {
    caseId,
    number,
    classId,
    kind,
    channel,
    urgent,
    special,
    subdistrictCode,
    communityCode,
    cellCode,
    receivedAt,
    filedAt,
  };
}

/** A clock that ran within its limit, or had none. */
function isKept(clock: CountedClock | undefined): boolean {
  if (!clock || clock.usedSeconds === null) return false;
  return clock.limitSeconds === null || clock.usedSeconds <= clock.limitSeconds;
}

/** Which dispatch to the unit this is, as `handlingStart` counts: those after a return are not counted anew. */
function ordinalOf(dispatches: readonly Dispatch[], unitCode: string | null): number {
  const own = dispatches.filter(({ unit }) => unit === unitCode);
  if (own.length === 0) return 0;
  return 1 + own.slice(1).filter(({ cause }) => cause === 'repeat').length;
}

function toDate(epochMs: number | null | undefined): Date | null {
  return epochMs === null || epochMs === undefined ? null : new Date(epochMs);
}
