import { expect, test } from 'vitest';
import { limitSeconds } from './limits.ts';
import { stageAxis, stageLimitSeconds, wholeLimitSeconds, type CaseTiming } from './stages.ts';

const ordinary: CaseTiming = { urgent: false, special: false, handling: limitSeconds(4, 'hour') };

test('limits are natural or working time by their unit', () => {
  expect(limitSeconds(30, 'minute')).toEqual({ seconds: 1_800, axis: 'natural' });
  expect(limitSeconds(2, 'urgent_hour')).toEqual({ seconds: 7_200, axis: 'natural' });
  expect(limitSeconds(1, 'urgent_day')).toEqual({ seconds: 86_400, axis: 'natural' });
  expect(limitSeconds(4, 'hour')).toEqual({ seconds: 14_400, axis: 'working' });
  expect(limitSeconds(1.5, 'hour')).toEqual({ seconds: 5_400, axis: 'working' });
  expect(limitSeconds(2, 'day')).toEqual({ seconds: 46_800, axis: 'working' });
  expect(limitSeconds(15, 'work_day')).toEqual({ seconds: 351_000, axis: 'working' });
});

test.each([0, -1, Number.NaN, Number.POSITIVE_INFINITY, 1 / 7_000])('%d hours are no limit', (amount) => {
  expect(() => limitSeconds(amount, 'hour')).toThrow(/CLOCK_LIMIT_INVALID/);
});

test('stages have the limits of the founding document', () => {
  expect(stageLimitSeconds('filing', ordinary)).toBe(1_800);
  expect(stageLimitSeconds('dispatch', ordinary)).toBe(1_800);
  expect(stageLimitSeconds('handling', ordinary)).toBe(14_400);
  expect(stageLimitSeconds('supervision', ordinary)).toBe(1_800);
  expect(stageLimitSeconds('send-for-check', ordinary)).toBe(1_800);
  expect(stageLimitSeconds('check', ordinary)).toBe(3_600);
  expect(stageLimitSeconds('closing', ordinary)).toBe(1_800);
});

test('sending a special problem for check is untimed and leaves the whole limit', () => {
  const special = { ...ordinary, special: true };
  expect(stageLimitSeconds('send-for-check', special)).toBeNull();
  expect(wholeLimitSeconds(ordinary)).toBe(1_800 + 1_800 + 14_400 + 1_800 + 3_600 + 1_800);
  expect(wholeLimitSeconds(special)).toBe(1_800 + 1_800 + 14_400 + 3_600 + 1_800);
  expect(wholeLimitSeconds({ ...ordinary, handling: null })).toBe(10_800);
});

test('an urgent case runs in natural time, an urgent limit only its handling (R3)', () => {
  const urgentLimit = { ...ordinary, handling: limitSeconds(2, 'urgent_hour') };
  expect(stageAxis('handling', urgentLimit)).toBe('natural');
  expect(stageAxis('check', urgentLimit)).toBe('working');
  expect(stageAxis('filing', ordinary)).toBe('working');
  expect(stageAxis('handling', ordinary)).toBe('working');
  expect(stageAxis('handling', { ...ordinary, urgent: true })).toBe('natural');
  expect(stageAxis('closing', { ...ordinary, urgent: true })).toBe('natural');
});
