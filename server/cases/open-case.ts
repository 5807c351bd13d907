import { validate } from 'uuid';
import type { Scope } from '#contract/access';
import type { Queryable } from '../db/database.ts';
import { appError } from '../errors.ts';
import type { CaseClock } from './case-clocks.ts';
import type { FullCase } from './case-record.ts';
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
