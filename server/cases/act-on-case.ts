import type { ActionBody, CaseAction, CaseDetail } from '#contract/cases';
import { answerOf, once } from '../access/idempotency.ts';
import type { SessionUser } from '../access/session-user.ts';
import type { Context } from '../context.ts';
import { appError } from '../errors.ts';
import { toCaseDetail, workflowCaseOf } from './case-record.ts';
import { openRequestOf } from './case-request.ts';
import { keepingClock } from './clock-errors.ts';
import { openOther, saveOther, type OtherCase } from './merge-cases.ts';
import { openCase, stale } from './open-case.ts';
import { prepareStep } from './prepare-step.ts';
import { saveSteps } from './save-case.ts';
import { takeStep, type CaseFile, type Step } from './take-step.ts';
import { allowedActions, findTransition, isRefusedToPerson, type Transition } from './workflow.ts';

interface Request {
  caseId: string;
  action: CaseAction;
  body: ActionBody;
  key: string | undefined;
}

/**
 * One action of one person on one case: checked, taken, logged, committed, told. Everything of it is timed by one
 * instant and one working calendar, even when somebody changes the calendar meanwhile.
 * @throws CASE_NOT_FOUND outside the scope, STALE_VERSION with the current case, ACTION_NOT_ALLOWED with what is
 *   allowed, REQUEST_DECIDED, NOT_ALLOWED for the role or the person, DEADLINE_PASSED, DEADLINE_OUTSIDE_CALENDAR, and
 *   the errors of what an action must carry
 */
export async function actOnCase(given: Context, user: SessionUser, request: Request): Promise<CaseDetail> {
  const axis = given.axis.current();
  const context: Context = { ...given, axis: { ...given.axis, current: () => axis } };
  const { db } = context;
  const now = context.clock.now();
  const { caseId, action, body } = request;
  const claim = {
    userId: user.id,
    key: request.key,
    request: { path: `cases/${caseId}/${action}`, body },
    at: now,
  };
  const answered = await answerOf<CaseDetail>(db, claim);
  if (answered) return answered;

  const opened = await openCase(db, user.scope, caseId);
  const transition = permit(opened.file, user, request, now);
  const other = await openOther(context, user, opened.file.record, transition, body);
  const step = withOther(await prepareStep(context, user, opened.file, transition, body, now), other);
  const file = keepingClock(() => takeStep(opened.file, step));
  requireDeadlineAhead(file, transition, now);

  const detail = await db.transaction((tx) =>
    once(tx, claim, async () => {
      const record = await saveSteps(tx, opened.before, file, now);
      if (!record) throw await stale(tx, user, caseId, now);
      if (other) await saveOther(context, tx, user, record, other, now);
      return toCaseDetail(record, user, now);
    }),
  );
  context.publish();
  return detail;
}

/** The transition that the action means for this person now. */
function permit({ record }: CaseFile, user: SessionUser, { action, body }: Request, now: Date): Transition {
  const subject = workflowCaseOf(record, now);
  const outcome = action === 'check' ? body.passed : action === 'decide-request' ? body.approved : undefined;
  const found = findTransition(subject, user, action, outcome);
  const isForeign = 'refused' in found && found.refused === 'role';
  if (action === 'decide-request' && !isForeign) requireUndecided(record, body);
  if (record.version !== body.expectedVersion) {
    throw appError('STALE_VERSION', { case: toCaseDetail(record, user, now) });
  }
  if (!('refused' in found)) return found;
  const allowed = allowedActions(subject, user).map((one) => one.action);
  const because = found.refused;
  if (isRefusedToPerson(because)) throw appError('NOT_ALLOWED', { allowed, because });
  throw appError('ACTION_NOT_ALLOWED', { allowed, stage: record.stage, because });
}

/** A decision names the request it is about, or else means the one that is open. */
function requireUndecided({ requests }: CaseFile['record'], { request: id }: ActionBody): void {
  const meant =
    id === undefined ? (openRequestOf({ requests }) ?? requests[0]) : requests.find((one) => one.id === id);
  if (meant === undefined) {
    if (id !== undefined) throw appError('NOT_FOUND', { request: id });
    return;
  }
  if (meant.state === 'open') return;
  const { state, decidedBy, decidedAt } = meant;
  throw appError('REQUEST_DECIDED', {
    request: meant.id,
    state,
    ...(decidedBy === null ? {} : { decidedBy: decidedBy.name }),
    ...(decidedAt === null ? {} : { decidedAt: decidedAt.toISOString() }),
  });
}

function withOther(step: Step, other: OtherCase | undefined): Step {
  if (!other) return step;
  return {
    ...step,
    reports: other.reports.length,
    ...(other.kind === 'target' ? { into: other.reference } : {}),
    payload: {
      ...step.payload,
      reports: other.reports,
      ...(other.kind === 'source' ? { from: other.reference.id } : {}),
    },
  };
}

/** Only accumulated time may make a case red at once (SPEC section 4), not somebody's choice of a limit. */
function requireDeadlineAhead({ record }: CaseFile, { effects }: Transition, now: Date): void {
  if (!effects.includes('change-limit') || record.stage !== 'handling') return;
  if (record.dueAt !== null && record.dueAt < now) {
    throw appError('DEADLINE_PASSED', { dueAt: record.dueAt.toISOString() });
  }
}
