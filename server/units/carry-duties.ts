import type { Queryable } from '../db/database.ts';
import * as duties from './duty-repository.ts';
import { OWN_BASIS } from './edit-duties.ts';

export type { StoredDuty } from './duty-repository.ts';

/** Duties for one class: those for a whole kind hold in every set of classes. */
export async function listDutiesToCarry(db: Queryable): Promise<(duties.StoredDuty & { class: string })[]> {
  const all = await duties.listStoredDuties(db);
  return all.flatMap((duty) => (duty.class === undefined ? [] : [{ ...duty, class: duty.class }]));
}

/** Duties of one set of classes as duties of another, with numbers of their own. */
export async function insertCarriedDuties(
  tx: Queryable,
  carried: readonly duties.StoredDuty[],
): Promise<duties.StoredDuty[]> {
  const known = await duties.lockDuties(tx);
  const last = Math.max(0, ...known.map(({ id }) => id));
  const numbered = carried.map((duty, index): duties.StoredDuty => ({
    ...duty,
    id: last + 1 + index,
    replaces: undefined,
    basis: OWN_BASIS,
  }));
  await duties.insertDuties(tx, numbered);
  return numbered;
}
