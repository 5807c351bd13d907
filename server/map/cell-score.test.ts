import fc from 'fast-check';
import { expect, it } from 'vitest';
import { scoreOf } from './cell-score.ts';

it('is null where nothing was due, 100 where all was closed in time', () => {
  expect(scoreOf({ due: 0, solved: 0, inTime: 0 })).toBeNull();
  expect(scoreOf({ due: 3, solved: 3, inTime: 3 })).toBe(100);
  expect(scoreOf({ due: 3, solved: 2, inTime: 1 })).toBe(40);
});

it('stays between 0 and 100, and never falls when one more is in time', () => {
  const judged = fc.tuple(fc.integer({ min: 1, max: 999 }), fc.nat(999), fc.nat(999)).map(([due, a, b]) => {
    const solved = a % (due + 1);
    return { due, solved, inTime: b % (solved + 1) };
  });
  fc.assert(
    fc.property(judged, (given) => {
      const score = scoreOf(given) ?? NaN;
      expect(score).toBeGreaterThanOrEqual(0);
      expect(score).toBeLessThanOrEqual(100);
      if (given.inTime < given.solved)
        expect(scoreOf({ ...given, inTime: given.inTime + 1 })).toBeGreaterThanOrEqual(score);
    }),
  );
});
