import type { SessionUser } from '../access/session-user.ts';
import type { Context } from '../context.ts';
import { appError } from '../errors.ts';
import { workflowCaseOf } from './case-record.ts';
import { keepingClock } from './clock-errors.ts';
import type { OpenCase } from './open-case.ts';
import { takeStep, type CaseFile } from './take-step.ts';
import { findTransition } from './workflow.ts';

/**
 * The steps that reports bring about: a case gains some (a framing attached, a report or case merged into it), loses
 * one, or is undone with the framing that filed it.
 * @throws ACTION_NOT_ALLOWED, DEADLINE_OUTSIDE_CALENDAR
 */
export function stepOf(
  { axis }: Context,
  user: SessionUser,
  { file, before }: OpenCase,
  action: 'attach' | 'detach' | 'undo',
  { reports, now, payload }: { reports: number; now: Date; payload: Record<string, unknown> },
): CaseFile {
  const transition = findTransition(workflowCaseOf(before.record, now), user, action);
  if ('refused' in transition) {
    throw appError('ACTION_NOT_ALLOWED', {
      stage: before.record.stage,
      because: transition.refused,
      allowed: [],
    });
  }
  return keepingClock(() =>
    takeStep(file, {
      transition,
      now,
      axis: axis.current(),
      actor: { id: user.id, name: user.name.zh },
      reports,
      payload: { by: { username: user.username, role: user.role }, ...payload },
    }),
  );
}
