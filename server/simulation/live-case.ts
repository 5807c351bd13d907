import { addSeconds, timingOf } from '#clock/deadline';
import { stageAxis } from '#clock/stages';
import type { Stage } from '#contract/cases';
import type { Names } from '#contract/shared';
import type { Channel } from '#contract/reports';
import type { RequestKind } from '#contract/requests';
import { startCourse, NotYet, type CaseCourse, type Interruption } from './case-course.ts';
import { timingOfCase } from '../cases/case-record.ts';
import { fileReport } from '../reports/file-report.ts';
import type { ReportRecord } from '../reports/report-record.ts';
import { handleUntilFedBack } from './handle-case.ts';
import { contestIfUnfair } from './contest-case.ts';
import { describeReport } from './describe-report.ts';
import { pickOther } from './people.ts';
import type { Random } from './seeded-random.ts';
import type { Site, Town, Unit } from './town.ts';
import * as words from './words.ts';

/** What shall happen; chance decides the rest. */
export interface CasePlan {
  site: Site;
  channel: Channel;
  /** Epoch milliseconds. */
  receivedAt: number;
  /** The case stays in this stage, whoever should have moved it on. */
  staysIn?: Stage;
  /** What the unit has asked for when it stays with it. */
  asks?: RequestKind;
  /** What comes from outside while it runs. */
  interruptions?: Interruption[];
  /** Asked when it is filed: the earlier case of the same thing that it is merged into, and when. */
  mergesInto?: (filed: CaseCourse) => { course: CaseCourse; at: number } | undefined;
}

/** A report and, when it was filed by the end of the simulation, its case. */
export interface Lived {
  report: ReportRecord;
  framing: Site['framing'];
  course: CaseCourse | null;
}

/** Share of reports that verification turns down. */
const REJECTED = 0.06;
const VOID = 0.006;
const SUPERVISED_BY_CHIEF = 0.2;

export function liveCase(town: Town, random: Random, plan: CasePlan): Lived {
  const { axis, until, people } = town;
  const { site } = plan;
  const report = describeReport(town, random, plan);
  const lived: Lived = { report, framing: plan.channel === 'video' ? site.framing : undefined, course: null };
  const filingAxis = stageAxis('filing', { urgent: site.limit.urgent, special: false, handling: null });
  const filedAt = addSeconds(timingOf(filingAxis, axis), plan.receivedAt, verificationSeconds(random));
  const turnedDown = plan.staysIn === undefined && plan.mergesInto === undefined && random.chance(REJECTED);
  if (filedAt > until) return lived;
  if (turnedDown) {
    const stateReason = random.pick(words.rejectReasons);
    const decidedAt = new Date(filedAt);
    return { ...lived, report: { ...report, state: 'rejected', stateReason, decidedAt, version: 2 } };
  }
  const clerk = plan.channel === 'video' ? random.pick(people.operators) : random.pick(people.clerks);
  const unit = site.resolution.unit && town.units.get(site.resolution.unit.code);
  const file = fileReport({
    report,
    place: site.place,
    entry: site.entry,
    resolution: site.resolution,
    unit,
    divisionNames: site.divisionNames,
    framing: null,
    actor: { id: clerk.id, name: clerk.name.zh, username: clerk.username, role: clerk.role },
    now: new Date(filedAt),
    axis,
  });
  const course = startCourse(file, { axis, until, interruptions: plan.interruptions ?? [] });
  lived.course = course;
  lived.report = {
    ...report,
    state: 'filed',
    caseId: file.record.id,
    decidedAt: new Date(filedAt),
    limitId: site.limit.id,
    version: 2,
  };
  try {
    const earlier = plan.mergesInto?.(course);
    if (earlier) merge(town, random, course, earlier);
    else run(town, random, course, { ...plan, reporter: report.createdBy });
    contestIfUnfair(town, random, course);
  } catch (error) {
    if (!(error instanceof NotYet)) throw error;
  }
  return lived;
}

/** Mostly within the half hour, sometimes not. */
function verificationSeconds(random: Random): number {
  return random.chance(0.04) ? random.whole(1_900, 5_400) : random.whole(120, 1_500);
}

/** A step of the centre with a limit: `late` is the share that misses it. */
export function centreSeconds(random: Random, limitSeconds: number, late = 0.04): number {
  const share = random.chance(late) ? random.between(1.05, 2.6) : random.between(0.08, 0.85);
  return Math.round(share * limitSeconds);
}

