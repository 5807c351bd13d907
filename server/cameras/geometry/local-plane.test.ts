import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createLocalPlane } from './local-plane.ts';

const RADIANS = Math.PI / 180;

/** Vincenty's inverse formula: distance and azimuth at the start of the geodesic, the slow and known way. */
function vincenty(from: [number, number], to: [number, number]): { metres: number; azimuth: number } {
  const a = 6_378_137;
  const f = 1 / 298.257223563;
  const b = a * (1 - f);
  const u1 = Math.atan((1 - f) * Math.tan(from[1] * RADIANS));
  const u2 = Math.atan((1 - f) * Math.tan(to[1] * RADIANS));
  const l = (to[0] - from[0]) * RADIANS;
  let lambda = l;
  for (let round = 0; round < 100; round += 1) {
    const east = Math.cos(u2) * Math.sin(lambda);
    const north = Math.cos(u1) * Math.sin(u2) - Math.sin(u1) * Math.cos(u2) * Math.cos(lambda);
    const sinSigma = Math.hypot(east, north);
    if (sinSigma === 0) return { metres: 0, azimuth: 0 };
    const cosSigma = Math.sin(u1) * Math.sin(u2) + Math.cos(u1) * Math.cos(u2) * Math.cos(lambda);
    const sigma = Math.atan2(sinSigma, cosSigma);
    const sinAlpha = (Math.cos(u1) * Math.cos(u2) * Math.sin(lambda)) / sinSigma;
    const cosSq = 1 - sinAlpha * sinAlpha;
    const cos2m = cosSigma - (2 * Math.sin(u1) * Math.sin(u2)) / cosSq;
    const c = (f / 16) * cosSq * (4 + f * (4 - 3 * cosSq));
    const next =
      l + (1 - c) * f * sinAlpha * (sigma + c * sinSigma * (cos2m + c * cosSigma * (2 * cos2m ** 2 - 1)));
    const settled = Math.abs(next - lambda) < 1e-15;
    lambda = next;
    if (!settled && round < 99) continue;
    const uSq = (cosSq * (a * a - b * b)) / (b * b);
    const big = 1 + (uSq / 16384) * (4096 + uSq * (-768 + uSq * (320 - 175 * uSq)));
    const small = (uSq / 1024) * (256 + uSq * (-128 + uSq * (74 - 47 * uSq)));
    const delta =
      small *
      sinSigma *
      (cos2m +
        (small / 4) *
          (cosSigma * (2 * cos2m ** 2 - 1) -
            (small / 6) * cos2m * (4 * sinSigma ** 2 - 3) * (4 * cos2m ** 2 - 3)));
    return { metres: b * big * (sigma - delta), azimuth: Math.atan2(east, north) };
  }
  throw new Error('did not settle');
}

test('agrees with the geodesic to a millimetre at 1 km', () => {
  const origin = { lon: 103.7, lat: 36.06 };
  const plane = createLocalPlane(origin);
  for (const bearing of [0, 40, 90, 135, 180, 222, 270, 315]) {
    const east = 1000 * Math.sin(bearing * RADIANS);
    const north = 1000 * Math.cos(bearing * RADIANS);
    const { lon, lat } = plane.toLonLat(east, north);
    const geodesic = vincenty([origin.lon, origin.lat], [lon, lat]);
    expect(Math.abs(geodesic.metres * Math.sin(geodesic.azimuth) - east)).toBeLessThan(1e-3);
    expect(Math.abs(geodesic.metres * Math.cos(geodesic.azimuth) - north)).toBeLessThan(1e-3);
  }
});

test('both directions agree to a micrometre, at any latitude and across the date line', () => {
  const within = (least: number, most: number): fc.Arbitrary<number> =>
    fc.double({ min: least, max: most, noNaN: true });
  fc.assert(
    fc.property(
      within(-180, 180),
      within(-80, 80),
      within(-500, 500),
      within(-500, 500),
      (lon, lat, e, n) => {
        const plane = createLocalPlane({ lon, lat });
        const back = plane.toPlane(plane.toLonLat(e, n));
        expect(Math.hypot(back.east - e, back.north - n)).toBeLessThan(1e-6);
      },
    ),
    { numRuns: 500, seed: 3 },
  );
});
