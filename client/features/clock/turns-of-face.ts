import type { Face } from './light-of-face.ts';

/** The next change of a light: to which, and when. Instants, so what is left until then is wall time. */
export interface NextTurn {
  to: 'yellow' | 'red';
  at: number;
}

/** What a light turns next at `now`, the server's time; null once red, when stopped and when untimed. */
export function nextTurnOf({ dueAt, warnAt, endedAt }: Face, now: number): NextTurn | null {
  if (!dueAt || !warnAt || endedAt) return null;
  const warned = Date.parse(warnAt);
  if (now < warned) return { to: 'yellow', at: warned };
  const due = Date.parse(dueAt);
  return now <= due ? { to: 'red', at: due } : null;
}
