import { describeClock } from '#clock/describe-clock';
import type { WorkAxis } from '#clock/work-axis';
import { lightOfFace, type Face } from './light-of-face.ts';

export interface FaceFacts {
  light: ReturnType<typeof lightOfFace>;
  /** In the clock's own time: left when positive, over when negative; null when untimed. */
  leftSeconds: number | null;
  /** When a clock that rests runs again, epoch milliseconds. */
  resumesAt: number | null;
  /** The time of `leftSeconds`: natural also when the working calendar does not reach back or ahead that far. */
  axis: 'natural' | 'working';
}

/** What a screen says about a clock at `now`, the server's time. */
export function factsOfFace(
  face: Face,
  timing: 'natural' | 'working',
  now: number,
  workAxis?: WorkAxis,
): FaceFacts {
  const light = lightOfFace(face, now);
  if (!face.dueAt) return { light, leftSeconds: null, resumesAt: null, axis: timing };
  const dueAt = Date.parse(face.dueAt);
  const at = face.endedAt ? Date.parse(face.endedAt) : now;
  const isInside = (instant: number) =>
    workAxis !== undefined && instant >= workAxis.startsAt && instant <= workAxis.endsAt;
  const usable = timing === 'working' && isInside(dueAt) && isInside(at) ? workAxis : undefined;
  const facts = describeClock(
    { dueAt, warnAt: face.warnAt ? Date.parse(face.warnAt) : null, endedAt: face.endedAt ? at : null },
    now,
    usable ? { axis: 'working', workAxis: usable } : { axis: 'natural' },
  );
  const leftSeconds = facts.overdueBySeconds > 0 ? -facts.overdueBySeconds : (facts.remainingSeconds ?? 0);
  return { light, leftSeconds, resumesAt: facts.resumesAt, axis: usable ? 'working' : 'natural' };
}
