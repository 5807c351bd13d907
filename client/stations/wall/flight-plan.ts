/** How long the wall stays at a place, and how long it rests over the whole district before it leaves again. */
export const dwellMs = 14_000;
export const restMs = 10_000;
/** More waiting than this: the oldest wishes are forgotten, the newest matter. */
const mostWaiting = 12;

export interface FlightPlan {
  /** The case the wall looks at; null: the whole district. */
  at: string | null;
  /** When it may move on, by the clock given. */
  until: number;
  waiting: readonly string[];
}

export const groundedPlan: FlightPlan = { at: null, until: 0, waiting: [] };

/**
 * Where an unattended wall looks next. What turned red is visited in order, each for `dwellMs`; when nothing waits the
 * wall returns to the whole district and rests there for `restMs`. `isRed` drops visits that have lost their reason.
 * Answers with the same plan when nothing changes.
 */
export function planFlight(
  plan: FlightPlan,
  now: number,
  turnedRed: readonly string[],
  isRed: (id: string) => boolean,
): FlightPlan {
  const fresh = turnedRed.filter((id) => id !== plan.at && !plan.waiting.includes(id));
  const kept = plan.waiting.filter(isRed);
  const waiting =
    fresh.length === 0 && kept.length === plan.waiting.length
      ? plan.waiting
      : [...kept, ...fresh].slice(-mostWaiting);
  const queued = waiting === plan.waiting ? plan : { ...plan, waiting };
  if (now < plan.until) return queued;
  const [next, ...rest] = waiting;
  if (next !== undefined) return { at: next, until: now + dwellMs, waiting: rest };
  if (plan.at !== null) return { at: null, until: now + restMs, waiting };
  return queued;
}
