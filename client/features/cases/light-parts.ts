import type { Light } from '#contract/shared';

export interface LightPart {
  from: number;
  to: number;
  light: Light;
}

interface Run {
  startedAt: number;
  /** Where the part already run ends: its end, or now. */
  until: number;
  warnAt: number | null;
  dueAt: number | null;
}

/** A run of a clock cut where its light turned. A limit used up before it began is red from the first second. */
export function lightPartsOf({ startedAt, until, warnAt, dueAt }: Run): LightPart[] {
  if (dueAt === null || warnAt === null) return [{ from: startedAt, to: until, light: 'none' }];
  const clamp = (at: number) => Math.min(until, Math.max(startedAt, at));
  const parts: LightPart[] = [
    { from: startedAt, to: clamp(warnAt), light: 'green' },
    { from: clamp(warnAt), to: clamp(dueAt), light: 'yellow' },
    { from: clamp(dueAt), to: until, light: 'red' },
  ];
  return parts.filter((part) => part.to > part.from);
}
