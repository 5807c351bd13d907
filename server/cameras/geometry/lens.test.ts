import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createLens, distort, undistort } from './lens.ts';

test('undistortion is the inverse of distortion inside the fold', () => {
  const within = (least: number, most: number): fc.Arbitrary<number> =>
    fc.double({ min: least, max: most, noNaN: true });
  let checked = 0;
  fc.assert(
    fc.property(within(-0.4, 0.4), within(-0.1, 0.1), within(-1, 1), within(-1, 1), (k1, k2, x, y) => {
      const lens = createLens(k1, k2);
      if (x * x + y * y > lens.foldSquared * 0.98) return;
      checked += 1;
      const image = distort(lens, x, y);
      const back = undistort(lens, image.x, image.y);
      expect(Math.hypot((back?.x ?? NaN) - x, (back?.y ?? NaN) - y)).toBeLessThan(1e-12);
    }),
    { numRuns: 2000, seed: 4 },
  );
  expect(checked).toBeGreaterThan(1000);
});

test('a barrel lens has no ray beyond its fold', () => {
  const lens = createLens(-0.3, 0);
  expect(lens.foldSquared).toBeCloseTo(1 / 0.9, 12);
  expect(undistort(lens, 0.7, 0)).toBeDefined();
  expect(undistort(lens, 0.75, 0)).toBeUndefined();
});

test('follows OpenCV: tangential terms move a point as its formula says', () => {
  const image = distort(createLens(0.1, 0.01, 0.002, -0.003), 0.3, -0.2);
  expect(image.x).toBeCloseTo(
    0.3 * (1 + 0.1 * 0.13 + 0.01 * 0.0169) + 2 * 0.002 * -0.06 - 0.003 * (0.13 + 0.18),
    15,
  );
  expect(image.y).toBeCloseTo(
    -0.2 * (1 + 0.1 * 0.13 + 0.01 * 0.0169) + 0.002 * (0.13 + 0.08) - 2 * 0.003 * -0.06,
    15,
  );
});
