import type { Scope } from '#contract/access';
import type {
  Evaluation,
  EvaluationMode,
  Figure,
  JudgedCase,
  Period,
  SubjectKind,
} from '#contract/evaluation';
import type { Queryable } from '../db/database.ts';
import type { CaseFacts } from './case-facts.ts';
import { listContestsOf } from './contest-repository.ts';
import { countVerdicts, noCounts, type SubjectCounts } from './counts.ts';
import { explainVerdict } from './explain-verdict.ts';
import { listExtras } from './extra-repository.ts';
import { isBehind, judgeCases, type Verdict } from './judge-cases.ts';
import { listFactsAt } from './log-repository.ts';
import { makeRows, totalRow } from './make-rows.ts';
import { openPeriod, type OpenedPeriod, type Services } from './open-period.ts';
import * as repository from './repository.ts';
import { subjectOf } from './subject-of.ts';
import { listRoster, nameSubjects } from './subject-repository.ts';

export { aims } from './aims.ts';
export { listContestsOfPeriod } from './contests.ts';
export { monthsOf, spanOfMonth } from './period.ts';
export { forecast } from './forecast.ts';
export { evaluateFromLog } from './evaluate-from-log.ts';
export { indicators } from './indicators.ts';
export { evaluationRules } from './rules.ts';
export { scoreCells } from './score-cells.ts';

export interface Asked {
  period: Period;
  by: SubjectKind;
  /** Only this one's row. */
  subject?: string | undefined;
  /** The log counts up to here; now by default. */
  asOf?: Date | undefined;
}

/**
 * Rates, scores and ranks of a period (SPEC section 5, R6–R8), both modes side by side, cut to a scope. A unit sees its
 * own row with its rank among all.
 * @throws INVALID_INPUT for a year that no calendar knows
 */
export async function evaluate(services: Services, scope: Scope, asked: Asked): Promise<Evaluation> {
  const opened = await openPeriod(services, asked.period, asked.asOf);
  const { db, config } = services;
  const { by } = asked;
  const { timeZone } = config;
  // A unit is ranked among all units, of which it is shown only itself.
  const ranked: Scope = scope.kind === 'unit' && by === 'unit' ? { kind: 'district', code: '' } : scope;
  const counted = opened.past
    ? await countFacts(db, await listFactsAt(db, opened.window.asOf), opened, { by, scope: ranked, timeZone })
    : await repository.countJudged(db, opened.window, { by, scope: ranked, timeZone });
  return present(db, scope, opened, { ...asked, counted, timeZone });
}

/** Counts facts in plain code: for instants that are over, and for what is read from the log alone. */
export async function countFacts(
  db: Queryable,
  facts: readonly CaseFacts[],
  { window }: Pick<OpenedPeriod, 'window'>,
  { by, scope, timeZone }: { by: SubjectKind; scope: Scope; timeZone: string },
): Promise<(SubjectCounts & repository.UnitGross)[]> {
  const verdicts = judgeCases(facts, window);
  const gross = new Map(
    countVerdicts(verdicts, ({ facts: { unitCode } }) => unitCode).map(({ subject, counts }) => [
      subject,
      counts.gross,
    ]),
  );
  const find = await subjectOf(db, by, timeZone);
  const visible = verdicts.filter((verdict) => isVisible(verdict, scope));
  return countVerdicts(visible, (verdict) => find(verdict.facts)).map((one) => ({
    ...one,
    unitGross: by === 'unit' ? (gross.get(one.subject) ?? null) : null,
  }));
}

export function isVisible({ facts }: Verdict, { kind, code }: Scope): boolean {
  switch (kind) {
    case 'district':
      return true;
    case 'subdistrict':
      return facts.subdistrictCode === code;
    case 'community':
      return facts.communityCode === code;
    case 'unit':
      return facts.unitCode === code;
  }
}

/** Gives counts their names, rates and ranks. */
export async function present(
  db: Queryable,
  scope: Scope,
  opened: OpenedPeriod,
  given: Asked & { counted: (SubjectCounts & repository.UnitGross)[]; timeZone: string },
): Promise<Evaluation> {
  const { by, subject, timeZone } = given;
  const { span, window, rules, period, trial } = opened;
  const roster = await listRoster(db, by, scope, span, timeZone);
  const known = new Set(given.counted.map((one) => one.subject));
  const counted = [
    ...given.counted,
    ...roster
      .filter((code) => !known.has(code))
      .map((code) => ({ subject: code, counts: noCounts, unitGross: 0 })),
  ];
  const codes = counted.flatMap((one) => one.subject ?? []);
  const names = await nameSubjects(db, by, codes);
  const extras = await listExtras(db, by, span, { asOf: window.asOf, timeZone });
  const rows = makeRows(counted, { by, names, extras, rules });
  const isShown = ({ subject: { code } }: (typeof rows)[number]) =>
    (subject === undefined || code === subject) &&
    (scope.kind !== 'unit' || by !== 'unit' || code === scope.code);
  const scopeCode = scope.kind === 'district' ? await districtCode(db) : scope.code;
  const scopeNames = await nameSubjects(db, scope.kind, [scopeCode]);
  const own = counted.filter((one) => scope.kind !== 'unit' || by !== 'unit' || one.subject === scope.code);
  return {
    period,
    from: span.from.toISOString(),
    to: span.to.toISOString(),
    by,
    asOf: window.asOf.toISOString(),
    trial,
    total: totalRow(
      { code: scopeCode, name: scopeNames.get(scopeCode) ?? { zh: scopeCode, en: scopeCode } },
      own,
    ),
    items: rows.filter(isShown),
    minimumSample: rules.minimumSample,
  };
}

