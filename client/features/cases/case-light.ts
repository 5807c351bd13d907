import type { CaseSummary } from '#contract/cases';
import type { Light } from '#contract/shared';
import { lightOfFace } from '../clock/light-of-face.ts';

type Clocked = Pick<CaseSummary, 'dueAt' | 'warnAt' | 'light' | 'stage'>;

export function isOpen({ stage }: Pick<CaseSummary, 'stage'>): boolean {
  return stage !== 'closed' && stage !== 'void';
}

/** The light of the case's stage at `now`, the server's time. */
export function lightOfCase(one: Clocked, now: number): Light {
  return lightOfFace(one, now);
}

const order: Record<Light, number> = { red: 0, yellow: 1, green: 2, none: 3 };

/** Late ones first, the longest late first; then by what is due next; untimed ones last. */
export function sortByUrgency<T extends Clocked & { filedAt: string }>(
  cases: readonly T[],
  now: number,
): T[] {
  const keyed = cases.map((one) => ({
    one,
    rank: order[lightOfCase(one, now)],
    due: one.dueAt ? Date.parse(one.dueAt) : Number.POSITIVE_INFINITY,
  }));
  keyed.sort(
    (a, b) =>
      a.rank - b.rank ||
      (a.due < b.due ? -1 : a.due > b.due ? 1 : 0) ||
      (a.one.filedAt < b.one.filedAt ? -1 : 1),
  );
  return keyed.map(({ one }) => one);
}

export function countLights(cases: readonly Clocked[], now: number): Record<Light, number> {
  const counts: Record<Light, number> = { red: 0, yellow: 0, green: 0, none: 0 };
  for (const one of cases) counts[lightOfCase(one, now)] += 1;
  return counts;
}
