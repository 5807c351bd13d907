import type { Queryable } from '../db/database.ts';
import { appendOutbox } from '../realtime/outbox.ts';
import { roomsOfReport, toReport, type ReportRecord } from './report-record.ts';
import { findDistrictCode } from './repository.ts';

/** Tells of a report in the transaction that changes it; `before` is what it was, absent for a new one. */
export async function appendReportChange(
  tx: Queryable,
  report: ReportRecord,
  { now, before }: { now: Date; before?: ReportRecord },
): Promise<void> {
  const placeless = report.place === null || (before !== undefined && before.place === null);
  const district = placeless ? await findDistrictCode(tx) : '';
  await appendOutbox(tx, {
    at: now,
    kind: 'report',
    id: report.id,
    patch: toReport(report),
    roomsBefore: before ? roomsOfReport(before, district) : [],
    roomsAfter: roomsOfReport(report, district),
  });
}
