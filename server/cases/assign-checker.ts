import { randomInt } from 'node:crypto';
import type { CheckerCandidate } from '#contract/workflow';
import type { Context } from '../context.ts';
import { appError } from '../errors.ts';
import type { FullCase } from './case-record.ts';
import { listCheckers } from './people-repository.ts';
import { readWorkflowSettings } from './workflow-settings.ts';

type Checker = Pick<CheckerCandidate, 'id' | 'name'>;

/**
 * Who goes and looks (发核查): the collector who was named, else by the switch `checkAssignment` the nearest of those
 * with the fewest open checks, or any one by chance. Never somebody who reported the case or fed back about it. With
 * nobody free the case is assigned to no one, and any collector may check it.
 * @throws CHECKER_REFUSED when the one who was named may not check it
 */
export async function assignChecker(
  { db }: Context,
  record: Pick<FullCase, 'id' | 'position' | 'communityCode' | 'subdistrictCode' | 'fedBackBy'>,
  named: string | undefined,
): Promise<Checker | null> {
  const candidates = await listCheckers(db, record);
  if (named !== undefined) {
    const found = candidates.find(({ id }) => id === named.toLowerCase());
    if (!found) throw appError('CHECKER_REFUSED', { checker: named });
    return personOf(found);
  }
  const { checkAssignment } = await readWorkflowSettings(db);
  const found =
    checkAssignment === 'nearest' || candidates.length === 0
      ? candidates[0]
      : candidates[randomInt(candidates.length)];
  return found ? personOf(found) : null;
}

function personOf({ id, name }: CheckerCandidate): Checker {
  return { id, name };
}
