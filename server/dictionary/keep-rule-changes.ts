import { v7 as uuid } from 'uuid';
import type { RegisterChange, RegisterSubject } from '#contract/history';
import { appendAudit } from '../access/audit.ts';
import type { SessionUser } from '../access/session-user.ts';
import type { Queryable } from '../db/database.ts';
import { actorOf, recordChanges } from '../history/service.ts';
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

/** Records that a change was put back; for the `Undo` of a rule. */
export async function keepRuleUndo(
  tx: Queryable,
  change: RegisterChange,
  how: { batch: string; at: Date; actor: { id: string; name: string } },
  state: { before?: object; after?: object },
): Promise<void> {
  await recordChanges(tx, [
    {
      batch: how.batch,
      subject: change.subject,
      code: change.code,
      at: how.at,
      actor: how.actor,
      action: 'undo',
      ...(state.before ? { before: { ...state.before } } : {}),
      ...(state.after ? { after: { ...state.after } } : {}),
    },
  ]);
  await renewVersions(tx, 'dictionary');
}
