import { expect, test } from 'vitest';
import { caseLight, nextTurn } from './light-turns.ts';

const warnAt = '2026-11-20T02:00:00.000Z';
const dueAt = '2026-11-20T02:10:00.000Z';
const at = (text: string) => Date.parse(text);

test('the light at the announced turn differs from the one a millisecond before', () => {
  for (const now of [at('2026-11-20T01:00:00.000Z'), at(warnAt), at('2026-11-20T02:05:00.000Z')]) {
    const turn = nextTurn([{ dueAt, warnAt }], now) ?? NaN;
    expect(turn).toBeGreaterThan(now);
    expect(caseLight({ dueAt, warnAt }, turn)).not.toBe(caseLight({ dueAt, warnAt }, turn - 1));
  }
});

test('nothing turns after red, for untimed cases or after closing', () => {
  expect(nextTurn([{ dueAt, warnAt }], at(dueAt) + 1)).toBeUndefined();
  expect(nextTurn([{}, { dueAt, warnAt, closedAt: warnAt }], 0)).toBeUndefined();
});

test('the earliest turn of many is announced', () => {
  const later = { warnAt: '2026-11-20T03:00:00.000Z', dueAt: '2026-11-20T04:00:00.000Z' };
  expect(nextTurn([later, { dueAt, warnAt }], at('2026-11-20T01:00:00.000Z'))).toBe(at(warnAt));
  expect(nextTurn([later, { dueAt, warnAt }], at(warnAt))).toBe(at(dueAt) + 1);
});

test('a case that never was yellow turns red after its deadline', () => {
  expect(nextTurn([{ dueAt, warnAt: dueAt }], at(warnAt))).toBe(at(dueAt));
  expect(nextTurn([{ dueAt, warnAt: dueAt }], at(dueAt))).toBe(at(dueAt) + 1);
});
