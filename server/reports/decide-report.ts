import type { CaseDetail } from '#contract/cases';
import type { ClassEntry } from '#contract/dictionary';
import type { Resolution } from '#contract/units';
import type { SessionUser } from '../access/session-user.ts';
import {
  findUnits,
  keepingClock,
  saveNewCase,
  saveSteps,
  stale,
  stepOf,
  toCaseDetail,
  type CaseFile,
  type FullCase,
  type OpenCase,
} from '../cases/service.ts';
import type { Context } from '../context.ts';
import type { Queryable } from '../db/database.ts';
import { fileReport } from './file-report.ts';
import { divisionNamesOf } from './place-report.ts';
import type { ReportPlace, ReportRecord } from './report-record.ts';

/** A report with what was decided of it, and the case it belongs to now. */
export interface Decided {
  report: ReportRecord;
  case: CaseDetail;
}

export interface FilingRequest {
  report: ReportRecord;
  place: ReportPlace;
  entry: ClassEntry;
  resolution: Resolution;
  framing: FullCase['framing'];
  now: Date;
}

/** Everything about filing that can be done before the transaction. @throws DEADLINE_OUTSIDE_CALENDAR */
export async function prepareFiling(
  { db, axis }: Context,
  user: SessionUser,
  request: FilingRequest,
): Promise<CaseFile> {
  const { resolution, place } = request;
  const [unit] = resolution.unit ? await findUnits(db, [resolution.unit.code]) : [];
  const divisionNames = await divisionNamesOf(db, place);
  return keepingClock(() =>
    fileReport({
      ...request,
      unit,
      divisionNames,
      actor: { id: user.id, name: user.name.zh, username: user.username, role: user.role },
      axis: axis.current(),
    }),
  );
}

/** Writes the case; the report as it is then is the caller's to write. */
export async function saveFiling(
  { config }: Context,
  tx: Queryable,
  user: SessionUser,
  { report, file, now }: { report: ReportRecord; file: CaseFile; now: Date },
): Promise<Decided> {
  const record = await saveNewCase(tx, file, { now, timeZone: config.timeZone });
  return {
    report: { ...report, state: 'filed', caseId: record.id, decidedAt: now },
    case: toCaseDetail(record, user, now),
  };
}

/** Writes that a case has one more report; the report as it is then is the caller's to write. @throws STALE_VERSION */
export async function saveAttachment(
  context: Context,
  tx: Queryable,
  user: SessionUser,
  { report, target, now }: { report: ReportRecord; target: OpenCase; now: Date },
): Promise<Decided> {
  const payload = { report: report.id, channel: report.channel };
  const file = stepOf(context, user, target, 'attach', { reports: 1, now, payload });
  const record = await saveSteps(tx, target.before, file, now);
  if (!record) throw await stale(tx, user, target.before.record.id, now);
  return {
    report: { ...report, state: 'merged', caseId: record.id, decidedAt: now },
    case: toCaseDetail(record, user, now),
  };
}
