import { seededRandom } from './seeded-random.ts';

/** How a unit works, as shares of its cases. */
export interface Temperament {
  /** Handled after the limit. */
  late: number;
  /** Part of the limit that a case in time takes, on average. */
  pace: number;
  /** Fed back as done when it is not: the check fails. */
  untrue: number;
  returns: number;
  extensions: number;
  postponements: number;
  /** Of its cases that count against it, those it contests. */
  contests: number;
}

/**
 * Every unit has its own, the same one for the same seed. Most are good, some are not: with these shares the scores of
 * a month lie between about 60 and 98.
 */
export function temperamentOf(unitCode: string, seed: number): Temperament {
  const random = seededRandom(seed, 'unit', unitCode);
  // The square keeps most units near the good end.
  const slack = random.next() ** 2;
  return {
    late: 0.012 + 0.26 * slack,
    pace: 0.3 + 0.35 * random.next(),
    untrue: 0.006 + 0.07 * slack * random.between(0.5, 1.4),
    returns: 0.004 + 0.04 * random.next() ** 2,
    extensions: 0.004 + 0.045 * random.next() ** 2,
    postponements: 0.003 + 0.03 * random.next() ** 2,
    contests: 0.04 + 0.16 * random.next(),
  };
}
