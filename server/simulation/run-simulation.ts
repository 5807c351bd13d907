import { setTimeout as pause } from 'node:timers/promises';
import { dayOf, type CalendarDay } from '#clock/calendar-day';
import type { SimulationResult } from '#contract/simulation';
import { appError } from '../errors.ts';
import type { JobContext } from '../jobs/service.ts';
import { claimSetting, lockSetting, saveSetting } from '../settings/service.ts';
import { shareAmongDays } from './arrivals.ts';
import { openBulkWriter, type BulkWriter } from './bulk-writer.ts';
import { liveDay, livePresent, type Outcome } from './live-days.ts';
import { loadTown } from './load-town.ts';
import * as repository from './repository.ts';
import { filingDays, rowsOf } from './table-rows.ts';
import type { Town } from './town.ts';

export interface SimulationWanted {
  /** Days of the deployment's time zone, both included. */
  from: CalendarDay;
  to: CalendarDay;
  cases: number;
  seed: number;
  /** How many cases stand in every stage and light at the end; 0 leaves that to chance. */
  present: number;
  /** Places where things go wrong; fewer are read faster. */
  sites: number;
}

/** What is written of a simulation, kept beside its cases in the same transactions. */
interface Progress extends SimulationWanted {
  /** Nothing happens after this instant. */
  until: string;
  /** Stretches written: first what stands open at the end, then days, or parts of one. */
  stretches: number;
  written: number;
  reports: number;
  complete: boolean;
}

interface Hooks {
  signal?: AbortSignal;
  report?(done: number, total: number): void;
  /** Lets others in between two transactions of the embedded engine. */
  restMs?: number;
}

/** Cases of one transaction: a killed process leaves whole ones only. */
const STRETCH = { postgresql: 1_500, embedded: 60 };

/**
 * Lets a district live: reports, cases, their logs, clocks, requests, facts and contests, by the same workflow, limits
 * and resolution as everybody's, with seeded chance. The same call after it was cut off goes on where it was.
 * @throws SIMULATION_DONE when it has been written whole, SIMULATION_NEEDS_ACCOUNTS, SIMULATION_NEEDS_DATA
 */
export async function runSimulation(
  context: JobContext,
  wanted: SimulationWanted,
  { signal, report, restMs = 0 }: Hooks = {},
): Promise<SimulationResult> {
  const { db, clock } = context;
  const { timeZone } = context.axis.current();
  const key = `simulation:${wanted.from}:${wanted.to}:${wanted.cases}:${wanted.seed}`;
  const now = clock.now();
  await claimSetting(db, key, {
    ...wanted,
    until: now.toISOString(),
    stretches: 0,
    written: 0,
    reports: 0,
    complete: false,
  } satisfies Progress);
  const begun = (await lockSetting(db, key)) as Progress;
  if (begun.complete) throw appError('SIMULATION_DONE', { seed: wanted.seed });
  const until = new Date(begun.until);
  const town = await loadTown(context, { seed: wanted.seed, sites: wanted.sites, until });
  const last = dayOf(until.getTime(), timeZone);
  const stretches = stretchesOf(town, wanted, last < wanted.to ? last : wanted.to, STRETCH[db.engine]);
  const writer = await openBulkWriter(db);
  const result = { cases: begun.written, reports: begun.reports };
  try {
    for (const [index, live] of stretches.entries()) {
      signal?.throwIfAborted();
      if (index < begun.stretches) continue;
      const outcome = live();
      const done = await writeStretch(town, writer, { db: context.db, key, index, outcome });
      result.cases += done.cases;
      result.reports += done.reports;
      context.publish();
      report?.(result.cases, wanted.cases);
      if (restMs > 0) await pause(restMs);
    }
    await writer.transaction(async (tx) => {
      const progress = (await lockSetting(tx, key)) as Progress;
      await saveSetting(tx, key, { ...progress, complete: true });
    });
  } finally {
    await writer.close();
  }
  return { ...result, from: wanted.from, to: wanted.to, until: begun.until, seed: wanted.seed };
}

/** Some reports are turned down, some things are filed twice. */
const CASES_PER_RECEIPT = 0.951;

/** The simulation in pieces, in order; a piece is lived only when its turn comes. */
function stretchesOf(
  town: Town,
  { from, cases, present }: SimulationWanted,
  to: CalendarDay,
  size: number,
): (() => Outcome)[] {
  const received = Math.round(cases / CASES_PER_RECEIPT);
  const days = from <= to ? shareAmongDays(town.axis, { from, to, cases: received }) : [];
  const pieces = days.flatMap(({ day, count }) =>
    Array.from({ length: Math.ceil(count / size) }, (_, piece) => ({
      day,
      first: piece * size,
      count: Math.min(size, count - piece * size),
    })),
  );
  // Small days share a transaction.
  const groups: (typeof pieces)[] = [];
  for (const piece of pieces) {
    const group = groups.at(-1);
    const sum = group?.reduce((total, { count }) => total + count, 0) ?? size;
    if (group && sum + piece.count <= size) group.push(piece);
    else groups.push([piece]);
  }
  const lives = groups.map((group) => () => join(group.map((piece) => liveDay(town, piece))));
  // What stands open comes first: a screen shows it before the history is in.
  return present > 0 ? [() => livePresent(town, present), ...lives] : lives;
}

function join(outcomes: readonly Outcome[]): Outcome {
  return {
    lived: outcomes.flatMap(({ lived }) => lived),
    attached: outcomes.flatMap(({ attached }) => attached),
  };
}

interface Stretch {
  db: JobContext['db'];
  key: string;
  index: number;
  outcome: Outcome;
}

/** Somebody may file a case between the look at the numbers and the transaction: then the cases are numbered anew. */
const ATTEMPTS = 5;
class NumbersTaken extends Error {}

async function writeStretch(
  town: Town,
  writer: BulkWriter,
  { db, key, index, outcome }: Stretch,
): Promise<{ cases: number; reports: number }> {
  const days = filingDays(outcome, town.axis.timeZone);
  for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
    const { rows, numbers } = rowsOf(town, outcome, await repository.listLastNumbers(db, days));
    const written = { cases: rows.cases.length, reports: rows.reports.length };
    const done = writer.transaction(async (tx) => {
      const progress = (await lockSetting(tx, key)) as Progress;
      // Another process works on the same simulation.
      if (progress.stretches !== index) throw appError('SIMULATION_DONE', { seed: progress.seed });
      if (numbers.length > 0 && !(await repository.takeNumbers(tx, numbers))) throw new NumbersTaken();
      await tx.writeAll(rows);
      await saveSetting(tx, key, {
        ...progress,
        stretches: index + 1,
        written: progress.written + written.cases,
        reports: progress.reports + written.reports,
      });
    });
    try {
      await done;
      return written;
    } catch (error) {
      if (!(error instanceof NumbersTaken)) throw error;
    }
  }
  throw appError('BUSY');
}
