import type { Scope } from '#contract/access';
import type { Database } from '../db/database.ts';
import * as repository from './repository.ts';
import { evaluationRules } from './rules.ts';
import { scoreOf } from './score.ts';

/**
 * The score of every cell over a span that ends now, by the cases that lie in the cell by now, in the mode of the
 * deployment; a cell in which nothing was due is left out.
 */
export async function scoreCells(
  db: Database,
  scope: Scope,
  { from, now, timeZone }: { from: Date; now: Date; timeZone: string },
): Promise<Map<string, number>> {
  const rules = await evaluationRules(db);
  const window = { spans: [{ from, to: now }], asOf: now, rules };
  const counted = await repository.countJudged(db, window, { by: 'current-cell', scope, timeZone });
  return new Map(
    counted.flatMap(({ subject, counts }) => {
      const { due, solved } = counts;
      const inTime = rules.mode === 'strict' ? counts.strictInTime : counts.tolerantInTime;
      const score = scoreOf({ due, solved, inTime });
      return subject === null || score === null ? [] : [[subject, score] as const];
    }),
  );
}
