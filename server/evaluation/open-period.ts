import type { EvaluationRules, Period } from '#contract/evaluation';
import type { Context } from '../context.ts';
import type { Queryable } from '../db/database.ts';
import type { Window } from './judge-cases.ts';
import { monthsOf, spanOfMonth, spansOfMonths, type Span } from './period.ts';
import { evaluationRules, isTrialMonth, listTrialPeriods } from './rules.ts';

export interface Services {
  db: Queryable;
  config: Context['config'];
  clock: Pick<Context['clock'], 'now'>;
}

export interface OpenedPeriod {
  period: Period;
  /** The whole period. */
  span: Span;
  trial: boolean;
  rules: EvaluationRules;
  window: Window;
  /** `asOf` is an instant that is over: rows of today do not tell of it. */
  past: boolean;
}

/**
 * What a period is judged by. Months marked as a trial are left out of a quarter and a year and are reported apart, as
 * months; a period that is all trial is judged as it is.
 */
export async function openPeriod(
  { db, clock, config }: Services,
  period: Period,
  asOf?: Date,
): Promise<OpenedPeriod> {
  const now = clock.now();
  const months = monthsOf(period);
  const rules = await evaluationRules(db);
  const trials = await listTrialPeriods(db);
  const counted = months.filter((month) => !isTrialMonth(month, trials));
  const at = asOf === undefined || asOf > now ? now : asOf;
  const [first = period, last = period] = [months[0], months.at(-1)];
  return {
    period,
    span: {
      from: spanOfMonth(first, config.timeZone).from,
      to: spanOfMonth(last, config.timeZone).to,
    },
    trial: counted.length < months.length,
    rules,
    window: {
      spans: spansOfMonths(counted.length === 0 ? months : counted, config.timeZone),
      asOf: at,
      rules,
    },
    past: at < now,
  };
}
