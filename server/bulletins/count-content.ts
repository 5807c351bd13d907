import type { BulletinContent, SubjectKind } from '#contract/evaluation';
import type { Scope } from '#contract/access';
import type { Context } from '../context.ts';
import type { Queryable } from '../db/database.ts';
import {
  aims,
  evaluate,
  evaluationRules,
  indicators,
  listContestsOfPeriod,
  listJudgedCases,
  monthsOf,
} from '../evaluation/service.ts';

const district: Scope = { kind: 'district', code: '' };

/** Months a chart of the aims reaches back. */
const MONTHS_SHOWN = 12;

/** More cases than any district has in a year. */
const ALL = 10_000_000;

/**
 * All that a bulletin of the period says, counted up to an instant, over one state of the database. Heads are graded
 * by quarter and year (按季度考核, SPEC section 5).
 */
export async function countContent(
  { config }: Pick<Context, 'config'>,
  db: Queryable,
  period: string,
  asOf: Date,
): Promise<BulletinContent> {
  // Every figure is of the same instant, however long the counting takes.
  const services = { db, config, clock: { now: () => asOf } };
  const by = (kind: SubjectKind) => evaluate(services, district, { period, by: kind });
  const months = monthsOf(period);
  const last = months.at(-1) ?? period;
  const units = await by('unit');
  const { items: cases } = await listJudgedCases(services, district, {
    period,
    by: 'district',
    figure: 'gross',
    mode: 'strict',
    limit: ALL,
  });
  return {
    period,
    from: units.from,
    to: units.to,
    asOf: asOf.toISOString(),
    trial: units.trial,
    rules: await evaluationRules(db),
    units,
    subdistricts: await by('subdistrict'),
    communities: await by('community'),
    classes: await by('class'),
    channels: await by('channel'),
    ...(months.length > 1
      ? { gridHeads: await by('grid-head'), courtyardHeads: await by('courtyard-head') }
      : {}),
    indicators: (await indicators(services, district, { period })).items,
    aims: await aims(services, district, { from: monthsBefore(last, MONTHS_SHOWN - 1), to: last }),
    cases,
    contests: await listContestsOfPeriod(db, months),
  };
}

/** `2026-03`, 5 → `2025-10`. */
function monthsBefore(month: string, count: number): string {
  const months = Number(month.slice(0, 4)) * 12 + Number(month.slice(5)) - 1 - count;
  return `${Math.floor(months / 12)}-${String((months % 12) + 1).padStart(2, '0')}`;
}
