import type { CaseClock } from './case-clocks.ts';

/** A clock as the log tells of it; instants as text. The log alone says how a case counts (SPEC section 5). */
export interface LoggedClock {
  stage: CaseClock['stage'];
  round: number;
  unit?: string;
  axis: CaseClock['axis'];
  startedAt: string;
  /** Absent: untimed. */
  limitSeconds?: number;
  usedBeforeSeconds: number;
  dueAt?: string;
  /** Of a clock that stopped: when, and all it used. */
  endedAt?: string;
  usedSeconds?: number;
}

/** What a step did to the clocks of a case; lists without anything in them are left out. */
export interface ClockMoves {
  stopped?: LoggedClock[];
  started?: LoggedClock[];
  /** Running on, with another limit or deadline. */
  changed?: LoggedClock[];
}

/** Compares the clocks before and after a step. */
export function clockMoves(before: readonly CaseClock[], after: readonly CaseClock[]): ClockMoves {
  const known = new Map(before.map((clock) => [clock.id, clock]));
  const of = (clock: CaseClock) => known.get(clock.id);
  const moves = {
    stopped: after.filter((clock) => clock.endedAt !== null && of(clock)?.endedAt === null),
    started: after.filter((clock) => of(clock) === undefined),
    changed: after.filter((clock) => {
      const old = of(clock);
      return clock.endedAt === null && old !== undefined && isMoved(old, clock);
    }),
  };
  return Object.fromEntries(
    Object.entries(moves).flatMap(([name, clocks]) =>
      clocks.length === 0 ? [] : [[name, clocks.map(toLogged)]],
    ),
  );
}

function isMoved(old: CaseClock, clock: CaseClock): boolean {
  return (
    old.limitSeconds !== clock.limitSeconds ||
    old.dueAt !== clock.dueAt ||
    old.warnAt !== clock.warnAt ||
    old.usedBeforeSeconds !== clock.usedBeforeSeconds
  );
}

function toLogged(clock: CaseClock): LoggedClock {
  return {
    stage: clock.stage,
    round: clock.round,
    ...(clock.unit === null ? {} : { unit: clock.unit }),
    axis: clock.axis,
    startedAt: toText(clock.startedAt),
    ...(clock.limitSeconds === null ? {} : { limitSeconds: clock.limitSeconds }),
    usedBeforeSeconds: clock.usedBeforeSeconds,
    ...(clock.dueAt === null ? {} : { dueAt: toText(clock.dueAt) }),
    ...(clock.endedAt === null ? {} : { endedAt: toText(clock.endedAt) }),
    ...(clock.usedSeconds === null ? {} : { usedSeconds: clock.usedSeconds }),
  };
}

function toText(epochMs: number): string {
  return new Date(epochMs).toISOString();
}
