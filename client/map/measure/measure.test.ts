import { Cartographic, EllipsoidGeodesic } from '@cesium/engine';
import { area, polygon } from '@turf/turf';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { geodesicMetres, lineMetres, ringSquareMetres, writeArea, writeLength } from './measure.ts';

const inCity = fc.record({
  lon: fc.double({ min: 103.5, max: 104, noNaN: true }),
  lat: fc.double({ min: 35.8, max: 36.2, noNaN: true }),
});

describe('measuring on the ellipsoid', () => {
  it('agrees with another implementation of the geodesic to a millimetre', () => {
    fc.assert(
      fc.property(inCity, inCity, (a, b) => {
        const other = new EllipsoidGeodesic(
          Cartographic.fromDegrees(a.lon, a.lat),
          Cartographic.fromDegrees(b.lon, b.lat),
        ).surfaceDistance;
        expect(Math.abs(geodesicMetres(a, b) - other)).toBeLessThan(0.001 + 1e-9 * other);
      }),
    );
  });

  it('knows the length of a degree of latitude at the equator', () => {
    expect(geodesicMetres({ lon: 0, lat: 0 }, { lon: 0, lat: 1 })).toBeCloseTo(110_574.389, 2);
  });

  it('adds the stretches of a line', () => {
    const [a, b, c] = [
      { lon: 103.7, lat: 36 },
      { lon: 103.71, lat: 36 },
      { lon: 103.71, lat: 36.01 },
    ] as const;
    expect(lineMetres([a, b, c])).toBeCloseTo(geodesicMetres(a, b) + geodesicMetres(b, c), 6);
    expect(lineMetres([a])).toBe(0);
  });

  it('gives an area within half a percent of that of a sphere, whichever way round', () => {
    const ring = [
      { lon: 103.7, lat: 36 },
      { lon: 103.72, lat: 36 },
      { lon: 103.73, lat: 36.02 },
      { lon: 103.7, lat: 36.015 },
    ];
    const closed = [...ring, ...ring.slice(0, 1)].map(({ lon, lat }) => [lon, lat]);
    const sphere = area(polygon([closed]));
    expect(ringSquareMetres(ring) / sphere).toBeGreaterThan(0.995);
    expect(ringSquareMetres(ring) / sphere).toBeLessThan(1.005);
    expect(ringSquareMetres(ring.toReversed())).toBeCloseTo(ringSquareMetres(ring), 3);
  });

  it('gives the area of a small square as its sides', () => {
    const [west, south, step] = [103.7, 36, 0.001];
    const corner = (east: number, north: number) => ({ lon: west + east * step, lat: south + north * step });
    const ring = [corner(0, 0), corner(1, 0), corner(1, 1), corner(0, 1)];
    const sides = geodesicMetres(corner(0, 0.5), corner(1, 0.5)) * geodesicMetres(corner(0, 0), corner(0, 1));
    expect(ringSquareMetres(ring) / sides).toBeCloseTo(1, 5);
  });

  it('writes what people read', () => {
    expect(['m', writeLength(8.44), writeLength(123.4), writeLength(1234), writeLength(12_340)]).toEqual([
      'm',
      '8.4 m',
      '123 m',
      '1.23 km',
      '12.3 km',
    ]);
    expect(writeArea(2000, 'zh')).toBe('2,000 m² · 3.00 亩');
    expect(writeArea(2_000_000, 'en')).toBe('2.00 km² · 3,000 mu');
  });
});
