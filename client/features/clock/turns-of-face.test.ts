import { expect, test } from 'vitest';
import { lightOfFace } from './light-of-face.ts';
import { nextTurnOf } from './turns-of-face.ts';

const warnAt = '2026-11-23T01:20:00.000Z';
const dueAt = '2026-11-23T01:30:00.000Z';
const face = { warnAt, dueAt };

test.each([
  ['2026-11-23T01:19:59.999Z', { to: 'yellow', at: Date.parse(warnAt) }],
  [warnAt, { to: 'red', at: Date.parse(dueAt) }],
  [dueAt, { to: 'red', at: Date.parse(dueAt) }],
  ['2026-11-23T01:30:00.001Z', null],
])('at %s the next turn is %o', (now, turn) => {
  expect(nextTurnOf(face, Date.parse(now))).toEqual(turn);
});

test('a light is still what it was until its turn, and another right after', () => {
  const start = Date.parse('2026-11-23T01:00:00.000Z');
  const first = nextTurnOf(face, start);
  expect(first && lightOfFace(face, first.at - 1)).toBe('green');
  expect(first && lightOfFace(face, first.at)).toBe('yellow');
  const second = nextTurnOf(face, first?.at ?? 0);
  expect(second && lightOfFace(face, second.at + 1)).toBe('red');
});

test('nothing turns that has stopped or has no instants', () => {
  expect(nextTurnOf({ ...face, endedAt: warnAt }, 0)).toBeNull();
  expect(nextTurnOf({ light: 'red' }, 0)).toBeNull();
});
