import fc from 'fast-check';
import { expect, it } from 'vitest';
import { groupCounts, shortCount } from './group-counts.ts';

it('loses none and counts none twice, at every level', () => {
  const tile = fc
    .array(
      fc.tuple(
        fc.double({ min: 103, max: 104, noNaN: true }),
        fc.double({ min: 36, max: 37, noNaN: true }),
        fc.integer({ min: 1, max: 1000 }),
      ),
      { maxLength: 40 },
    )
    .map((points) => ({
      positions: Float64Array.from(points.flatMap(([lon, lat]) => [lon, lat])),
      counts: Uint32Array.from(points.map(([, , count]) => count)),
    }));
  fc.assert(
    fc.property(fc.array(tile, { maxLength: 4 }), fc.integer({ min: 8, max: 18 }), (tiles, level) => {
      const sum = (counts: Iterable<number>) => [...counts].reduce((a, b) => a + b, 0);
      const marks = groupCounts(tiles, level);
      expect(sum(marks.map(({ count }) => count))).toBe(sum(tiles.flatMap(({ counts }) => [...counts])));
    }),
  );
});

it('writes large counts short', () => {
  expect([999, 1000, 1249, 9949, 9950, 123456].map(shortCount)).toEqual([
    '999',
    '1.0k',
    '1.2k',
    '9.9k',
    '10k',
    '123k',
  ]);
});
