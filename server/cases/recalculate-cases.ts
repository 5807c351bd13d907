import { setTimeout as sleep } from 'node:timers/promises';
import { instantOf } from '#clock/calendar-day';
import { ClockError } from '#clock/clock-error';
import type { WorkAxis } from '#clock/work-axis';
import type { Scope } from '#contract/access';
import type { LimitRow } from '#contract/dictionary';
import type { Names } from '#contract/shared';
import type { Recalculation } from '#contract/working-time';
import type { Context } from '../context.ts';
import type { Queryable } from '../db/database.ts';
import type { JobTools, JobContext } from '../jobs/service.ts';
import { recalculateReports } from '../reports/recalculate-reports.ts';
import { openCase } from './open-case.ts';
import { planRecalculation, RecalculationCount, withLimit, type PlannedMove } from './recalculate-plan.ts';
import {
  listClockedCases,
  listOpenCaseIds,
  markRecalculated,
  type OpenCasesFilter,
} from './recalculate-repository.ts';
import { saveSteps } from './save-case.ts';
import { takeStep } from './take-step.ts';
import { transitions } from './workflow.ts';

export { countGuessedDeadlines } from './recalculate-repository.ts';

const WHOLE_DISTRICT: Scope = { kind: 'district', code: '' };
const READ_AT_ONCE = 500;
/** Cases written in one transaction: on the embedded engine everybody else waits for it. */
const WRITTEN_AT_ONCE = 10;
/** How often a case that somebody else changes meanwhile is tried again. */
const ATTEMPTS = 4;
/**
 * A step computed on the old axis, here or on another node, may be committed a little after the change: within the
 * second in which every node hears of it and the 5 s that a transaction may take. Such cases are looked at once more.
 */
const SETTLE_MS = 6_500;
/** The clocks of two nodes may differ by so much. */
const SKEW_MS = 60_000;

/** Which cases a limit that replaced others is for: filed on its days, under what it replaced. */
export interface LimitToApply {
  limit: LimitRow;
  replaced: readonly number[];
}

/** What is computed anew, why, and who wanted it. */
export interface Recalculating {
  why: Names;
  reason: string;
  actor: { id: string; name: string };
  /** When working time or the limit changed. */
  since: Date;
  apply?: LimitToApply | undefined;
}

/** What a candidate calendar, or a limit, would move. Reads only. */
export async function previewRecalculation(
  { db, clock, config }: Pick<Context, 'db' | 'clock' | 'config'>,
  { why, axis, apply }: { why: Names; axis: WorkAxis; apply?: LimitToApply | undefined },
): Promise<Recalculation> {
  const count = new RecalculationCount();
  const ids = await listOpenCaseIds(db, filterOf(apply, config.timeZone));
  const now = clock.now();
  for (const cases of inBatches(ids, READ_AT_ONCE)) {
    for (const one of await listClockedCases(db, cases)) {
      count.read(1);
      const plan = planRecalculation(one, axis, now, apply?.limit);
      if (plan === 'outside-calendar' || plan === 'other-time') count.left(one, plan);
      else if (plan !== 'stays') count.moved(plan);
    }
  }
  return count.result(why);
}

/**
 * Computes the clocks of every open case anew, and the filing clocks of waiting reports: each case that moves gets an
 * event with its deadlines before and after. What was cut off is simply run again: a case that has moved stays.
 */
export async function recalculateCases(
  context: JobContext,
  given: Recalculating,
  { report, signal }: Pick<JobTools, 'report' | 'signal'>,
  settleMs = SETTLE_MS,
): Promise<Recalculation> {
  const { db, clock, axis, config } = context;
  const began = performance.now();
  // Another node may have changed working time: this one computes on what is committed.
  await axis.reload();
  const count = new RecalculationCount();
  const stage = { zh: '重新计算时限', en: 'computing deadlines anew' };
  const ids = await listOpenCaseIds(db, filterOf(given.apply, config.timeZone));
  let done = 0;
  report({ stage, done, total: ids.length, unit: 'cases' });
  const pass = async (batch: readonly string[], first: boolean) => {
    const cases = await listClockedCases(db, batch);
    if (first) count.read(cases.length);
    const planned = cases.flatMap((one) => {
      const plan = planRecalculation(one, axis.current(), clock.now(), given.apply?.limit);
      if (first && (plan === 'outside-calendar' || plan === 'other-time')) count.left(one, plan);
      return typeof plan === 'string' && !(plan === 'stays' && given.apply) ? [] : [{ id: one.id, plan }];
    });
    for (let at = 0; at < planned.length; at += WRITTEN_AT_ONCE) {
      signal.throwIfAborted();
      for (const move of await moveCases(
        context,
        given,
        planned.slice(at, at + WRITTEN_AT_ONCE).map(({ id }) => id),
      )) {
        count.moved(move);
      }
      context.publish();
    }
  };
  for (const batch of inBatches(ids, READ_AT_ONCE)) {
    signal.throwIfAborted();
    await pass(batch, true);
    done += batch.length;
    report({ stage, done, total: ids.length, unit: 'cases' });
  }
  const reportsMoved = given.apply ? undefined : await recalculateReports(context);
  if (!given.apply) {
    await sleep(Math.max(0, settleMs - (performance.now() - began)), undefined, { signal }).catch(() =>
      signal.throwIfAborted(),
    );
    const changedSince = new Date(given.since.getTime() - SKEW_MS);
    for (const batch of inBatches(await listOpenCaseIds(db, { changedSince }), READ_AT_ONCE)) {
      signal.throwIfAborted();
      await pass(batch, false);
    }
  }
  return count.result(given.why, reportsMoved);
}

