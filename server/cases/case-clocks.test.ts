import { expect, it } from 'vitest';
import type { CaseTiming } from '#clock/stages';
import { buildWorkAxis } from '#clock/work-axis';
import { defaultCalendar } from '#clock/working-calendar';
import { deadlinesOf, startHandling, startStage, stopRunning, type CaseClock } from './case-clocks.ts';

const axis = buildWorkAxis(defaultCalendar([]), '2026-10-01', '2026-12-31');
const at = (time: string) => new Date(`2026-10-19T${time}:00+08:00`);
/** Four working hours to handle. */
const timing: CaseTiming = { urgent: false, special: false, handling: { seconds: 14_400, axis: 'working' } };

function dispatchedAt(time: string, unit: { code: string; isCommand: boolean }): CaseClock[] {
  const waiting = startStage([], 'dispatch', { timing, now: at('09:00'), axis });
  const now = at(time);
  return startHandling(stopRunning(waiting, now, axis), [], { unit, cause: 'new', timing, now, axis });
}

it('times dispatch and handling as one for a command unit, apart for others', () => {
  expect(dispatchedAt('09:20', { code: 'U01', isCommand: false }).at(-1)).toMatchObject({
    limitSeconds: 14_400,
    usedBeforeSeconds: 0,
    dueAt: at('15:20').getTime(),
  });
  // Half an hour more, of which the dispatch has used twenty minutes.
  expect(dispatchedAt('09:20', { code: 'U01', isCommand: true }).at(-1)).toMatchObject({
    limitSeconds: 16_200,
    usedBeforeSeconds: 1_200,
    dueAt: at('15:30').getTime(),
  });
});

it('counts all time since the first dispatch from the third one on', () => {
  const unit = { code: 'U01', isCommand: false };
  const first = stopRunning(dispatchedAt('09:00', unit), at('10:00'), axis);
  const dispatches = [
    { unit: 'U01', at: at('09:00'), cause: 'new' as const },
    { unit: 'U01', at: at('10:30'), cause: 'repeat' as const },
  ];
  const given = { unit, cause: 'repeat' as const, timing, axis };
  const second = startHandling(first, dispatches.slice(0, 1), { ...given, now: at('10:30') });
  expect(second.at(-1)).toMatchObject({ round: 2, usedBeforeSeconds: 3_600 });
  const third = startHandling(stopRunning(second, at('11:00'), axis), dispatches, {
    ...given,
    now: at('14:30'),
  });
  // 09:00–11:30 and 13:30–14:30.
  expect(third.at(-1)).toMatchObject({ round: 3, usedBeforeSeconds: 12_600, dueAt: at('15:00').getTime() });
});

it('shows supervision beside the stage it urges, until that ends', () => {
  const handling = dispatchedAt('09:00', { code: 'U01', isCommand: false });
  const urged = startStage(handling, 'supervision', { timing, now: at('11:20'), axis, unit: 'U01' });
  expect(deadlinesOf(urged, 'handling', timing, axis)).toMatchObject({
    dueAt: at('15:00'),
    supervisionDueAt: at('13:50'),
  });
  const ended = stopRunning(urged, at('14:00'), axis);
  expect(ended.every(({ endedAt }) => endedAt !== null)).toBe(true);
  expect(deadlinesOf(ended, 'send-for-check', timing, axis)).toMatchObject({
    dueAt: null,
    supervisionDueAt: null,
  });
});
