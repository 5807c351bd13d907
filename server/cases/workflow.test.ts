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
  resolvedUnit: fc.constantFrom(null, 'U01'),
  noSubject: fc.boolean(),
  urgent: fc.boolean(),
  returned: fc.boolean(),
  arbitrated: fc.boolean(),
  postponed: fc.boolean(),
  request: fc.option(
    fc.record({
      kind: fc.constantFrom('postponement', 'extension', 'return'),
      askedBy: fc.constantFrom('ann', 'bob'),
      arbiterId: fc.constantFrom(null, 'ann', 'bob'),
    }),
  ),
  checkerId: fc.constantFrom(null, 'ann', 'bob'),
  onCamera: fc.boolean(),
  merged: fc.boolean(),
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
  resolvedUnit: 'U01',
  noSubject: false,
  urgent: false,
  returned: false,
  arbitrated: false,
  postponed: false,
  request: null,
  checkerId: null,
  onCamera: true,
  merged: false,
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

it('leaves no way out of void but for merged cases, and of closed only notes', () => {
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
  expect(allowedActions(handled, person('area-head'))).toContainEqual({
    action: 'supervise',
    primary: true,
    fields: [{ name: 'note', need: 'optional' }],
  });
  expect(findTransition({ ...handled, urged: true }, person('area-head'), 'supervise')).toEqual({
    refused: 'not-urged-already',
  });
});

it('returns a case at once the first time, asks the arbiter the second, and never after that', () => {
  const clerk = clerkOf('U01');
  expect(findTransition(handled, clerk, 'return')).toMatchObject({ to: 'dispatch' });
  const again = { ...handled, returned: true };
  expect(findTransition(again, clerk, 'return')).toMatchObject({ to: 'same', asks: 'return' });
  expect(allowedActions(again, clerk).find(({ action }) => action === 'return')?.asks).toBe('return');
  expect(findTransition({ ...again, arbitrated: true }, clerk, 'return')).toEqual({
    refused: 'not-arbitrated',
  });
});

it('lets a return be decided by its arbiter alone, or by any supervisor when that one is gone', () => {
  const asked = (arbiterId: string | null): WorkflowCase => ({
    ...handled,
    request: { kind: 'return', askedBy: 'ann', arbiterId },
  });
  const decide = (subject: WorkflowCase, actor: Actor) =>
    findTransition(subject, actor, 'decide-request', true);
  expect(decide(asked('eve'), person('supervisor', 'eve'))).toMatchObject({ to: 'dispatch' });
  expect(decide(asked('eve'), person('supervisor'))).toEqual({ refused: 'decides-return' });
  expect(decide(asked('eve'), person('administrator'))).toEqual({ refused: 'decides-return' });
  expect(decide(asked(null), person('supervisor'))).toMatchObject({ to: 'dispatch' });
  expect(decide(asked('eve'), person('dispatcher', 'eve'))).toEqual({ refused: 'role' });
});

it('leaves a case without a responsible subject to whoever coordinates', () => {
  const alone: WorkflowCase = {
    ...handled,
    stage: 'dispatch',
    unitCode: null,
    resolvedUnit: null,
    noSubject: true,
  };
  expect(findTransition(alone, person('dispatcher'), 'dispatch')).toEqual({ refused: 'coordinates' });
  const [first] = allowedActions(alone, person('supervisor'));
  expect(first?.fields.slice(0, 2)).toEqual([
    { name: 'unit', need: 'required' },
    { name: 'reason', need: 'required' },
  ]);
});

it('sends the collector it was assigned to, an operator by camera only, or a supervisor', () => {
  const sent: WorkflowCase = { ...handled, stage: 'check', checkerId: 'eve', onCamera: false };
  expect(findTransition(sent, person('collector', 'eve'), 'check', true)).toMatchObject({ to: 'closing' });
  expect(findTransition(sent, person('collector'), 'check', true)).toEqual({ refused: 'may-check' });
  expect(findTransition({ ...sent, checkerId: null }, person('collector'), 'check', true)).toMatchObject({
    to: 'closing',
  });
  expect(findTransition(sent, person('operator'), 'check', true)).toEqual({ refused: 'may-check' });
  expect(findTransition(sent, person('supervisor'), 'check', true)).toMatchObject({ to: 'closing' });
});

it('asks a reason of a refusal and not of an approval', () => {
  const asked: WorkflowCase = {
    ...handled,
    request: { kind: 'extension', askedBy: 'ann', arbiterId: null },
  };
  const decide = allowedActions(asked, person('supervisor')).find(
    ({ action }) => action === 'decide-request',
  );
  expect(decide?.primary).toBe(true);
  expect(decide?.fields).toContainEqual({ name: 'approved', need: 'required' });
  expect(decide?.fields).toContainEqual({
    name: 'reason',
    need: 'required',
    unless: { field: 'approved', values: [true] },
  });
  expect(decide?.fields).toContainEqual({ name: 'seconds', need: 'optional' });
});
