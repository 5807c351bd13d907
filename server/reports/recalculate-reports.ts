import { ClockError } from '#clock/clock-error';
import { startClock } from '#clock/stage-clock';
import { stageLimits } from '#clock/stages';
import type { Context } from '../context.ts';
import type { Queryable } from '../db/database.ts';
import { findClass, limitOf } from '../dictionary/service.ts';
import { AppError } from '../errors.ts';
import { appendReportChange } from './report-change.ts';
import type { ReportRecord } from './report-record.ts';
import { listReports, updateReportDeadline, type ReportCursor } from './repository.ts';

const PAGE = 200;

/** Computes the filing clocks of waiting reports anew, after working time changed. @returns how many moved */
export async function recalculateReports({
  db,
  clock,
  axis,
}: Pick<Context, 'db' | 'clock' | 'axis'>): Promise<number> {
  let moved = 0;
  let after: ReportCursor | undefined;
  for (;;) {
    const page = await listReports(
      db,
      { kind: 'district', code: '' },
      { state: 'received', after, limit: PAGE },
    );
    for (const report of page) {
      const deadline = await filingDeadline(db, report, axis.current());
      if (!deadline) continue;
      const { dueAt, warnAt } = deadline;
      if (dueAt.getTime() === report.dueAt.getTime() && warnAt.getTime() === report.warnAt.getTime())
        continue;
      const next = { ...report, ...deadline, version: report.version + 1 };
      await db.transaction(async (tx) => {
        // Decided meanwhile: its clock has stopped.
        if (!(await updateReportDeadline(tx, next, report.version))) return;
        await appendReportChange(tx, next, { now: clock.now(), before: report });
        moved += 1;
      });
    }
    const last = page.at(-1);
    if (!last || page.length < PAGE) return moved;
    after = { receivedAt: last.receivedAt, id: last.id };
  }
}

async function filingDeadline(db: Queryable, report: ReportRecord, axis: Parameters<typeof startClock>[1]) {
  try {
    const {
      dueAt,
      warnAt,
      axis: of,
    } = startClock(
      {
        stage: 'filing',
        axis: (await isUrgent(db, report)) ? 'natural' : 'working',
        startedAt: report.receivedAt,
        limitSeconds: stageLimits.filing,
      },
      axis,
    );
    return dueAt === null || warnAt === null
      ? undefined
      : { axis: of, dueAt: new Date(dueAt), warnAt: new Date(warnAt) };
  } catch (error) {
    if (error instanceof ClockError) return undefined;
    throw error;
  }
}

/** As it was decided when the report came in: by its class, condition and kind of place. */
async function isUrgent(
  db: Queryable,
  { classId, limitId, raw, receivedAt }: ReportRecord,
): Promise<boolean> {
  if (classId === null) return false;
  try {
    const limit = await limitOf(db, await findClass(db, classId, receivedAt), receivedAt, {
      ...(limitId === null ? {} : { condition: limitId }),
      ...(raw?.place === undefined ? {} : { place: raw.place }),
    });
    return limit.urgent;
  } catch (error) {
    // The class went with its set, or has no limit any more.
    if (error instanceof AppError) return false;
    throw error;
  }
}
