/** What decides a score (SPEC section 5): cases due, of those closed, of those in time. */
export interface Judged {
  due: number;
  solved: number;
  inTime: number;
}

/**
 * 100 × (0.8 × in-time rate + 0.2 × solved rate), to a hundredth, halves up; null where nothing was due (SPEC section
 * 5). In whole numbers: 100 × (0.8 i + 0.2 s) / d is 20 × (4 i + s) / d.
 */
export function scoreOf({ due, solved, inTime }: Judged): number | null {
  if (due === 0) return null;
  const hundredths = Math.floor((2 * 2000 * (4 * inTime + solved) + due) / (2 * due));
  return hundredths / 100;
}

/** Null for a part of nothing: shown as "—". */
export function rateOf(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole;
}

/**
 * Ranks by score as published, the best first; equal scores share a rank and the next one is skipped: 1, 2, 2, 4.
 * Null where there is no score, or fewer cases due than the minimum sample.
 */
export function rankScores(
  judged: readonly { score: number | null; due: number }[],
  minimumSample: number,
): (number | null)[] {
  const isRanked = ({ score, due }: { score: number | null; due: number }) =>
    score !== null && due >= minimumSample;
  const scores = judged.flatMap((one) => (isRanked(one) ? [one.score ?? 0] : [])).sort((a, b) => b - a);
  const first = new Map<number, number>();
  scores.forEach((score, n) => {
    if (!first.has(score)) first.set(score, n + 1);
  });
  return judged.map((one) => (isRanked(one) ? (first.get(one.score ?? 0) ?? null) : null));
}
