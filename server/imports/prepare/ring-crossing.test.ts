import { kinks, polygon } from '@turf/turf';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Line } from './ewkb.ts';
import { findCrossing } from './ring-crossing.ts';

describe('a border that crosses itself', () => {
  it('is found where it crosses', () => {
    const bow: Line = [
      [0, 0],
      [0.002, 0.002],
      [0.002, 0],
      [0, 0.002],
      [0, 0],
    ];
    expect(findCrossing([bow])).toEqual([0.001, 0.001]);
  });

  it('is not seen in a ring that turns back on no edge', () => {
    const square: Line = [
      [103, 36],
      [103.01, 36],
      [103.01, 36.01],
      [103, 36.01],
      [103, 36],
    ];
    const hole: Line = [
      [103.002, 36.002],
      [103.004, 36.002],
      [103.003, 36.004],
      [103.002, 36.002],
    ];
    expect(findCrossing([square, hole])).toBeUndefined();
  });

  it('is a spike, too', () => {
    const spike: Line = [
      [0, 0],
      [0.002, 0],
      [0.001, 0],
      [0.001, 0.001],
      [0, 0],
    ];
    expect(findCrossing([spike])).toBeDefined();
  });

  it('is found whenever the slow comparison of all edges finds one', () => {
    const corner = fc.tuple(fc.integer({ min: 0, max: 30 }), fc.integer({ min: 0, max: 30 }));
    fc.assert(
      fc.property(
        fc.uniqueArray(corner, { minLength: 4, maxLength: 8, selector: ([x, y]) => x * 100 + y }),
        (corners) => {
          const line: Line = corners.map(([x, y]) => [x / 1000, y / 1000]);
          const ring: Line = [...line, line[0]!];
          if (kinks(polygon([ring])).features.length > 0) expect(findCrossing([ring])).toBeDefined();
        },
      ),
    );
  });
});
