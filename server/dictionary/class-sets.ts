import type { ClassSetChange, PutSetInForce, SetInForce } from '#contract/dictionary';
import type { SessionUser } from '../access/session-user.ts';
import type { CalendarDay } from '../clock/calendar-day.ts';
import { listWaysBetween } from '../codes/service.ts';
import type { Context } from '../context.ts';
import type { Queryable } from '../db/database.ts';
import { appError } from '../errors.ts';
import type { RegisterChange } from '#contract/history';
import type { Undo, UndoHow } from '../history/service.ts';
import { versionOf } from '../settings/service.ts';
import { insertCarriedDuties, listDutiesToCarry, type StoredDuty } from '../units/carry-duties.ts';
import { carryOver, countCarried, type Carried, type Counterparts } from './compare-sets.ts';
import { OWN_BASIS } from './edit-limits.ts';
import { keepRuleChanges, keepRuleUndos, type RuleChange } from './keep-rule-changes.ts';
import * as repository from './repository.ts';
import { ruleDayOf } from './rule-day.ts';
import { isNever } from './rule-days.ts';
import * as writes from './write-repository.ts';

interface Comparison {
  change: ClassSetChange;
  limits: Carried<writes.StoredLimit>[];
  duties: Carried<StoredDuty & { class: string }>[];
}

/** What it would mean to put another set in force today. Writes nothing. @throws NOT_FOUND, SET_IN_FORCE */
export async function compareSets({ db, clock }: Context, edition: number): Promise<ClassSetChange> {
  const limits = await writes.listStoredLimits(db);
  return (await compare(db, edition, ruleDayOf(clock.now()), limits)).change;
}

/**
 * Puts another set in force: its classes are reported and filed from now on, and it takes over the limits and duties of
 * the set before it where the crosswalk leaves one class. Parts and cases keep the class they have.
 * @throws NOT_FOUND, SET_IN_FORCE, STALE_VERSION when the rules changed since they were compared
 */
export async function putSetInForce(
  { db, clock }: Context,
  user: SessionUser,
  edition: number,
  { reason, expectedVersion }: PutSetInForce,
): Promise<SetInForce> {
  const at = clock.now();
  const today = ruleDayOf(at);
  return db.transaction(async (tx) => {
    await writes.lockClassSets(tx);
    const version = await versionOf(tx, 'dictionary');
    if (version !== expectedVersion) throw appError('STALE_VERSION', { version });
    const { change, ...rules } = await compare(tx, edition, today, await writes.lockLimits(tx));
    const limits = await addLimits(tx, rules.limits, today);
    const duties = await addDuties(tx, rules.duties, today);
    await writes.setClassSetInForce(tx, edition);
    const batch = await keepRuleChanges(tx, { user, at, reason, action: 'put-set-in-force' }, [
      ...changesOf(change.replaces, false),
      ...changesOf(edition, true),
      ...limits.map(added('limit')),
      ...duties.map(added('duty')),
    ]);
    return { edition, batch, limits: limits.length, duties: duties.length };
  });
}

function changesOf(edition: number | undefined, active: boolean): RuleChange[] {
  if (edition === undefined) return [];
  const code = String(edition);
  return [{ subject: 'class-set', code, action: 'edit', before: { active: !active }, after: { active } }];
}

const added =
  (subject: 'limit' | 'duty') =>
  (one: { id: number }): RuleChange => ({ subject, code: String(one.id), action: 'add', after: one });

