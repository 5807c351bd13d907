import { v7 as uuid } from 'uuid';
import type { ActionBody } from '#contract/cases';
import type { SessionUser } from '../access/session-user.ts';
import { requireOwnPhotos } from '../attachments/service.ts';
import type { Context } from '../context.ts';
import { appError } from '../errors.ts';
import { requireOpenUnits } from '../units/service.ts';
import { assignChecker } from './assign-checker.ts';
import type { FullCase } from './case-record.ts';
import { openRequestOf } from './case-request.ts';
import { checkInputs, MOST_SECONDS } from './check-input.ts';
import type { CaseFile, Step, TargetUnit } from './take-step.ts';
import type { Transition } from './workflow.ts';
import { arbiterOf } from './workflow-settings.ts';
import { findUnits } from './write-repository.ts';

/**
 * What a permitted transition works with: the input checked, units and people looked up.
 * @throws the errors of what an action must carry, UNKNOWN_UNIT, UNIT_CLOSED, ATTACHMENT_NOT_FOUND, CHECKER_REFUSED,
 *   SECONDS_OUT_OF_RANGE
 */
export async function prepareStep(
  context: Context,
  user: SessionUser,
  { record }: CaseFile,
  transition: Transition,
  body: ActionBody,
  now: Date,
): Promise<Step> {
  const { db, axis } = context;
  const { effects } = transition;
  const unitCode = effects.includes('give-to-unit') ? unitOf(record, transition, body) : undefined;
  checkInputs(transition, record, body, unitCode);
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
  const checker = effects.includes('assign-checker')
    ? await assignChecker(context, record, body.checker)
    : undefined;
  return {
    transition,
    now,
    axis: axis.current(),
    actor: {
      id: user.id,
      name: user.name.zh,
      ...(user.scope.kind === 'unit' ? { unit: user.scope.code } : {}),
    },
    ...(unit ? { unit, assistants: assistantsOf(record, unit, body, units) } : {}),
    ...(transition.asks === undefined ? {} : { ask: await askOf(context, transition.asks, body) }),
    ...(effects.includes('close-request') ? { decision: decisionOf(record, body) } : {}),
    ...(effects.includes('change-limit') && body.seconds !== undefined ? { limitSeconds: body.seconds } : {}),
    ...(checker === undefined ? {} : { checker }),
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

async function askOf(
  { db }: Context,
  kind: NonNullable<Transition['asks']>,
  { reason = '', reasonCode, seconds }: ActionBody,
): Promise<NonNullable<Step['ask']>> {
  const arbiter = kind === 'return' ? await arbiterOf(db) : undefined;
  return {
    id: uuid(),
    reason,
    ...(reasonCode === undefined || kind !== 'return' ? {} : { reasonCode }),
    ...(seconds === undefined || kind !== 'extension' ? {} : { seconds }),
    ...(arbiter ? { arbiter: { ...arbiter, gone: false } } : {}),
  };
}

/** Less may be approved than was asked for, never more. */
function decisionOf(record: FullCase, { reason, note, seconds, approved }: ActionBody): Step['decision'] {
  const request = openRequestOf(record);
  const granted = seconds ?? request?.seconds ?? 0;
  if (approved && request?.kind === 'extension') {
    const maximum = Math.min(request.seconds ?? 0, MOST_SECONDS - record.extensionSeconds);
    if (granted > maximum) throw appError('SECONDS_OUT_OF_RANGE', { minimum: 60, maximum });
  }
  const said = [reason, note].filter((text) => text !== undefined && text.trim() !== '').join('\n');
  return { ...(seconds === undefined ? {} : { seconds }), ...(said === '' ? {} : { note: said }) };
}

function payloadOf(user: SessionUser, body: ActionBody): Record<string, unknown> {
  const { note, reason, reasonCode, passed } = body;
  return {
    by: { username: user.username, role: user.role },
    ...(note === undefined ? {} : { note }),
    ...(reason === undefined ? {} : { reason }),
    ...(reasonCode === undefined ? {} : { reasonCode }),
    ...(passed === undefined ? {} : { passed }),
  };
}
