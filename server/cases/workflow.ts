import type { Role, Scope } from '#contract/access';
import type { AllowedAction, CaseAction, Stage } from '#contract/cases';

/**
 * What the log of a case may say: the actions of people, how a case begins, gains reports and is undone, and that it
 * came closed from an earlier system.
 */
export type LogAction =
  | CaseAction
  | 'file'
  | 'attach'
  | 'detach'
  | 'undo'
  | 'import'
  | 'recalculate'
  | 'contest'
  | 'rule-on-contest';

/** Conditions on who acts on what; they decide whether an action is offered at all. */
export type Guard =
  'of-lead-unit' | 'not-of-the-unit' | 'not-who-fed-back' | 'not-urged-already' | 'only-its-own-report';

/** Conditions on what an action carries; each has its error. */
export type InputGuard =
  | 'unit-chosen'
  | 'another-unit'
  | 'reason-unless-resolved'
  | 'reason-given'
  | 'photo-attached'
  | 'verdict-given'
  | 'text-given'
  | 'target-given';

/** What a transition does besides changing the stage, in the order given. */
export type Effect =
  | 'stop-clocks'
  | 'take-from-unit'
  | 'give-to-unit'
  | 'count-second-notice'
  | 'name-checker'
  | 'add-report'
  | 'remove-report'
  | 'move-reports'
  | 'end-case'
  | 'start-clock'
  | 'recalculate-clocks'
  | 'start-supervision';

