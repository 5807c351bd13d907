import type { Role, Scope } from '#contract/access';
import type { AllowedAction, Stage } from '#contract/cases';
import type { RequestKind } from '#contract/requests';
import { fieldsOf } from './action-fields.ts';
import { caseActions, transitions, type Guard, type LogAction, type Transition } from './transitions.ts';

export { caseActions, openStages, transitions } from './transitions.ts';
export type { Effect, Guard, InputGuard, LogAction, Transition } from './transitions.ts';

/** What of a case the workflow looks at. */
export interface WorkflowCase {
  stage: Stage;
  unitCode: string | null;
  assistantCodes: readonly string[];
  /** The unit that the rules name; null: no responsible subject. */
  resolvedUnit: string | null;
  /** Waits for somebody to coordinate who is responsible. */
  noSubject: boolean;
  urgent: boolean;
  /** Who gave the last feedback. */
  fedBackBy: string | null;
  /** A supervision clock runs and is not over time. */
  urged: boolean;
  reportCount: number;
  /** Some unit has returned it. */
  returned: boolean;
  /** An arbiter has decided about a return. */
  arbitrated: boolean;
  postponed: boolean;
  /** What waits for a decision; `arbiterId` is null when any supervisor may decide. */
  request: { kind: RequestKind; askedBy: string; arbiterId: string | null } | null;
  /** The collector it was sent to for check. */
  checkerId: string | null;
  /** It was seen by a camera. */
  onCamera: boolean;
  merged: boolean;
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
  coordinates: ({ noSubject }, { role }) => !noSubject || role === 'supervisor' || role === 'administrator',
  // The collector it was sent to, any collector when it was sent to nobody, an operator by camera, a supervisor.
  'may-check': ({ checkerId, onCamera }, { id, role }) => {
    if (role === 'collector') return checkerId === null || checkerId === id;
    return role !== 'operator' || onCamera;
  },
  'not-who-asked': ({ request }, { id }) => request?.askedBy !== id,
  'decides-return': ({ request }, { id }) => request?.arbiterId == null || request.arbiterId === id,
  'not-urged-already': ({ urged }) => !urged,
  'only-its-own-report': ({ reportCount }) => reportCount === 1,
  'never-returned': ({ returned }) => !returned,
  'returned-before': ({ returned }) => returned,
  'not-arbitrated': ({ arbitrated }) => !arbitrated,
  'not-postponed': ({ postponed }) => !postponed,
  'no-open-request': ({ request }) => request === null,
  'request-of-time': ({ request }) => request?.kind === 'postponement' || request?.kind === 'extension',
  'request-of-postponement': ({ request }) => request?.kind === 'postponement',
  'request-of-extension': ({ request }) => request?.kind === 'extension',
  'request-of-return': ({ request }) => request?.kind === 'return',
  'is-urgent': ({ urgent }) => urgent,
  'is-merged': ({ merged }) => merged,
};

/** Guards on the person: what they hold back is refused as not this person's to do. */
const personGuards: ReadonlySet<Refusal> = new Set([
  'role',
  'of-lead-unit',
  'not-of-the-unit',
  'not-who-fed-back',
  'coordinates',
  'may-check',
  'not-who-asked',
  'decides-return',
] satisfies Refusal[]);

/** The administrator may do whatever any role may. */
function hasRole({ roles }: Transition, { role }: Actor): boolean {
  return role === 'administrator' || roles.includes(role);
}

export type Refusal = 'stage' | 'role' | Guard;

/** Somebody else may: the stage and the state of the case would allow it. */
export function isRefusedToPerson(refused: Refusal): boolean {
  return personGuards.has(refused);
}

/**
 * The transition that an action means now, or why there is none: the stage has none of that name, the role may not,
 * or a guard holds it back. `outcome` tells two outcomes of one action apart (a check, a decision); undefined takes
 * the first that is possible.
 */
export function findTransition(
  subject: WorkflowCase,
  actor: Actor,
  action: LogAction,
  outcome?: boolean,
): Transition | { refused: Refusal } {
  let refused: Refusal = 'stage';
  for (const step of transitions) {
    if (step.action !== action || !step.from.includes(subject.stage)) continue;
    if (outcome !== undefined && step.outcome !== undefined && step.outcome !== outcome) continue;
    if (!hasRole(step, actor)) {
      if (refused === 'stage') refused = 'role';
      continue;
    }
    const failed = step.guards.find((guard) => !guards[guard](subject, actor));
    if (!failed) return step;
    refused = failed;
  }
  return { refused };
}

/** What this person may do to this case now, with what each carries; at most one is primary. */
export function allowedActions(subject: WorkflowCase, actor: Actor): AllowedAction[] {
  const possible = caseActions.flatMap((action) => {
    const outcomes = [true, false].map((outcome) => findTransition(subject, actor, action, outcome));
    const steps = [...new Set(outcomes.flatMap((step) => ('refused' in step ? [] : [step])))];
    return steps.length === 0 ? [] : [{ action, steps }];
  });
  const main = transitions.find(
    (step) => step.main && possible.some(({ steps }) => steps.includes(step)),
  )?.action;
  return possible.map(({ action, steps }) => {
    const asks = steps[0]?.asks;
    return {
      action,
      primary: action === main && steps.some((step) => step.main),
      fields: fieldsOf(steps, subject),
      ...(asks === undefined ? {} : { asks }),
    };
  });
}
