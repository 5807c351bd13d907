import { expect, it } from 'vitest';
import { toWgs84 } from './convert-datum.ts';

const metresApart = (a: { lon: number; lat: number }, b: { lon: number; lat: number }) =>
  Math.hypot((a.lon - b.lon) * 90_000, (a.lat - b.lat) * 111_000);

it('leaves WGS 84 as it is and moves the Chinese datums by their usual distance', () => {
  const given = { lon: 103.76, lat: 36.06 };
  expect(toWgs84(given, 'wgs84')).toEqual(given);
  // SPEC section 7: GCJ-02 is about 230 m off in Lanzhou, BD-09 some 900 m more.
  expect(metresApart(toWgs84(given, 'gcj02'), given)).toBeGreaterThan(150);
  expect(metresApart(toWgs84(given, 'gcj02'), given)).toBeLessThan(350);
  expect(metresApart(toWgs84(given, 'bd09'), given)).toBeGreaterThan(700);
  expect(metresApart(toWgs84(given, 'bd09'), given)).toBeLessThan(1400);
});
