import { v7 as uuid, validate } from 'uuid';
import { dayOf } from '#clock/calendar-day';
import type { Scope } from '#contract/access';
import type { Head, HeadDetail, HeadEdit, HeadInList, NewHead } from '#contract/grid';
import { appendAudit } from '../access/audit.ts';
import type { SessionUser } from '../access/session-user.ts';
import type { Context } from '../context.ts';
import type { Queryable } from '../db/database.ts';
import { appError } from '../errors.ts';
import { actorOf, differences, recordChanges } from '../history/service.ts';
import * as repository from './repository.ts';

export { endHeadCellsOfCommunities, insertHeadCells, insertHeads, listHeirs } from './repository.ts';

type HeadContext = Pick<Context, 'db' | 'clock' | 'config'>;

/** Today, where the deployment is. */
export function todayOf({ clock, config }: Pick<Context, 'clock' | 'config'>): string {
  return dayOf(clock.now().getTime(), config.timeZone);
}

/** Heads of the caller's area; a unit works everywhere and sees all of them. */
export async function listHeads(
  context: HeadContext,
  scope: Scope,
  filter: Omit<repository.HeadFilter, 'on'> & { on?: string | undefined },
): Promise<{ items: HeadInList[]; next?: string }> {
  const { division } = filter;
  const area = scope.kind === 'subdistrict' || scope.kind === 'community' ? scope.code : '';
  if (division !== undefined && !division.startsWith(area) && !area.startsWith(division))
    return { items: [] };
  const narrower = division !== undefined && division.length > area.length ? division : area;
  return repository.listHeads(context.db, {
    ...filter,
    division: narrower === '' ? undefined : narrower,
    on: filter.on ?? todayOf(context),
  });
}

/** @throws NOT_FOUND, outside the scope too */
export async function getHead(
  context: HeadContext,
  scope: Scope,
  id: string,
  on: string = todayOf(context),
): Promise<HeadDetail> {
  const head = validate(id) ? await repository.findHead(context.db, id, on) : undefined;
  const outside =
    (scope.kind === 'subdistrict' || scope.kind === 'community') &&
    !head?.communityCode.startsWith(scope.code);
  if (!head || outside) throw appError('NOT_FOUND', { head: id });
  return head;
}

/** @throws UNKNOWN_CELL, CELL_HAS_HEAD, INVALID_INPUT when it ends before it begins */
export async function addHead(context: HeadContext, user: SessionUser, given: NewHead): Promise<HeadDetail> {
  const id = uuid();
  const { cells, reason, ...head } = given;
  if (head.to !== undefined && head.to <= head.from) throw appError('INVALID_INPUT', { to: head.to });
  await context.db.transaction(async (tx) => {
    await requireCells(tx, given.communityCode, cells);
    await requireFree(tx, {
      codes: cells,
      role: head.role,
      from: head.from,
      to: head.to ?? null,
      except: id,
    });
    await repository.insertHeads(tx, [{ ...head, id, invented: false }]);
    await repository.insertHeadCells(
      tx,
      cells.map((cellCode) => ({ headId: id, cellCode, to: head.to })),
      head.from,
    );
    await recordChanges(tx, [
      {
        batch: uuid(),
        subject: 'head',
        code: id,
        at: context.clock.now(),
        actor: actorOf(user),
        action: 'add',
        reason,
        after: { ...head, cells, cellDays: await repository.listHeadCellDays(tx, id) },
      },
    ]);
    await auditHead(tx, context, user, { action: 'add-head', id, reason });
  });
  return found(context, id);
}

/**
 * Changes a head's name or telephone, the cells it answers for from a day on, or the day it ends.
 * @throws NOT_FOUND, STALE_VERSION with the head as it is, UNKNOWN_CELL, CELL_HAS_HEAD, INVALID_INPUT
 */