function run(
  town: Town,
  random: Random,
  course: CaseCourse,
  plan: CasePlan & { reporter: string | null },
): void {
  const { people } = town;
  const { reporter } = plan;
  const timing = timingOfCase(course.file.record);
  const step = (stage: 'dispatch' | 'send-for-check' | 'check' | 'closing', seconds: number) => {
    if (plan.staysIn === stage) course.waitUntil(Number.POSITIVE_INFINITY);
    course.wait(seconds, stageAxis(stage, timing));
  };
  if (course.file.record.stage === 'dispatch') {
    step('dispatch', centreSeconds(random, 1_800, 0.1));
    coordinate(town, random, course);
  }
  for (;;) {
    if (plan.staysIn === undefined && random.chance(VOID)) {
      course.wait(random.whole(600, 7_200), stageAxis('handling', timing));
      const payload = { reason: random.pick(words.voidReasons) };
      course.act('void', random.pick(people.supervisors), { payload });
      return;
    }
    handleUntilFedBack(town, random, course, {
      stays: plan.staysIn === 'handling',
      returns: plan.staysIn === 'dispatch',
      asks: plan.asks,
      waitForDispatch: () => step('dispatch', centreSeconds(random, 1_800)),
      supervisor: () =>
        people.chiefs.length > 0 && random.chance(SUPERVISED_BY_CHIEF)
          ? random.pick(people.chiefs)
          : random.pick(people.supervisors),
    });
    const { special } = course.file.record;
    // Untimed for special problems: light boxes are looked at when it is dark.
    step('send-for-check', special ? random.whole(1_800, 40_000) : centreSeconds(random, 1_800));
    course.act('send-for-check', random.pick(people.clerks), { checker: checkerOf(town, random, reporter) });
    step('check', centreSeconds(random, 3_600, 0.06));
    const passed = !random.chance(temperOf(town, course).untrue);
    check(town, random, course, passed);
    if (!passed) continue;
    step('closing', centreSeconds(random, 1_800, 0.03));
    course.act('close', random.pick(people.clerks));
    return;
  }
}

export function temperOf(town: Town, course: CaseCourse) {
  const temper = town.temperaments.get(course.file.record.unit?.code ?? '');
  if (!temper) throw new Error('nobody holds the case');
  return temper;
}

/** A collector who did not report it, or nobody in particular when there is no other. */
function checkerOf(
  { people }: Town,
  random: Random,
  reporter: string | null,
): { id: string; name: Names } | null {
  const others = people.collectors.filter(({ id }) => id !== reporter);
  if (others.length === 0) return null;
  const { id, name } = random.pick(others);
  return { id, name };
}

/** Looked at by the collector it was sent to. */
function check(town: Town, random: Random, course: CaseCourse, passed: boolean): void {
  const { checker, unit, fedBackBy } = course.file.record;
  const holder = unit && town.units.get(unit.code);
  const assigned = town.people.collectors.find(({ id }) => id === checker?.id);
  const person = assigned ?? pickOther(random, town.people.collectors, fedBackBy);
  const note = passed ? {} : { note: random.pick(words.failedCheckNotes) };
  course.act('check', person, {
    outcome: passed,
    ...(holder ? { unit: holder } : {}),
    payload: { passed, ...note },
  });
}

/** Nobody answers for it by the rules: somebody who coordinates names a unit, mostly the territorial one. */
function coordinate(town: Town, random: Random, course: CaseCourse): void {
  const { proposed } = course.file.record.resolution;
  const unit = (proposed && town.units.get(proposed.code)) ?? anyUnit(town, random);
  course.act('dispatch', random.pick(town.people.supervisors), {
    unit,
    assistants: [],
    payload: { reason: random.pick(words.coordinationReasons) },
  });
}

export function anyUnit(town: Town, random: Random, not?: string): Unit {
  return random.pick([...town.units.values()].filter(({ code }) => code !== not));
}

function merge(
  town: Town,
  random: Random,
  course: CaseCourse,
  { course: earlier, at }: { course: CaseCourse; at: number },
): void {
  course.waitUntil(at);
  const { id, number } = earlier.file.record;
  course.act('merge', random.pick(town.people.clerks), { into: { id, number } });
}
