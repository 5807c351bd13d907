import { addDays, weekdayOf, type CalendarDay } from '#clock/calendar-day';
import type { WorkSeasonRow, WorkingTimeEdit, WorkingYear } from '#contract/working-time';

/** What was changed on the screen and not saved yet. */
export interface Draft {
  days: ReadonlyMap<CalendarDay, { works: boolean | null; name: string }>;
  seasons?: WorkSeasonRow[];
  weeklyRest?: number[];
  warning?: WorkingYear['warning'];
}

export const emptyDraft: Draft = { days: new Map() };

export function isEmpty({ days, seasons, weeklyRest, warning }: Draft): boolean {
  return days.size === 0 && !seasons && !weeklyRest && !warning;
}

export type DayKind = 'work' | 'rest' | 'holiday' | 'make-up';

export interface DayFace {
  day: CalendarDay;
  /** rest and work follow the week; holiday and make-up do not. */
  kind: DayKind;
  name: string;
  /** Entered for this day; null: it follows the week. */
  works: boolean | null;
  edited: boolean;
}

/** Every day of a year as it stands with the draft. */
export function facesOfYear(year: WorkingYear, draft: Draft): Map<CalendarDay, DayFace> {
  const entered = new Map(year.days.map(({ day, works, name }) => [day, { works, name: name ?? '' }]));
  const rest = draft.weeklyRest ?? year.weeklyRest;
  const faces = new Map<CalendarDay, DayFace>();
  for (let day = `${year.year}-01-01`; day.startsWith(`${year.year}-`); day = addDays(day, 1)) {
    const edit = draft.days.get(day);
    const { works, name } = edit ?? entered.get(day) ?? { works: null, name: '' };
    const kind =
      works === null ? (rest.includes(weekdayOf(day)) ? 'rest' : 'work') : works ? 'make-up' : 'holiday';
    faces.set(day, { day, kind, name, works, edited: edit !== undefined });
  }
  return faces;
}

/** Days from one to another, whichever comes first. */
export function daysBetween(a: CalendarDay, b: CalendarDay): CalendarDay[] {
  const [first, last] = a < b ? [a, b] : [b, a];
  const days: CalendarDay[] = [];
  for (let day = first; day <= last; day = addDays(day, 1)) days.push(day);
  return days;
}

/** What is sent. */
export function toEdit(draft: Draft, expectedVersion: string, reason: string): WorkingTimeEdit {
  const { days, seasons, weeklyRest, warning } = draft;
  return {
    expectedVersion,
    reason,
    ...(days.size === 0
      ? {}
      : {
          days: [...days].map(([day, { works, name }]) => ({
            day,
            works,
            ...(name && works !== null ? { name } : {}),
          })),
        }),
    ...(seasons ? { seasons } : {}),
    ...(weeklyRest ? { weeklyRest } : {}),
    ...(warning ? { warning } : {}),
  };
}

/** 08:30 */
export function toTime(minute: number): string {
  return `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
}

/** Minutes after midnight; undefined when it is no time. 24:00 is the end of the day. */
export function fromTime(text: string): number | undefined {
  const [, hour, minute] = /^(\d{1,2}):(\d{2})$/.exec(text.trim()) ?? [];
  if (hour === undefined || minute === undefined) return undefined;
  const total = Number(hour) * 60 + Number(minute);
  return Number(minute) < 60 && total <= 1440 ? total : undefined;
}
