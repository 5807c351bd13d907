import { validate } from 'uuid';
import type { Scope } from '#contract/access';
import type { SessionUser } from '../access/session-user.ts';
import type { Queryable } from '../db/database.ts';
import { appError } from '../errors.ts';
import type { CaseClock } from './case-clocks.ts';
import { toCaseDetail, type FullCase } from './case-record.ts';
import { findCase } from './repository.ts';
import type { CaseFile } from './take-step.ts';
import { listClocks, listDispatches } from './write-repository.ts';

export interface OpenCase {
  before: { record: FullCase; clocks: readonly CaseClock[] };
  file: CaseFile;
}

/**
 * Reads a case to work on it, without a lock: writing it checks the version it was read at.
 * @throws CASE_NOT_FOUND, also outside the scope
 */
export async function openCase(db: Queryable, scope: Scope, id: string): Promise<OpenCase> {
  const record = await readCase(db, scope, id);
  const clocks = await listClocks(db, id);
  const dispatches = await listDispatches(db, id);
  return { before: { record, clocks }, file: { record, clocks, dispatches, events: [] } };
}

/** @throws CASE_NOT_FOUND, also outside the scope and for what is no id */
export async function readCase(db: Queryable, scope: Scope, id: string): Promise<FullCase> {
  const record = validate(id) ? await findCase(db, scope, id) : undefined;
  if (!record) throw appError('CASE_NOT_FOUND', { caseId: id });
  return record;
}

/** @throws CASE_NOT_FOUND, ACTION_NOT_ALLOWED when the case is over */
export async function openForReports(db: Queryable, scope: Scope, id: string): Promise<OpenCase> {
  const opened = await openCase(db, scope, id);
  const { stage, closedAt } = opened.before.record;
  if (closedAt !== null) throw appError('ACTION_NOT_ALLOWED', { caseId: id, stage, allowed: [] });
  return opened;
}

/** The error for a change that somebody else's overtook; tells the case as it is now. */
export async function stale(db: Queryable, user: SessionUser, caseId: string, now: Date) {
  return appError('STALE_VERSION', { case: toCaseDetail(await readCase(db, user.scope, caseId), user, now) });
}
