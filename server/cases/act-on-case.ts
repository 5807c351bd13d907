import type { ActionBody, CaseAction, CaseDetail } from '#contract/cases';
import { answerOf, once } from '../access/idempotency.ts';
import type { SessionUser } from '../access/session-user.ts';
import { requireOwnPhotos } from '../attachments/service.ts';
import type { Context } from '../context.ts';
import type { Queryable } from '../db/database.ts';
import { appError } from '../errors.ts';
import { requireOpenUnits } from '../units/service.ts';
import { keepingClock } from './clock-errors.ts';
import { toCaseDetail, workflowCaseOf, type FullCase } from './case-record.ts';
import { openCase, stale, type OpenCase } from './open-case.ts';
import { stepOf } from './report-steps.ts';
import { saveSteps } from './save-case.ts';
import { takeStep, type CaseFile, type Step, type TargetUnit } from './take-step.ts';
import { allowedActions, findTransition, type InputGuard, type Transition } from './workflow.ts';
import { findUnits, moveReports } from './write-repository.ts';

interface Request {
  caseId: string;
  action: CaseAction;
  body: ActionBody;
  key: string | undefined;
}

/**
 * One action of one person on one case: checked, taken, logged, committed, told.
 * @throws CASE_NOT_FOUND outside the scope, STALE_VERSION with the current case, ACTION_NOT_ALLOWED with what is
 *   allowed, NOT_ALLOWED for the role or the person, and the errors of what an action must carry
 */
export async function actOnCase(context: Context, user: SessionUser, request: Request): Promise<CaseDetail> {
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
  const step = await prepare(context, user, opened.file, transition, body, now);
  const target = transition.effects.includes('move-reports')
    ? await openTarget(context, user, caseId, body.into)
    : undefined;
  const file = keepingClock(() => takeStep(opened.file, step));

  const detail = await db.transaction((tx) =>
    once(tx, claim, async () => {
      const record = await saveSteps(tx, opened.before, file, now);
      if (!record) throw await stale(tx, user, caseId, now);
      if (target) {
        const reports = await moveReports(tx, caseId, target.before.record.id);
        await saveMergeTarget(context, tx, user, target, { from: record, reports, now });
      }
      return toCaseDetail(record, user, now);
    }),
  );
  context.publish();
  return detail;
}

/** The transition that the action means for this person now. */
function permit({ record }: CaseFile, user: SessionUser, { action, body }: Request, now: Date): Transition {
  if (record.version !== body.expectedVersion) {
    throw appError('STALE_VERSION', { case: toCaseDetail(record, user, now) });
  }
  const subject = workflowCaseOf(record, now);
  const found = findTransition(subject, user, action, body.passed);
  if (!('refused' in found)) return found;
  const allowed = allowedActions(subject, user).map((one) => one.action);
  if (found.refused === 'stage' || found.refused === 'not-urged-already') {
    throw appError('ACTION_NOT_ALLOWED', { allowed, stage: record.stage, because: found.refused });
  }
  throw appError('NOT_ALLOWED', { allowed, because: found.refused });
}

async function prepare(
  { db, axis }: Context,
  user: SessionUser,
  { record }: CaseFile,
  transition: Transition,
  body: ActionBody,
  now: Date,
): Promise<Step> {
  const unitCode = transition.effects.includes('give-to-unit') ? unitOf(record, transition, body) : undefined;
  for (const guard of transition.inputs) checkInput[guard](record, body, unitCode);
  const wanted = [unitCode, ...(body.assistants ?? [])].filter((code) => code !== undefined);
  const units = wanted.length > 0 ? await findUnits(db, wanted) : [];
  const missing = wanted.find((code) => !units.some((unit) => unit.code === code));
  if (missing !== undefined) throw appError('UNKNOWN_UNIT', { unit: missing });
  // The unit that holds the case may keep it after it closed; nobody is given one anew.
  await requireOpenUnits(
    db,
    wanted.filter((code) => code !== record.unit?.code),
    now,
  );
  const photos = body.photos ?? [];
  if (photos.length > 0) await requireOwnPhotos(db, user.id, photos);
  const unit = units.find(({ code }) => code === unitCode);
  return {
    transition,
    now,
    axis: axis.current(),
    actor: { id: user.id, name: user.name.zh },
    ...(unit ? { unit, assistants: assistantsOf(record, unit, body, units) } : {}),
    photos: [...new Set(photos)],
    payload: payloadOf(user, body),
  };
}

