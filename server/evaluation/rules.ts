import { Value } from 'typebox/value';
import { EvaluationRules, type TrialPeriod } from '#contract/evaluation';
import { appendAudit } from '../access/audit.ts';
import type { SessionUser } from '../access/session-user.ts';
import type { Context } from '../context.ts';
import type { Queryable } from '../db/database.ts';
import { appError } from '../errors.ts';
import { findSetting, saveSetting } from '../settings/service.ts';
import * as repository from './trial-repository.ts';
import { basisPoints } from './judge-cases.ts';

const SETTING = 'evaluation-rules';

/** SPEC section 5, R6 and R8. */
export const defaultRules: EvaluationRules = {
  mode: 'strict',
  repeatQuota: 0.03,
  postponementQuota: 0.03,
  extensionQuota: 0.03,
  minimumSample: 5,
  contestDays: 7,
};

export async function evaluationRules(db: Queryable): Promise<EvaluationRules> {
  const kept = await findSetting(db, SETTING);
  return Value.Check(EvaluationRules, kept) ? kept : defaultRules;
}

/** Shares are kept to a hundredth of a percent. */
export async function changeRules(
  { db, clock }: Pick<Context, 'db' | 'clock'>,
  user: SessionUser,
  { reason, ...given }: EvaluationRules & { reason?: string | undefined },
): Promise<EvaluationRules> {
  const rounded = (share: number) => basisPoints(share) / 10_000;
  const rules = {
    ...given,
    repeatQuota: rounded(given.repeatQuota),
    postponementQuota: rounded(given.postponementQuota),
    extensionQuota: rounded(given.extensionQuota),
  };
  await db.transaction(async (tx) => {
    const before = await evaluationRules(tx);
    await saveSetting(tx, SETTING, rules);
    await appendAudit(tx, {
      at: clock.now(),
      userId: user.id,
      username: user.username,
      action: 'change-evaluation-rules',
      details: { before, after: rules, ...(reason === undefined ? {} : { reason }) },
    });
  });
  return rules;
}

export const listTrialPeriods = repository.listTrialPeriods;

/** Marks months as a trial; one that starts in the same month is replaced. @throws INVALID_INPUT */
export async function markTrial(
  services: Pick<Context, 'db' | 'clock'>,
  user: SessionUser,
  period: TrialPeriod,
): Promise<TrialPeriod> {
  const others = (await listTrialPeriods(services.db)).filter(
    ({ fromMonth }) => fromMonth !== period.fromMonth,
  );
  await changeTrialPeriods(services, user, [period, ...others]);
  return period;
}

/** @throws NOT_FOUND */
export async function endTrial(
  services: Pick<Context, 'db' | 'clock'>,
  user: SessionUser,
  fromMonth: string,
): Promise<void> {
  const periods = await listTrialPeriods(services.db);
  const others = periods.filter((period) => period.fromMonth !== fromMonth);
  if (others.length === periods.length) throw appError('NOT_FOUND', { fromMonth });
  await changeTrialPeriods(services, user, others);
}

/** Replaces all trial periods. @throws INVALID_INPUT when one ends before it starts or two share a month */
async function changeTrialPeriods(
  { db, clock }: Pick<Context, 'db' | 'clock'>,
  user: SessionUser,
  periods: readonly TrialPeriod[],
): Promise<TrialPeriod[]> {
  const sorted = periods.toSorted((a, b) => (a.fromMonth < b.fromMonth ? -1 : 1));
  sorted.forEach((period, n) => {
    const previous = sorted[n - 1];
    const message =
      period.toMonth < period.fromMonth
        ? 'ends before it starts'
        : previous && previous.toMonth >= period.fromMonth
          ? 'shares a month with another'
          : undefined;
    if (message !== undefined) {
      throw appError('INVALID_INPUT', { problems: [{ path: '/fromMonth', message }] });
    }
  });
  await db.transaction(async (tx) => {
    const before = await repository.listTrialPeriods(tx);
    await repository.replaceTrialPeriods(tx, sorted);
    await appendAudit(tx, {
      at: clock.now(),
      userId: user.id,
      username: user.username,
      action: 'change-trial-periods',
      details: { before, after: sorted },
    });
  });
  return sorted;
}

export function isTrialMonth(month: string, trials: readonly TrialPeriod[]): boolean {
  return trials.some(({ fromMonth, toMonth }) => fromMonth <= month && month <= toMonth);
}
