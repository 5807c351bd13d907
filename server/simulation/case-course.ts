import { addSeconds, timingOf } from '#clock/deadline';
import type { ClockAxis } from '#clock/limits';
import type { WorkAxis } from '#clock/work-axis';
import type { SessionUser } from '../access/session-user.ts';
import type { CaseClock } from '../cases/case-clocks.ts';
import { workflowCaseOf } from '../cases/case-record.ts';
import { takeStep, type CaseFile, type Step } from '../cases/take-step.ts';
import type { LivedContest } from './contest-case.ts';
import { findTransition, type LogAction } from '../cases/workflow.ts';

/** The future has not happened: ends the course of a case at the instant up to which the simulation runs. */
export class NotYet extends Error {}

/** Something that comes from outside while the case runs: another report, a case merged into it. */
export interface Interruption {
  at: number;
  run(course: CaseCourse): void;
}

type Extras = Omit<Step, 'transition' | 'now' | 'axis' | 'actor'> & {
  /** Of an action with two: a check passed or failed, a request approved or refused. */
  outcome?: boolean;
};

/** A case on its way through time: each step goes through the declared workflow, nothing else changes it. */
export interface CaseCourse {
  readonly file: CaseFile;
  /** Epoch milliseconds. */
  readonly now: number;
  /** Events of the first write: a case filed and dispatched at once is at version 1. */
  readonly firstEvents: number;
  /** @throws NotYet when that is not over by the end of the simulation */
  wait(seconds: number, axis: ClockAxis): void;
  waitUntil(at: number): void;
  act(action: LogAction, person: SessionUser, extras?: Extras): void;
  runningClock(stage: CaseClock['stage']): CaseClock;
  /** Its unit's objection, once there is one. */
  contest?: LivedContest;
}

export function startCourse(
  filed: CaseFile,
  { axis, until, interruptions }: { axis: WorkAxis; until: number; interruptions: Interruption[] },
): CaseCourse {
  let file = filed;
  let now = filed.record.filedAt.getTime();
  const coming = [...interruptions].sort((a, b) => a.at - b.at);

  const course: CaseCourse = {
    get file() {
      return file;
    },
    get now() {
      return now;
    },
    firstEvents: filed.events.length,
    wait: (seconds, timing) => course.waitUntil(addSeconds(timingOf(timing, axis), now, seconds)),
    waitUntil(at) {
      for (let next = coming[0]; next && next.at <= Math.min(at, until); next = coming[0]) {
        coming.shift();
        now = Math.max(now, next.at);
        if (file.record.closedAt === null) next.run(course);
      }
      if (at > until) throw new NotYet();
      now = Math.max(now, at);
    },
    act(action, person, { outcome, ...extras } = {}) {
      const at = new Date(now);
      const transition = findTransition(workflowCaseOf(file.record, at), person, action, outcome);
      if ('refused' in transition) {
        throw new Error(
          `the workflow refuses ${action} of ${person.username} in ${file.record.stage}: ${transition.refused}`,
        );
      }
      const { scope } = person;
      file = takeStep(file, {
        ...extras,
        transition,
        now: at,
        axis,
        actor: {
          id: person.id,
          name: person.name.zh,
          ...(scope.kind === 'unit' ? { unit: scope.code } : {}),
        },
        payload: { by: { username: person.username, role: person.role }, ...extras.payload },
      });
    },
    runningClock(stage) {
      const clock = file.clocks.find((one) => one.stage === stage && one.endedAt === null);
      if (!clock) throw new Error(`no ${stage} clock runs in ${file.record.stage}`);
      return clock;
    },
  };
  return course;
}
