import type { Role } from '#contract/access';
import type { ActionField, CaseAction, Stage } from '#contract/cases';
import type { RequestKind } from '#contract/requests';

/**
 * What the log of a case may say: the actions of people, how a case begins, gains reports and is undone, that it came
 * closed from an earlier system, that its clocks were computed anew, and what was said about its evaluation.
 */
export type LogAction =
  | CaseAction
  | 'request-return'
  | 'file'
  | 'attach'
  | 'detach'
  | 'undo'
  | 'import'
  | 'recalculate'
  | 'contest'
  | 'rule-on-contest';

/** Conditions on who acts; they decide whether an action is offered at all. */
export type PersonGuard =
  | 'of-lead-unit'
  | 'not-of-the-unit'
  | 'not-who-fed-back'
  | 'coordinates'
  | 'may-check'
  | 'not-who-asked'
  | 'decides-return';

/** Conditions on how the case stands. */
export type StateGuard =
  | 'not-urged-already'
  | 'only-its-own-report'
  | 'never-returned'
  | 'returned-before'
  | 'not-arbitrated'
  | 'not-postponed'
  | 'no-open-request'
  | 'request-of-time'
  | 'request-of-postponement'
  | 'request-of-extension'
  | 'request-of-return'
  | 'is-urgent'
  | 'is-merged';

export type Guard = PersonGuard | StateGuard;

/** Conditions on what an action carries; each has its error. */
export type InputGuard =
  | 'unit-chosen'
  | 'another-unit'
  | 'reason-unless-resolved'
  | 'reason-given'
  | 'reason-code-given'
  | 'photo-attached'
  | 'photo-unless-not-ours'
  | 'seconds-given'
  | 'decision-given'
  | 'verdict-given'
  | 'text-given'
  | 'target-given';

/** What a transition does besides changing the stage, in the order given. */
export type Effect =
  | 'stop-clocks'
  | 'answer-supervision'
  | 'lapse-request'
  | 'flag-return'
  | 'take-from-unit'
  | 'give-to-unit'
  | 'count-second-notice'
  | 'assign-checker'
  | 'name-checker'
  | 'open-request'
  | 'close-request'
  | 'flag-postponement'
  | 'extend-limit'
  | 'bind-arbitration'
  | 'change-limit'
  | 'add-report'
  | 'remove-report'
  | 'move-reports'
  | 'fetch-reports'
  | 'end-case'
  | 'reopen-case'
  | 'start-clock'
  | 'recalculate-clocks'
  | 'start-supervision';

export interface Transition {
  readonly action: LogAction;
  /** Its name in the log, where that is another: a second return only asks. */
  readonly logged?: LogAction;
  readonly from: readonly Stage[];
  /** `same`: the stage stays. */
  readonly to: Stage | 'same';
  /** Two outcomes of one action: a check passed or failed, a request approved or refused. */
  readonly outcome?: boolean;
  /** What is asked for, of a transition that only asks. */
  readonly asks?: RequestKind;
  readonly roles: readonly Role[];
  readonly guards: readonly Guard[];
  readonly inputs: readonly InputGuard[];
  /** What it may carry besides. */
  readonly optional?: readonly ActionField['name'][];
  readonly effects: readonly Effect[];
  /** The step that moves the case on: the screen's large button. */
  readonly main?: true;
}

export const openStages = [
  'dispatch',
  'handling',
  'send-for-check',
  'check',
  'closing',
] as const satisfies Stage[];

const centre = ['intake-clerk', 'dispatcher', 'supervisor'] as const satisfies Role[];
const reporting = [...centre, 'operator'] as const satisfies Role[];
const everybody = [...reporting, 'hotline', 'unit-clerk', 'collector', 'area-head'] as const satisfies Role[];

