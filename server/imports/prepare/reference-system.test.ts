import gcoord from 'gcoord';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { candidateSystems, toWgs84From } from './reference-system.ts';

function convert(datum: string, x: number, y: number): [number, number] {
  const at: [number, number] = [0, 0];
  toWgs84From(datum)(x, y, at);
  return at;
}

describe('reference systems', () => {
  it('reads State-Plane feet of New York where its hydrants say they are', () => {
    // unitid H425919a of NYC Open Data: point_x, point_y, longitude, latitude.
    const [lon, lat] = convert('EPSG:2263', 1041150.586, 220683.273);
    expect(lon).toBeCloseTo(-73.79457092, 5);
    expect(lat).toBeCloseTo(40.7722168, 5);
  });

  it('reads CGCS2000 zones with and without their number', () => {
    // The meridian of zone 35 is 105° E; a degree of longitude west of it at 36° N is 90,163 m.
    for (const [datum, x] of [
      ['EPSG:4523', 35409836],
      ['EPSG:4544', 409836],
    ] as const) {
      const [lon, lat] = convert(datum, x, 3985947);
      expect(lon).toBeCloseTo(104, 2);
      expect(lat).toBeCloseTo(36, 2);
    }
  });

  it('guesses the zone from the number before the easting', () => {
    expect(candidateSystems(35409836, 3985947)[0]!.datum).toBe('EPSG:4523');
  });

  it('undoes GCJ-02 and BD-09 to within half a metre', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 75, max: 134, noNaN: true }),
        fc.double({ min: 19, max: 53, noNaN: true }),
        (lon, lat) => {
          for (const [datum, crs] of [
            ['gcj02', gcoord.GCJ02],
            ['bd09', gcoord.BD09],
          ] as const) {
            const [x, y] = gcoord.transform<[number, number]>([lon, lat], gcoord.WGS84, crs);
            const back = convert(datum, x, y);
            expect(Math.hypot(back[0] - lon, back[1] - lat) * 111_320).toBeLessThan(0.5);
          }
        },
      ),
    );
  });

  it('refuses a system it has no definition of', () => {
    expect(() => toWgs84From('EPSG:99999')).toThrow(
      expect.objectContaining({ code: 'IMPORT_UNKNOWN_REFERENCE_SYSTEM' }) as Error,
    );
  });
});
