import type { ActionBody } from '#contract/cases';
import { appError } from '../errors.ts';
import { reasonsWithoutPhoto } from './action-fields.ts';
import type { FullCase } from './case-record.ts';
import type { InputGuard, Transition } from './workflow.ts';

/** Ten years: no limit, and no sum of extensions, is longer. */
export const MOST_SECONDS = 315_360_000;

/** @throws the error of the first thing that the transition must carry and the body does not */
export function checkInputs(
  { inputs }: Transition,
  record: FullCase,
  body: ActionBody,
  unit: string | undefined,
): void {
  for (const guard of inputs) checks[guard](record, body, unit);
}

const checks: Record<InputGuard, (record: FullCase, body: ActionBody, unit: string | undefined) => void> = {
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
  'reason-code-given': (_record, { reasonCode }) => {
    if (reasonCode === undefined) throw appError('RETURN_REASON_REQUIRED');
  },
  'photo-attached': (_record, { photos }) => {
    if (!photos?.length) throw appError('EVIDENCE_REQUIRED');
  },
  'photo-unless-not-ours': (_record, { photos, reasonCode }) => {
    const shows = reasonCode === undefined || !reasonsWithoutPhoto.includes(reasonCode);
    if (shows && !photos?.length) throw appError('EVIDENCE_REQUIRED');
  },
  'seconds-given': (_record, { seconds }) => {
    if (seconds === undefined) throw appError('SECONDS_REQUIRED');
  },
  'decision-given': (_record, { approved }) => {
    if (approved === undefined) throw appError('DECISION_REQUIRED');
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