/** The workflow of SPEC section 3, whole: what is not written here cannot happen to a case. */
export const transitions: readonly Transition[] = [
  {
    action: 'file',
    from: [],
    to: 'dispatch',
    roles: reporting,
    guards: [],
    inputs: [],
    effects: ['start-clock'],
  },
  {
    // With no responsible subject (无责任主体) only who coordinates gives it to somebody, saying why.
    action: 'dispatch',
    from: ['dispatch'],
    to: 'handling',
    roles: ['dispatcher', 'supervisor'],
    guards: ['coordinates'],
    inputs: ['unit-chosen', 'reason-unless-resolved'],
    optional: ['assistants', 'note'],
    effects: ['stop-clocks', 'give-to-unit', 'start-clock'],
    main: true,
  },
  {
    action: 'feedback',
    from: ['handling'],
    to: 'send-for-check',
    roles: ['unit-clerk'],
    guards: ['of-lead-unit'],
    inputs: ['photo-attached'],
    optional: ['note'],
    effects: ['stop-clocks', 'lapse-request', 'start-clock'],
    main: true,
  },
  {
    action: 'send-for-check',
    from: ['send-for-check'],
    to: 'check',
    roles: centre,
    guards: [],
    inputs: [],
    optional: ['checker', 'note'],
    effects: ['stop-clocks', 'assign-checker', 'start-clock'],
    main: true,
  },
  {
    action: 'check',
    from: ['check'],
    to: 'closing',
    outcome: true,
    roles: ['collector', 'operator', 'supervisor'],
    guards: ['not-of-the-unit', 'not-who-fed-back', 'may-check'],
    inputs: ['verdict-given'],
    optional: ['photos', 'note'],
    effects: ['stop-clocks', 'name-checker', 'start-clock'],
    main: true,
  },
  {
    // 二次抄告; R5: it counts as a repeated dispatch of the same unit.
    action: 'check',
    from: ['check'],
    to: 'handling',
    outcome: false,
    roles: ['collector', 'operator', 'supervisor'],
    guards: ['not-of-the-unit', 'not-who-fed-back', 'may-check'],
    inputs: ['verdict-given'],
    optional: ['photos', 'note'],
    effects: ['stop-clocks', 'name-checker', 'count-second-notice', 'give-to-unit', 'start-clock'],
    main: true,
  },
  {
    action: 'close',
    from: ['closing'],
    to: 'closed',
    roles: centre,
    guards: [],
    inputs: [],
    optional: ['note'],
    effects: ['stop-clocks', 'end-case'],
    main: true,
  },
  {
    action: 'decide-request',
    from: ['handling'],
    to: 'same',
    outcome: true,
    roles: ['supervisor'],
    guards: ['request-of-postponement', 'not-who-asked'],
    inputs: ['decision-given'],
    optional: ['request', 'note'],
    effects: ['close-request', 'flag-postponement'],
    main: true,
  },
  {
    action: 'decide-request',
    from: ['handling'],
    to: 'same',
    outcome: true,
    roles: ['supervisor'],
    guards: ['request-of-extension', 'not-who-asked'],
    inputs: ['decision-given'],
    optional: ['request', 'seconds', 'note'],
    effects: ['close-request', 'extend-limit'],
    main: true,
  },
  {
    action: 'decide-request',
    from: ['handling'],
    to: 'same',
    outcome: false,
    roles: ['supervisor'],
    guards: ['request-of-time', 'not-who-asked'],
    inputs: ['decision-given', 'reason-given'],
    optional: ['request', 'note'],
    effects: ['close-request'],
    main: true,
  },
  {
    action: 'decide-request',
    from: ['handling'],
    to: 'dispatch',
    outcome: true,
    roles: ['supervisor'],
    guards: ['request-of-return', 'decides-return', 'not-who-asked'],
    inputs: ['decision-given'],
    optional: ['request', 'note'],
    effects: [
      'stop-clocks',
      'close-request',
      'flag-return',
      'take-from-unit',
      'bind-arbitration',
      'start-clock',
    ],
    main: true,
  },
  {
    action: 'decide-request',
    from: ['handling'],
    to: 'same',
    outcome: false,
    roles: ['supervisor'],
    guards: ['request-of-return', 'decides-return', 'not-who-asked'],
    inputs: ['decision-given', 'reason-given'],
    optional: ['request', 'note'],
    effects: ['close-request', 'bind-arbitration'],
    main: true,
  },
  {
    // Its clock runs beside the handling, until the unit's next act.
    action: 'supervise',
    from: ['handling'],
    to: 'same',
    roles: ['area-head', 'supervisor'],
    guards: ['not-urged-already'],
    inputs: [],
    optional: ['note'],
    effects: ['start-supervision'],
    main: true,
  },
  {
    action: 'return',
    from: ['handling'],
    to: 'dispatch',
    roles: ['unit-clerk'],
    guards: ['of-lead-unit', 'never-returned'],
    inputs: ['reason-code-given', 'reason-given', 'photo-unless-not-ours'],
    optional: ['note'],
    effects: ['stop-clocks', 'lapse-request', 'flag-return', 'take-from-unit', 'start-clock'],
  },
  {
    // A second return of the case, by whichever unit: the arbiter decides, and meanwhile the clock runs on.
    action: 'return',
    logged: 'request-return',
    from: ['handling'],
    to: 'same',
    asks: 'return',
    roles: ['unit-clerk'],
    guards: ['of-lead-unit', 'returned-before', 'not-arbitrated', 'no-open-request'],
    inputs: ['reason-code-given', 'reason-given', 'photo-unless-not-ours'],
    optional: ['note'],
    effects: ['answer-supervision', 'open-request'],
  },
  {
    action: 'request-postponement',
    from: ['handling'],
    to: 'same',
    asks: 'postponement',
    roles: ['unit-clerk'],
    guards: ['of-lead-unit', 'no-open-request', 'not-postponed'],
    inputs: ['reason-given'],
    optional: ['photos', 'note'],
    effects: ['answer-supervision', 'open-request'],
  },
  {
    action: 'request-extension',
    from: ['handling'],
    to: 'same',
    asks: 'extension',
    roles: ['unit-clerk'],
    guards: ['of-lead-unit', 'no-open-request'],
    inputs: ['seconds-given', 'reason-given'],
    optional: ['photos', 'note'],
    effects: ['answer-supervision', 'open-request'],
  },
  {
    action: 'dispatch',
    from: ['handling'],
    to: 'handling',
    roles: ['dispatcher', 'supervisor'],
    guards: [],
    inputs: ['another-unit', 'reason-given'],
    optional: ['assistants', 'note'],
    effects: ['stop-clocks', 'lapse-request', 'give-to-unit', 'start-clock'],
  },
  {
    // 紧急问题处置时间视情况而定
    action: 'change-limit',
    from: ['dispatch', 'handling'],
    to: 'same',
    roles: ['dispatcher', 'supervisor'],
    guards: ['is-urgent'],
    inputs: ['seconds-given', 'reason-given'],
    optional: ['note'],
    effects: ['change-limit'],
  },
  {
    action: 'merge',
    from: ['dispatch', 'handling'],
    to: 'void',
    roles: centre,
    guards: [],
    inputs: ['target-given'],
    optional: ['reason', 'note'],
    effects: ['stop-clocks', 'lapse-request', 'move-reports', 'end-case'],
  },
  {
    action: 'unmerge',
    from: ['void'],
    to: 'dispatch',
    roles: centre,
    guards: ['is-merged'],
    inputs: ['reason-given'],
    optional: ['note'],
    effects: ['fetch-reports', 'reopen-case', 'take-from-unit', 'start-clock'],
  },
  {
    action: 'void',
    from: openStages,
    to: 'void',
    roles: ['supervisor'],
    guards: [],
    inputs: ['reason-given'],
    optional: ['note'],
    effects: ['stop-clocks', 'lapse-request', 'end-case'],
  },
  {
    action: 'note',
    from: [...openStages, 'closed'],
    to: 'same',
    roles: everybody,
    guards: [],
    inputs: ['text-given'],
    optional: ['photos'],
    effects: ['answer-supervision'],
  },
  {
    action: 'attach',
    from: openStages,
    to: 'same',
    roles: reporting,
    guards: [],
    inputs: [],
    effects: ['add-report'],
  },
  {
    action: 'detach',
    from: [...openStages, 'closed', 'void'],
    to: 'same',
    roles: reporting,
    guards: [],
    inputs: [],
    effects: ['remove-report'],
  },
  {
    action: 'undo',
    from: ['dispatch', 'handling'],
    to: 'void',
    roles: reporting,
    guards: ['only-its-own-report'],
    inputs: [],
    effects: ['stop-clocks', 'lapse-request', 'end-case'],
  },
  {
    // The calendar or a limit changed: deadlines of what runs are computed anew.
    action: 'recalculate',
    from: openStages,
    to: 'same',
    roles: [],
    guards: [],
    inputs: [],
    effects: ['recalculate-clocks'],
  },
  {
    action: 'contest',
    from: [...openStages, 'closed'],
    to: 'same',
    roles: ['unit-clerk'],
    guards: ['of-lead-unit'],
    inputs: [],
    effects: [],
  },
  {
    action: 'rule-on-contest',
    from: [...openStages, 'closed'],
    to: 'same',
    roles: ['supervisor'],
    guards: [],
    inputs: [],
    effects: [],
  },
];

/** The actions people may ask for by name; the others belong to reports, framings and the evaluation. */
export const caseActions = [
  'dispatch',
  'return',
  'request-postponement',
  'request-extension',
  'decide-request',
  'feedback',
  'send-for-check',
  'check',
  'close',
  'supervise',
  'change-limit',
  'merge',
  'unmerge',
  'note',
  'void',
] as const satisfies CaseAction[];
