import { v7 as uuid } from 'uuid';
import type { ClassEntry } from '#contract/dictionary';
import type { Names } from '#contract/shared';
import type { Resolution } from '#contract/units';
import { startClock } from '#clock/stage-clock';
import { stageAxis, stageLimits } from '#clock/stages';
import type { WorkAxis } from '#clock/work-axis';
import { stopRunning } from '../cases/case-clocks.ts';
import { timingOfCase, type FullCase } from '../cases/case-record.ts';
import { takeStep, type CaseFile, type TargetUnit } from '../cases/take-step.ts';
import { transitions, type LogAction } from '../cases/workflow.ts';
import type { LimitUnit } from '#clock/limits';
import type { ReportPlace, ReportRecord } from './report-record.ts';

export interface Filing {
  report: ReportRecord;
  place: ReportPlace;
  entry: ClassEntry;
  resolution: Resolution;
  /** The resolved unit; without one the case waits for a dispatcher (无责任主体). */
  unit: TargetUnit | undefined;
  divisionNames: Names[];
  framing: FullCase['framing'];
  actor: { id: string; name: string; username: string; role: string };
  now: Date;
  axis: WorkAxis;
}

/**
 * Files a verified report: the case in stage dispatch, its filing clock run from receipt to now, and, when a rule
 * names the unit, dispatched to it at once. The rule decides then, not the person, so no role is asked for.
 */
export function fileReport(filing: Filing): CaseFile {
  const { report, resolution, unit, actor, now, axis } = filing;
  const record = newRecord(filing);
  const timing = timingOfCase(record);
  const filingClock = startClock(
    {
      stage: 'filing',
      axis: stageAxis('filing', timing),
      startedAt: report.receivedAt,
      limitSeconds: stageLimits.filing,
    },
    axis,
  );
  const clocks = stopRunning([{ id: uuid(), ...filingClock }], now, axis);
  const by = { username: actor.username, role: actor.role };
  const common = { now, axis, actor: { id: actor.id, name: actor.name } };
  const filed = takeStep(
    { record, clocks, dispatches: [], events: [] },
    {
      ...common,
      transition: declared('file'),
      payload: {
        by,
        report: report.id,
        channel: report.channel,
        class: record.classId,
        limit: resolution.limit.id,
        // What the evaluation needs to know of the case, so that the log alone can be counted.
        kind: record.kind,
        urgent: record.urgent,
        special: record.special,
        cell: record.cellCode,
        community: record.communityCode,
        subdistrict: record.subdistrictCode,
        receivedAt: record.receivedAt.toISOString(),
        ...(report.createdBy === null ? {} : { reporter: report.createdBy }),
      },
    },
  );
  if (!unit) return filed;
  return takeStep(filed, {
    ...common,
    transition: declared('dispatch'),
    unit,
    assistants: resolution.assistants,
    payload: { by, automatic: true, why: resolution.why },
  });
}

function declared(action: LogAction) {
  const transition = transitions.find((step) => step.action === action);
  if (!transition) throw new Error(`the workflow declares no ${action}`);
  return transition;
}

function newRecord({ report, place, entry, resolution, divisionNames, framing, now }: Filing): FullCase {
  const { limit } = resolution;
  return {
    id: uuid(),
    number: '',
    stage: 'dispatch',
    version: 1,
    classId: entry.id,
    className: entry.name,
    kind: entry.kind,
    channel: report.channel,
    position: place.position,
    accuracyMetres: report.accuracyMetres ?? 0,
    cellCode: place.cellCode,
    communityCode: place.communityCode,
    subdistrictCode: place.subdistrictCode,
    partCode: resolution.part?.code ?? null,
    unit: null,
    assistantCodes: [],
    cameraId: report.cameraId,
    stillId: report.stillId,
    note: report.text,
    urgent: limit.urgent,
    special: limit.special,
    limit: { amount: limit.amount, unit: limit.unit as LimitUnit },
    dispatchCount: 0,
    secondNotices: 0,
    reportCount: 1,
    receivedAt: report.receivedAt,
    filedAt: now,
    stageSince: now,
    updatedAt: now,
    closedAt: null,
    dueAt: null,
    warnAt: null,
    wholeDueAt: null,
    wholeWarnAt: null,
    supervisionDueAt: null,
    supervisionWarnAt: null,
    noSubject: resolution.unit === undefined,
    postponedAt: null,
    extendedAt: null,
    returnedAt: null,
    repeatedAt: null,
    extensionSeconds: 0,
    ownLimitSeconds: null,
    request: null,
    checker: null,
    mergedInto: null,
    limitId: limit.id,
    place: resolution.place ?? null,
    resolution,
    assistants: [],
    divisionNames,
    framing,
    photos: [],
    requests: [],
    mergedFrom: [],
    arbitrated: false,
    fedBackBy: null,
    eventCount: 0,
    headHash: '',
  };
}
