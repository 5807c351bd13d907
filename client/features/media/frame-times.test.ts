import { expect, it } from 'vitest';
import { stepTarget } from './frame-times.ts';

const times = [1000, 2000, 3000, 5000];

it('steps by frames and stops at the newest', () => {
  expect(stepTarget(times, 3000, { frames: -1 })).toBe(1);
  expect(stepTarget(times, 3000, { frames: 1 })).toBe(3);
  expect(stepTarget(times, 5000, { frames: 5 })).toBe(3);
});

it('lands on the latest frame at or before the time wanted', () => {
  expect(stepTarget(times, 5000, { micros: -1000 })).toBe(2);
  expect(stepTarget(times, 2000, { micros: 2500 })).toBe(2);
});

it('says when the step leads before what is known', () => {
  expect(stepTarget(times, 1000, { frames: -1 })).toBeLessThan(0);
  expect(stepTarget(times, 2000, { micros: -1_000_000 })).toBeLessThan(0);
});
