import type { Verdict } from './judge-cases.ts';

/** The figures of one subject, before rates and ranks. */
export interface Counts {
  gross: number;
  due: number;
  solved: number;
  strictInTime: number;
  tolerantInTime: number;
  overdueOpen: number;
  postponed: number;
  postponedWithinQuota: number;
  extended: number;
  extendedWithinQuota: number;
  returned: number;
  repeated: number;
  repeatedWithinQuota: number;
}

export const noCounts: Readonly<Counts> = {
  gross: 0,
  due: 0,
  solved: 0,
  strictInTime: 0,
  tolerantInTime: 0,
  overdueOpen: 0,
  postponed: 0,
  postponedWithinQuota: 0,
  extended: 0,
  extendedWithinQuota: 0,
  returned: 0,
  repeated: 0,
  repeatedWithinQuota: 0,
};

/** A row of the counting statement, or of `countVerdicts`. */
export interface SubjectCounts {
  /** Null: the case lies under none (no head, no collector). */
  subject: string | null;
  counts: Counts;
}

export function addCounts(a: Counts, b: Counts): Counts {
  const sum = { ...a };
  for (const key of Object.keys(noCounts) as (keyof Counts)[]) sum[key] += b[key];
  return sum;
}

export function countVerdict({ facts, due, solved, inTime, overdueOpen, ...flags }: Verdict): Counts {
  const one = (is: boolean | undefined) => (is ? 1 : 0);
  return {
    gross: 1,
    due: one(due),
    solved: one(solved),
    strictInTime: one(inTime.strict),
    tolerantInTime: one(inTime.tolerant),
    overdueOpen: one(overdueOpen),
    postponed: one(facts.postponedAt !== null),
    postponedWithinQuota: one(flags.postponement?.within),
    extended: one(facts.extendedAt !== null),
    extendedWithinQuota: one(flags.extension?.within),
    returned: one(facts.returnedAt !== null),
    repeated: one(facts.repeatedAt !== null),
    repeatedWithinQuota: one(flags.repeat?.within),
  };
}

/** Counts verdicts by what they lie under. */
export function countVerdicts(
  verdicts: readonly Verdict[],
  subjectOf: (verdict: Verdict) => string | null,
): SubjectCounts[] {
  const bySubject = new Map<string | null, Counts>();
  for (const verdict of verdicts) {
    const subject = subjectOf(verdict);
    bySubject.set(subject, addCounts(bySubject.get(subject) ?? noCounts, countVerdict(verdict)));
  }
  return [...bySubject].map(([subject, counts]) => ({ subject, counts }));
}
