import type { LimitRow } from '#contract/dictionary';
import type { Light } from '#contract/shared';
import type { Recalculation } from '#contract/working-time';
import { ClockError } from '#clock/clock-error';
import { lightAt } from '#clock/deadline';
import { limitSeconds, type LimitUnit } from '#clock/limits';
import type { WorkAxis } from '#clock/work-axis';
import { deadlinesOf, type CaseClock } from './case-clocks.ts';
import { timingOfCase } from './case-record.ts';
import { recalculateClocks } from './recalculate-clocks.ts';
import type { ClockedCase } from './recalculate-repository.ts';

/** What a case's deadlines are and would be; undefined when they stay. */
export interface PlannedMove {
  caseId: string;
  number: string;
  stage: string;
  /** The running stage's deadline; the whole case's when that alone moves. */
  from: Date | null;
  to: Date | null;
  lightBefore: Light;
  lightAfter: Light;
}

export type Plan = PlannedMove | 'stays' | 'outside-calendar' | 'other-time';

/** Computes the deadlines of an open case anew, on another axis or under another limit, and compares. */
export function planRecalculation(
  one: ClockedCase,
  axis: WorkAxis,
  now: Date,
  newLimit?: Pick<LimitRow, 'amount' | 'unit'>,
): Plan {
  const limited = newLimit ? withLimit(one, newLimit) : one;
  if (limited === 'other-time') return limited;
  try {
    const timing = timingOfCase(limited);
    const clocks = recalculateClocks(limited.clocks, timing, axis);
    const after = deadlinesOf(clocks, one.stage, timing, axis);
    const stageMoved = !isSame(one.dueAt, after.dueAt) || !isSame(one.warnAt, after.warnAt);
    const wholeMoved =
      !isSame(one.wholeDueAt, after.wholeDueAt) || !isSame(one.wholeWarnAt, after.wholeWarnAt);
    const urgeMoved =
      !isSame(one.supervisionDueAt, after.supervisionDueAt) ||
      !isSame(one.supervisionWarnAt, after.supervisionWarnAt);
    if (!stageMoved && !wholeMoved && !urgeMoved) return 'stays';
    return {
      caseId: one.id,
      number: one.number,
      stage: one.stage,
      ...(stageMoved || !wholeMoved
        ? { from: one.dueAt, to: after.dueAt }
        : { from: one.wholeDueAt, to: after.wholeDueAt }),
      lightBefore: lightAt(one, now),
      lightAfter: lightAt(after, now),
    };
  } catch (error) {
    if (error instanceof ClockError && error.code === 'CLOCK_OUTSIDE_CALENDAR') return 'outside-calendar';
    throw error;
  }
}

function isSame(a: Date | null, b: Date | null): boolean {
  return a?.getTime() === b?.getTime();
}

/**
 * The case under another limit: the clock of the unit that holds it gains or loses the difference, so that extensions
 * and the dispatch of command units stay in it. A dispatcher's own limit stays as it is. A clock cannot change from
 * working to natural time while it runs.
 */
export function withLimit<Case extends Pick<ClockedCase, 'limit' | 'ownLimitSeconds' | 'urgent' | 'clocks'>>(
  one: Case,
  { amount, unit }: Pick<LimitRow, 'amount' | 'unit'>,
): Case | 'other-time' {
  const limit = { amount, unit: unit as LimitUnit };
  const old = limitSeconds(one.limit.amount, one.limit.unit);
  const next = limitSeconds(limit.amount, limit.unit);
  const running = one.clocks.find(({ stage, endedAt }) => stage === 'handling' && endedAt === null);
  if (running && !one.urgent && old.axis !== next.axis) return 'other-time';
  const more = one.ownLimitSeconds === null ? next.seconds - old.seconds : 0;
  const grow = (clock: CaseClock): CaseClock =>
    clock === running && clock.limitSeconds !== null
      ? { ...clock, limitSeconds: clock.limitSeconds + more }
      : clock;
  return { ...one, limit, clocks: one.clocks.map(grow) };
}

const MOST_TOLD = 200;

/** Adds up what moved, keeping the most moved. */
export class RecalculationCount {
  #casesRead = 0;
  #casesMoved = 0;
  #turnedRed = 0;
  #turnedGreen = 0;
  #moves: PlannedMove[] = [];
  #left: NonNullable<Recalculation['left']> = [];

  read(cases: number): void {
    this.#casesRead += cases;
  }

  moved(move: PlannedMove): void {
    this.#casesMoved += 1;
    if (move.lightAfter === 'red' && move.lightBefore !== 'red') this.#turnedRed += 1;
    if (move.lightAfter === 'green' && move.lightBefore !== 'green') this.#turnedGreen += 1;
    this.#moves.push(move);
    if (this.#moves.length > 4 * MOST_TOLD) this.#keepMost();
  }

  left(one: Pick<ClockedCase, 'id' | 'number'>, why: 'outside-calendar' | 'other-time'): void {
    if (this.#left.length < MOST_TOLD) this.#left.push({ caseId: one.id, number: one.number, why });
  }

  result(why: Recalculation['why'], reportsMoved?: number): Recalculation {
    this.#keepMost();
    return {
      why,
      casesRead: this.#casesRead,
      casesMoved: this.#casesMoved,
      turnedRed: this.#turnedRed,
      turnedGreen: this.#turnedGreen,
      moves: this.#moves.map(({ caseId, number, stage, from, to }) => ({
        caseId,
        number,
        stage,
        ...(from === null ? {} : { from: from.toISOString() }),
        ...(to === null ? {} : { to: to.toISOString() }),
      })),
      ...(reportsMoved === undefined ? {} : { reportsMoved }),
      ...(this.#left.length === 0 ? {} : { left: this.#left }),
    };
  }

  #keepMost(): void {
    const distance = ({ from, to }: PlannedMove) => Math.abs((to?.getTime() ?? 0) - (from?.getTime() ?? 0));
    this.#moves = this.#moves.toSorted((a, b) => distance(b) - distance(a)).slice(0, MOST_TOLD);
  }
}
