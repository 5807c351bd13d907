import type { Scope } from '#contract/access';
import type { Forecast, Period, SubjectKind } from '#contract/evaluation';
import { addCounts, noCounts, type Counts } from './counts.ts';
import { openPeriod, type Services } from './open-period.ts';
import * as repository from './repository.ts';
import { scoreOf } from './score.ts';
import { nameSubjects } from './subject-repository.ts';

/**
 * Where the period will end if nothing new is filed: what has been judged stays; open cases that fall due later in it
 * are all handled in time (best), as those judged so far (expected), or not at all (worst).
 */
export async function forecast(
  services: Services,
  scope: Scope,
  { period, by }: { period: Period; by: SubjectKind },
): Promise<Forecast> {
  const { db, config } = services;
  const { timeZone } = config;
  const opened = await openPeriod(services, period);
  const { rules, window, span } = opened;
  const asked = { by, scope, timeZone };
  const soFar = toMap(await repository.countJudged(db, window, asked));
  // Judged as of the end of the period, with the log as it stands now: what is still to come counts too.
  const whole = toMap(await repository.countJudged(db, { ...window, asOf: span.to }, asked));
  const names = await nameSubjects(db, by, [...whole.keys()]);
  const total = [...soFar.values()].reduce(addCounts, noCounts);
  const inTimeOf = (counts: Counts) =>
    rules.mode === 'strict' ? counts.strictInTime : counts.tolerantInTime;
  return {
    period,
    asOf: window.asOf.toISOString(),
    items: [...whole]
      .map(([code, end]) => {
        const now = soFar.get(code) ?? noCounts;
        const nowOpen = now.due - now.solved;
        // Open at the end if nothing happens any more: those open already, and those at stake.
        const atStake = Math.max(0, end.due - end.solved - nowOpen);
        const inTime = inTimeOf(end);
        // A subject without judged cases is expected to do as the whole.
        const basis = now.due > 0 ? now : total;
        const share = (part: number) => (basis.due === 0 ? 1 : part / basis.due);
        const scoreWith = (solved: number, punctual: number) =>
          scoreOf({ due: end.due, solved: end.solved + solved, inTime: inTime + punctual });
        return {
          subject: { code, name: names.get(code) ?? { zh: code, en: code } },
          now: scoreOf({ due: now.due, solved: now.solved, inTime: inTimeOf(now) }),
          best: scoreWith(atStake, atStake),
          expected: scoreWith(atStake * share(basis.solved), atStake * share(inTimeOf(basis))),
          worst: scoreWith(0, 0),
          atStake,
        };
      })
      .sort((a, b) => (b.expected ?? -1) - (a.expected ?? -1) || (a.subject.code < b.subject.code ? -1 : 1)),
    method: {
      zh: '已到期的案件按现状计；本期内尚未到期的未结案件，最好为全部及时解决，预计为按本单位本期至今的及时率和解决率处置，最差为全部未解决。不估计今后新立的案件。',
      en: 'Cases that have fallen due count as they stand. Of the open cases that fall due later in the period, all are handled in time (best), as many as of those judged so far (expected), or none (worst). Cases not filed yet are not guessed.',
    },
  };
}

function toMap(counted: Awaited<ReturnType<typeof repository.countJudged>>): Map<string, Counts> {
  return new Map(
    counted.flatMap(({ subject, counts }) => (subject === null ? [] : [[subject, counts] as const])),
  );
}
