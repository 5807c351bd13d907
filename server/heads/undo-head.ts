import type { RegisterChange } from '#contract/history';
import type { Names } from '#contract/shared';
import type { Queryable } from '../db/database.ts';
import { appError } from '../errors.ts';
import { differences, recordChanges, type Undo } from '../history/service.ts';
import * as repository from './repository.ts';
import { requireFree } from './service.ts';

interface HeadBefore {
  name?: Names;
  phone?: string | null;
  to?: string | null;
  cellDays?: repository.HeadCellDays[];
}

/**
 * A head that was added never was; any other change is put back with the days of its cells.
 * @throws CELL_HAS_HEAD when somebody else answers for one of the cells by now, NOT_UNDOABLE
 */
export const undoHead: Undo = async (tx, change, how) => {
  const { code: id } = change;
  if (!(await repository.lockHead(tx, id))) throw notUndoable(change);
  const cellDays = await repository.listHeadCellDays(tx, id);
  // A new grid moves cells from hand to hand without a change of the head.
  if (change.after?.cellDays && JSON.stringify(change.after.cellDays) !== JSON.stringify(cellDays)) {
    throw appError('CHANGED_SINCE', { code: id });
  }
  const undone =
    change.action === 'add' ? await takeBack(tx, id, cellDays) : await putBack(tx, change, cellDays, how.at);
  await recordChanges(tx, [
    {
      batch: how.batch,
      subject: 'head',
      code: id,
      at: how.at,
      actor: how.actor,
      action: 'undo',
      ...undone,
    },
  ]);
};

async function takeBack(tx: Queryable, id: string, cellDays: readonly repository.HeadCellDays[]) {
  await repository.deleteHead(tx, id);
  return { before: { cellDays }, after: { cellDays: [] } };
}

async function putBack(
  tx: Queryable,
  change: RegisterChange,
  cellDays: readonly repository.HeadCellDays[],
  at: Date,
) {
  const day = at.toISOString().slice(0, 10);
  const head = await repository.findHead(tx, change.code, day);
  if (!head || change.action !== 'edit' || !change.before) throw notUndoable(change);
  const before: HeadBefore = change.before;
  const now = {
    name: head.name,
    phone: head.phone ?? null,
    to: head.to ?? null,
    cellDays,
  };
  const after = { ...now, ...pick(before) };
  if (before.cellDays) {
    await requireFreeDays(tx, head, before.cellDays);
    await repository.setHeadCellDays(tx, head.id, before.cellDays);
  }
  await repository.updateHead(tx, head.id, after);
  return differences(now, after) ?? {};
}

/** Without `cells`: their days say it. */
function pick({ name, phone, to, cellDays }: HeadBefore) {
  return {
    ...(name === undefined ? {} : { name }),
    ...(phone === undefined ? {} : { phone }),
    ...(to === undefined ? {} : { to }),
    ...(cellDays === undefined ? {} : { cellDays }),
  };
}

/** One question for all cells of the same days: mostly one or two. */
async function requireFreeDays(
  tx: Queryable,
  { id, role }: Pick<Parameters<typeof requireFree>[1], 'role'> & { id: string },
  days: readonly repository.HeadCellDays[],
): Promise<void> {
  const spans = new Map(days.map(([, from, to]) => [`${from} ${to ?? ''}`, { from, to }]));
  for (const { from, to } of spans.values()) {
    const codes = days.filter((one) => one[1] === from && one[2] === to).map(([cell]) => cell);
    await requireFree(tx, { codes, role, from, to, except: id });
  }
}

function notUndoable({ subject, action }: RegisterChange) {
  return appError('NOT_UNDOABLE', { subject, action });
}
