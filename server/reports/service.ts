import { validate } from 'uuid';
import type {
  AcceptReport,
  MergeReport,
  NewReport,
  RejectReport,
  Report,
  UnmergedReport,
  UnmergeReport,
} from '#contract/reports';
import { answerOf, once } from '../access/idempotency.ts';
import type { SessionUser } from '../access/session-user.ts';
import { openCase, openForReports, saveSteps, stale, stepOf, toCaseDetail } from '../cases/service.ts';
import type { Context } from '../context.ts';
import type { Queryable } from '../db/database.ts';
import { findClass, limitOf } from '../dictionary/service.ts';
import { appError } from '../errors.ts';
import { findPart } from '../parts/service.ts';
import { resolveUnit } from '../units/service.ts';
import { prepareFiling, saveAttachment, saveFiling } from './decide-report.ts';
import { newReport } from './new-report.ts';
import { placeReport } from './place-report.ts';
import { appendReportChange } from './report-change.ts';
import { toReport, type ReportRecord, type ReportState } from './report-record.ts';
import * as repository from './repository.ts';

/**
 * A report from any channel. The same source key of the same sender is the same report, whatever else it says.
 * @throws UNKNOWN_CLASS, UNKNOWN_CONDITION, UNKNOWN_PART, POSITION_OUTSIDE_DISTRICT, IDEMPOTENCY_KEY_REUSED
 */
export async function createReport(
  context: Context,
  user: SessionUser,
  { body, key }: { body: NewReport; key: string | undefined },
): Promise<{ report: Report; repeated: boolean }> {
  const { db } = context;
  const now = context.clock.now();
  const claim = { userId: user.id, key, request: { path: 'reports', body }, at: now };
  type Answer = Awaited<ReturnType<typeof createReport>>;
  const answered = await answerOf<Answer>(db, claim);
  if (answered) return answered;

  const record = await describeReport(context, user, body, now);
  const { sourceKey } = record;
  const known = sourceKey === null ? undefined : await repository.findReportBySource(db, sourceKey);
  if (known) return { report: toReport(known), repeated: true };

  const answer = await db.transaction((tx) =>
    once<Answer>(tx, claim, async () => {
      if (!(await repository.insertReport(tx, record)) && sourceKey !== null) {
        const first = await repository.findReportBySource(tx, sourceKey);
        if (first) return { report: toReport(first), repeated: true };
      }
      await appendReportChange(tx, record, { now });
      return { report: toReport(record), repeated: false };
    }),
  );
  context.publish();
  return answer;
}

async function describeReport(
  context: Context,
  user: SessionUser,
  body: NewReport,
  now: Date,
): Promise<ReportRecord> {
  const { db } = context;
  const entry = body.class === undefined ? undefined : await findClass(db, body.class, now);
  const wanted = {
    ...(body.condition === undefined ? {} : { condition: body.condition }),
    ...(body.place === undefined ? {} : { place: body.place }),
  };
  const limit = entry && (await limitOf(db, entry, now, wanted));
  const place = body.position === undefined ? null : await placeReport(db, body.position);
  if (body.part !== undefined && !(await findPart(db, { kind: 'district', code: '' }, body.part))) {
    throw appError('UNKNOWN_PART', { part: body.part });
  }
  const urgent = limit?.urgent ?? false;
  return {
    ...newReport(context, user, { channel: body.channel, text: body.text ?? '', now, urgent }),
    sourceKey: body.sourceKey === undefined ? null : `${user.username}:${body.sourceKey}`,
    classId: entry?.id ?? null,
    className: entry?.name ?? null,
    // Kept only where it was said: else the condition follows from the place when the report is filed.
    limitId: body.condition === undefined ? null : (limit?.id ?? null),
    reporter: body.reporter ?? {},
    raw: body.place === undefined ? null : { place: body.place },
    accuracyMetres: body.accuracyMetres ?? null,
    place,
    partCode: body.part ?? null,
  };
}

export interface ReportPage {
  state?: ReportState | undefined;
  after?: repository.ReportCursor | undefined;
  limit: number;
}

/** The newest first. `more`: there is a next page. */
export async function listReports(
  { db }: Context,
  user: SessionUser,
  page: ReportPage,
): Promise<{ records: ReportRecord[]; more: boolean }> {
  const records = await repository.listReports(db, user.scope, { ...page, limit: page.limit + 1 });
  return { records: records.slice(0, page.limit), more: records.length > page.limit };
}

interface Decision<Body> {
  id: string;
  body: Body;
  key: string | undefined;
}

/**
 * Verified: the report becomes a case, given to its unit where a rule names one.
 * @throws REPORT_NOT_FOUND, REPORT_DECIDED, STALE_VERSION, CLASS_REQUIRED, POSITION_REQUIRED, and as `createReport`
 */
export async function acceptReport(context: Context, user: SessionUser, decision: Decision<AcceptReport>) {
  return decide(context, user, decision, 'accept', (before, now) =>
    prepareAcceptance(context, user, { before, wanted: decision.body, now }),
  );
}

