import { validate } from 'uuid';
import type { DecidedReport, Report } from '#contract/reports';
import { answerOf, once } from '../access/idempotency.ts';
import type { SessionUser } from '../access/session-user.ts';
import { saveSteps, stale, stepOf, toCaseDetail, openCase } from '../cases/service.ts';
import type { Context } from '../context.ts';
import { appError } from '../errors.ts';
import { appendReportChange } from './report-change.ts';
import { toReport } from './report-record.ts';
import { findOwnFraming, updateReport } from './repository.ts';

/** A framing can be undone this long by whoever made it. */
export const UNDO_MS = 10_000;

type Undone = { report: Report; case?: DecidedReport['case'] };

/**
 * Takes a framing back: a case filed by it becomes void, one it was attached to loses the report, and a plain report
 * is rejected. All of it is logged, nothing is deleted.
 * @throws REPORT_NOT_FOUND unless this person made it, UNDO_EXPIRED after ten seconds, REPORT_DECIDED when somebody
 *   has decided it or it is undone already, ACTION_NOT_ALLOWED when its case has gone on
 */
export async function undoFraming(
  context: Context,
  user: SessionUser,
  { id, key }: { id: string; key: string | undefined },
): Promise<Undone> {
  const { db } = context;
  const now = context.clock.now();
  const claim = { userId: user.id, key, request: { path: `framings/${id}/undo` }, at: now };
  const answered = await answerOf<Undone>(db, claim);
  if (answered) return answered;

  const before = validate(id) ? await findOwnFraming(db, user.id, id) : undefined;
  if (!before) throw appError('REPORT_NOT_FOUND', { framingId: id });
  if (now.getTime() - before.receivedAt.getTime() > UNDO_MS) throw appError('UNDO_EXPIRED');
  if (before.state === 'rejected') throw appError('REPORT_DECIDED', { state: before.state });
  const opened = before.caseId === null ? undefined : await openCase(db, user.scope, before.caseId);
  const step = { reports: 1, now, payload: { report: before.id, reason: 'undone' } };
  const file = opened && stepOf(context, user, opened, before.state === 'filed' ? 'undo' : 'detach', step);
  const report = {
    ...before,
    state: 'rejected' as const,
    stateReason: 'undone',
    caseId: before.state === 'merged' ? null : before.caseId,
    version: before.version + 1,
    decidedAt: now,
  };

  const undone = await db.transaction((tx) =>
    once<Undone>(tx, claim, async () => {
      const record = opened && file && (await saveSteps(tx, opened.before, file, now));
      if (opened && !record) throw await stale(tx, user, opened.before.record.id, now);
      if (!(await updateReport(tx, report, before.version))) throw appError('REPORT_DECIDED');
      await appendReportChange(tx, report, { now, before });
      return { report: toReport(report), ...(record ? { case: toCaseDetail(record, user, now) } : {}) };
    }),
  );
  context.publish();
  return undone;
}
