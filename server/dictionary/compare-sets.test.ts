import { expect, test } from 'vitest';
import { carryOver, countCarried } from './compare-sets.ts';

const counterparts = {
  only: new Map([
    ['P1', 'Q1'],
    ['P2', 'Q1'],
    ['P3', 'Q3'],
  ]),
  open: new Set(['P4']),
};

test('a rule goes to the one class its class became, unless that has rules or another class brought them', () => {
  const rules = ['P1', 'P1', 'P2', 'P3', 'P4', 'P5'].map((id) => ({ class: id }));
  const carried = carryOver(rules, counterparts, new Set(['Q3']));
  expect(carried.map((one) => one.to ?? one.because)).toEqual(['Q1', 'Q1', 'merged', 'own', 'open', 'none']);
  expect(countCarried(carried)).toEqual({ carried: 2, own: 1, open: 2, none: 1 });
});
