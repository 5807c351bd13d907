import type { Channel } from '#contract/reports';
import { addDays, instantOf, weekdayOf, type CalendarDay } from '#clock/calendar-day';
import { workSecondsBetween, type WorkAxis } from '#clock/work-axis';
import { weighted, type Random } from './seeded-random.ts';

/** How much happens in each month, January first: most in summer, when everybody lives in the street. */
const BY_MONTH = [0.82, 0.74, 0.96, 1.02, 1.1, 1.16, 1.18, 1.14, 1.06, 1, 0.92, 0.84];
/** Sunday first. */
const BY_WEEKDAY = [0.5, 1.15, 1.08, 1.05, 1.04, 1.08, 0.82];
/** Of a day on which nobody works: fewer see it, and fewer write it down. */
const ON_HOLIDAY = 0.45;

/** By hour of the day, midnight first. Collectors patrol by day; people call when they are at home, too. */
const BY_HOUR: Record<Channel, readonly number[]> = {
  collector: hours(
    [8, 9],
    [9, 14],
    [10, 16],
    [11, 9],
    [12, 2],
    [13, 4],
    [14, 11],
    [15, 14],
    [16, 12],
    [17, 6],
    [18, 1],
  ),
  video: hours(
    [6, 2],
    [7, 5],
    [8, 8],
    [9, 10],
    [10, 10],
    [11, 8],
    [12, 6],
    [13, 6],
    [14, 8],
    [15, 10],
    [16, 10],
    [17, 9],
    [18, 7],
    [19, 6],
    [20, 5],
    [21, 4],
    [22, 2],
    [23, 1],
  ),
  hotline: hours(
    [7, 3],
    [8, 7],
    [9, 10],
    [10, 10],
    [11, 8],
    [12, 5],
    [13, 5],
    [14, 8],
    [15, 9],
    [16, 8],
    [17, 7],
    [18, 7],
    [19, 7],
    [20, 6],
    [21, 4],
    [22, 2],
  ),
  public: hours(
    [7, 4],
    [8, 6],
    [9, 6],
    [10, 6],
    [11, 6],
    [12, 8],
    [13, 6],
    [14, 5],
    [15, 5],
    [16, 6],
    [17, 7],
    [18, 9],
    [19, 9],
    [20, 8],
    [21, 6],
    [22, 3],
    [23, 1],
  ),
  device: Array.from({ length: 24 }, () => 1),
  api: hours([8, 4], [9, 8], [10, 8], [11, 6], [13, 3], [14, 8], [15, 8], [16, 8], [17, 4]),
};

function hours(...shares: readonly [hour: number, share: number][]): readonly number[] {
  const day = Array.from({ length: 24 }, () => 0);
  for (const [hour, share] of shares) day[hour] = share;
  return day;
}

const pickers = new Map<Channel, (random: Random) => number>();

/** When on the day something is reported by the channel. Epoch milliseconds. */
export function drawReceipt(random: Random, channel: Channel, day: CalendarDay, timeZone: string): number {
  const known = pickers.get(channel);
  const picker =
    known ??
    weighted(
      BY_HOUR[channel].flatMap((share, hour) => (share > 0 ? [hour] : [])),
      (hour) => BY_HOUR[channel][hour] ?? 0,
    );
  if (!known) pickers.set(channel, picker);
  const hour = picker(random);
  return instantOf(day, hour * 60, timeZone) + random.whole(0, 3_599_999);
}

export interface DayOfCases {
  day: CalendarDay;
  count: number;
}

/** Shares a number of cases among the days `[from, to]` by season, weekday and holidays; the sum is exact. */
export function shareAmongDays(
  axis: WorkAxis,
  { from, to, cases }: { from: CalendarDay; to: CalendarDay; cases: number },
): DayOfCases[] {
  const days: { day: CalendarDay; weight: number }[] = [];
  for (let day = from; day <= to; day = addDays(day, 1)) days.push({ day, weight: weightOf(axis, day) });
  const whole = days.reduce((sum, { weight }) => sum + weight, 0);
  let weight = 0;
  let given = 0;
  return days.map((one) => {
    weight += one.weight;
    const count = Math.round((weight / whole) * cases) - given;
    given += count;
    return { day: one.day, count };
  });
}

function weightOf(axis: WorkAxis, day: CalendarDay): number {
  const month = BY_MONTH[Number(day.slice(5, 7)) - 1] ?? 1;
  const start = instantOf(day, 0, axis.timeZone);
  const end = instantOf(day, 1440, axis.timeZone);
  const works = workSecondsBetween(axis, start, end) > 0;
  return month * (works ? Math.max(BY_WEEKDAY[weekdayOf(day)] ?? 1, 0.8) : ON_HOLIDAY);
}
