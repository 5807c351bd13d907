import { addDays, assertCalendarDay, instantOf, type CalendarDay } from './calendar-day.ts';
import { ClockError } from './clock-error.ts';
import { toEpochMs, type Instant } from './instant.ts';
import { defaultWarning, type WarningRule } from './warning-rule.ts';
import { workSpansOf, type WorkingCalendar } from './working-calendar.ts';

/**
 * Working time laid out on one line: for each working span, when it starts and ends and how much working time lies
 * before it. Parallel arrays, ascending, epoch milliseconds; plain numbers, so it travels as JSON. Working time
 * between two instants is two binary searches (SPEC §3; the tables `work_axis` in SQL say the same).
 */
export interface WorkAxis {
  readonly timeZone: string;
  readonly knownYears: readonly number[];
  /** R4: when clocks that start or change on this axis turn yellow, natural ones too. */
  readonly warning: WarningRule;
  /** The axis answers for instants in `[startsAt, endsAt]`. */
  readonly startsAt: number;
  readonly endsAt: number;
  readonly spanStarts: readonly number[];
  readonly spanEnds: readonly number[];
  /** Working milliseconds before the span. */
  readonly spanOffsets: readonly number[];
}

/** One day of the axis, as the table `work_axis` keeps it. */
export interface WorkAxisDay {
  day: CalendarDay;
  startsAt: number;
  endsAt: number;
  /** Working seconds from the start of the axis to the start of the day. */
  cumulativeSeconds: number;
  /** Working spans in seconds after `startsAt`. */
  spans: [startSecond: number, endSecond: number][];
}

/** The days from `fromDay` to `toDay`, both included, one by one. */
export function listAxisDays(
  calendar: WorkingCalendar,
  fromDay: CalendarDay,
  toDay: CalendarDay,
): WorkAxisDay[] {
  assertCalendarDay(fromDay);
  assertCalendarDay(toDay);
  if (toDay < fromDay)
    throw new ClockError('CLOCK_CALENDAR_INVALID', `no days between ${fromDay} and ${toDay}`);
  const days: WorkAxisDay[] = [];
  let cumulativeSeconds = 0;
  let startsAt = instantOf(fromDay, 0, calendar.timeZone);
  for (let day = fromDay; day <= toDay; day = addDays(day, 1)) {
    const endsAt = instantOf(day, 1440, calendar.timeZone);
    const isPlainDay = endsAt - startsAt === 86_400_000;
    const spans = workSpansOf(calendar, day).map((span) => {
      const second = (minute: number) =>
        isPlainDay ? minute * 60 : (instantOf(day, minute, calendar.timeZone) - startsAt) / 1000;
      return [second(span[0]), second(span[1])] satisfies [number, number];
    });
    days.push({ day, startsAt, endsAt, cumulativeSeconds, spans });
    cumulativeSeconds += spans.reduce((sum, [start, end]) => sum + end - start, 0);
    startsAt = endsAt;
  }
  return days;
}

/** Working spans `[from, to)` in order, with the instants between which the axis they make answers. */
export interface AxisSpans {
  readonly startsAt: Instant;
  readonly endsAt: Instant;
  readonly spans: Iterable<{ readonly from: Instant; readonly to: Instant }>;
  readonly timeZone: string;
  readonly knownYears: readonly number[];
  /** R4 unless said. */
  readonly warning?: WarningRule;
}

/** Lays working spans on an axis. Throws `CLOCK_CALENDAR_INVALID` when they overlap or lie outside its ends. */
export function layOutSpans(source: AxisSpans): WorkAxis {
  const { timeZone, knownYears, warning = defaultWarning } = source;
  const startsAt = toEpochMs(source.startsAt);
  const endsAt = toEpochMs(source.endsAt);
  const spanStarts: number[] = [];
  const spanEnds: number[] = [];
  const spanOffsets: number[] = [];
  let offset = 0;
  let previous = startsAt;
  for (const span of source.spans) {
    const from = toEpochMs(span.from);
    const to = toEpochMs(span.to);
    if (from < previous || to <= from || to > endsAt) {
      throw new ClockError(
        'CLOCK_CALENDAR_INVALID',
        `working span at ${new Date(from).toISOString()} is out of place`,
      );
    }
    spanStarts.push(from);
    spanEnds.push(to);
    spanOffsets.push(offset);
    offset += to - from;
    previous = to;
  }
  return { timeZone, knownYears, warning, startsAt, endsAt, spanStarts, spanEnds, spanOffsets };
}

