import { expect, it } from 'vitest';
import type { TimelineEvent } from '#contract/cases';
import { storyKey, tellClockStories } from './clock-story.ts';

let n = 0;
function event(action: string, payload: Record<string, unknown>): TimelineEvent {
  n += 1;
  return { n, at: `2026-11-23T0${n}:00:00.000Z`, actor: '', action, toStage: 'handling', payload, hash: '' };
}
const handling = (more: object) => ({ stage: 'handling', round: 1, usedBeforeSeconds: 0, ...more });

it('tells which rule started a clock and what moved it since', () => {
  const events = [
    event('file', { clocks: { started: [{ stage: 'dispatch', round: 1, usedBeforeSeconds: 0 }] } }),
    event('dispatch', {
      rule: 'accumulates',
      ordinal: 2,
      cause: 'repeat',
      clocks: { started: [handling({ limitSeconds: 3600, dueAt: 'a' })] },
    }),
    event('decide-request', {
      seconds: 7200,
      approved: true,
      clocks: { changed: [handling({ limitSeconds: 10_800, dueAt: 'b' })] },
    }),
    event('recalculate', { clocks: { changed: [handling({ limitSeconds: 10_800, dueAt: 'c' })] } }),
    event('note', { note: 'nothing moves' }),
  ];
  const story = tellClockStories(events).get(storyKey({ stage: 'handling', round: 1 }));
  expect(story).toMatchObject({ action: 'dispatch', rule: 'accumulates', ordinal: 2, cause: 'repeat' });
  expect(
    story?.changes.map(({ action, seconds, before, after }) => [action, seconds, before?.dueAt, after.dueAt]),
  ).toEqual([
    ['decide-request', 7200, 'a', 'b'],
    ['recalculate', undefined, 'b', 'c'],
  ]);
});

it('takes a log that says nothing of clocks as it is', () => {
  expect(tellClockStories([event('dispatch', {}), event('dispatch', { clocks: 'x' })]).size).toBe(0);
});
