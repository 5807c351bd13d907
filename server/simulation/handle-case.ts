import { v7 as uuid } from 'uuid';
import type { RequestKind } from '#contract/requests';
import { secondsBetween, timingOf } from '#clock/deadline';
import { stageAxis } from '#clock/stages';
import type { SessionUser } from '../access/session-user.ts';
import { timingOfCase } from '../cases/case-record.ts';
import type { CaseCourse } from './case-course.ts';
import { anyUnit, temperOf } from './live-case.ts';
import type { Random } from './seeded-random.ts';
import type { Town } from './town.ts';
import * as words from './words.ts';

interface Handling {
  /** The unit lets it lie. */
  stays: boolean;
  /** It gives the case back, whatever it is. */
  returns: boolean;
  /** What it has asked for before it let it lie. */
  asks: RequestKind | undefined;
  /** Waits until the dispatcher has it on top. */
  waitForDispatch(): void;
  supervisor(): SessionUser;
}

/** Of a case that will be late, how often somebody urges; of the others, how often all the same. */
const URGED = { late: 0.55, inTime: 0.015 };
/** Of units that get a case which another returned, how many try to return it, too. */
const RETURNED_AGAIN = 0.12;
/** Requests of time that the centre grants; returns that the arbiter does. */
const GRANTED = 0.78;
const ARBITRATED_FOR_UNIT = 0.5;

/** The unit's part: from the dispatch to the feedback, through returns and requests. */
export function handleUntilFedBack(town: Town, random: Random, course: CaseCourse, handling: Handling): void {
  if (handling.stays) stayWithUnit(town, random, course, handling);
  const temper = temperOf(town, course);
  const clock = course.runningClock('handling');
  const limit = clock.limitSeconds ?? 23_400;
  const { dispatchCount, returnedAt, arbitrated } = course.file.record;
  const first = dispatchCount === 1;

  const returns = first
    ? handling.returns || random.chance(temper.returns)
    : returnedAt !== null && !arbitrated && random.chance(RETURNED_AGAIN);
  if (returns) {
    course.wait(Math.round(limit * random.between(0.03, 0.25)), clock.axis);
    giveBack(town, random, course);
    if (course.file.record.request !== null) decide(town, random, course, ARBITRATED_FOR_UNIT);
    if (course.file.record.stage === 'dispatch') {
      handling.waitForDispatch();
      sendAgain(town, random, course);
    }
    handleUntilFedBack(town, random, course, handling);
    return;
  }
  if (first && random.chance(temper.extensions)) askForTime(town, random, course, 'request-extension');
  else if (first && random.chance(temper.postponements))
    askForTime(town, random, course, 'request-postponement');
  finish(town, random, course, handling);
}

/** Works on it and reports it as done, in time or not, urged or not. */
function finish(town: Town, random: Random, course: CaseCourse, { supervisor }: Handling): void {
  const temper = temperOf(town, course);
  const clock = course.runningClock('handling');
  const limit = clock.limitSeconds ?? 23_400;
  const { dispatchCount, secondNotices } = course.file.record;
  const first = dispatchCount === 1;
  const late = random.chance(first ? temper.late : temper.late * 0.6);
  const share = late ? 1.03 + random.next() ** 2 * 1.6 : shareInTime(random, temper.pace);
  // A second notice is done more quickly; whatever was used before counts.
  const wanted =
    secondNotices > 0 ? limit * random.between(0.05, 0.3) : limit * share - clock.usedBeforeSeconds;
  const spent = secondsBetween(timingOf(clock.axis, town.axis), clock.startedAt, course.now);
  let left = Math.max(Math.round(wanted) - spent, 300);
  if (random.chance(late ? URGED.late : URGED.inTime)) {
    const before = Math.round(left * random.between(0.7, 0.95));
    course.wait(before, clock.axis);
    left -= before;
    course.act('supervise', supervisor(), { payload: { note: random.pick(words.superviseNotes) } });
  }
  course.wait(left, clock.axis);
  feedBack(town, random, course);
}

/** Around the unit's pace, never quite at the limit. */
function shareInTime(random: Random, pace: number): number {
  const spread = (random.next() + random.next() + random.next()) / 3 - 0.5;
  return Math.min(0.97, Math.max(0.03, pace + spread * 1.1));
}

