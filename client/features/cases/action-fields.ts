import type { CaseAction } from '#contract/cases';

/** What the form of an action asks for; `optional` may be left empty. */
export interface ActionFields {
  unit?: true;
  reason?: 'required' | 'optional';
  note?: 'required' | 'optional';
  photos?: 'required' | 'optional';
  verdict?: true;
  into?: true;
}

export const actionFields: Record<CaseAction, ActionFields> = {
  dispatch: { unit: true, reason: 'optional' },
  return: { reason: 'required' },
  'request-postponement': { reason: 'required' },
  'request-extension': { reason: 'required' },
  'decide-request': { note: 'optional' },
  feedback: { photos: 'required', note: 'optional' },
  'send-for-check': {},
  check: { verdict: true, photos: 'optional', note: 'optional' },
  close: {},
  supervise: { note: 'optional' },
  'change-limit': { reason: 'required' },
  merge: { into: true },
  unmerge: { reason: 'required' },
  note: { note: 'required' },
  void: { reason: 'required' },
};

export const actionsWithForm: ReadonlySet<CaseAction> = new Set(
  (Object.keys(actionFields) as CaseAction[]).filter(
    (action) => Object.keys(actionFields[action]).length > 0,
  ),
);
