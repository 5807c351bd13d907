import { lightAt } from '#clock/deadline';
import type { Light } from '#contract/shared';

/** A clock as the wire has it; `endedAt` freezes its light. */
export interface Face {
  dueAt?: string | undefined;
  warnAt?: string | undefined;
  endedAt?: string | undefined;
}

/** The light of a clock at `now`, the server's time. */
export function lightOfFace({ dueAt, warnAt, endedAt }: Face, now: number): Light {
  if (!dueAt || !warnAt) return 'none';
  return lightAt(
    { dueAt: Date.parse(dueAt), warnAt: Date.parse(warnAt), endedAt: endedAt ? Date.parse(endedAt) : null },
    now,
  );
}
