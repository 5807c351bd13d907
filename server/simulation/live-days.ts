import { instantOf, type CalendarDay } from '#clock/calendar-day';
import { addSeconds, timingOf } from '#clock/deadline';
import { workSecondsBetween } from '#clock/work-axis';
import { timingOfCase } from '../cases/case-record.ts';
import { limitSeconds, type LimitUnit } from '#clock/limits';
import { stageAxis, stageLimits } from '#clock/stages';
import type { RequestKind } from '#contract/requests';
import type { ReportRecord } from '../reports/report-record.ts';
import { drawReceipt } from './arrivals.ts';
import type { CaseCourse, Interruption } from './case-course.ts';
import { describeReport } from './describe-report.ts';
import { liveCase, type CasePlan, type Lived } from './live-case.ts';
import { seededRandom, type Random } from './seeded-random.ts';
import type { Site, Town } from './town.ts';

/** Share of cases that somebody else reports, too; of cases filed twice and merged. */
const REPORTED_AGAIN = 0.045;
const FILED_TWICE = 0.012;

/** What a stretch of the simulation came to: reports, and the cases of those that were filed. */
export interface Outcome {
  lived: Lived[];
  /** Other reports of the same things. */
  attached: ReportRecord[];
}

/** Everything that is received on a day, each with its course up to the end of the simulation. */
export function liveDay(
  town: Town,
  { day, first, count }: { day: CalendarDay; first: number; count: number },
): Outcome {
  const outcome: Outcome = { lived: [], attached: [] };
  for (let n = first; n < first + count; n++) {
    const random = seededRandom(town.seed, day, n);
    const plan = drawPlan(town, random, day);
    if (plan.receivedAt > town.until) continue;
    if (random.chance(REPORTED_AGAIN)) plan.interruptions = [anotherReport(town, random, plan, outcome)];
    if (random.chance(FILED_TWICE)) liveTwice(town, random, plan, outcome);
    else outcome.lived.push(liveCase(town, random, plan));
  }
  return outcome;
}

function drawPlan(town: Town, random: Random, day: CalendarDay): CasePlan {
  const channel = town.drawChannel(random);
  const site = channel === 'video' ? town.drawVideoSite(random) : town.drawSite(random);
  return { channel, site, receivedAt: drawReceipt(random, channel, day, town.axis.timeZone) };
}

/** Somebody else tells of the same thing while it is being dealt with: it joins the case. */
function anotherReport(town: Town, random: Random, plan: CasePlan, outcome: Outcome): Interruption {
  const again = { ...plan, channel: 'hotline', receivedAt: later(random, plan) } as const;
  return {
    at: again.receivedAt + random.whole(120, 1_200) * 1_000,
    run(course) {
      const report = describeReport(town, random, again);
      const at = new Date(course.now);
      course.act('attach', random.pick(town.people.clerks), {
        reports: 1,
        payload: { report: report.id, channel: report.channel },
      });
      const caseId = course.file.record.id;
      outcome.attached.push({ ...report, state: 'merged', caseId, decidedAt: at, version: 2 });
    },
  };
}

function later(random: Random, { receivedAt }: CasePlan): number {
  return receivedAt + random.whole(600, 18_000) * 1_000;
}

/** The same thing is filed a second time; the clerk notices and merges it into the first, if that is still open. */
function liveTwice(town: Town, random: Random, plan: CasePlan, outcome: Outcome): void {
  const others = seededRandom(town.seed, 'twin', plan.receivedAt);
  let first: Lived | undefined;
  const twin = liveCase(town, others, {
    ...plan,
    interruptions: [],
    channel: 'public',
    receivedAt: later(random, plan),
    mergesInto(filed) {
      const at = filed.now + others.whole(120, 1_500) * 1_000;
      let met: CaseCourse | undefined;
      const interruption: Interruption = {
        at,
        run(course) {
          if (course.file.record.stage === 'void' || course.now !== at) return;
          course.act('attach', others.pick(town.people.clerks), {
            reports: 1,
            // The number is given when both are written.
            payload: { mergedFrom: filed.file.record.id },
          });
          met = course;
        },
      };
      first = liveCase(town, random, { ...plan, interruptions: [interruption] });
      return met && { course: met, at };
    },
  });
  outcome.lived.push(first ?? liveCase(town, random, plan), twin);
}

