import { v7 as uuid } from 'uuid';
import { addDays, dayOf, instantOf } from '#clock/calendar-day';
import { addWorkSeconds } from '#clock/work-axis';
import { clerkOf, photosOf } from './handle-case.ts';
import type { CaseCourse } from './case-course.ts';
import { temperOf } from './live-case.ts';
import type { Random } from './seeded-random.ts';
import type { Town } from './town.ts';
import * as words from './words.ts';

/** A unit's objection to how one of its cases counts: a row of `contests`. */
export interface LivedContest {
  id: string;
  unitCode: string;
  period: string;
  state: 'open' | 'upheld' | 'refused';
  wants: 'left-out' | 'in-time';
  reason: string;
  photos: string[];
  filedBy: string;
  filedAt: Date;
  decidedBy: string | null;
  decidedAt: Date | null;
  note: string | null;
}

const UPHELD = 0.35;
const DECIDED = 0.85;
/** Days after the month's end on which units look at the result. */
const DAYS = 6;

/** After the month in which a case was due, its unit may object to how it counts. */
export function contestIfUnfair(town: Town, random: Random, course: CaseCourse): void {
  const { record, clocks } = course.file;
  const handling = clocks.findLast(({ stage }) => stage === 'handling');
  if (record.stage !== 'closed' || !handling || handling.dueAt === null) return;
  if (!isCounted(course) || !random.chance(temperOf(town, course).contests)) return;
  const { timeZone } = town.axis;
  const period = dayOf(handling.dueAt, timeZone).slice(0, 7);
  const monthEnd = firstDayAfter(period);
  const earliest = Math.max(
    course.now,
    instantOf(addDays(monthEnd, random.whole(0, DAYS - 1)), 480, timeZone),
  );
  course.waitUntil(addWorkSeconds(town.axis, earliest, random.whole(600, 20_000)));
  const contest: LivedContest = {
    id: uuid(),
    unitCode: record.unit?.code ?? '',
    period,
    state: 'open',
    wants: random.chance(0.5) ? 'left-out' : 'in-time',
    reason: random.pick(words.contestReasons),
    photos: photosOf(town, course),
    filedBy: clerkOf(town, course).id,
    filedAt: new Date(course.now),
    decidedBy: null,
    decidedAt: null,
    note: null,
  };
  const { id, wants } = contest;
  course.act('contest', clerkOf(town, course), {
    payload: { contest: id, wants, period, reason: contest.reason },
  });
  course.contest = contest;
  if (!random.chance(DECIDED)) return;
  course.wait(random.whole(7_200, 70_000), 'working');
  const upheld = random.chance(UPHELD);
  const supervisor = random.pick(town.people.supervisors);
  const note = random.pick(upheld ? words.contestNotes.upheld : words.contestNotes.refused);
  course.act('rule-on-contest', supervisor, {
    payload: { contest: id, upheld, ...(upheld ? { ruling: wants } : {}), note },
  });
  course.contest = {
    ...contest,
    state: upheld ? 'upheld' : 'refused',
    decidedBy: supervisor.id,
    decidedAt: new Date(course.now),
    note,
  };
}

/** Counts against its unit: late, or with a flag (SPEC section 5). */
function isCounted({ file: { record, clocks } }: CaseCourse): boolean {
  const handling = clocks.findLast(({ stage }) => stage === 'handling');
  const late = (handling?.usedSeconds ?? 0) > (handling?.limitSeconds ?? Number.POSITIVE_INFINITY);
  return (
    late ||
    [record.returnedAt, record.repeatedAt, record.extendedAt, record.postponedAt].some((at) => at !== null)
  );
}

function firstDayAfter(month: string): string {
  return `${addDays(`${month}-28`, 4).slice(0, 7)}-01`;
}
