import type { Kind } from '#contract/dictionary';
import type { CaseDetail, CaseSummary, Stage } from '#contract/cases';
import type { RequestKind } from '#contract/requests';
import type { Light, LonLat, Names } from '#contract/shared';
import type { Resolution } from '#contract/units';
import { lightAt } from '#clock/deadline';
import { limitSeconds, type LimitUnit } from '#clock/limits';
import { stageAxis, type CaseTiming, type ClockStage } from '#clock/stages';
import { openRequestOf, toCaseRequest, type RequestRecord } from './case-request.ts';
import { allowedActions, type Actor, type WorkflowCase } from './workflow.ts';

/** A case in lists: its row, with the names the wire carries. */
export interface CaseRecord {
  id: string;
  number: string;
  stage: Stage;
  version: number;
  classId: string;
  className: Names;
  kind: Kind;
  channel: string;
  position: LonLat;
  accuracyMetres: number;
  cellCode: string;
  communityCode: string;
  subdistrictCode: string;
  partCode: string | null;
  unit: { code: string; name: Names; phone: string } | null;
  assistantCodes: string[];
  cameraId: string | null;
  stillId: string | null;
  note: string;
  urgent: boolean;
  special: boolean;
  limit: { amount: number; unit: LimitUnit };
  dispatchCount: number;
  secondNotices: number;
  reportCount: number;
  receivedAt: Date;
  filedAt: Date;
  stageSince: Date;
  updatedAt: Date;
  closedAt: Date | null;
  dueAt: Date | null;
  warnAt: Date | null;
  wholeDueAt: Date | null;
  wholeWarnAt: Date | null;
  supervisionDueAt: Date | null;
  supervisionWarnAt: Date | null;
  noSubject: boolean;
  postponedAt: Date | null;
  extendedAt: Date | null;
  returnedAt: Date | null;
  repeatedAt: Date | null;
  /** Added to the handling limit of the unit that has the case. */
  extensionSeconds: number;
  /** A dispatcher's own limit for an urgent case. */
  ownLimitSeconds: number | null;
  /** A request that waits for a decision. */
  request: { id: string; kind: RequestKind; unit: string; at: string } | null;
  checker: { id: string; name: Names } | null;
  mergedInto: { id: string; number: string } | null;
}

/** What one case shows beyond the list, and what its next action needs. */
export interface CaseExtras {
  limitId: number;
  place: string | null;
  resolution: Resolution;
  assistants: { code: string; name: Names }[];
  divisionNames: Names[];
  framing: CaseDetail['framing'] | null;
  photos: CaseDetail['photos'];
  /** All requests, the newest first. */
  requests: RequestRecord[];
  mergedFrom: { id: string; number: string }[];
  /** An arbiter decided about a return; the unit may not return the case again. */
  arbitrated: boolean;
  fedBackBy: string | null;
  eventCount: number;
  headHash: string;
}

export type FullCase = CaseRecord & CaseExtras;

/** What decides the limits and the time of the case's clocks. */
export function timingOfCase({
  urgent,
  special,
  limit,
  ownLimitSeconds,
  extensionSeconds,
}: Pick<CaseRecord, 'urgent' | 'special' | 'limit' | 'ownLimitSeconds' | 'extensionSeconds'>): CaseTiming {
  const { seconds, axis } = limitSeconds(limit.amount, limit.unit);
  return {
    urgent,
    special,
    handling: { seconds: (ownLimitSeconds ?? seconds) + extensionSeconds, axis },
  };
}

/** A finished case has no running stage; its last step ran in the time of closing. */
export function clockStageOf(stage: Stage): ClockStage | null {
  return stage === 'closed' || stage === 'void' ? null : stage;
}

/** From when on the whole case's clock stands still: finished, or in an untimed stage. */
function wholeStoppedAt({ closedAt, stage, special, stageSince }: CaseRecord): Date | null {
  return closedAt ?? (special && stage === 'send-for-check' ? stageSince : null);
}

export function isUrged({ supervisionDueAt }: CaseRecord, now: Date): boolean {
  return supervisionDueAt !== null && supervisionDueAt > now;
}

export function workflowCaseOf(record: FullCase, now: Date): WorkflowCase {
  const request = openRequestOf(record);
  return {
    stage: record.stage,
    unitCode: record.unit?.code ?? null,
    assistantCodes: record.assistantCodes,
    resolvedUnit: record.resolution.unit?.code ?? null,
    noSubject: record.noSubject,
    urgent: record.urgent,
    fedBackBy: record.fedBackBy,
    urged: isUrged(record, now),
    reportCount: record.reportCount,
    returned: record.returnedAt !== null,
    arbitrated: record.arbitrated,
    postponed: record.postponedAt !== null,
    request: request
      ? {
          kind: request.kind,
          askedBy: request.requestedBy.id,
          arbiterId: request.arbiter === null || request.arbiter.gone ? null : request.arbiter.id,
        }
      : null,
    checkerId: record.checker?.id ?? null,
    onCamera: record.cameraId !== null,
    merged: record.mergedInto !== null,
  };
}

