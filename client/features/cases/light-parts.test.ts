import { expect, it } from 'vitest';
import { lightPartsOf } from './light-parts.ts';

it('cuts a run where its light turned', () => {
  expect(lightPartsOf({ startedAt: 0, until: 100, warnAt: 60, dueAt: 80 })).toEqual([
    { from: 0, to: 60, light: 'green' },
    { from: 60, to: 80, light: 'yellow' },
    { from: 80, to: 100, light: 'red' },
  ]);
  expect(lightPartsOf({ startedAt: 0, until: 50, warnAt: 60, dueAt: 80 })).toEqual([
    { from: 0, to: 50, light: 'green' },
  ]);
});

it('is red at once when the limit was used up before', () => {
  expect(lightPartsOf({ startedAt: 10, until: 50, warnAt: -20, dueAt: -5 })).toEqual([
    { from: 10, to: 50, light: 'red' },
  ]);
});

it('has one part without a light when untimed', () => {
  expect(lightPartsOf({ startedAt: 0, until: 5, warnAt: null, dueAt: null })).toEqual([
    { from: 0, to: 5, light: 'none' },
  ]);
});
