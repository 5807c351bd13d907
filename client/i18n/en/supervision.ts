import type { supervision as zh } from '../zh-CN/supervision.ts';
import type { Texts } from '../texts.ts';

export const supervision: Texts<typeof zh> = {
  requests: 'Postponements and extensions asked for {{count}}',
  requestsHint: 'Requests of units for postponement or extension appear here.',
  arbitration: 'Returns to arbitrate {{count}}',
  arbitrationHint: 'A second return of a case is decided here by the arbiter.',
  nothingWaits: 'Nothing waits for a decision',
  notYours: 'The named arbiter decides.',
  returned: 'Returned, to dispatch again {{count}}',
  overdue: 'Late cases {{count}}',
  nothingLate: 'No case is late',
  contests: 'Contests of the evaluation',
  quota: 'Quota of the unit, {{month}}, {{kind}}: {{quota}}; used {{used}}, left {{left}}.',
  quotaKind: { postponement: 'postponements', extension: 'extensions' },
  quotaUsedUp: 'The quota is used up: if approved, the evaluation will not recognise it.',
};