/**
 * The wire form at `now`. A clock that stands still (a finished case, the whole case in an untimed stage) carries its
 * frozen light without instants, so that no screen turns it on.
 */
export function toCaseSummary(record: CaseRecord, now: Date): CaseSummary {
  const clockStage = clockStageOf(record.stage);
  const wholeStopped = wholeStoppedAt(record);
  return {
    id: record.id,
    number: record.number,
    stage: record.stage,
    version: record.version,
    class: record.classId,
    className: record.className,
    kind: record.kind,
    channel: record.channel,
    position: record.position,
    accuracyMetres: record.accuracyMetres,
    cell: { code: record.cellCode },
    communityCode: record.communityCode,
    subdistrictCode: record.subdistrictCode,
    ...(record.partCode === null ? {} : { part: { code: record.partCode } }),
    ...(record.unit === null ? {} : { unit: record.unit }),
    ...(record.cameraId === null ? {} : { cameraId: record.cameraId }),
    ...(record.stillId === null ? {} : { stillId: record.stillId }),
    note: record.note,
    urgent: record.urgent,
    special: record.special,
    secondNotices: record.secondNotices,
    reportCount: record.reportCount,
    timing: clockStage === null ? 'natural' : stageAxis(clockStage, timingOfCase(record)),
    receivedAt: record.receivedAt.toISOString(),
    filedAt: record.filedAt.toISOString(),
    stageSince: record.stageSince.toISOString(),
    updatedAt: record.updatedAt.toISOString(),
    ...(record.closedAt === null ? {} : { closedAt: record.closedAt.toISOString() }),
    ...toFace(record.dueAt, record.warnAt, now),
    whole:
      wholeStopped === null
        ? toFace(record.wholeDueAt, record.wholeWarnAt, now)
        : { light: lightAt({ dueAt: record.wholeDueAt, warnAt: record.wholeWarnAt }, wholeStopped) },
    ...(record.supervisionDueAt === null
      ? {}
      : { supervision: toFace(record.supervisionDueAt, record.supervisionWarnAt, now) }),
    flags: toFlags(record),
    dispatchCount: record.dispatchCount,
    ...(record.noSubject ? { noSubject: true } : {}),
    ...(record.request === null ? {} : { request: record.request }),
    ...(record.checker === null ? {} : { checker: record.checker }),
    ...(record.mergedInto === null ? {} : { mergedInto: record.mergedInto }),
  };
}

function toFlags({ postponedAt, extendedAt, returnedAt, repeatedAt }: CaseRecord): CaseSummary['flags'] {
  return {
    ...(postponedAt === null ? {} : { postponedAt: postponedAt.toISOString() }),
    ...(extendedAt === null ? {} : { extendedAt: extendedAt.toISOString() }),
    ...(returnedAt === null ? {} : { returnedAt: returnedAt.toISOString() }),
    ...(repeatedAt === null ? {} : { repeatedAt: repeatedAt.toISOString() }),
  };
}

export function toCaseDetail(record: FullCase, actor: Actor, now: Date): CaseDetail {
  const { limit, why, candidates, proposed } = record.resolution;
  const subject = { caseId: record.id, caseNumber: record.number, className: record.className };
  return {
    ...toCaseSummary(record, now),
    condition: { id: limit.id, condition: limit.condition, closingCondition: limit.closingCondition },
    assistants: record.assistants,
    divisionNames: record.divisionNames,
    ...(record.place === null ? {} : { place: record.place }),
    why,
    candidates,
    allowed: allowedActions(workflowCaseOf(record, now), actor),
    requests: record.requests.map((request) => toCaseRequest(request, subject)),
    ...(proposed === undefined ? {} : { proposed }),
    mergedFrom: record.mergedFrom,
    ...(record.framing ? { framing: record.framing } : {}),
    photos: record.photos,
  };
}

function toFace(
  dueAt: Date | null,
  warnAt: Date | null,
  now: Date,
): { dueAt?: string; warnAt?: string; light: Light } {
  return {
    ...(dueAt === null ? {} : { dueAt: dueAt.toISOString() }),
    ...(warnAt === null ? {} : { warnAt: warnAt.toISOString() }),
    light: lightAt({ dueAt, warnAt }, now),
  };
}

/** Who hears of a case: its divisions, and the units that lead or assist (rooms of DESIGN section 4). */
export function roomsOfCase(
  record: Pick<CaseRecord, 'subdistrictCode' | 'communityCode' | 'unit' | 'assistantCodes'>,
): string[] {
  const units = record.unit ? [record.unit.code, ...record.assistantCodes] : record.assistantCodes;
  return [...roomsOfArea(record), ...units.map((code) => `unit:${code}`)];
}

export function roomsOfArea({
  subdistrictCode,
  communityCode,
}: {
  subdistrictCode: string;
  communityCode: string;
}) {
  return [
    `district:${subdistrictCode.slice(0, 6)}`,
    `subdistrict:${subdistrictCode}`,
    `community:${communityCode}`,
  ];
}
