import { area } from '@turf/turf';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { areaOf } from './area-of.ts';
import { metresBetween } from './metres-between.ts';

const square = (lon: number, lat: number, side: number) => ({
  type: 'Polygon' as const,
  coordinates: [
    [
      [lon, lat],
      [lon + side, lat],
      [lon + side, lat + side],
      [lon, lat + side],
      [lon, lat],
    ],
  ],
});

describe('figures of the ground', () => {
  it('agree with the areas on a sphere for things of the size of a cell', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 73, max: 135, noNaN: true }),
        fc.double({ min: 4, max: 53, noNaN: true }),
        fc.double({ min: 1e-4, max: 0.01, noNaN: true }),
        (lon, lat, side) => {
          const polygon = square(lon, lat, side);
          expect(Math.abs(areaOf(polygon) / area(polygon) - 1)).toBeLessThan(0.005);
        },
      ),
    );
  });

  it('take holes out, and know a hundred metres', () => {
    const [outer] = square(103.7, 36, 0.002).coordinates;
    const [hole] = square(103.7005, 36.0005, 0.001).coordinates;
    const whole = areaOf({ type: 'Polygon', coordinates: [outer ?? []] });
    expect(areaOf({ type: 'Polygon', coordinates: [outer ?? [], hole ?? []] }) / whole).toBeCloseTo(0.75, 3);
    expect(metresBetween({ lon: 103.7, lat: 36 }, { lon: 103.7, lat: 36.001 })).toBeCloseTo(111.2, 0);
  });
});
