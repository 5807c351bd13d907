import type { ActionField } from '#contract/cases';
import type { ReturnReason } from '#contract/requests';
import type { InputGuard, Transition } from './transitions.ts';

/** Reasons of a return that need no photo: what is not the unit's duty shows in no picture. */
export const reasonsWithoutPhoto: readonly ReturnReason[] = ['not-our-duty', 'not-our-area'];

/** What each condition on the input asks for; `resolvedUnit` is the unit that the rules name. */
const fields: Record<InputGuard, (resolvedUnit: string | null) => ActionField> = {
  'unit-chosen': (resolved) => ({ name: 'unit', need: resolved === null ? 'required' : 'optional' }),
  'another-unit': () => ({ name: 'unit', need: 'required' }),
  'reason-unless-resolved': (resolved) => ({
    name: 'reason',
    need: 'required',
    ...(resolved === null ? {} : { unless: { field: 'unit', values: [resolved] } }),
  }),
  'reason-given': () => ({ name: 'reason', need: 'required' }),
  'reason-code-given': () => ({ name: 'reasonCode', need: 'required' }),
  'photo-attached': () => ({ name: 'photos', need: 'required' }),
  'photo-unless-not-ours': () => ({
    name: 'photos',
    need: 'required',
    unless: { field: 'reasonCode', values: [...reasonsWithoutPhoto] },
  }),
  'seconds-given': () => ({ name: 'seconds', need: 'required' }),
  'decision-given': () => ({ name: 'approved', need: 'required' }),
  'verdict-given': () => ({ name: 'passed', need: 'required' }),
  'text-given': () => ({ name: 'note', need: 'required' }),
  'target-given': () => ({ name: 'into', need: 'required' }),
};

/** What the form of an action asks for: of all its outcomes that are possible now, each field once. */
export function fieldsOf(
  steps: readonly Transition[],
  { resolvedUnit }: { resolvedUnit: string | null },
): ActionField[] {
  const found = new Map<ActionField['name'], ActionField>();
  for (const step of steps) {
    const required = step.inputs.map((input) => fields[input](resolvedUnit));
    const optional = (step.optional ?? []).map((name): ActionField => ({ name, need: 'optional' }));
    for (const field of [...required, ...optional]) {
      if (found.has(field.name)) continue;
      found.set(field.name, { ...field, ...unlessOtherOutcome(steps, step, field) });
    }
  }
  return [...found.values()];
}

/** A reason that only a refusal needs is not asked of an approval. */
function unlessOtherOutcome(
  steps: readonly Transition[],
  step: Transition,
  { need, name }: ActionField,
): Pick<ActionField, 'unless'> {
  const others = steps.filter((other) => other !== step && other.outcome !== step.outcome);
  const free = others.some(
    (other) => !other.inputs.some((input) => fields[input](null).name === name) && need === 'required',
  );
  if (!free) return {};
  return { unless: { field: step.action === 'check' ? 'passed' : 'approved', values: [!step.outcome] } };
}
