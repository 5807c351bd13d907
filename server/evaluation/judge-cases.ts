import type { EvaluationMode, EvaluationRules, Figure } from '#contract/evaluation';
import type { CaseFacts } from './case-facts.ts';
import type { Span } from './period.ts';

/** What a period is judged by: its spans (trial months left out), the instant it is judged at, and the quotas. */
export interface Window {
  spans: readonly Span[];
  asOf: Date;
  rules: Pick<EvaluationRules, 'repeatQuota' | 'postponementQuota' | 'extensionQuota'>;
}

/** Where a flag stands in its unit's quota (R6): the n-th of so many. */
export interface Standing {
  rank: number;
  quota: number;
  within: boolean;
  /** When the quota was consumed; null while there is some left, or when there never was any. */
  usedUpAt: Date | null;
}

export interface Verdict {
  facts: CaseFacts;
  postponement: Standing | null;
  extension: Standing | null;
  repeat: Standing | null;
  /** Not taken out as postponed within quota. */
  due: boolean;
  solved: boolean;
  inTime: Record<EvaluationMode, boolean>;
  overdueOpen: boolean;
}

export type Flag = 'postponement' | 'extension' | 'repeat';

/** Shares are kept to a hundredth of a percent, so that a quota is counted in whole numbers. */
export function basisPoints(share: number): number {
  return Math.round(share * 10_000);
}

/** floor(share × gross cases due) (R6). */
export function quotaOf(gross: number, share: number): number {
  return Math.floor((gross * basisPoints(share)) / 10_000);
}

/**
 * Does the case belong to the period (R7): its last effective handling deadline falls in it and has passed, some unit
 * is charged with it, it goes on to be one case, and no contest left it out.
 */
export function isJudged(facts: CaseFacts, { spans, asOf }: Window): boolean {
  const { dueAt } = facts;
  if (dueAt === null || facts.unitCode === null || facts.voidedAt !== null) return false;
  if (facts.ruling === 'left-out' || dueAt >= asOf) return false;
  return spans.some(({ from, to }) => dueAt >= from && dueAt < to);
}

/** When a flag was set that consumes a quota; a case that a contest settled consumes none. */
export function flaggedAt(facts: CaseFacts, flag: Flag): Date | null {
  if (facts.ruling !== null) return null;
  if (flag === 'postponement') return facts.postponedAt;
  return flag === 'extension' ? facts.extendedAt : facts.repeatedAt;
}

/** Judges the cases of a period, each unit with its quotas. */
export function judgeCases(all: readonly CaseFacts[], window: Window): Verdict[] {
  const judged = all.filter((facts) => isJudged(facts, window));
  const byUnit = new Map<string | null, CaseFacts[]>();
  for (const facts of judged) {
    const others = byUnit.get(facts.unitCode);
    if (others) others.push(facts);
    else byUnit.set(facts.unitCode, [facts]);
  }
  return [...byUnit.values()].flatMap((cases) => {
    const { rules } = window;
    const standings = {
      postponement: standingsOf(cases, 'postponement', quotaOf(cases.length, rules.postponementQuota)),
      extension: standingsOf(cases, 'extension', quotaOf(cases.length, rules.extensionQuota)),
      repeat: standingsOf(cases, 'repeat', quotaOf(cases.length, rules.repeatQuota)),
    };
    return cases.map((facts) =>
      judgeCase(facts, window.asOf, {
        postponement: standings.postponement.get(facts.caseId) ?? null,
        extension: standings.extension.get(facts.caseId) ?? null,
        repeat: standings.repeat.get(facts.caseId) ?? null,
      }),
    );
  });
}

/** Quotas are consumed in the order in which the flags were set, ties by the case's id. */
function standingsOf(cases: readonly CaseFacts[], flag: Flag, quota: number): Map<string, Standing> {
  const flagged = cases
    .flatMap(({ caseId, ...facts }) => {
      const at = flaggedAt({ caseId, ...facts }, flag);
      return at ? [{ caseId, at }] : [];
    })
    .sort((a, b) => a.at.getTime() - b.at.getTime() || (a.caseId < b.caseId ? -1 : 1));
  const usedUpAt = flagged.length > quota ? (flagged[quota - 1]?.at ?? null) : null;
  return new Map(
    flagged.map(({ caseId }, n) => [caseId, { rank: n + 1, quota, within: n < quota, usedUpAt }]),
  );
}

/** How one case counts (SPEC section 5), given where its flags stand. */
export function judgeCase(facts: CaseFacts, asOf: Date, standings: Pick<Verdict, Flag>): Verdict {
  const { postponement, extension, repeat } = standings;
  const due = !(postponement?.within ?? false);
  const closed = facts.closedAt !== null && facts.closedAt <= asOf;
  const ruledInTime = facts.ruling === 'in-time';
  const isWithin = (limit: number) => facts.usedSeconds !== null && facts.usedSeconds <= limit;
  const strict = !hasFlag(facts) && isWithin(limitWithout(facts));
  const tolerant =
    facts.postponedAt === null &&
    facts.returnedAt === null &&
    (facts.repeatedAt === null || (repeat?.within ?? false)) &&
    (facts.extendedAt === null || (extension?.within ?? false)) &&
    isWithin(extension?.within ? (facts.limitSeconds ?? 0) : limitWithout(facts));
  const counts = due && closed;
  return {
    facts,
    ...standings,
    due,
    solved: counts,
    inTime: { strict: counts && (ruledInTime || strict), tolerant: counts && (ruledInTime || tolerant) },
    overdueOpen: due && !closed && !isWithin(facts.limitSeconds ?? 0),
  };
}

export function hasFlag({ postponedAt, extendedAt, returnedAt, repeatedAt }: CaseFacts): boolean {
  return postponedAt !== null || extendedAt !== null || returnedAt !== null || repeatedAt !== null;
}

/** The limit of the class, without what approved extensions add. */
export function limitWithout({ limitSeconds, extensionSeconds }: CaseFacts): number {
  return (limitSeconds ?? 0) - extensionSeconds;
}

const figures: Record<Figure, (verdict: Verdict, mode: EvaluationMode) => boolean> = {
  gross: () => true,
  due: ({ due }) => due,
  solved: ({ solved }) => solved,
  'in-time': ({ inTime }, mode) => inTime[mode],
  late: ({ solved, inTime }, mode) => solved && !inTime[mode],
  open: ({ due, solved }) => due && !solved,
  'overdue-open': ({ overdueOpen }) => overdueOpen,
  postponed: ({ facts }) => facts.postponedAt !== null,
  extended: ({ facts }) => facts.extendedAt !== null,
  returned: ({ facts }) => facts.returnedAt !== null,
  repeated: ({ facts }) => facts.repeatedAt !== null,
};

/** Does the case stand behind a figure. */
export function isBehind(verdict: Verdict, figure: Figure, mode: EvaluationMode): boolean {
  return figures[figure](verdict, mode);
}
