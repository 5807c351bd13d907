import type { ActionBody } from '#contract/cases';
import type { SessionUser } from '../access/session-user.ts';
import type { Context } from '../context.ts';
import type { Queryable } from '../db/database.ts';
import { appError } from '../errors.ts';
import type { FullCase } from './case-record.ts';
import { openCase, stale, type OpenCase } from './open-case.ts';
import { stepOf } from './report-steps.ts';
import { saveSteps } from './save-case.ts';
import type { Transition } from './workflow.ts';
import {
  findGoingOn,
  findMergedReports,
  keepReportsOf,
  listReportIds,
  moveReports,
} from './write-repository.ts';

/** The other case of a merge (its target) or an unmerge (where the reports are now), and the reports that move. */
export interface OtherCase {
  kind: 'target' | 'source';
  opened: OpenCase;
  reference: { id: string; number: string };
  reports: string[];
}

/**
 * The other case that a transition changes too, where there is one.
 * @throws CASE_NOT_FOUND, ACTION_NOT_ALLOWED when the target is over, INVALID_INPUT when it is this case
 */
export async function openOther(
  { db }: Context,
  user: SessionUser,
  record: FullCase,
  { effects }: Transition,
  { into }: ActionBody,
): Promise<OtherCase | undefined> {
  if (effects.includes('move-reports')) {
    if (into === undefined || into === record.id) {
      throw appError('INVALID_INPUT', { problems: [{ path: '/into', message: 'must name another case' }] });
    }
    const target = await openCase(db, user.scope, into);
    const { stage, closedAt, id, number } = target.before.record;
    if (closedAt !== null) throw appError('ACTION_NOT_ALLOWED', { stage, case: into, allowed: [] });
    const reports = await listReportIds(db, record.id);
    return { kind: 'target', opened: target, reference: { id, number }, reports };
  }
  if (effects.includes('fetch-reports') && record.mergedInto !== null) {
    const source = await openCase(db, user.scope, await findGoingOn(db, record.mergedInto.id));
    const { id, number } = source.before.record;
    const own = await findMergedReports(db, record.id);
    const reports = await keepReportsOf(db, id, own);
    return { kind: 'source', opened: source, reference: { id, number }, reports };
  }
  return undefined;
}

/** Moves the reports, and says so in the other case's log. @throws STALE_VERSION when that one changed meanwhile */
export async function saveOther(
  context: Context,
  tx: Queryable,
  user: SessionUser,
  record: FullCase,
  { kind, opened, reference, reports }: OtherCase,
  now: Date,
): Promise<void> {
  const file = stepOf(context, user, opened, kind === 'target' ? 'attach' : 'detach', {
    reports: reports.length,
    now,
    payload: kind === 'target' ? { mergedFrom: record.number } : { unmerged: record.number },
  });
  if (!(await saveSteps(tx, opened.before, file, now))) throw await stale(tx, user, reference.id, now);
  const [fromId, intoId] = kind === 'target' ? [record.id, reference.id] : [reference.id, record.id];
  await moveReports(tx, { ids: reports, fromId, intoId });
}