async function compare(
  db: Queryable,
  edition: number,
  today: CalendarDay,
  allLimits: readonly writes.StoredLimit[],
): Promise<Comparison> {
  const sets = await repository.listClassSets(db);
  const wanted = sets.find((set) => set.edition === edition);
  if (!wanted || wanted.parts + wanted.events === 0) throw appError('NOT_FOUND', { edition });
  if (wanted.active) throw appError('SET_IN_FORCE', { edition });
  const replaces = sets.find(({ active }) => active)?.edition;
  const stored = await writes.listStoredClasses(db);
  const classesOf = (of: number | undefined) => stored.filter((one) => one.edition === of);
  const old = classesOf(replaces);
  const counterparts = await findCounterparts(db, old, edition);
  const oldIds = new Set(old.map(({ id }) => id));
  const newIds = new Set(classesOf(edition).map(({ id }) => id));
  const holds = (rule: { from: string; to?: string | undefined }) =>
    !isNever(rule) && (rule.to === undefined || rule.to > today);
  const limits = split(allLimits.filter(holds), oldIds, newIds);
  const duties = split((await listDutiesToCarry(db)).filter(holds), oldIds, newIds);
  const carriedLimits = carryOver(limits.rules, counterparts, limits.own);
  const carriedDuties = carryOver(duties.rules, counterparts, duties.own);
  const without = old.filter(({ id }) => !counterparts.only.has(id));
  const withLimit = new Set([
    ...limits.own,
    ...carriedLimits.flatMap(({ to }) => (to === undefined ? [] : [to])),
  ]);
  return {
    limits: carriedLimits,
    duties: carriedDuties,
    change: {
      edition,
      ...(replaces === undefined ? {} : { replaces }),
      version: await versionOf(db, 'dictionary'),
      classes: {
        before: old.length,
        after: newIds.size,
        open: without.filter(({ id }) => counterparts.open.has(id)).length,
        none: without.filter(({ id }) => !counterparts.open.has(id)).map(({ id, name }) => ({ id, name })),
        withoutLimit: [...newIds].filter((id) => !withLimit.has(id)).length,
      },
      limits: countCarried(carriedLimits),
      duties: countCarried(carriedDuties),
    },
  };
}

/** Rules of the old set's classes, and the classes of the new set that have some. */
function split<Rule extends { class: string }>(
  rules: readonly Rule[],
  oldIds: ReadonlySet<string>,
  newIds: ReadonlySet<string>,
): { rules: Rule[]; own: Set<string> } {
  return {
    rules: rules.filter((rule) => oldIds.has(rule.class)),
    own: new Set(rules.map((rule) => rule.class).filter((id) => newIds.has(id))),
  };
}

async function findCounterparts(
  db: Queryable,
  old: readonly writes.StoredClass[],
  edition: number,
): Promise<Counterparts> {
  const ways = await listWaysBetween(db, old, edition);
  const only = new Map<string, string>();
  const open = new Set<string>();
  for (const [id, { several, one }] of ways) {
    if (one !== undefined) only.set(id, one);
    else if (several) open.add(id);
  }
  return { only, open };
}

async function addLimits(
  tx: Queryable,
  carried: readonly Carried<writes.StoredLimit>[],
  today: CalendarDay,
): Promise<writes.StoredLimit[]> {
  const first = await writes.nextLimitId(tx);
  const limits = carried.flatMap(({ rule, to }) =>
    to === undefined ? [] : [{ ...rule, class: to, replaces: undefined }],
  );
  const numbered = limits.map((limit, index): writes.StoredLimit => ({
    ...limit,
    id: first + index,
    basis: OWN_BASIS,
    from: limit.from > today ? limit.from : today,
  }));
  await writes.insertLimits(tx, numbered);
  return numbered;
}

async function addDuties(
  tx: Queryable,
  carried: readonly Carried<StoredDuty & { class: string }>[],
  today: CalendarDay,
): Promise<StoredDuty[]> {
  return insertCarriedDuties(
    tx,
    carried.flatMap(({ rule, to }) =>
      to === undefined ? [] : [{ ...rule, class: to, from: rule.from > today ? rule.from : today }],
    ),
  );
}

/** Puts the set in force again that was before. What a table added to a set stays: things lie on its classes. */
export const undoClassSet: Undo = Object.assign(
  (tx: Queryable, change: RegisterChange, how: UndoHow) => undoMany(tx, [change], how),
  { many: undoMany },
);

async function undoMany(tx: Queryable, changes: readonly RegisterChange[], how: UndoHow): Promise<void> {
  const before = changes.find((change) => change.before?.active === true);
  const other = changes.find((change) => change.before?.active === undefined);
  if (!before || other) {
    const { subject, action } = other ?? changes[0] ?? { subject: 'class-set', action: 'edit' };
    throw appError('NOT_UNDOABLE', { subject, action });
  }
  await writes.lockClassSets(tx);
  await writes.setClassSetInForce(tx, Number(before.code));
  await keepRuleUndos(
    tx,
    how,
    changes.map((change) => ({
      change,
      ...(change.after ? { before: change.after } : {}),
      ...(change.before ? { after: change.before } : {}),
    })),
  );
}
