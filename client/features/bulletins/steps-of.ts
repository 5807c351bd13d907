import type { Role } from '#contract/access';
import type { BulletinState } from '#contract/evaluation';
import type { BulletinStepName } from './api.ts';

/** Next steps of each state, the usual one first. */
const nextSteps: Record<BulletinState, readonly BulletinStepName[]> = {
  draft: ['share', 'renew', 'withdraw'],
  shared: ['review', 'renew', 'withdraw'],
  reviewed: ['publish', 'withdraw'],
  published: ['withdraw'],
  withdrawn: [],
};

const mayTake: Record<BulletinStepName, readonly Role[]> = {
  renew: ['evaluator', 'administrator'],
  share: ['evaluator', 'administrator'],
  review: ['supervisor', 'administrator'],
  publish: ['evaluator', 'supervisor', 'administrator'],
  withdraw: ['evaluator', 'administrator'],
};

/** What a role may do with a bulletin in a state; the server has the last word. */
export function stepsOf(state: BulletinState, role: Role): BulletinStepName[] {
  return nextSteps[state].filter((step) => mayTake[step].includes(role));
}
