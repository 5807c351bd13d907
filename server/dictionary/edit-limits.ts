import type { LimitRow, NewLimit } from '#contract/dictionary';
import type { Ending } from '#contract/rules';
import type { RegisterChange } from '#contract/history';
import type { SessionUser } from '../access/session-user.ts';
import { ClockError } from '../clock/clock-error.ts';
import { limitSeconds } from '../clock/limits.ts';
import type { Context } from '../context.ts';
import type { Queryable } from '../db/database.ts';
import { appError } from '../errors.ts';
import type { Undo, UndoHow } from '../history/service.ts';
import { daysUndone, keepRuleChanges, keepRuleUndos, type RuleChange } from './keep-rule-changes.ts';
import { findLimitConflicts, type LimitKey } from './limit-overlaps.ts';
import * as repository from './repository.ts';
import { ruleDayOf } from './rule-day.ts';
import { endOf } from './rule-days.ts';
import * as writes from './write-repository.ts';

/** Basis of what this deployment has set itself. */
export const OWN_BASIS = 'own';

/**
 * A limit from a day on. With `replaces` the other one, of the same class, ends on that day; cases filed before keep
 * it. @throws UNKNOWN_CLASS, UNKNOWN_CONDITION, DAY_IN_PAST, RULE_ENDED, LIMIT_OVERLAPS, INVALID_INPUT
 */
export async function addLimit(context: Context, user: SessionUser, body: NewLimit): Promise<LimitRow> {
  const { reason, place, ...given } = body;
  if (!isWholeSeconds(body)) {
    throw appError('INVALID_INPUT', { problems: [{ path: '/amount', message: 'must make whole seconds' }] });
  }
  const at = context.clock.now();
  const today = ruleDayOf(at);
  return context.db.transaction(async (tx) => {
    const known = await writes.lockLimits(tx, given.class);
    if (known.length === 0 && !(await isClass(tx, given.class))) {
      throw appError('UNKNOWN_CLASS', { class: given.class });
    }
    const changes: RuleChange[] = [];
    if (given.replaces !== undefined) {
      const old = known.find(({ id }) => id === given.replaces);
      if (!old) throw appError('UNKNOWN_CONDITION', { class: given.class, condition: given.replaces });
      changes.push(await end(tx, old, endOf(old, given.from, today)));
    }
    const added: writes.StoredLimit = {
      ...given,
      ...(place ? { place } : {}),
      id: await writes.nextLimitId(tx),
      basis: OWN_BASIS,
    };
    await writes.insertLimits(tx, [added]);
    changes.push({ subject: 'limit', code: String(added.id), action: 'add', after: added });
    await requireNoConflicts(tx, added.class);
    await keepRuleChanges(tx, { user, at, reason, action: 'add-limit' }, changes);
    return getLimit(tx, added.id);
  });
}

/** @throws NOT_FOUND, DAY_IN_PAST, RULE_ENDED */
export async function endLimit(
  { db, clock }: Context,
  user: SessionUser,
  id: number,
  { on, reason }: Ending,
): Promise<LimitRow> {
  const at = clock.now();
  return db.transaction(async (tx) => {
    const limit = (await writes.lockLimits(tx)).find((one) => one.id === id);
    if (!limit) throw appError('NOT_FOUND', { limit: id });
    const change = await end(tx, limit, endOf(limit, on, ruleDayOf(at)));
    await keepRuleChanges(tx, { user, at, reason, action: 'end-limit' }, [change]);
    return getLimit(tx, id);
  });
}

async function end(tx: Queryable, limit: writes.StoredLimit, to: string): Promise<RuleChange> {
  await writes.setLimitEnds(tx, [{ id: limit.id, to }]);
  return {
    subject: 'limit',
    code: String(limit.id),
    action: 'retire',
    before: { to: limit.to ?? null },
    after: { to },
  };
}

async function getLimit(db: Queryable, id: number): Promise<LimitRow> {
  const { items } = await repository.listLimits(db, { id, limit: 1 });
  const [row] = items;
  if (!row) throw appError('NOT_FOUND', { limit: id });
  return row;
}

async function isClass(tx: Queryable, id: string): Promise<boolean> {
  return (await writes.lockClasses(tx, id)).length > 0;
}

export function isWholeSeconds({ amount, unit }: Pick<NewLimit, 'amount' | 'unit'>): boolean {
  try {
    return limitSeconds(amount, unit).seconds > 0;
  } catch (error) {
    if (error instanceof ClockError) return false;
    throw error;
  }
}

/** Of the class, or of all. @throws LIMIT_OVERLAPS with the limits that meet */
async function requireNoConflicts(tx: Queryable, classId?: string): Promise<void> {
  const limits = await writes.lockLimits(tx, classId);
  const conflicts = findLimitConflicts(limits.map(keyOf));
  if (conflicts.length > 0)
    throw appError('LIMIT_OVERLAPS', { ...(classId === undefined ? {} : { class: classId }), conflicts });
}

export function keyOf({
  id,
  class: classId,
  condition,
  place,
  isDefault,
  from,
  to,
}: writes.StoredLimit): LimitKey {
  return { id, class: classId, condition: condition.zh, place, isDefault, from, to };
}

/** What was added never held; what was ended goes on. @throws LIMIT_OVERLAPS, NOT_UNDOABLE */
export const undoLimit: Undo = Object.assign(
  (tx: Queryable, change: RegisterChange, how: UndoHow) => undoMany(tx, [change], how),
  { many: undoMany },
);

async function undoMany(tx: Queryable, changes: readonly RegisterChange[], how: UndoHow): Promise<void> {
  const known = new Map((await writes.lockLimits(tx)).map((one) => [String(one.id), one]));
  const undone = changes.map((change) => {
    const limit = known.get(change.code);
    if (!limit) throw appError('NOT_UNDOABLE', { subject: change.subject, code: change.code });
    return { change, limit, to: daysUndone(change, limit.from) };
  });
  await writes.setLimitEnds(
    tx,
    undone.map(({ limit, to }) => ({ id: limit.id, to })),
  );
  await requireNoConflicts(tx);
  await keepRuleUndos(
    tx,
    how,
    undone.map(({ change, limit, to }) => ({ change, before: { to: limit.to ?? null }, after: { to } })),
  );
}