const LIGHTS = { green: 0.35, yellow: 0.9, red: 1.45 } as const;
const REQUESTS = ['postponement', 'extension', 'return'] as const satisfies RequestKind[];
const STAGES = ['dispatch', 'handling', 'send-for-check', 'check', 'closing'] as const;

/**
 * Work under way at the end of the simulation, so that every stage has cases in every light: each has been in its
 * stage for so long that its light is what it shall be.
 */
export function livePresent(town: Town, each: number): Outcome {
  const outcome: Outcome = { lived: [], attached: [] };
  for (const [light, share] of Object.entries(LIGHTS)) {
    for (let n = 0; n < each; n++) {
      outcome.lived.push(waitingReport(town, seededRandom(town.seed, 'present', light, n), share));
      for (const stage of STAGES) outcome.lived.push(standingIn(town, { stage, share, n }));
      for (const asks of REQUESTS) {
        outcome.lived.push(standingIn(town, { stage: 'handling', share: Math.max(share, 0.5), n, asks }));
      }
    }
  }
  return outcome;
}

function waitingReport(town: Town, random: Random, share: number): Lived {
  const site = town.drawSite(random);
  const axis = stageAxis('filing', { urgent: site.limit.urgent, special: false, handling: null });
  const receivedAt = addSeconds(
    timingOf(axis, town.axis),
    town.until,
    -Math.round(share * stageLimits.filing),
  );
  const report = describeReport(town, random, { site, channel: 'hotline', receivedAt });
  return { report, framing: undefined, course: null };
}

interface Standing {
  stage: (typeof STAGES)[number];
  /** Of the stage's limit that has gone by. */
  share: number;
  n: number;
  asks?: RequestKind;
}

/** Lives the case twice with the same chance: first to learn when it reaches the stage, then moved to the right time. */
function standingIn(town: Town, { stage, share, n, asks }: Standing): Lived {
  const random = () => seededRandom(town.seed, 'present', stage, share, n, asks ?? '');
  const chance = random();
  const site = drawSiteFor(town, chance, stage);
  const plan = { site, channel: 'collector', staysIn: stage, ...(asks ? { asks } : {}) } as const;
  const someday = instantOf('2024-04-08', 9 * 60, town.axis.timeZone);
  const open = { ...town, until: Number.MAX_SAFE_INTEGER };
  const trial = liveCase(open, random(), { ...plan, receivedAt: someday });
  const { course } = trial;
  if (!course) return trial;
  const { record } = course.file;
  const timing = timingOfCase(record);
  const axis = stageAxis(stage, timing);
  const limit =
    course.runningClock(stage).limitSeconds ?? stageLimits[stage === 'handling' ? 'dispatch' : stage];
  const reachedAt = addSeconds(timingOf(axis, town.axis), town.until, -Math.round(share * limit));
  const before = record.urgent
    ? (record.stageSince.getTime() - someday) / 1_000
    : workSecondsBetween(town.axis, someday, record.stageSince);
  const receivedAt = addSeconds(
    timingOf(record.urgent ? 'natural' : 'working', town.axis),
    reachedAt,
    -before,
  );
  return liveCase(town, random(), { ...plan, receivedAt });
}

const TRIES = 60;

/** A place whose case runs in one kind of time all along, so that it can be moved in time as a whole. */
function drawSiteFor(town: Town, random: Random, stage: Standing['stage']): Site {
  const draw = () => (stage === 'dispatch' ? town.drawUnresolvedSite(random) : town.drawSite(random));
  for (let tries = 0; tries < TRIES; tries++) {
    const site = draw();
    const { urgent, special, amount, unit } = site.limit;
    const natural = limitSeconds(amount, unit as LimitUnit).axis === 'natural';
    if (!(special && stage === 'send-for-check') && natural === urgent) return site;
  }
  return draw();
}