/** What is wanted goes before what was reported. */
async function prepareAcceptance(
  context: Context,
  user: SessionUser,
  { before, wanted, now }: { before: ReportRecord; wanted: Omit<AcceptReport, 'expectedVersion'>; now: Date },
) {
  const { db } = context;
  const classId = wanted.class ?? before.classId;
  if (classId === null) throw appError('CLASS_REQUIRED');
  const place = wanted.position ? await placeReport(db, wanted.position) : before.place;
  if (place === null) throw appError('POSITION_REQUIRED');
  const entry = await findClass(db, classId, now);
  const sameClass = classId === before.classId;
  const resolution = await resolveUnit(db, {
    class: classId,
    position: place.position,
    part: sameClass ? (before.partCode ?? undefined) : undefined,
    limitId: wanted.condition ?? (sameClass ? (before.limitId ?? undefined) : undefined),
    place: wanted.position ? undefined : before.raw?.place,
    channel: before.raw?.dutyChannel ?? before.channel,
    at: now,
  });
  const report: ReportRecord = {
    ...before,
    classId,
    className: entry.name,
    limitId: resolution.limit.id,
    place,
    partCode: resolution.part?.code ?? null,
  };
  const framing = await repository.findCaseFraming(db, before.id);
  const file = await prepareFiling(context, user, { report, place, entry, resolution, framing, now });
  return (tx: Queryable) => saveFiling(context, tx, user, { report, file, now });
}

/**
 * Takes a report out of the case it was merged into: it waits for a decision again, its filing clock run on since it
 * was received, or with `file` it becomes a case of its own. A report that filed its case stays with it: there the
 * case itself is unmerged.
 * @throws REPORT_NOT_FOUND, REPORT_NOT_MERGED, STALE_VERSION, REASON_REQUIRED, and with `file` as `acceptReport`
 */
export async function unmergeReport(
  context: Context,
  user: SessionUser,
  decision: Decision<UnmergeReport>,
): Promise<UnmergedReport> {
  return decide(context, user, decision, 'unmerge', async (before, now) => {
    const { reason, file: files, expectedVersion: _version, ...wanted } = decision.body;
    if (reason.trim() === '') throw appError('REASON_REQUIRED');
    const source = await openCase(context.db, user.scope, before.caseId ?? '');
    const payload = { report: before.id, reason };
    const file = stepOf(context, user, source, 'detach', { reports: 1, now, payload });
    const accept = files ? await prepareAcceptance(context, user, { before, wanted, now }) : undefined;
    return async (tx: Queryable) => {
      const record = await saveSteps(tx, source.before, file, now);
      if (!record) throw await stale(tx, user, source.before.record.id, now);
      const from = toCaseDetail(record, user, now);
      if (accept) return { ...(await accept(tx)), from };
      return { report: { ...before, state: 'received' as const, caseId: null, decidedAt: null }, from };
    };
  });
}

/** Another message of an open case. @throws REPORT_NOT_FOUND, REPORT_DECIDED, STALE_VERSION, CASE_NOT_FOUND */
export async function mergeReport(context: Context, user: SessionUser, decision: Decision<MergeReport>) {
  return decide(context, user, decision, 'merge', async (before, now) => {
    const target = await openForReports(context.db, user.scope, decision.body.into);
    return (tx: Queryable) => saveAttachment(context, tx, user, { report: before, target, now });
  });
}

/** @throws REPORT_NOT_FOUND, REPORT_DECIDED, STALE_VERSION, REASON_REQUIRED */
export async function rejectReport(
  context: Context,
  user: SessionUser,
  decision: Decision<RejectReport>,
): Promise<{ report: Report }> {
  return decide(context, user, decision, 'reject', (before, now) => {
    const { reason } = decision.body;
    if (reason.trim() === '') throw appError('REASON_REQUIRED');
    const report = { ...before, state: 'rejected' as const, stateReason: reason, decidedAt: now };
    return Promise.resolve(() => Promise.resolve({ report }));
  });
}

/** One decision of one person on one report: `prepare` reads, what it returns writes the rest in the transaction. */
async function decide<Rest extends object>(
  context: Context,
  user: SessionUser,
  { id, body, key }: Decision<{ expectedVersion: number }>,
  action: 'accept' | 'reject' | 'merge' | 'unmerge',
  prepare: (
    before: ReportRecord,
    now: Date,
  ) => Promise<(tx: Queryable) => Promise<Rest & { report: ReportRecord }>>,
): Promise<Omit<Rest, 'report'> & { report: Report }> {
  const { db } = context;
  const now = context.clock.now();
  type Answer = Omit<Rest, 'report'> & { report: Report };
  const claim = { userId: user.id, key, request: { path: `reports/${id}/${action}`, body }, at: now };
  const answered = await answerOf<Answer>(db, claim);
  if (answered) return answered;

  const before = validate(id) ? await repository.findReport(db, user.scope, id) : undefined;
  if (!before) throw appError('REPORT_NOT_FOUND', { reportId: id });
  if (action === 'unmerge') {
    if (before.state !== 'merged') throw appError('REPORT_NOT_MERGED', { report: toReport(before) });
  } else if (before.state !== 'received') throw appError('REPORT_DECIDED', { report: toReport(before) });
  if (before.version !== body.expectedVersion) throw appError('STALE_VERSION', { report: toReport(before) });
  const save = await prepare(before, now);

  const answer = await db.transaction((tx) =>
    once<Answer>(tx, claim, async () => {
      const { report: decided, ...rest } = await save(tx);
      const report = { ...decided, version: before.version + 1 };
      if (!(await repository.updateReport(tx, report, before.version))) throw appError('REPORT_DECIDED');
      await appendReportChange(tx, report, { now, before });
      return { ...rest, report: toReport(report) };
    }),
  );
  context.publish();
  return answer;
}