function inBatches<T>(all: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, index) =>
    all.slice(index * size, (index + 1) * size),
  );
}

/** Cases that were filed on the days of the limit under what it replaced. */
function filterOf(apply: LimitToApply | undefined, timeZone: string): OpenCasesFilter {
  if (!apply) return {};
  const { from, to } = apply.limit;
  return {
    filedUnder: {
      limitIds: apply.replaced,
      since: new Date(instantOf(from, 0, timeZone)),
      until: to === undefined ? null : new Date(instantOf(to, 0, timeZone)),
    },
  };
}

/** Takes the step of the workflow on each of a few cases, in one transaction; those that changed meanwhile again. */
async function moveCases(
  context: JobContext,
  given: Recalculating,
  ids: readonly string[],
): Promise<PlannedMove[]> {
  const moved: PlannedMove[] = [];
  let waiting = ids;
  for (let attempt = 0; waiting.length > 0 && attempt < ATTEMPTS; attempt++) {
    const steps: Prepared[] = [];
    for (const id of waiting) {
      const step = await prepare(context, given, id);
      if (step) steps.push(step);
    }
    const refused = await context.db.transaction(async (tx) => {
      const stale: string[] = [];
      for (const step of steps) if (!(await write(tx, step, given))) stale.push(step.move.caseId);
      return stale;
    });
    moved.push(...steps.flatMap(({ move }) => (refused.includes(move.caseId) ? [] : [move])));
    waiting = refused;
  }
  return moved;
}

interface Prepared {
  opened: Awaited<ReturnType<typeof openCase>>;
  file: ReturnType<typeof takeStep>;
  move: PlannedMove;
  now: Date;
}

/** The step on one case as it is now; undefined when it stays after all, or is over. */
async function prepare(
  { db, clock, axis }: JobContext,
  { why, reason, actor, apply }: Recalculating,
  id: string,
): Promise<Prepared | undefined> {
  const opened = await openCase(db, WHOLE_DISTRICT, id);
  const { record, clocks } = opened.before;
  if (record.closedAt !== null) return undefined;
  const now = clock.now();
  const workAxis = axis.current();
  const plan = planRecalculation({ ...record, clocks: [...clocks] }, workAxis, now, apply?.limit);
  if (plan === 'outside-calendar' || plan === 'other-time') return undefined;
  const isOtherLimit = apply !== undefined && apply.limit.id !== record.limitId;
  if (plan === 'stays' && !isOtherLimit) return undefined;
  const move =
    plan === 'stays'
      ? { caseId: id, number: record.number, stage: record.stage, from: null, to: null, ...lightsOf() }
      : plan;
  const limited = apply ? withLimit({ ...record, clocks: [...clocks] }, apply.limit) : undefined;
  if (limited === 'other-time') return undefined;
  const before = limited
    ? { ...opened.file, clocks: limited.clocks, record: { ...record, limit: limited.limit } }
    : opened.file;
  try {
    const file = takeStep(before, {
      transition: recalculate,
      now,
      axis: workAxis,
      actor,
      payload: {
        why,
        reason,
        before: deadlinesToTell(record),
        ...(isOtherLimit ? { limit: { from: record.limitId, to: apply.limit.id } } : {}),
      },
    });
    return { opened, file, move, now };
  } catch (error) {
    if (error instanceof ClockError) return undefined;
    throw error;
  }
}

function lightsOf() {
  return { lightBefore: 'none', lightAfter: 'none' } as const;
}

const recalculate = (() => {
  const declared = transitions.find(({ action }) => action === 'recalculate');
  if (!declared) throw new Error('the workflow declares no recalculate');
  return declared;
})();

function deadlinesToTell(record: Prepared['opened']['before']['record']): Record<string, string> {
  const { dueAt, warnAt, wholeDueAt, wholeWarnAt, supervisionDueAt } = record;
  return Object.fromEntries(
    Object.entries({ dueAt, warnAt, wholeDueAt, wholeWarnAt, supervisionDueAt }).flatMap(([name, at]) =>
      at === null ? [] : [[name, at.toISOString()]],
    ),
  );
}

async function write(
  tx: Queryable,
  { opened, file, move, now }: Prepared,
  { apply }: Recalculating,
): Promise<boolean> {
  if (!(await saveSteps(tx, opened.before, file, now))) return false;
  const { resolution } = opened.before.record;
  await markRecalculated(tx, move.caseId, {
    at: now,
    limit: apply && {
      id: apply.limit.id,
      resolution: { ...resolution, limit: { ...resolution.limit, ...limitFaceOf(apply.limit) } },
    },
  });
  return true;
}

/** What a case says of its limit. Urgent and special stay what they were when it was filed. */
function limitFaceOf({ id, condition, closingCondition, amount, unit, limitSeconds }: LimitRow) {
  return { id, condition, closingCondition, amount, unit, limitSeconds };
}
