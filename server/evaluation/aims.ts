import type { Scope } from '#contract/access';
import type { Aims } from '#contract/evaluation';
import type { Names } from '#contract/shared';
import { appError } from '../errors.ts';
import { countMonths, type MonthTerms } from './month-repository.ts';
import type { Services } from './open-period.ts';
import { monthOf, monthsBetween, monthsOf } from './period.ts';
import { rateOf } from './score.ts';

const MOST_MONTHS = 36;

interface Aim {
  id: string;
  name: Names;
  formula: Names;
  better: 'up' | 'down';
  unit: 'rate' | 'count';
  value: ((terms: MonthTerms) => number | null) | null;
  missing?: Names;
}

/** The seven aims of SPEC section 5, in its order. Rates are of the cases filed in the month. */
const sevenAims: readonly Aim[] = [
  {
    id: 'patrol-coverage',
    name: { zh: '巡查覆盖率', en: 'Patrol coverage' },
    formula: { zh: '有采集员到过的单元网格 ÷ 单元网格', en: 'cells that a collector patrolled ÷ cells' },
    better: 'up',
    unit: 'rate',
    value: null,
    missing: { zh: '尚未记录采集员的巡查轨迹', en: 'the tracks of collectors are not recorded' },
  },
  {
    id: 'filings',
    name: { zh: '立案数', en: 'Cases filed' },
    formula: { zh: '当月立案数', en: 'cases filed in the month' },
    better: 'down',
    unit: 'count',
    value: ({ filed }) => filed,
  },
  {
    id: 'closing-rate',
    name: { zh: '结案率', en: 'Closing rate' },
    formula: { zh: '其中已结案数 ÷ 当月立案数', en: 'of those, closed ÷ cases filed in the month' },
    better: 'up',
    unit: 'rate',
    value: ({ filed, closed }) => rateOf(closed, filed),
  },
  {
    id: 'dispatch-rate',
    name: { zh: '派遣率', en: 'Dispatch rate' },
    formula: { zh: '其中已派遣数 ÷ 当月立案数', en: 'of those, dispatched ÷ cases filed in the month' },
    better: 'up',
    unit: 'rate',
    value: ({ filed, dispatched }) => rateOf(dispatched, filed),
  },
  {
    id: 'postponement-extension-rate',
    name: { zh: '缓办延期率', en: 'Postponement and extension rate' },
    formula: {
      zh: '其中缓办或延期数 ÷ 当月立案数',
      en: 'of those, postponed or extended ÷ cases filed in the month',
    },
    better: 'down',
    unit: 'rate',
    value: ({ filed, postponedOrExtended }) => rateOf(postponedOrExtended, filed),
  },
  {
    id: 'repeat-rate',
    name: { zh: '重复派遣率', en: 'Repeated dispatch rate' },
    formula: {
      zh: '其中重复派遣数 ÷ 当月立案数',
      en: 'of those, dispatched repeatedly ÷ cases filed in the month',
    },
    better: 'down',
    unit: 'rate',
    value: ({ filed, repeated }) => rateOf(repeated, filed),
  },
  {
    id: 'false-feedback-rate',
    name: { zh: '虚假反馈率', en: 'False feedback rate' },
    formula: {
      zh: '核查不通过次数 ÷ 当月立案件的核查次数',
      en: 'failed checks ÷ checks of the cases filed in the month',
    },
    better: 'down',
    unit: 'rate',
    value: ({ checks, failedChecks }) => rateOf(failedChecks, checks),
  },
];

/** The seven aims, month by month. @throws INVALID_INPUT */
export async function aims(
  { db, clock, config }: Services,
  scope: Scope,
  { from, to }: { from: string; to: string },
): Promise<Aims> {
  monthsOf(from);
  monthsOf(to);
  const months = monthsBetween(from, to);
  if (months.length === 0 || months.length > MOST_MONTHS) {
    throw appError('INVALID_INPUT', {
      problems: [{ path: '/to', message: `must be 1 to ${MOST_MONTHS} months on` }],
    });
  }
  const now = clock.now();
  const current = monthOf(now, config.timeZone);
  const counted = await countMonths(db, scope, months, config.timeZone, now);
  return {
    months,
    asOf: now.toISOString(),
    items: sevenAims.map(({ value, missing, ...aim }) => ({
      ...aim,
      values: months.map((month) => {
        const terms = counted.get(month);
        if (value === null) return null;
        // A month to come has no count yet; one that is there and empty has none filed.
        if (terms === undefined) return aim.unit === 'count' && month <= current ? 0 : null;
        return value(terms);
      }),
      ...(missing ? { missing } : {}),
    })),
  };
}
