import { describe, expect, it } from 'vitest';
import { layOutSpans } from '#clock/work-axis';
import { factsOfFace } from './face-facts.ts';

const at = (text: string) => Date.parse(`2026-11-${text}+08:00`);
const wire = (text: string) => new Date(at(text)).toISOString();
const axis = layOutSpans({
  startsAt: at('23T08:30:00'),
  endsAt: at('24T17:00:00'),
  spans: [
    { from: at('23T08:30:00'), to: at('23T11:30:00') },
    { from: at('23T13:30:00'), to: at('23T17:00:00') },
    { from: at('24T08:30:00'), to: at('24T11:30:00') },
    { from: at('24T13:30:00'), to: at('24T17:00:00') },
  ],
  timeZone: 'Asia/Shanghai',
  knownYears: [2026],
});

describe('what a screen says about a clock', () => {
  const overnight = { dueAt: wire('24T09:00:00'), warnAt: wire('24T08:50:00') };

  it('counts down in working time and says when it runs again', () => {
    expect(factsOfFace(overnight, 'working', at('23T20:00:00'), axis)).toEqual({
      light: 'green',
      leftSeconds: 1800,
      resumesAt: at('24T08:30:00'),
      axis: 'working',
    });
  });

  it('counts a natural clock through the night', () => {
    const facts = factsOfFace(overnight, 'natural', at('23T20:00:00'), axis);
    expect(facts).toMatchObject({ leftSeconds: 13 * 3600, resumesAt: null, axis: 'natural' });
  });

  it('turns red the moment the limit is over and counts what is over', () => {
    expect(factsOfFace(overnight, 'working', at('24T09:00:00'), axis).light).toBe('yellow');
    expect(factsOfFace(overnight, 'working', at('24T09:00:00') + 1, axis).light).toBe('red');
    expect(factsOfFace(overnight, 'working', at('24T13:40:00'), axis).leftSeconds).toBe(-(2.5 * 3600 + 600));
  });

  it('keeps the light of a clock that has stopped', () => {
    const face = { ...overnight, endedAt: wire('24T08:55:00') };
    expect(factsOfFace(face, 'working', at('24T16:00:00'), axis).light).toBe('yellow');
  });

  it('falls back to natural time beyond the calendar, and has nothing to count for an untimed clock', () => {
    const late = { dueAt: wire('20T09:00:00'), warnAt: wire('20T08:50:00') };
    const facts = factsOfFace(late, 'working', at('23T09:00:00'), axis);
    expect(facts).toMatchObject({ light: 'red', leftSeconds: -3 * 86_400, axis: 'natural' });
    expect(factsOfFace({}, 'working', at('23T09:00:00'), axis)).toMatchObject({
      light: 'none',
      leftSeconds: null,
    });
  });

  it('keeps the light of a clock that stands still without instants', () => {
    expect(factsOfFace({ light: 'red' }, 'natural', at('23T09:00:00'), axis)).toMatchObject({
      light: 'red',
      leftSeconds: null,
    });
  });
});
