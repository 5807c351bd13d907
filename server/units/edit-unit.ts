import type { EditedUnit, NewUnit, Unit, UnitEdit } from '#contract/units';
import type { SessionUser } from '../access/session-user.ts';
import { getCounts, listCases, toCaseSummary } from '../cases/service.ts';
import type { Context } from '../context.ts';
import type { Queryable } from '../db/database.ts';
import { keepRuleChanges, keepRuleUndos } from '../dictionary/keep-rule-changes.ts';
import { ruleDayOf } from '../dictionary/rule-day.ts';
import { requireNotPast } from '../dictionary/rule-days.ts';
import { appError } from '../errors.ts';
import { differences, type Undo } from '../history/service.ts';
import { listAreas } from './duty-repository.ts';
import * as repository from './repository.ts';
import { getUnit } from './service.ts';

/** @throws UNIT_CODE_TAKEN, UNKNOWN_DIVISION */
export async function addUnit(context: Context, user: SessionUser, body: NewUnit): Promise<Unit> {
  const { reason, subdistrictCode = null, ...given } = body;
  const at = context.clock.now();
  const unit: repository.StoredUnit = { ...given, subdistrictCode, basis: 'real', closedAt: null };
  return context.db.transaction(async (tx) => {
    const [known] = await repository.lockUnits(tx, unit.code);
    if (known) throw appError('UNIT_CODE_TAKEN', { unit: unit.code, name: known.name });
    await requireArea(tx, subdistrictCode);
    await repository.saveUnits(tx, [unit]);
    await keepRuleChanges(tx, { user, at, reason, action: 'add-unit' }, [
      { subject: 'unit', code: unit.code, action: 'add', after: unit },
    ]);
    return getUnit(tx, unit.code);
  });
}

/**
 * Other facts, or a day from which the unit takes nothing any more (null: it takes cases again). What it holds stays
 * with it until somebody gives it to another unit, and is told.
 * @throws NOT_FOUND, DAY_IN_PAST, UNKNOWN_DIVISION
 */
export async function editUnit(
  context: Context,
  user: SessionUser,
  code: string,
  { reason, ...edit }: UnitEdit,
): Promise<EditedUnit> {
  const at = context.clock.now();
  const unit = await context.db.transaction(async (tx) => {
    const [before] = await repository.lockUnits(tx, code);
    if (!before) throw appError('NOT_FOUND', { unit: code });
    if (edit.closedAt && edit.closedAt !== before.closedAt) requireNotPast(edit.closedAt, ruleDayOf(at));
    if (edit.subdistrictCode !== undefined) await requireArea(tx, edit.subdistrictCode);
    const after = { ...before, ...edit };
    const changed = differences({ ...before }, after);
    if (changed) {
      await repository.saveUnits(tx, [after]);
      const closes = changed.after.closedAt !== undefined && changed.after.closedAt !== null;
      await keepRuleChanges(tx, { user, at, reason, action: closes ? 'close-unit' : 'edit-unit' }, [
        { subject: 'unit', code, action: closes ? 'retire' : 'edit', ...changed },
      ]);
    }
    return getUnit(tx, code);
  });
  return { ...unit, openCases: await findOpenCases(context, user, code) };
}

const MOST_CASES = 100;

async function findOpenCases(
  context: Context,
  user: SessionUser,
  unit: string,
): Promise<EditedUnit['openCases']> {
  const { records, more } = await listCases(context, user, { unit, open: true }, { limit: MOST_CASES });
  const counted = more
    ? (await getCounts(context, user)).byUnit.find(({ code }) => code === unit)
    : undefined;
  const now = context.clock.now();
  return {
    count: counted?.open ?? records.length,
    items: records.map((record) => {
      const { id, number, stage, className } = toCaseSummary(record, now);
      return { id, number, stage, className };
    }),
  };
}

/** @throws UNKNOWN_DIVISION */
async function requireArea(tx: Queryable, code: string | null): Promise<void> {
  if (code === null) return;
  const areas = await listAreas(tx, code);
  if (!areas.some((area) => area.code === code)) throw appError('UNKNOWN_DIVISION', { division: code });
}

/** A unit that was added takes nothing from that day on; any other change is put back. */
export const undoUnit: Undo = async (tx, change, how) => {
  const [now] = await repository.lockUnits(tx, change.code);
  const putBack = change.action === 'add' ? { closedAt: ruleDayOf(how.at) } : change.before;
  if (!now || !putBack) throw appError('NOT_UNDOABLE', { subject: change.subject, action: change.action });
  const after = { ...now, ...putBack };
  await repository.saveUnits(tx, [after]);
  await keepRuleUndos(tx, how, [{ change, ...differences({ ...now }, after) }]);
};