/** Nothing more happens until the end; what it asked for waits with it. */
function stayWithUnit(
  town: Town,
  random: Random,
  course: CaseCourse,
  { asks, waitForDispatch }: Handling,
): void {
  if (asks === 'return' && course.file.record.returnedAt === null) {
    course.wait(300, course.runningClock('handling').axis);
    giveBack(town, random, course);
    waitForDispatch();
    sendAgain(town, random, course);
  }
  if (asks !== undefined) {
    const clock = course.runningClock('handling');
    course.wait(Math.round((clock.limitSeconds ?? 23_400) * 0.25), clock.axis);
    if (asks === 'return') giveBack(town, random, course);
    else ask(town, random, course, `request-${asks}`);
  }
  course.waitUntil(Number.POSITIVE_INFINITY);
}

function askForTime(
  town: Town,
  random: Random,
  course: CaseCourse,
  action: 'request-extension' | 'request-postponement',
): void {
  const clock = course.runningClock('handling');
  course.wait(Math.round((clock.limitSeconds ?? 23_400) * random.between(0.35, 0.9)), clock.axis);
  ask(town, random, course, action);
  decide(town, random, course, GRANTED);
}

function ask(
  town: Town,
  random: Random,
  course: CaseCourse,
  action: 'request-extension' | 'request-postponement',
): void {
  const limit = course.runningClock('handling').limitSeconds ?? 23_400;
  const extends_ = action === 'request-extension';
  const reason = random.pick(extends_ ? words.extensionReasons : words.postponementReasons);
  // Whole half hours, at least one.
  const seconds = Math.max(1, Math.round((limit * random.between(0.3, 0.8)) / 1_800)) * 1_800;
  course.act(action, clerkOf(town, course), {
    ask: { id: uuid(), reason, ...(extends_ ? { seconds } : {}) },
    payload: { reason },
  });
}

/** The centre decides what the unit asked for, some time later. */
function decide(town: Town, random: Random, course: CaseCourse, granted: number): void {
  course.wait(random.whole(300, 5_400), stageAxis('dispatch', timingOfCase(course.file.record)));
  const outcome = random.chance(granted);
  const note = random.pick(outcome ? words.decisionNotes.approved : words.decisionNotes.refused);
  const arbiter = course.file.record.requests[0]?.arbiter;
  const supervisor = town.people.supervisors.find(({ id }) => id === arbiter?.id);
  course.act('decide-request', supervisor ?? random.pick(town.people.supervisors), {
    outcome,
    decision: { note },
    payload: outcome ? { note } : { reason: note },
  });
}

/** Who acts for the unit that has the case. */
export function clerkOf(town: Town, course: CaseCourse): SessionUser {
  const { people } = town;
  const clerk = people.byUnit.get(course.file.record.unit?.code ?? '') ?? people.administrators[0];
  if (!clerk) throw new Error('the unit has nobody');
  return clerk;
}

export function photosOf(town: Town, course: CaseCourse): string[] {
  const photo = town.photos.get(course.file.record.unit?.code ?? '');
  return photo === undefined ? [] : [photo];
}

function feedBack(town: Town, random: Random, course: CaseCourse): void {
  course.act('feedback', clerkOf(town, course), {
    photos: photosOf(town, course),
    payload: { note: random.pick(words.feedbackNotes) },
  });
}

/** The first return takes the case away at once, the second asks the arbiter. */
function giveBack(town: Town, random: Random, course: CaseCourse): void {
  const [reasonCode, reason] = random.pick(words.returnReasons);
  const [arbiter] = town.people.supervisors;
  course.act('return', clerkOf(town, course), {
    photos: photosOf(town, course),
    ask: {
      id: uuid(),
      reason,
      reasonCode,
      ...(arbiter ? { arbiter: { id: arbiter.id, name: arbiter.name, gone: false } } : {}),
    },
    payload: { reasonCode, reason },
  });
}

/** To the unit the dispatcher now thinks right: mostly another. */
function sendAgain(town: Town, random: Random, course: CaseCourse): void {
  const { resolution, noSubject } = course.file.record;
  const before = course.file.dispatches.at(-1)?.unit;
  const proposed = resolution.proposed?.code ?? resolution.assistants[0]?.code;
  const other = proposed !== undefined && proposed !== before ? town.units.get(proposed) : undefined;
  const same = before === undefined ? undefined : town.units.get(before);
  const unit = random.chance(0.35) && same ? same : (other ?? anyUnit(town, random, before));
  const { dispatchers, supervisors } = town.people;
  course.act('dispatch', random.pick(noSubject ? supervisors : dispatchers), {
    unit,
    assistants: [],
    payload: { reason: random.pick(words.redispatchReasons) },
  });
}
