import { describe, expect, it } from 'vitest';
import { ClickCycle, isInside, type Candidate } from './pick-candidates.ts';

const things: Candidate[] = [
  { kind: 'part', id: '1' },
  { kind: 'building', id: '2' },
  { kind: 'cell', id: '3' },
];
const here = { x: 100, y: 100 };

describe('clicks at one place', () => {
  it('begin with the uppermost and go down, then begin again', () => {
    const cycle = new ClickCycle();
    let selected: Candidate | undefined;
    const seen = [1, 2, 3, 4].map(() => (selected = cycle.choose(things, here, selected))?.kind);
    expect(seen).toEqual(['part', 'building', 'cell', 'part']);
  });

  it('begin anew somewhere else', () => {
    const cycle = new ClickCycle();
    const first = cycle.choose(things, here, undefined);
    expect(cycle.choose(things, { x: 300, y: 100 }, first)?.kind).toBe('part');
  });

  it('mean nothing where nothing is', () => {
    expect(new ClickCycle().choose([], here, undefined)).toBeUndefined();
  });
});

it('a division with a hole does not hold what is in the hole', () => {
  const square = (from: number, to: number) => [
    [from, from],
    [to, from],
    [to, to],
    [from, to],
    [from, from],
  ];
  const division = { rings: [square(0, 10), square(4, 6)], bounds: [0, 0, 10, 10] as const };
  expect(isInside(division, { lon: 2, lat: 2 })).toBe(true);
  expect(isInside(division, { lon: 5, lat: 5 })).toBe(false);
  expect(isInside(division, { lon: 11, lat: 5 })).toBe(false);
});
