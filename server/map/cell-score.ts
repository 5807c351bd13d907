/** What decides a score (SPEC section 5): cases due, of those closed, of those in time. */
export interface Judged {
  due: number;
  solved: number;
  inTime: number;
}

const IN_TIME_WEIGHT = 0.8;
const SOLVED_WEIGHT = 0.2;

/** 100 × (0.8 × in-time rate + 0.2 × solved rate), to a tenth; null where nothing was due (SPEC section 5). */
export function scoreOf({ due, solved, inTime }: Judged): number | null {
  if (due === 0) return null;
  return Math.round((1000 * (IN_TIME_WEIGHT * inTime + SOLVED_WEIGHT * solved)) / due) / 10;
}
