import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Role } from '#contract/access';
import type { Stage } from '#contract/cases';
import { workflowMarkdown } from './workflow-diagram.ts';
import {
  allowedActions,
  caseActions,
  findTransition,
  transitions,
  type Actor,
  type WorkflowCase,
} from './workflow.ts';

const stages: Stage[] = ['dispatch', 'handling', 'send-for-check', 'check', 'closing', 'closed', 'void'];
const roles: Role[] = [
  ...new Set(transitions.flatMap((step) => step.roles)),
  'administrator',
  'evaluator',
  'wall',
];

const subjects = fc.record<WorkflowCase>({
  stage: fc.constantFrom(...stages),
  unitCode: fc.constantFrom(null, 'U01', 'U02'),
  assistantCodes: fc.constantFrom([], ['U02']),
  fedBackBy: fc.constantFrom(null, 'ann', 'bob'),
  urged: fc.boolean(),
  reportCount: fc.integer({ min: 1, max: 3 }),
});
const actors = fc.record<Actor>({
  id: fc.constantFrom('ann', 'bob'),
  role: fc.constantFrom(...roles),
  scope: fc.constantFrom<Actor['scope']>({ kind: 'district', code: '620103' }, { kind: 'unit', code: 'U01' }),
});

const handled: WorkflowCase = {
  stage: 'handling',
  unitCode: 'U01',
  assistantCodes: ['U02'],
  fedBackBy: null,
  urged: false,
  reportCount: 1,
};
const clerkOf = (code: string): Actor => ({ id: 'ann', role: 'unit-clerk', scope: { kind: 'unit', code } });
const person = (role: Role, id = 'bob'): Actor => ({ id, role, scope: { kind: 'district', code: '620103' } });

it('is drawn in docs/workflow.md as it is declared', async () => {
  await expect(workflowMarkdown()).toMatchFileSnapshot('../../docs/workflow.md');
});

it('offers exactly what it would let happen, with at most one primary action', () => {
  fc.assert(
    fc.property(subjects, actors, (subject, actor) => {
      const allowed = allowedActions(subject, actor);
      const possible = caseActions.filter((action) => !('refused' in findTransition(subject, actor, action)));
      expect(allowed.map(({ action }) => action)).toEqual(possible);
      expect(allowed.filter(({ primary }) => primary).length).toBeLessThanOrEqual(1);
    }),
  );
});

it('leaves no way out of void, and of closed only notes', () => {
  for (const role of roles) {
    expect(allowedActions({ ...handled, stage: 'void' }, person(role))).toEqual([]);
    for (const { action } of allowedActions({ ...handled, stage: 'closed' }, person(role))) {
      expect(action).toBe('note');
    }
  }
});

it('lets the wall and the evaluator do nothing', () => {
  for (const stage of stages) {
    expect(allowedActions({ ...handled, stage }, person('wall'))).toEqual([]);
    expect(allowedActions({ ...handled, stage }, person('evaluator'))).toEqual([]);
  }
});

it('takes feedback from the lead unit, not from its assistant', () => {
  expect(findTransition(handled, clerkOf('U01'), 'feedback')).toMatchObject({ to: 'send-for-check' });
  expect(findTransition(handled, clerkOf('U02'), 'feedback')).toEqual({ refused: 'of-lead-unit' });
});

it('never lets the person who fed back check, whatever the role', () => {
  const subject: WorkflowCase = { ...handled, stage: 'check', fedBackBy: 'bob' };
  expect(findTransition(subject, person('supervisor'), 'check', true)).toEqual({
    refused: 'not-who-fed-back',
  });
  expect(findTransition(subject, person('administrator'), 'check', true)).toEqual({
    refused: 'not-who-fed-back',
  });
  expect(findTransition(subject, person('supervisor', 'eve'), 'check', false)).toMatchObject({
    to: 'handling',
  });
});

it('makes urging the main action of an area head, once while it runs', () => {
  expect(allowedActions(handled, person('area-head'))).toContainEqual({ action: 'supervise', primary: true });
  expect(findTransition({ ...handled, urged: true }, person('area-head'), 'supervise')).toEqual({
    refused: 'not-urged-already',
  });
});
