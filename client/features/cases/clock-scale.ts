import { addDays, dayOf, instantOf } from '#clock/calendar-day';
import type { WorkAxis } from '#clock/work-axis';

export interface Span {
  from: number;
  to: number;
}

/** Where instants lie on a strip, as fractions of its width. */
export interface TimeScale extends Span {
  /** Within the strip, out of working time. */
  rests: Span[];
  position: (epochMs: number) => number;
}

/** Of the strip's width, at most, goes to the rests when working time is drawn to scale. */
const restShare = 0.18;

/** The times between two instants in which no working clock runs; nothing where the calendar does not reach. */
export function restsBetween(axis: WorkAxis | undefined, from: number, to: number): Span[] {
  if (!axis) return [];
  const start = Math.max(from, axis.startsAt);
  const end = Math.min(to, axis.endsAt);
  const rests: Span[] = [];
  let at = start;
  for (const [index, spanStart] of axis.spanStarts.entries()) {
    const spanEnd = axis.spanEnds[index] ?? spanStart;
    if (spanEnd <= at) continue;
    if (spanStart >= end) break;
    if (spanStart > at) rests.push({ from: at, to: spanStart });
    at = spanEnd;
  }
  if (at < end) rests.push({ from: at, to: end });
  return rests;
}

/**
 * Lays `[from, to]` on a strip. `calendar`: every hour is as wide as any other; `working`: working hours are, and each
 * rest shrinks to a narrow gap, so that a limit of two days is not lost in the nights between.
 */
export function layOutScale(
  { from, to }: Span,
  axis: WorkAxis | undefined,
  kind: 'calendar' | 'working',
): TimeScale {
  const end = Math.max(to, from + 60_000);
  const rests = restsBetween(axis, from, end);
  const resting = rests.reduce((sum, rest) => sum + rest.to - rest.from, 0);
  const working = end - from - resting;
  const most =
    kind === 'calendar' || working <= 0
      ? Number.POSITIVE_INFINITY
      : (working * restShare) / (1 - restShare) / Math.max(6, rests.length);
  const widthOf = (rest: Span) => Math.min(rest.to - rest.from, most);
  const total = working + rests.reduce((sum, rest) => sum + widthOf(rest), 0);
  return {
    from,
    to: end,
    rests,
    position: (epochMs) => {
      const at = Math.min(end, Math.max(from, epochMs));
      let width = at - from;
      for (const rest of rests) {
        if (rest.from >= at) break;
        const inside = Math.min(at, rest.to) - rest.from;
        const length = rest.to - rest.from;
        width += (inside / length) * widthOf(rest) - inside;
      }
      return total > 0 ? width / total : 0;
    },
  };
}

const hourSteps = [1, 2, 3, 6, 12];
const dayStepsOf = [1, 2, 5, 7, 14, 28, 91];
const hour = 3_600_000;

/** Round times for the strip's ruler, at most `most`: hours of a short one, days of a long one. */
export function ticksOf({ from, to }: Span, timeZone: string, most = 8): { at: number; isDay: boolean }[] {
  const length = to - from;
  const step = hourSteps.find((hours) => length / (hours * hour) <= most);
  const ticks: { at: number; isDay: boolean }[] = [];
  const dayStep = step ? 1 : (dayStepsOf.find((days) => length / (days * 24 * hour) <= most) ?? 364);
  for (let day = dayOf(from, timeZone); ; day = addDays(day, dayStep)) {
    const midnight = instantOf(day, 0, timeZone);
    if (midnight > to) return ticks;
    const minutes = step ? Array.from({ length: 24 / step }, (_, index) => index * step * 60) : [0];
    for (const minute of minutes) {
      const at = instantOf(day, minute, timeZone);
      if (at >= from && at <= to) ticks.push({ at, isDay: minute === 0 });
    }
  }
}
