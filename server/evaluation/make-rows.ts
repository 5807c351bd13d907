import type { EvaluationRow, EvaluationRules, Judgement, SubjectKind } from '#contract/evaluation';
import type { Names } from '#contract/shared';
import { addCounts, noCounts, type Counts, type SubjectCounts } from './counts.ts';
import type { Extra } from './extra-repository.ts';
import { quotaOf } from './judge-cases.ts';
import type { UnitGross } from './repository.ts';
import { rankScores, rateOf, scoreOf } from './score.ts';

/** Counts with rates, scores and ranks, the best first; what has no rank comes last, by its code. */
export function makeRows(
  counted: readonly (SubjectCounts & UnitGross)[],
  given: {
    by: SubjectKind;
    names: ReadonlyMap<string, Names>;
    extras: ReadonlyMap<string, Extra>;
    rules: EvaluationRules;
  },
): EvaluationRow[] {
  const { by, names, extras, rules } = given;
  const rows = counted.flatMap(({ subject, counts, unitGross }) => {
    if (subject === null) return [];
    const extra = extras.get(subject);
    return [
      {
        ...toRow({ code: subject, name: names.get(subject) ?? { zh: subject, en: subject } }, counts),
        ...(by === 'unit' ? { quota: quotasOf(unitGross ?? 0, rules) } : {}),
        ...(extra ? { extra } : {}),
      },
    ];
  });
  const strict = rankScores(rows, rules.minimumSample);
  const tolerant = rankScores(
    rows.map((row) => row.tolerant),
    rules.minimumSample,
  );
  return rows
    .map((row, n) => ({
      ...row,
      rank: strict[n] ?? null,
      tolerant: { ...row.tolerant, rank: tolerant[n] ?? null },
      ...(row.due > 0 && row.due < rules.minimumSample ? { unranked: 'small-sample' as const } : {}),
    }))
    .sort(
      (a, b) =>
        (a.rank ?? Infinity) - (b.rank ?? Infinity) ||
        (b.score ?? -1) - (a.score ?? -1) ||
        (a.subject.code < b.subject.code ? -1 : 1),
    );
}

/** All that the scope sees, cases without a subject included. */
export function totalRow(
  subject: { code: string; name: Names },
  counted: readonly SubjectCounts[],
): EvaluationRow {
  return toRow(
    subject,
    counted.reduce((sum, { counts }) => addCounts(sum, counts), noCounts),
  );
}

function toRow(subject: { code: string; name: Names }, counts: Counts): EvaluationRow {
  const { strictInTime, tolerantInTime, due, solved, ...others } = counts;
  return {
    subject,
    ...judgementOf({ due, solved, inTime: strictInTime }),
    tolerant: judgementOf({ due, solved, inTime: tolerantInTime }),
    ...others,
  };
}

function judgementOf(judged: { due: number; solved: number; inTime: number }): Judgement {
  const { due, solved, inTime } = judged;
  return {
    due,
    solved,
    inTime,
    inTimeRate: rateOf(inTime, due),
    solvedRate: rateOf(solved, due),
    score: scoreOf(judged),
    rank: null,
  };
}

function quotasOf(gross: number, rules: EvaluationRules): NonNullable<EvaluationRow['quota']> {
  return {
    repeat: quotaOf(gross, rules.repeatQuota),
    postponement: quotaOf(gross, rules.postponementQuota),
    extension: quotaOf(gross, rules.extensionQuota),
  };
}
