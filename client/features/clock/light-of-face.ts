import { lightAt } from '#clock/deadline';
import type { Light } from '#contract/shared';

/** A clock as the wire has it; `endedAt` freezes its light, and one that stands still has a `light` without instants. */
export interface Face {
  light?: Light;
  dueAt?: string | undefined;
  warnAt?: string | undefined;
  endedAt?: string | undefined;
}

/** The light of a clock at `now`, the server's time. */
export function lightOfFace({ light, dueAt, warnAt, endedAt }: Face, now: number): Light {
  if (!dueAt || !warnAt) return light ?? 'none';
  return lightAt(
    { dueAt: Date.parse(dueAt), warnAt: Date.parse(warnAt), endedAt: endedAt ? Date.parse(endedAt) : null },
    now,
  );
}
