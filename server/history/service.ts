import { v7 as uuid } from 'uuid';
import type { RegisterChange, RegisterSubject } from '#contract/history';
import type { SessionUser } from '../access/session-user.ts';
import type { Context } from '../context.ts';
import type { Queryable } from '../db/database.ts';
import { appError } from '../errors.ts';
import * as repository from './repository.ts';

export type { ChangeToRecord } from './repository.ts';

/** Keeps what was changed, in the transaction that changes it. */
export const recordChanges = repository.insertChanges;
/** The same for changes that a statement finds. */
export const recordChangesFrom = repository.insertChangesFrom;

/** Who stands behind a change. */
export function actorOf(user: Pick<SessionUser, 'id' | 'name'>): { id: string; name: string } {
  return { id: user.id, name: user.name.zh };
}

/** Only the fields that differ, as they were and as they are; undefined when nothing does. */
export function differences(
  before: Record<string, unknown>,
  after: Record<string, unknown>,
): { before: Record<string, unknown>; after: Record<string, unknown> } | undefined {
  const changed = Object.keys(after).filter(
    (key) => JSON.stringify(before[key] ?? null) !== JSON.stringify(after[key] ?? null),
  );
  if (changed.length === 0) return undefined;
  const pick = (from: Record<string, unknown>) =>
    Object.fromEntries(changed.map((key) => [key, from[key] ?? null]));
  return { before: pick(before), after: pick(after) };
}

export async function listChanges(
  db: Queryable,
  filter: repository.ChangeFilter,
): Promise<{ items: RegisterChange[]; next?: string }> {
  const rows = await repository.listChanges(db, { ...filter, limit: filter.limit + 1 });
  const items = rows.slice(0, filter.limit);
  const last = items.at(-1);
  return { items, ...(rows.length > filter.limit && last ? { next: String(last.id) } : {}) };
}

/**
 * Puts one change back: writes `before` again (or retires what was added) and records that as a change of its own
 * with action `undo` in `batch`. One for each subject that can be undone.
 */
export interface Undo {
  (tx: Queryable, change: RegisterChange, how: UndoHow): Promise<void>;
  /** The same for all changes of a batch at once, the last first, where one by one would take too long. */
  many?: (tx: Queryable, changes: readonly RegisterChange[], how: UndoHow) => Promise<void>;
}

export interface UndoHow {
  batch: string;
  at: Date;
  actor: { id: string; name: string };
}

/**
 * Undoes all changes of a batch together.
 * @throws NOT_FOUND no such batch; ALREADY_UNDONE; CHANGED_SINCE when something was changed again after it
 */
export async function undoBatch(
  { db, clock }: Pick<Context, 'db' | 'clock'>,
  user: SessionUser,
  batch: string,
  undos: Partial<Record<RegisterSubject, Undo>>,
): Promise<{ batch: string; undone: number }> {
  return db.transaction(async (tx) => {
    const changes = await repository.lockBatch(tx, batch);
    if (changes.length === 0) throw appError('NOT_FOUND', { batch });
    if (changes.some(({ undone }) => undone)) throw appError('ALREADY_UNDONE', { batch });
    const later = await repository.findLaterChange(tx, batch);
    if (later !== undefined) throw appError('CHANGED_SINCE', { code: later });
    const how = { batch: uuid(), at: clock.now(), actor: actorOf(user) };
    for (const subject of new Set(changes.map((change) => change.subject))) {
      const group = changes.filter((change) => change.subject === subject);
      const undo = undos[subject];
      if (!undo) throw appError('NOT_UNDOABLE', { subject });
      if (undo.many) await undo.many(tx, group, how);
      else for (const change of group) await undo(tx, change, how);
    }
    await repository.markUndone(tx, batch, how.batch);
    return { batch: how.batch, undone: changes.length };
  });
}
