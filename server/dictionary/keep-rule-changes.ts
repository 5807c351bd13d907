import { v7 as uuid } from 'uuid';
import type { RegisterChange, RegisterSubject } from '#contract/history';
import { appendAudit } from '../access/audit.ts';
import type { SessionUser } from '../access/session-user.ts';
import type { Queryable } from '../db/database.ts';
import { appError } from '../errors.ts';
import { actorOf, recordChanges, type UndoHow } from '../history/service.ts';
import { renewVersions } from '../settings/service.ts';

export interface RuleChange {
  subject: RegisterSubject;
  code: string;
  action: RegisterChange['action'];
  before?: object | undefined;
  after?: object | undefined;
}

export interface RuleChangeOrigin {
  user: SessionUser;
  at: Date;
  reason: string;
  /** Name in the audit, such as `edit-unit`. */
  action: string;
}

/**
 * Keeps what changed in the rules, in the transaction that changes them: history, audit, and a new version of the
 * dictionary. Returns the batch by which the changes are undone together.
 */
export async function keepRuleChanges(
  tx: Queryable,
  { user, at, reason, action }: RuleChangeOrigin,
  changes: readonly RuleChange[],
): Promise<string> {
  const batch = uuid();
  if (changes.length === 0) return batch;
  await recordChanges(
    tx,
    changes.map((change) => ({
      batch,
      subject: change.subject,
      code: change.code,
      at,
      actor: actorOf(user),
      action: change.action,
      reason,
      ...(change.before ? { before: { ...change.before } } : {}),
      ...(change.after ? { after: { ...change.after } } : {}),
    })),
  );
  await appendAudit(tx, {
    at,
    userId: user.id,
    username: user.username,
    action,
    subject: changes.length === 1 ? (changes[0]?.code ?? '') : `${changes.length} changes`,
    details: { batch, reason },
  });
  await renewVersions(tx, 'dictionary');
  return batch;
}

/** A change that was put back: the fields as they were before that and as they are now. */
export interface UndoneChange {
  change: RegisterChange;
  before?: object;
  after?: object;
}

/** Records that changes were put back; for the `Undo` of a rule. */
export async function keepRuleUndos(
  tx: Queryable,
  { batch, at, actor }: UndoHow,
  undone: readonly UndoneChange[],
): Promise<void> {
  await recordChanges(
    tx,
    undone.map(({ change, before, after }) => ({
      batch,
      subject: change.subject,
      code: change.code,
      at,
      actor,
      action: 'undo',
      ...(before ? { before: { ...before } } : {}),
      ...(after ? { after: { ...after } } : {}),
    })),
  );
  await renewVersions(tx, 'dictionary');
}

/** The days of a rule that follow from undoing its change: what was added never held, what was ended goes on. */
export function daysUndone(change: RegisterChange, from: string): string | null {
  const earlier = change.before?.to;
  if (change.action === 'add') return from;
  if (change.action === 'retire') return typeof earlier === 'string' ? earlier : null;
  throw appError('NOT_UNDOABLE', { subject: change.subject, action: change.action });
}