export async function editHead(
  context: HeadContext,
  user: SessionUser,
  id: string,
  edit: HeadEdit,
): Promise<HeadDetail> {
  const today = todayOf(context);
  await context.db.transaction(async (tx) => {
    if (!validate(id) || !(await repository.lockHead(tx, id))) throw appError('NOT_FOUND', { head: id });
    const cellsFrom = edit.cellsFrom ?? today;
    const before = await repository.findHead(tx, id, cellsFrom);
    if (!before) throw appError('NOT_FOUND', { head: id });
    if (before.version !== edit.expectedVersion) throw appError('STALE_VERSION', { head: before });
    const after = {
      name: edit.name ?? before.name,
      phone: edit.phone === undefined ? (before.phone ?? null) : edit.phone,
      to: edit.to === undefined ? (before.to ?? null) : edit.to,
      cells: edit.cells?.toSorted() ?? before.cells,
    };
    if (after.to !== null && after.to <= before.from) throw appError('INVALID_INPUT', { to: after.to });
    const daysBefore = await repository.listHeadCellDays(tx, id);
    if (after.to !== (before.to ?? null)) await moveEnd(tx, before, after.to);
    if (edit.cells) await replaceCells(tx, before, { cells: edit.cells, from: cellsFrom, to: after.to });
    const changed = differences(
      {
        name: before.name,
        phone: before.phone ?? null,
        to: before.to ?? null,
        cells: before.cells,
        cellDays: daysBefore,
      },
      { ...after, cellDays: await repository.listHeadCellDays(tx, id) },
    );
    if (!changed) return;
    await repository.updateHead(tx, id, after);
    await recordChanges(tx, [
      {
        batch: uuid(),
        subject: 'head',
        code: id,
        at: context.clock.now(),
        actor: actorOf(user),
        action: 'edit',
        reason: edit.reason,
        ...changed,
      },
    ]);
    await auditHead(tx, context, user, { action: 'edit-head', id, reason: edit.reason });
  });
  return found(context, id);
}

/** The head ends on another day: what it answers for beyond that ends too, what ended with it goes on. */
async function moveEnd(tx: Queryable, head: HeadDetail, to: string | null): Promise<void> {
  if (to !== null) await repository.endHeadCells(tx, { headId: head.id, day: to, keep: [] });
  if (head.to === undefined || (to !== null && to <= head.to)) return;
  const codes = await repository.listCellsEndingOn(tx, head.id, head.to);
  await requireFree(tx, { codes, role: head.role, from: head.to, to, except: head.id });
  await repository.moveHeadCellEnds(tx, { headId: head.id, from: head.to, to });
}

async function auditHead(
  tx: Queryable,
  { clock }: HeadContext,
  user: SessionUser,
  { action, id, reason }: { action: string; id: string; reason?: string | undefined },
): Promise<void> {
  await appendAudit(tx, {
    at: clock.now(),
    userId: user.id,
    username: user.username,
    action,
    subject: id,
    ...(reason === undefined ? {} : { details: { reason } }),
  });
}

async function replaceCells(
  tx: Queryable,
  head: HeadDetail,
  { cells, from, to }: { cells: readonly string[]; from: string; to: string | null },
): Promise<void> {
  const held = new Set(head.cells);
  const added = cells.filter((code) => !held.has(code));
  await requireCells(tx, head.communityCode, added);
  await requireFree(tx, { codes: added, role: head.role, from, to, except: head.id });
  await repository.endHeadCells(tx, { headId: head.id, day: from, keep: cells });
  await repository.insertHeadCells(
    tx,
    added.map((cellCode) => ({ headId: head.id, cellCode, to })),
    from,
  );
}

async function requireCells(tx: Queryable, communityCode: string, codes: readonly string[]): Promise<void> {
  const known = new Set(await repository.listCellsOf(tx, communityCode, codes));
  const unknown = codes.filter((code) => !known.has(code));
  if (unknown.length > 0) throw appError('UNKNOWN_CELL', { community: communityCode, cells: unknown });
}

/** @throws CELL_HAS_HEAD when somebody else of the role answers for one of the cells on one of the days */
export async function requireFree(
  tx: Queryable,
  asked: Parameters<typeof repository.listTakenCells>[1],
): Promise<void> {
  const taken = await repository.listTakenCells(tx, asked);
  if (taken.length > 0) throw appError('CELL_HAS_HEAD', { taken });
}

async function found(context: HeadContext, id: string): Promise<HeadDetail> {
  const head = await repository.findHead(context.db, id, todayOf(context));
  if (!head) throw appError('NOT_FOUND', { head: id });
  return head;
}

/** Whoever answers for a cell on a day. */
export async function listHeadsOfCell(db: Queryable, cell: string, on: string): Promise<Head[]> {
  const { items } = await repository.listHeads(db, { cell, on, limit: 20 });
  return items;
}

/** Gives cells to heads from a day on, each as long as they had what it takes the place of. */
export async function handOverCells(
  tx: Queryable,
  heirs: readonly repository.Heir[],
  day: string,
): Promise<void> {
  if (heirs.length > 0) await repository.insertHeadCells(tx, heirs, day);
}
