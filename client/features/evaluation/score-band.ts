/** Where the bands of the score map begin. */
export const bands = [0, 60, 70, 80, 90] as const;

/** Which band a score lies in; none without a score. */
export function bandOf(score: number | null): number | undefined {
  return score === null ? undefined : bands.findLastIndex((from) => score >= from);
}
