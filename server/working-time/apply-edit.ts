import type { WorkingTimeDifference, WorkingTimeEdit } from '#contract/working-time';
import type { CalendarDay } from '#clock/calendar-day';
import type { WarningRule } from '#clock/warning-rule';
import {
  defaultCalendar,
  findSeasonProblem,
  type WorkingCalendar,
  type WorkSeason,
} from '#clock/working-calendar';
import { appError } from '../errors.ts';
import type { CalendarRow } from '../clock/service.ts';

/** Working time as it is edited: what a `WorkingCalendar` is made of, with the names of its days. */
export interface WorkingTimeState {
  days: ReadonlyMap<CalendarDay, CalendarRow>;
  seasons: readonly WorkSeason[];
  weeklyRest: readonly number[];
  warning: WarningRule;
}

/** The parts of a state that differ between two, as `before` and `after` of a change; undefined when none does. */
export interface WorkingTimeMove {
  before: WorkingTimeDifference;
  after: WorkingTimeDifference;
}

/**
 * The state after an edit. A day that says what the week says anyway is kept all the same: somebody decided it.
 * @param source who entered the days
 * @throws CALENDAR_DAY_REFUSED, WORKING_HOURS_OVERLAP, SEASONS_DO_NOT_MEET, WEEK_WITHOUT_WORK
 */
export function applyEdit(
  state: WorkingTimeState,
  edit: Pick<WorkingTimeEdit, 'days' | 'seasons' | 'weeklyRest' | 'warning'>,
  { source, years }: { source: string; years: { first: number; last: number } },
): WorkingTimeState {
  const days = new Map(state.days);
  for (const { day, works, name } of edit.days ?? []) {
    requireEditable(day, years);
    if (works === null) days.delete(day);
    else days.set(day, { day, works, name: name?.trim() || null, source });
  }
  const seasons = edit.seasons?.map(({ from, to, spans }) => ({ fromMonthDay: from, toMonthDay: to, spans }));
  if (seasons) requireSeasons(seasons);
  const weeklyRest = edit.weeklyRest && [...new Set(edit.weeklyRest)].sort((a, b) => a - b);
  if (weeklyRest?.length === 7) throw appError('WEEK_WITHOUT_WORK');
  return {
    days,
    seasons: seasons?.toSorted((a, b) => (a.fromMonthDay < b.fromMonthDay ? -1 : 1)) ?? state.seasons,
    weeklyRest: weeklyRest ?? state.weeklyRest,
    warning: edit.warning ?? state.warning,
  };
}

export function calendarOf(state: WorkingTimeState, timeZone: string): WorkingCalendar {
  const { days, seasons, weeklyRest, warning } = state;
  const exceptions = [...days.values()].map(({ day, works }) => [day, works] as const);
  return defaultCalendar(exceptions, { seasons, weeklyRest, warning, timeZone });
}

/** Only what differs. A day's source alone is no difference. */
export function differenceOf(before: WorkingTimeState, after: WorkingTimeState): WorkingTimeMove | undefined {
  const days = [...new Set([...before.days.keys(), ...after.days.keys()])]
    .filter((day) => !isSame(dayOf(before, day), dayOf(after, day)))
    .sort();
  const seasons = !isSame(before.seasons, after.seasons);
  const weeklyRest = !isSame(before.weeklyRest, after.weeklyRest);
  const warning = !isSame(pairOf(before.warning), pairOf(after.warning));
  if (days.length === 0 && !seasons && !weeklyRest && !warning) return undefined;
  const pick = (state: WorkingTimeState): WorkingTimeDifference => ({
    ...(days.length === 0 ? {} : { days: days.map((day) => dayOf(state, day)) }),
    ...(seasons ? { seasons: state.seasons.map(toSeasonRow) } : {}),
    ...(weeklyRest ? { weeklyRest: [...state.weeklyRest] } : {}),
    ...(warning ? { warning: pairOf(state.warning) } : {}),
  });
  return { before: pick(before), after: pick(after) };
}

export function toSeasonRow({ fromMonthDay, toMonthDay, spans }: WorkSeason) {
  return {
    from: fromMonthDay,
    to: toMonthDay,
    spans: spans.map(([start, end]): [number, number] => [start, end]),
  };
}

function dayOf({ days }: WorkingTimeState, day: CalendarDay) {
  const row = days.get(day);
  return { day, works: row?.works ?? null, ...(row?.name ? { name: row.name } : {}) };
}

function pairOf({ fractionOfLimit, seconds }: WarningRule) {
  return { fractionOfLimit, seconds };
}

function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** `Day` has its form from the contract; whether there is such a day is asked here. */
function requireEditable(day: CalendarDay, { first, last }: { first: number; last: number }): void {
  const year = Number(day.slice(0, 4));
  if (!isDay(day) || year < first || year > last) {
    throw appError('CALENDAR_DAY_REFUSED', { day, firstYear: first, lastYear: last });
  }
}

function isDay(day: string): boolean {
  const at = Date.parse(`${day}T00:00:00Z`);
  return !Number.isNaN(at) && new Date(at).toISOString().slice(0, 10) === day;
}

function requireSeasons(seasons: readonly WorkSeason[]): void {
  const problem = findSeasonProblem(seasons);
  if (!problem) return;
  const { kind, ...details } = problem;
  if (kind === 'no-such-day') throw appError('CALENDAR_DAY_REFUSED', details);
  throw appError(kind === 'hours-overlap' ? 'WORKING_HOURS_OVERLAP' : 'SEASONS_DO_NOT_MEET', details);
}
