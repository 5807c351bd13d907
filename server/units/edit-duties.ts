import type { Duty, NewDuty } from '#contract/units';
import type { Ending } from '#contract/rules';
import type { RegisterChange } from '#contract/history';
import type { SessionUser } from '../access/session-user.ts';
import type { Context } from '../context.ts';
import type { Queryable } from '../db/database.ts';
import { findAnyClass } from '../dictionary/service.ts';
import {
  daysUndone,
  keepRuleChanges,
  keepRuleUndos,
  type RuleChange,
} from '../dictionary/keep-rule-changes.ts';
import { ruleDayOf } from '../dictionary/rule-day.ts';
import { endOf } from '../dictionary/rule-days.ts';
import { appError } from '../errors.ts';
import type { Undo, UndoHow } from '../history/service.ts';
import * as duties from './duty-repository.ts';
import { lockUnits } from './repository.ts';

/** Basis of what this deployment has set itself. */
export const OWN_BASIS = 'own';

/**
 * A duty from a day on. With `replaces` the other one ends on that day.
 * @throws UNKNOWN_UNIT, UNIT_CLOSED, UNKNOWN_CLASS (also a class of the other kind), UNKNOWN_DIVISION, NOT_FOUND
 * (nothing to replace), DAY_IN_PAST, RULE_ENDED, INVALID_INPUT
 */
export async function addDuty(context: Context, user: SessionUser, body: NewDuty): Promise<Duty> {
  const { reason, ...given } = body;
  const at = context.clock.now();
  const today = ruleDayOf(at);
  if (given.to !== undefined && given.to <= given.from) {
    throw appError('INVALID_INPUT', { problems: [{ path: '/to', message: 'must be later than from' }] });
  }
  return context.db.transaction(async (tx) => {
    const known = await duties.lockDuties(tx);
    await requireKnown(tx, given);
    const changes: RuleChange[] = [];
    if (given.replaces !== undefined) {
      const old = known.find(({ id }) => id === given.replaces);
      if (!old) throw appError('NOT_FOUND', { duty: given.replaces });
      changes.push(await end(tx, old, endOf(old, given.from, today)));
    }
    const id = Math.max(0, ...known.map((one) => one.id)) + 1;
    const added: duties.StoredDuty = { ...given, id, basis: OWN_BASIS };
    await duties.insertDuties(tx, [added]);
    changes.push({ subject: 'duty', code: String(id), action: 'add', after: added });
    await keepRuleChanges(tx, { user, at, reason, action: 'add-duty' }, changes);
    return getDuty(tx, id);
  });
}

/** @throws NOT_FOUND, DAY_IN_PAST, RULE_ENDED */
export async function endDuty(
  { db, clock }: Context,
  user: SessionUser,
  id: number,
  { on, reason }: Ending,
): Promise<Duty> {
  const at = clock.now();
  return db.transaction(async (tx) => {
    const duty = (await duties.lockDuties(tx)).find((one) => one.id === id);
    if (!duty) throw appError('NOT_FOUND', { duty: id });
    const change = await end(tx, duty, endOf(duty, on, ruleDayOf(at)));
    await keepRuleChanges(tx, { user, at, reason, action: 'end-duty' }, [change]);
    return getDuty(tx, id);
  });
}

async function end(tx: Queryable, duty: duties.StoredDuty, to: string): Promise<RuleChange> {
  await duties.setDutyEnds(tx, [{ id: duty.id, to }]);
  return {
    subject: 'duty',
    code: String(duty.id),
    action: 'retire',
    before: { to: duty.to ?? null },
    after: { to },
  };
}

async function getDuty(db: Queryable, id: number): Promise<Duty> {
  const duty = await duties.findDuty(db, id);
  if (!duty) throw appError('NOT_FOUND', { duty: id });
  return duty;
}

async function requireKnown(tx: Queryable, duty: Omit<NewDuty, 'reason'>): Promise<void> {
  const { unitCode, areaCode, kind, class: classId, from } = duty;
  const [unit] = await lockUnits(tx, unitCode);
  if (!unit) throw appError('UNKNOWN_UNIT', { unit: unitCode });
  if (unit.closedAt !== null && unit.closedAt <= from) throw appError('UNIT_CLOSED', { unit: unitCode });
  if (classId !== undefined && (await findAnyClass(tx, classId)).kind !== kind) {
    throw appError('UNKNOWN_CLASS', { class: classId, kind });
  }
  if (areaCode === undefined) return;
  const areas = await duties.listAreas(tx, areaCode);
  if (!areas.some(({ code }) => code === areaCode)) {
    throw appError('UNKNOWN_DIVISION', { division: areaCode });
  }
}

/** What was added never held; what was ended goes on. @throws NOT_UNDOABLE */
export const undoDuty: Undo = Object.assign(
  (tx: Queryable, change: RegisterChange, how: UndoHow) => undoMany(tx, [change], how),
  { many: undoMany },
);

async function undoMany(tx: Queryable, changes: readonly RegisterChange[], how: UndoHow): Promise<void> {
  const known = new Map((await duties.lockDuties(tx)).map((one) => [String(one.id), one]));
  const undone = changes.map((change) => {
    const duty = known.get(change.code);
    if (!duty) throw appError('NOT_UNDOABLE', { subject: change.subject, code: change.code });
    return { change, duty, to: daysUndone(change, duty.from) };
  });
  await duties.setDutyEnds(
    tx,
    undone.map(({ duty, to }) => ({ id: duty.id, to })),
  );
  await keepRuleUndos(
    tx,
    how,
    undone.map(({ change, duty, to }) => ({ change, before: { to: duty.to ?? null }, after: { to } })),
  );
}
