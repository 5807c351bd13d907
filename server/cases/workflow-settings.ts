import { validate } from 'uuid';
import type { CheckAssignment, WorkflowSettings, WorkflowSettingsEdit } from '#contract/workflow';
import type { Names } from '#contract/shared';
import { appendAudit } from '../access/audit.ts';
import type { SessionUser } from '../access/session-user.ts';
import type { Context } from '../context.ts';
import type { Queryable } from '../db/database.ts';
import { appError } from '../errors.ts';
import { findSetting, saveSetting } from '../settings/service.ts';
import { listArbiterCandidates } from './people-repository.ts';

const SETTING = 'workflow';

interface Stored {
  checkAssignment: CheckAssignment;
  /** Id of the account that decides about second returns; null: the supervisor of longest standing. */
  arbiter: string | null;
}

/** The switches of the workflow; what was never set is as the specification has it. */
export async function readWorkflowSettings(db: Queryable): Promise<Stored> {
  const stored = ((await findSetting(db, SETTING)) ?? {}) as Partial<Stored>;
  return { checkAssignment: stored.checkAssignment ?? 'nearest', arbiter: stored.arbiter ?? null };
}

/** Who decides about a second return now; undefined when there is no supervisor at all. */
export async function arbiterOf(db: Queryable): Promise<{ id: string; name: Names } | undefined> {
  const { arbiter } = await readWorkflowSettings(db);
  const candidates = await listArbiterCandidates(db);
  const chosen =
    candidates.find(({ id }) => id === arbiter) ?? candidates.find(({ role }) => role === 'supervisor');
  return chosen && { id: chosen.id, name: chosen.name };
}

export async function getWorkflowSettings(db: Queryable): Promise<WorkflowSettings> {
  const stored = await readWorkflowSettings(db);
  const candidates = (await listArbiterCandidates(db)).map(({ id, name }) => ({ id, name }));
  const named = candidates.find(({ id }) => id === stored.arbiter);
  const arbiter = await arbiterOf(db);
  return {
    checkAssignment: stored.checkAssignment,
    ...(named ? { named } : {}),
    ...(arbiter ? { arbiter } : {}),
    candidates,
  };
}

/** @throws ARBITER_REFUSED unless the account is a supervisor's or administrator's in service, REASON_REQUIRED */
export async function putWorkflowSettings(
  { db, clock }: Context,
  user: SessionUser,
  { reason, checkAssignment, arbiter }: WorkflowSettingsEdit,
): Promise<WorkflowSettings> {
  if (reason.trim() === '') throw appError('REASON_REQUIRED');
  return db.transaction(async (tx) => {
    const before = await readWorkflowSettings(tx);
    if (arbiter != null) {
      const candidates = validate(arbiter) ? await listArbiterCandidates(tx) : [];
      if (!candidates.some(({ id }) => id === arbiter)) throw appError('ARBITER_REFUSED', { arbiter });
    }
    const after: Stored = {
      checkAssignment: checkAssignment ?? before.checkAssignment,
      arbiter: arbiter === undefined ? before.arbiter : arbiter,
    };
    await saveSetting(tx, SETTING, after);
    await appendAudit(tx, {
      at: clock.now(),
      userId: user.id,
      username: user.username,
      action: 'edit-workflow-settings',
      details: { before, after, reason },
    });
    return getWorkflowSettings(tx);
  });
}