/** Joins consecutive days, at least one, into an axis. */
export function joinAxisDays(
  days: readonly WorkAxisDay[],
  { timeZone, knownYears, warning }: Pick<WorkingCalendar, 'timeZone' | 'knownYears' | 'warning'>,
): WorkAxis {
  const first = days[0];
  const last = days.at(-1);
  if (!first || !last) throw new ClockError('CLOCK_CALENDAR_INVALID', 'a work axis needs at least one day');
  const spans = days.flatMap((day) =>
    day.spans.map(([start, end]) => ({ from: day.startsAt + start * 1000, to: day.startsAt + end * 1000 })),
  );
  return layOutSpans({ startsAt: first.startsAt, endsAt: last.endsAt, spans, timeZone, knownYears, warning });
}

/** The axis of the days from `fromDay` to `toDay`, both included. Twelve spans a week. */
export function buildWorkAxis(calendar: WorkingCalendar, fromDay: CalendarDay, toDay: CalendarDay): WorkAxis {
  return joinAxisDays(listAxisDays(calendar, fromDay, toDay), calendar);
}

/**
 * Whole seconds of working time from `a` to `b`, cut towards zero; negative when `b` is before `a`.
 * Throws `CLOCK_OUTSIDE_CALENDAR` when either lies outside the axis.
 */
export function workSecondsBetween(axis: WorkAxis, a: Instant, b: Instant): number {
  return Math.trunc((workOffset(axis, toEpochMs(b)) - workOffset(axis, toEpochMs(a))) / 1000) + 0;
}

/**
 * The earliest instant (epoch milliseconds) that `seconds` of working time separate from `start`: a limit used up at
 * the end of a working day ends then, not on the next morning. Negative seconds walk back, zero stays at `start`.
 * Throws `CLOCK_OUTSIDE_CALENDAR` when either end lies outside the axis.
 */
export function addWorkSeconds(axis: WorkAxis, start: Instant, seconds: number): number {
  const startMs = toEpochMs(start);
  const distance = Math.round(seconds * 1000);
  const target = workOffset(axis, startMs) + distance;
  if (distance === 0) return startMs;
  if (target === 0) return axis.startsAt;
  const index = lastBelow(axis.spanOffsets, target);
  const at = (axis.spanStarts[index] ?? Number.NaN) + target - (axis.spanOffsets[index] ?? Number.NaN);
  // Not at or before its span's end: also true of the NaN of a target before the axis.
  if (!(at <= (axis.spanEnds[index] ?? Number.NaN))) throw outside(axis, 'the deadline');
  return at;
}

/** Does the working clock run at this instant. Throws `CLOCK_OUTSIDE_CALENDAR`. */
export function isWorking(axis: WorkAxis, at: Instant): boolean {
  return resumesAt(axis, at) === null;
}

/** When the working clock runs again (epoch milliseconds), or null while it runs. Throws `CLOCK_OUTSIDE_CALENDAR`. */
export function resumesAt(axis: WorkAxis, at: Instant): number | null {
  const epochMs = toEpochMs(at);
  assertInside(axis, epochMs);
  const index = lastBelow(axis.spanStarts, epochMs + 1);
  if (epochMs < (axis.spanEnds[index] ?? Number.NEGATIVE_INFINITY)) return null;
  const next = axis.spanStarts[index + 1];
  if (next === undefined) throw outside(axis, 'the next working time');
  return next;
}

/** Working milliseconds from the start of the axis to the instant. */
function workOffset(axis: WorkAxis, epochMs: number): number {
  assertInside(axis, epochMs);
  const index = lastBelow(axis.spanStarts, epochMs);
  const start = axis.spanStarts[index];
  if (start === undefined) return 0;
  const length = (axis.spanEnds[index] ?? start) - start;
  return (axis.spanOffsets[index] ?? 0) + Math.min(epochMs - start, length);
}

/** Index of the last value smaller than the bound in an ascending array, −1 when there is none. */
function lastBelow(values: readonly number[], bound: number): number {
  let low = 0;
  let high = values.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((values[middle] ?? Number.POSITIVE_INFINITY) < bound) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

function assertInside(axis: WorkAxis, epochMs: number): void {
  if (epochMs < axis.startsAt || epochMs > axis.endsAt) throw outside(axis, new Date(epochMs).toISOString());
}

function outside(axis: WorkAxis, what: string): ClockError {
  return new ClockError(
    'CLOCK_OUTSIDE_CALENDAR',
    `${what} lies outside the work axis, ${new Date(axis.startsAt).toISOString()} to ${new Date(axis.endsAt).toISOString()}`,
  );
}