/** Dispatch goes to the resolved unit unless another is named; a failed check to the unit that has the case. */
function unitOf(record: FullCase, { action }: Transition, body: ActionBody): string | undefined {
  if (action === 'check') return record.unit?.code;
  return body.unit ?? record.resolution.unit?.code;
}

/** Named by the dispatcher; else those of the resolution go with the resolved unit, and those there are stay. */
function assistantsOf(record: FullCase, unit: TargetUnit, { assistants }: ActionBody, units: TargetUnit[]) {
  if (assistants)
    return units.filter(({ code }) => assistants.includes(code)).map(({ code, name }) => ({ code, name }));
  if (record.unit?.code === unit.code) return record.assistants;
  return unit.code === record.resolution.unit?.code ? record.resolution.assistants : [];
}

const checkInput: Record<InputGuard, (record: FullCase, body: ActionBody, unit: string | undefined) => void> =
  {
    'unit-chosen': (_record, _body, unit) => {
      if (unit === undefined) throw appError('UNIT_REQUIRED');
    },
    'another-unit': (record, body, unit) => {
      if (body.unit === undefined || unit === record.unit?.code)
        throw appError('UNIT_REQUIRED', { not: record.unit?.code });
    },
    'reason-unless-resolved': (record, body, unit) => {
      if (unit !== record.resolution.unit?.code && isBlank(body.reason)) throw appError('REASON_REQUIRED');
    },
    'reason-given': (_record, { reason }) => {
      if (isBlank(reason)) throw appError('REASON_REQUIRED');
    },
    'photo-attached': (_record, { photos }) => {
      if (!photos?.length) throw appError('EVIDENCE_REQUIRED');
    },
    'verdict-given': (_record, { passed }) => {
      if (passed === undefined) throw appError('VERDICT_REQUIRED');
    },
    'text-given': (_record, { note }) => {
      if (isBlank(note))
        throw appError('INVALID_INPUT', { problems: [{ path: '/note', message: 'must not be empty' }] });
    },
    'target-given': (record, { into }) => {
      if (into === undefined || into === record.id) {
        throw appError('INVALID_INPUT', { problems: [{ path: '/into', message: 'must name another case' }] });
      }
    },
  };

function isBlank(text: string | undefined): boolean {
  return text === undefined || text.trim() === '';
}

function payloadOf(user: SessionUser, body: ActionBody): Record<string, unknown> {
  const { note, reason, passed, into } = body;
  return {
    by: { username: user.username, role: user.role },
    ...(note === undefined ? {} : { note }),
    ...(reason === undefined ? {} : { reason }),
    ...(passed === undefined ? {} : { passed }),
    ...(into === undefined ? {} : { into }),
  };
}

async function openTarget(
  { db }: Context,
  user: SessionUser,
  caseId: string,
  into: string | undefined,
): Promise<OpenCase> {
  const target = await openCase(db, user.scope, into ?? caseId);
  if (target.before.record.closedAt !== null) {
    throw appError('ACTION_NOT_ALLOWED', { stage: target.before.record.stage, case: into });
  }
  return target;
}

async function saveMergeTarget(
  context: Context,
  tx: Queryable,
  user: SessionUser,
  target: OpenCase,
  merged: { from: FullCase; reports: number; now: Date },
): Promise<void> {
  const { from, reports, now } = merged;
  const file = stepOf(context, user, target, 'attach', {
    reports,
    now,
    payload: { mergedFrom: from.number },
  });
  if (!(await saveSteps(tx, target.before, file, now)))
    throw await stale(tx, user, target.before.record.id, now);
}
