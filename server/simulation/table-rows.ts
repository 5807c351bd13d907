import { v7 as uuid } from 'uuid';
import { dayOf } from '#clock/calendar-day';
import { factsOfFile } from '../cases/case-facts.ts';
import { chainEvents } from '../cases/case-log.ts';
import { roomsOfCase, toCaseSummary, type FullCase } from '../cases/case-record.ts';
import type { ReportRecord } from '../reports/report-record.ts';
import type { CaseCourse } from './case-course.ts';
import type { LivedContest } from './contest-case.ts';
import type { Outcome } from './live-days.ts';
import type { Lived } from './live-case.ts';
import type { Town } from './town.ts';

/** A column's value: JSON where the column is jsonb, text of PostGIS where it is a geometry. */
export type Value = string | number | boolean | null | Date | readonly string[] | { json: unknown };
export type Row = Record<string, Value>;

/** Tables in the order that their foreign keys ask for. */
export const TABLES = [
  'cases',
  'case_events',
  'case_clocks',
  'case_photos',
  'case_requests',
  'case_facts',
  'reports',
  'framings',
  'contests',
  'outbox',
] as const;
export type TableRows = Record<(typeof TABLES)[number], Row[]>;

export interface Numbered {
  day: string;
  /** The last number of the day before these cases, and after them. */
  before: number;
  last: number;
}

/** The days (`20261016`) on which cases of an outcome were filed. */
export function filingDays({ lived }: Outcome, timeZone: string): string[] {
  return [...new Set(lived.flatMap(({ course }) => (course ? [dayTextOf(course, timeZone)] : [])))];
}

function dayTextOf({ file }: CaseCourse, timeZone: string): string {
  return dayOf(file.record.filedAt.getTime(), timeZone).replaceAll('-', '');
}

/** Everything that an outcome puts into the database, numbered on from `last`, chained and counted. */
export function rowsOf(
  town: Town,
  outcome: Outcome,
  last: ReadonlyMap<string, number>,
): { rows: TableRows; numbers: Numbered[] } {
  const rows = Object.fromEntries(TABLES.map((table) => [table, [] as Row[]])) as TableRows;
  const { timeZone } = town.axis;
  const cases = outcome.lived
    .flatMap(({ course }) => (course ? [course] : []))
    .sort((a, b) => a.file.record.filedAt.getTime() - b.file.record.filedAt.getTime());
  const counts = new Map<string, number>();
  const numbers = new Map<string, string>();
  for (const course of cases) {
    const day = dayTextOf(course, timeZone);
    const count = (counts.get(day) ?? last.get(day) ?? 0) + 1;
    counts.set(day, count);
    const district = course.file.record.subdistrictCode.slice(0, 6);
    numbers.set(course.file.record.id, `${district}-${day}-${String(count).padStart(5, '0')}`);
  }
  for (const course of cases) addCase(rows, course, numbers, town.until);
  for (const lived of outcome.lived) addReport(rows, lived);
  for (const report of outcome.attached) rows.reports.push(reportRow(report));
  return {
    rows,
    numbers: [...counts].map(([day, count]) => ({ day, before: last.get(day) ?? 0, last: count })),
  };
}

function addCase(
  rows: TableRows,
  { file, firstEvents, contest }: CaseCourse,
  numbers: ReadonlyMap<string, string>,
  until: number,
): void {
  const { id } = file.record;
  const events = chainEvents(
    file.record,
    file.events.map((event) => nameMerged(event, numbers)),
  );
  const record: FullCase = {
    ...file.record,
    number: numbers.get(id) ?? '',
    version: 1 + events.length - firstEvents,
    eventCount: events.length,
    headHash: events.at(-1)?.hash ?? '',
  };
  rows.cases.push(caseRow(record));
  for (const event of events) {
    rows.case_events.push({
      case_id: id,
      n: event.n,
      at: event.at,
      actor_id: event.actorId,
      actor_name: event.actorName,
      action: event.action,
      from_stage: event.fromStage,
      to_stage: event.toStage,
      payload: { json: event.payload },
      prev_hash: event.prevHash,
      hash: event.hash,
    });
  }
  for (const clock of file.clocks) {
    rows.case_clocks.push({
      id: clock.id,
      case_id: id,
      stage: clock.stage,
      round: clock.round,
      unit_code: clock.unit,
      axis: clock.axis,
      started_at: new Date(clock.startedAt),
      ended_at: toDate(clock.endedAt),
      limit_seconds: clock.limitSeconds,
      used_before_seconds: clock.usedBeforeSeconds,
      used_seconds: clock.usedSeconds,
      due_at: toDate(clock.dueAt),
      warn_at: toDate(clock.warnAt),
    });
  }
  for (const { attachmentId, n } of record.photos) {
    rows.case_photos.push({ case_id: id, n, attachment_id: attachmentId });
  }
  for (const request of record.requests) {
    rows.case_requests.push({
      id: request.id,
      case_id: id,
      kind: request.kind,
      state: request.state,
      unit_code: request.unit.code,
      n: request.n,
      reason: request.reason,
      reason_code: request.reasonCode,
      seconds: request.seconds,
      requested_by: request.requestedBy.id,
      requested_at: request.requestedAt,
      arbiter_id: request.arbiter?.id ?? null,
      decided_by: request.decidedBy?.id ?? null,
      decided_at: request.decidedAt,
      decision_note: request.decisionNote,
      approved_seconds: request.approvedSeconds,
    });
  }
  const ruling = contest?.state === 'upheld' ? contest.wants : null;
  rows.case_facts.push(factsRow({ ...factsOfFile({ ...file, record, events }), ruling }));
  if (contest) rows.contests.push(contestRow(id, contest));
  // Closed ones are history: no screen waits for them.
  if (record.closedAt === null) {
    rows.outbox.push({
      at: new Date(until),
      kind: 'case',
      subject_id: id,
      patch: { json: toCaseSummary(record, new Date(until)) },
      rooms_before: [],
      rooms_after: roomsOfCase(record),
    });
  }
}

