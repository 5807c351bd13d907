import type { Period } from '#contract/evaluation';

export const periodKinds = ['month', 'quarter', 'year'] as const;
export type PeriodKind = (typeof periodKinds)[number];

export function kindOfPeriod(period: Period): PeriodKind {
  if (period.length === 4) return 'year';
  return period[5] === 'Q' ? 'quarter' : 'month';
}

/** The period of a kind that holds a month `2026-11`. */
export function periodOfMonth(month: string, kind: PeriodKind): Period {
  const year = month.slice(0, 4);
  if (kind === 'year') return year;
  return kind === 'month' ? month : `${year}-Q${Math.ceil(Number(month.slice(5)) / 3)}`;
}

export function addMonths(month: string, count: number): string {
  const months = Number(month.slice(0, 4)) * 12 + Number(month.slice(5)) - 1 + count;
  return `${Math.floor(months / 12)}-${String((((months % 12) + 12) % 12) + 1).padStart(2, '0')}`;
}

/** First and last month of a period. */
export function monthsOfPeriod(period: Period): { first: string; last: string } {
  const year = period.slice(0, 4);
  switch (kindOfPeriod(period)) {
    case 'year':
      return { first: `${year}-01`, last: `${year}-12` };
    case 'quarter': {
      const first = `${year}-${String(Number(period[6]) * 3 - 2).padStart(2, '0')}`;
      return { first, last: addMonths(first, 2) };
    }
    case 'month':
      return { first: period, last: period };
  }
}

const monthsIn: Record<PeriodKind, number> = { month: 1, quarter: 3, year: 12 };

/** The period of the same kind `count` later, or earlier when negative. */
export function stepPeriod(period: Period, count: number): Period {
  const kind = kindOfPeriod(period);
  return periodOfMonth(addMonths(monthsOfPeriod(period).first, count * monthsIn[kind]), kind);
}

/**
 * The period of another kind at the same time: the longer one that holds it, or the last shorter one inside it that
 * has begun by `month`, today's.
 */
export function changeKind(period: Period, kind: PeriodKind, month: string): Period {
  const { first, last } = monthsOfPeriod(period);
  return periodOfMonth(first <= month && month < last ? month : last, kind);
}