export interface Transition {
  readonly action: LogAction;
  readonly from: readonly Stage[];
  /** `same`: the stage stays. */
  readonly to: Stage | 'same';
  /** Two outcomes of one action. */
  readonly passed?: boolean;
  readonly roles: readonly Role[];
  readonly guards: readonly Guard[];
  readonly inputs: readonly InputGuard[];
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

/** The last transition, of filing, starts a case: it comes from no stage. */
const filing: Transition = {
  action: 'file',
  from: [],
  to: 'dispatch',
  roles: reporting,
  guards: [],
  inputs: [],
  effects: ['start-clock'],
};

/** The workflow of SPEC section 3, whole: what is not written here cannot happen to a case. */
export const transitions: readonly Transition[] = [
  filing,
  {
    action: 'dispatch',
    from: ['dispatch'],
    to: 'handling',
    roles: ['dispatcher', 'supervisor'],
    guards: [],
    inputs: ['unit-chosen', 'reason-unless-resolved'],
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
    effects: ['stop-clocks', 'start-clock'],
    main: true,
  },
  {
    action: 'send-for-check',
    from: ['send-for-check'],
    to: 'check',
    roles: centre,
    guards: [],
    inputs: [],
    effects: ['stop-clocks', 'start-clock'],
    main: true,
  },
  {
    action: 'check',
    from: ['check'],
    to: 'closing',
    passed: true,
    roles: ['collector', 'operator', 'supervisor'],
    guards: ['not-of-the-unit', 'not-who-fed-back'],
    inputs: ['verdict-given'],
    effects: ['stop-clocks', 'name-checker', 'start-clock'],
    main: true,
  },
  {
    // 二次抄告; R5: it counts as a repeated dispatch of the same unit.
    action: 'check',
    from: ['check'],
    to: 'handling',
    passed: false,
    roles: ['collector', 'operator', 'supervisor'],
    guards: ['not-of-the-unit', 'not-who-fed-back'],
    inputs: ['verdict-given'],
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
    effects: ['stop-clocks', 'end-case'],
    main: true,
  },
  {
    action: 'supervise',
    from: ['handling'],
    to: 'same',
    roles: ['area-head', 'supervisor'],
    guards: ['not-urged-already'],
    inputs: [],
    effects: ['start-supervision'],
    main: true,
  },
  {
    action: 'return',
    from: ['handling'],
    to: 'dispatch',
    roles: ['unit-clerk'],
    guards: ['of-lead-unit'],
    inputs: ['reason-given'],
    effects: ['stop-clocks', 'take-from-unit', 'start-clock'],
  },
  {
    action: 'dispatch',
    from: ['handling'],
    to: 'handling',
    roles: ['dispatcher', 'supervisor'],
    guards: [],
    inputs: ['another-unit', 'reason-given'],
    effects: ['stop-clocks', 'give-to-unit', 'start-clock'],
  },
  {
    action: 'merge',
    from: ['dispatch', 'handling'],
    to: 'void',
    roles: centre,
    guards: [],
    inputs: ['target-given'],
    effects: ['stop-clocks', 'move-reports', 'end-case'],
  },
  {
    action: 'void',
    from: openStages,
    to: 'void',
    roles: ['supervisor'],
    guards: [],
    inputs: ['reason-given'],
    effects: ['stop-clocks', 'end-case'],
  },
  {
    action: 'note',
    from: [...openStages, 'closed'],
    to: 'same',
    roles: everybody,
    guards: [],
    inputs: ['text-given'],
    effects: [],
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
    effects: ['stop-clocks', 'end-case'],
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

/** The actions people may ask for by name; the others belong to reports and framings. */
export const caseActions = [
  'dispatch',
  'return',
  'feedback',
  'send-for-check',
  'check',
  'close',
  'supervise',
  'merge',
  'note',
  'void',
] as const satisfies CaseAction[];

/** What of a case the workflow looks at. */
export interface WorkflowCase {
  stage: Stage;
  unitCode: string | null;
  assistantCodes: readonly string[];
  /** Who gave the last feedback. */
  fedBackBy: string | null;
  /** A supervision clock runs and is not over time. */
  urged: boolean;
  reportCount: number;
}

export interface Actor {
  id: string;
  role: Role;
  scope: Scope;
}

const guards: Record<Guard, (subject: WorkflowCase, actor: Actor) => boolean> = {
  'of-lead-unit': ({ unitCode }, { role, scope }) =>
    role === 'administrator' || (scope.kind === 'unit' && scope.code === unitCode),
  'not-of-the-unit': (_subject, { scope }) => scope.kind !== 'unit',
  'not-who-fed-back': ({ fedBackBy }, { id }) => fedBackBy !== id,
  'not-urged-already': ({ urged }) => !urged,
  'only-its-own-report': ({ reportCount }) => reportCount === 1,
};

/** The administrator may do whatever any role may. */
function hasRole({ roles }: Transition, { role }: Actor): boolean {
  return role === 'administrator' || roles.includes(role);
}

export type Refusal = 'stage' | 'role' | Guard;

/**
 * The transition that an action means now, or why there is none: the stage has none of that name, the role may not,
 * or a guard holds it back. `passed` tells two outcomes of a check apart; undefined takes the first.
 */
export function findTransition(
  subject: WorkflowCase,
  actor: Actor,
  action: LogAction,
  passed?: boolean,
): Transition | { refused: Refusal } {
  const named = transitions.filter((step) => step.action === action && step.from.includes(subject.stage));
  const transition = named.find((step) => passed === undefined || step.passed === passed) ?? named[0];
  if (!transition) return { refused: 'stage' };
  if (!hasRole(transition, actor)) return { refused: 'role' };
  const failed = transition.guards.find((guard) => !guards[guard](subject, actor));
  return failed ? { refused: failed } : transition;
}

/** What this person may do to this case now; at most one is primary. */
export function allowedActions(subject: WorkflowCase, actor: Actor): AllowedAction[] {
  const allowed = caseActions.flatMap((action) => {
    const transition = findTransition(subject, actor, action);
    return 'refused' in transition ? [] : [transition];
  });
  const main = transitions.find((transition) => transition.main && allowed.includes(transition));
  return allowed.map((transition) => ({
    action: transition.action as CaseAction,
    primary: transition === main,
  }));
}