/** A case merged into this one is named by its number, known only now. */
function nameMerged(event: CaseCourse['file']['events'][number], numbers: ReadonlyMap<string, string>) {
  const { mergedFrom } = event.payload;
  if (typeof mergedFrom !== 'string') return event;
  return { ...event, payload: { ...event.payload, mergedFrom: numbers.get(mergedFrom) ?? mergedFrom } };
}

function toDate(epochMs: number | null): Date | null {
  return epochMs === null ? null : new Date(epochMs);
}

function pointText({ lon, lat }: { lon: number; lat: number }): string {
  return `SRID=4326;POINT(${lon} ${lat})`;
}

function caseRow(record: FullCase): Row {
  return {
    id: record.id,
    number: record.number,
    class_id: record.classId,
    limit_id: record.limitId,
    kind: record.kind,
    channel: record.channel,
    note: record.note,
    accuracy_metres: record.accuracyMetres,
    cell_code: record.cellCode,
    community_code: record.communityCode,
    subdistrict_code: record.subdistrictCode,
    part_code: record.partCode,
    place: record.place,
    camera_id: record.cameraId,
    still_id: record.stillId,
    stage: record.stage,
    unit_code: record.unit?.code ?? null,
    assistant_codes: record.assistantCodes,
    resolution: { json: record.resolution },
    urgent: record.urgent,
    special: record.special,
    dispatch_count: record.dispatchCount,
    second_notices: record.secondNotices,
    report_count: record.reportCount,
    checker_id: record.checker?.id ?? null,
    version: record.version,
    received_at: record.receivedAt,
    filed_at: record.filedAt,
    stage_since: record.stageSince,
    due_at: record.dueAt,
    warn_at: record.warnAt,
    whole_due_at: record.wholeDueAt,
    whole_warn_at: record.wholeWarnAt,
    supervision_due_at: record.supervisionDueAt,
    supervision_warn_at: record.supervisionWarnAt,
    closed_at: record.closedAt,
    updated_at: record.updatedAt,
    event_count: record.eventCount,
    head_hash: record.headHash,
    no_subject: record.noSubject,
    merged_into: record.mergedInto?.id ?? null,
    postponed_at: record.postponedAt,
    extended_at: record.extendedAt,
    returned_at: record.returnedAt,
    repeated_at: record.repeatedAt,
    extension_seconds: record.extensionSeconds,
    own_limit_seconds: record.ownLimitSeconds,
    arbitrated: record.arbitrated,
    geom: pointText(record.position),
  };
}

function factsRow(facts: ReturnType<typeof factsOfFile>): Row {
  return Object.fromEntries(
    Object.entries(facts).map(([name, value]) => [
      name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
      value as Value,
    ]),
  );
}

function contestRow(caseId: string, contest: LivedContest): Row {
  return {
    id: contest.id,
    case_id: caseId,
    unit_code: contest.unitCode,
    period: contest.period,
    state: contest.state,
    wants: contest.wants,
    reason: contest.reason,
    photos: contest.photos,
    filed_by: contest.filedBy,
    filed_at: contest.filedAt,
    decided_by: contest.decidedBy,
    decided_at: contest.decidedAt,
    decision_note: contest.note,
    version: contest.state === 'open' ? 1 : 2,
  };
}

function addReport(rows: TableRows, { report, framing, course }: Lived): void {
  const into = course?.file.record.mergedInto;
  rows.reports.push(
    reportRow(into ? { ...report, state: 'merged', caseId: into.id, version: report.version + 1 } : report),
  );
  if (!framing || report.createdBy === null) return;
  rows.framings.push({
    id: uuid({ msecs: report.receivedAt.getTime() }),
    report_id: report.id,
    camera_id: framing.cameraId,
    calibration_version: framing.calibrationVersion,
    at: report.receivedAt,
    box: { json: framing.box },
    still_id: null,
    evidence_id: null,
    ellipse: { json: framing.ellipse },
    created_by: report.createdBy,
    footprint: JSON.stringify(framing.footprint),
    ground: pointText(framing.ground),
  });
}

function reportRow(report: ReportRecord): Row {
  const { place } = report;
  return {
    id: report.id,
    channel: report.channel,
    source_key: report.sourceKey,
    class_id: report.classId,
    limit_id: report.limitId,
    text: report.text,
    reporter: { json: report.reporter },
    raw: report.raw === null ? null : { json: report.raw },
    state: report.state,
    state_reason: report.stateReason,
    case_id: report.caseId,
    accuracy_metres: report.accuracyMetres,
    cell_code: place?.cellCode ?? null,
    community_code: place?.communityCode ?? null,
    subdistrict_code: place?.subdistrictCode ?? null,
    part_code: report.partCode,
    created_by: report.createdBy,
    version: report.version,
    received_at: report.receivedAt,
    due_at: report.dueAt,
    warn_at: report.warnAt,
    axis: report.axis,
    decided_at: report.decidedAt,
    geom: place === null ? null : pointText(place.position),
  };
}