async function districtCode(db: Queryable): Promise<string> {
  const [code = ''] = await listRoster(
    db,
    'district',
    { kind: 'district', code: '' },
    { from: new Date(0), to: new Date(0) },
    'UTC',
  );
  return code;
}

export interface AskedCases extends Asked {
  figure: Figure;
  mode: EvaluationMode;
  after?: { dueAt: Date; caseId: string } | undefined;
  limit: number;
}

/** The cases behind a figure, the earliest due first, each with the sentence why it counts as it does. */
export async function listJudgedCases(
  services: Services,
  scope: Scope,
  asked: AskedCases,
): Promise<{ items: JudgedCase[]; more: boolean; last?: { dueAt: Date; caseId: string } }> {
  const { db, config } = services;
  const { timeZone } = config;
  const opened = await openPeriod(services, asked.period, asked.asOf);
  const wanted = { ...asked, scope, timeZone, limit: asked.limit + 1 };
  const verdicts = opened.past
    ? await listFromFacts(db, await listFactsAt(db, opened.window.asOf), opened, wanted)
    : await repository.listJudged(db, opened.window, wanted);
  const page = verdicts.slice(0, asked.limit);
  const last = page.at(-1)?.facts;
  return {
    items: await describeVerdicts(db, page, asked.mode, timeZone),
    more: verdicts.length > page.length,
    ...(last?.dueAt ? { last: { dueAt: last.dueAt, caseId: last.caseId } } : {}),
  };
}

async function listFromFacts(
  db: Queryable,
  facts: readonly CaseFacts[],
  { window }: OpenedPeriod,
  { by, scope, timeZone, subject, figure, mode, after, limit }: repository.Listing,
): Promise<Verdict[]> {
  const find = await subjectOf(db, by, timeZone);
  return sortByDue(
    judgeCases(facts, window).filter(
      (verdict) =>
        isVisible(verdict, scope) &&
        isBehind(verdict, figure, mode) &&
        (subject === undefined || find(verdict.facts) === subject),
    ),
  )
    .filter(({ facts: { dueAt, caseId } }) => {
      if (after === undefined || dueAt === null) return true;
      const later = dueAt.getTime() - after.dueAt.getTime();
      return later > 0 || (later === 0 && caseId > after.caseId);
    })
    .slice(0, limit);
}

export function sortByDue(verdicts: readonly Verdict[]): Verdict[] {
  return verdicts.toSorted(
    (a, b) =>
      (a.facts.dueAt?.getTime() ?? 0) - (b.facts.dueAt?.getTime() ?? 0) ||
      (a.facts.caseId < b.facts.caseId ? -1 : 1),
  );
}

/** Verdicts as they go over the wire. */
export async function describeVerdicts(
  db: Queryable,
  verdicts: readonly Verdict[],
  mode: EvaluationMode,
  timeZone: string,
): Promise<JudgedCase[]> {
  const codesOf = (of: (facts: CaseFacts) => string | null) => [
    ...new Set(verdicts.flatMap(({ facts }) => of(facts) ?? [])),
  ];
  const classes = await nameSubjects(
    db,
    'class',
    codesOf(({ classId }) => classId),
  );
  const units = await nameSubjects(
    db,
    'unit',
    codesOf(({ unitCode }) => unitCode),
  );
  const communities = await nameSubjects(
    db,
    'community',
    codesOf(({ communityCode }) => communityCode),
  );
  const contests = await listContestsOf(
    db,
    codesOf(({ caseId }) => caseId),
  );
  return verdicts.map((verdict) => {
    const { facts, due, solved, inTime } = verdict;
    const nameIn = (names: typeof classes, code: string) => names.get(code) ?? { zh: code, en: code };
    const unit = facts.unitCode ?? '';
    const contest = contests.get(facts.caseId);
    return {
      caseId: facts.caseId,
      number: facts.number,
      className: nameIn(classes, facts.classId),
      unit: { code: unit, name: nameIn(units, unit) },
      communityName: nameIn(communities, facts.communityCode),
      dueAt: (facts.dueAt ?? facts.filedAt).toISOString(),
      ...(facts.closedAt === null ? {} : { closedAt: facts.closedAt.toISOString() }),
      limitSeconds: facts.limitSeconds ?? 0,
      ...(facts.usedSeconds === null ? {} : { usedSeconds: facts.usedSeconds }),
      counts: { due, solved, inTime: inTime.strict, inTimeTolerant: inTime.tolerant },
      ...explainVerdict(verdict, mode, timeZone),
      ...(contest ? { contest } : {}),
    };
  });
}
