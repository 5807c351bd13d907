import { dayOf } from './calendar-day.ts';
import { toEpochMs, type Instant } from './instant.ts';
import type { ClockAxis } from './limits.ts';
import { defaultWarning, type WarningRule } from './warning-rule.ts';
import { addWorkSeconds, workSecondsBetween, type WorkAxis } from './work-axis.ts';
import { unknownYearsBetween } from './working-calendar.ts';

/** The time a clock runs in. Natural clocks need no calendar. */
export type Timing = { readonly axis: 'natural' } | { readonly axis: 'working'; readonly workAxis: WorkAxis };

/** Both null for an untimed clock. Epoch milliseconds. */
export interface Deadline {
  dueAt: number | null;
  warnAt: number | null;
}

/** red = over time, yellow = soon, green = in time (以红、黄、绿灯显示, SPEC §3); none = untimed. */
export type Light = 'green' | 'yellow' | 'red' | 'none';

export function timingOf(axis: ClockAxis, workAxis: WorkAxis): Timing {
  return axis === 'natural' ? { axis } : { axis, workAxis };
}

/** Whole seconds from `a` to `b` in the clock's own time, cut towards zero; negative when `b` is before `a`. */
export function secondsBetween(timing: Timing, a: Instant, b: Instant): number {
  if (timing.axis === 'working') return workSecondsBetween(timing.workAxis, a, b);
  return Math.trunc((toEpochMs(b) - toEpochMs(a)) / 1000) + 0;
}

/** The instant (epoch milliseconds) that `seconds` of the clock's own time separate from `start`. */
export function addSeconds(timing: Timing, start: Instant, seconds: number): number {
  if (timing.axis === 'working') return addWorkSeconds(timing.workAxis, start, seconds);
  return toEpochMs(start) + Math.round(seconds * 1000);
}

/**
 * When a clock that starts at `startedAt` with `usedSeconds` of its limit already consumed turns yellow and red.
 * Computed once, when a clock starts or changes. A limit used up before the start gives a `dueAt` in the past, so
 * the clock is red at once (SPEC §4, third dispatch); `warnAt` never lies before the start unless `dueAt` does.
 * A limit used up when the working day ends is due at that end, and red from then on although the clock rests.
 */
export function deadlineOf(
  startedAt: Instant,
  limitSeconds: number | null,
  usedSeconds: number,
  timing: Timing,
  warning: WarningRule = defaultWarning,
): Deadline {
  if (limitSeconds === null) return { dueAt: null, warnAt: null };
  const start = toEpochMs(startedAt);
  const remaining = limitSeconds - usedSeconds;
  const warned = Math.max(limitSeconds * warning.fractionOfLimit, warning.seconds);
  const dueAt = addSeconds(timing, start, remaining);
  const warnAt = remaining > warned ? addSeconds(timing, start, remaining - warned) : Math.min(start, dueAt);
  return { dueAt, warnAt };
}

/**
 * The light at `now`: yellow from `warnAt` on, red after `dueAt` (at `dueAt` itself the limit is just kept).
 * A stopped clock's light is frozen at its end.
 */
export function lightAt(
  { dueAt, warnAt, endedAt }: { dueAt: Instant | null; warnAt: Instant | null; endedAt?: Instant | null },
  now: Instant,
): Light {
  if (dueAt === null || warnAt === null) return 'none';
  const at = toEpochMs(endedAt ?? now);
  if (at > toEpochMs(dueAt)) return 'red';
  return at >= toEpochMs(warnAt) ? 'yellow' : 'green';
}

/**
 * Years between a clock's start and its deadline for which nobody has entered the holidays; when there are any the
 * deadline is a guess and the screens must say so (R2, SPEC §3). Always empty in natural time.
 */
export function yearsWithoutHolidays(
  { startedAt, dueAt }: { startedAt: Instant; dueAt: Instant | null },
  timing: Timing,
): number[] {
  if (timing.axis === 'natural' || dueAt === null) return [];
  const { workAxis } = timing;
  const from = Math.min(toEpochMs(startedAt), toEpochMs(dueAt));
  const to = Math.max(toEpochMs(startedAt), toEpochMs(dueAt));
  return unknownYearsBetween(workAxis, dayOf(from, workAxis.timeZone), dayOf(to, workAxis.timeZone));
}
