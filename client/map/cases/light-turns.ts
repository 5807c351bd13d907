import type { CaseSummary } from '#contract/cases';
import type { Light } from '#contract/shared';
import { lightAt } from '#clock/deadline';

/** The light of a case's current stage at `now` (epoch milliseconds by the server's clock). */
export function caseLight(one: Pick<CaseSummary, 'dueAt' | 'warnAt' | 'closedAt'>, now: number): Light {
  const instant = (text: string | undefined) => (text ? Date.parse(text) : null);
  return lightAt(
    { dueAt: instant(one.dueAt), warnAt: instant(one.warnAt), endedAt: instant(one.closedAt) },
    now,
  );
}

/**
 * When the next light of these cases turns, in epoch milliseconds by the server's clock; undefined when none will.
 * A light is yellow at `warnAt` itself and red one millisecond after `dueAt`.
 */
export function nextTurn(
  cases: readonly Pick<CaseSummary, 'dueAt' | 'warnAt' | 'closedAt'>[],
  now: number,
): number | undefined {
  let next = Infinity;
  for (const { dueAt, warnAt, closedAt } of cases) {
    if (closedAt || !dueAt || !warnAt) continue;
    const yellow = Date.parse(warnAt);
    const red = Date.parse(dueAt) + 1;
    if (yellow > now && yellow < red) next = Math.min(next, yellow);
    else if (red > now) next = Math.min(next, red);
  }
  return next === Infinity ? undefined : next;
}
