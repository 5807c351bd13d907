import { expect, it } from 'vitest';
import type { ActionField } from '#contract/cases';
import { needOf, needsForm } from './action-fields.ts';

const returning: ActionField[] = [
  { name: 'reasonCode', need: 'required' },
  { name: 'photos', need: 'required', unless: { field: 'reasonCode', values: ['not-our-duty'] } },
];

it('asks for a photo unless the reason shows in no picture', () => {
  expect(needOf(returning, 'photos', {})).toBe('required');
  expect(needOf(returning, 'photos', { reasonCode: 'wrong-class' })).toBe('required');
  expect(needOf(returning, 'photos', { reasonCode: 'not-our-duty' })).toBe('optional');
  expect(needOf(returning, 'seconds', {})).toBeUndefined();
});

it('dispatches at one press where the rules name a unit', () => {
  const reason: ActionField = { name: 'reason', need: 'required' };
  const to = (need: 'required' | 'optional'): ActionField[] => [{ name: 'unit', need }, reason];
  expect(needsForm({ action: 'dispatch', fields: to('optional') })).toBe(false);
  expect(needsForm({ action: 'dispatch', fields: to('required') })).toBe(true);
  expect(needsForm({ action: 'close', fields: [{ name: 'note', need: 'optional' }] })).toBe(false);
  expect(needsForm({ action: 'void', fields: [reason] })).toBe(true);
});
