import fc from 'fast-check';
import { expect, it } from 'vitest';
import { rankScores, scoreOf } from './score.ts';

it('is null where nothing was due, 100 where all was closed in time', () => {
  expect(scoreOf({ due: 0, solved: 0, inTime: 0 })).toBeNull();
  expect(scoreOf({ due: 3, solved: 3, inTime: 3 })).toBe(100);
  expect(scoreOf({ due: 3, solved: 2, inTime: 1 })).toBe(40);
  expect(scoreOf({ due: 7, solved: 6, inTime: 5 })).toBe(74.29);
});

const judged = fc.tuple(fc.integer({ min: 1, max: 999 }), fc.nat(999), fc.nat(999)).map(([due, a, b]) => {
  const solved = a % (due + 1);
  return { due, solved, inTime: b % (solved + 1) };
});

it('stays between 0 and 100, and never falls when one more is in time', () => {
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

it('gives equal scores one rank and skips the next; nothing due and small samples have none', () => {
  const of = (score: number | null, due = 10) => ({ score, due });
  expect(rankScores([of(90), of(95), of(90), of(80), of(null, 0), of(99, 4)], 5)).toEqual([
    2,
    1,
    2,
    4,
    null,
    null,
  ]);
});

it('ranks nobody before somebody with a higher score', () => {
  fc.assert(
    fc.property(fc.array(judged), fc.integer({ min: 1, max: 20 }), (given, minimumSample) => {
      const scored = given.map((one) => ({ due: one.due, score: scoreOf(one) }));
      const ranks = rankScores(scored, minimumSample);
      scored.forEach((one, n) => {
        const better = scored.filter(
          ({ due, score }) => due >= minimumSample && (score ?? 0) > (one.score ?? 0),
        );
        expect(ranks[n]).toBe(one.due < minimumSample ? null : better.length + 1);
      });
    }),
  );
});
