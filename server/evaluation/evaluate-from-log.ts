import type { Scope } from '#contract/access';
import type {
  Evaluation,
  EvaluationMode,
  EvaluationRules,
  JudgedCase,
  Period,
  SubjectKind,
} from '#contract/evaluation';
import type { Queryable } from '../db/database.ts';
import type { CaseFacts } from './case-facts.ts';
import { foldLog } from './fold-log.ts';
import { isJudged, judgeCases } from './judge-cases.ts';
import { readLogs } from './log-repository.ts';
import { openPeriod, type OpenedPeriod, type Services } from './open-period.ts';
import { countFacts, describeVerdicts, present, sortByDue } from './service.ts';

const WHOLE_DISTRICT: Scope = { kind: 'district', code: '' };

/** A period as the log alone tells it, without a look at any row that steps have written beside it. */
export interface LogEvaluation {
  opened: OpenedPeriod;
  casesRead: number;
  eventsRead: number;
  /** Of all cases that are judged in the period. */
  facts: CaseFacts[];
  evaluate(by: SubjectKind): Promise<Evaluation>;
  /** Every case of the period, the earliest due first. */
  listCases(mode: EvaluationMode): Promise<JudgedCase[]>;
}

/**
 * Reads the log of every case up to an instant and judges a period by it: what a bulletin is reproduced from.
 * `rules`: those of then; by default those of now.
 */
export async function evaluateFromLog(
  services: Services,
  { period, asOf, rules }: { period: Period; asOf: Date; rules?: EvaluationRules },
): Promise<LogEvaluation> {
  const { db, config } = services;
  const found = await openPeriod(services, period, asOf);
  const opened = rules ? { ...found, rules, window: { ...found.window, rules } } : found;
  const facts: CaseFacts[] = [];
  let casesRead = 0;
  let eventsRead = 0;
  for await (const page of readLogs(db, asOf)) {
    casesRead += page.length;
    for (const logged of page) {
      eventsRead += logged.events.length;
      const folded = foldLog(logged);
      if (folded && isJudged(folded, opened.window)) facts.push(folded);
    }
  }
  const { timeZone } = config;
  return {
    opened,
    casesRead,
    eventsRead,
    facts,
    async evaluate(by) {
      const counted = await countFacts(db, facts, opened, { by, scope: WHOLE_DISTRICT, timeZone });
      return present(db, WHOLE_DISTRICT, opened, { period, by, counted, timeZone });
    },
    listCases: (mode) => describe(db, facts, opened, mode, timeZone),
  };
}

function describe(
  db: Queryable,
  facts: readonly CaseFacts[],
  { window }: OpenedPeriod,
  mode: EvaluationMode,
  timeZone: string,
): Promise<JudgedCase[]> {
  return describeVerdicts(db, sortByDue(judgeCases(facts, window)), mode, timeZone);
}
