import type { CaseSummary } from '#contract/cases';

/** Checks assigned to me first, those of others last; within each the nearest, or else in the order given. */
export function sortChecks(
  checks: readonly CaseSummary[],
  me: string,
  metresOf: (one: CaseSummary) => number | undefined,
): CaseSummary[] {
  const rank = ({ checker }: CaseSummary) => (checker === undefined ? 1 : checker.id === me ? 0 : 2);
  return checks
    .map((one, index) => ({ one, index, rank: rank(one), metres: metresOf(one) ?? 0 }))
    .sort((a, b) => a.rank - b.rank || a.metres - b.metres || a.index - b.index)
    .map(({ one }) => one);
}
