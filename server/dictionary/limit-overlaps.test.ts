import fc from 'fast-check';
import { expect, it, test } from 'vitest';
import { findLimitConflicts, type LimitKey } from './limit-overlaps.ts';
import { endOf, overlap } from './rule-days.ts';

const limit = (id: number, more: Partial<LimitKey> = {}): LimitKey => ({
  id,
  class: 'P01003',
  condition: '破损',
  isDefault: false,
  from: '2026-01-01',
  ...more,
});
const found = (...limits: LimitKey[]) => findLimitConflicts(limits).map(({ because }) => because);

it('is one condition, or one default, twice at one place on one day', () => {
  expect(found(limit(1), limit(2))).toEqual(['condition']);
  expect(found(limit(1), limit(2, { place: 'footway' }))).toEqual([]);
  expect(found(limit(1), limit(2, { class: 'P01001' }))).toEqual([]);
  const byDefault = { isDefault: true };
  expect(found(limit(1, byDefault), limit(2, { ...byDefault, condition: '缺失' }))).toEqual(['default']);
  expect(found(limit(1, { to: '2026-06-01' }), limit(2, { from: '2026-06-01' }))).toEqual([]);
  expect(found(limit(1, { to: '2026-06-02' }), limit(2, { from: '2026-06-01' }))).toEqual(['condition']);
  expect(found(limit(1, { to: '2026-01-01' }), limit(2))).toEqual([]);
});

const day = fc.integer({ min: 1, max: 9 }).map((n) => `2026-01-0${n}`);
const days = fc.record({ from: day, to: fc.option(day, { nil: undefined }) });

test('days overlap when there is a day in both', () => {
  const holds = ({ from, to }: { from: string; to?: string | undefined }, on: string) =>
    from <= on && (to === undefined || on < to);
  fc.assert(
    fc.property(days, days, (a, b) => {
      const every = Array.from({ length: 12 }, (_, n) => `2026-01-${String(n + 1).padStart(2, '0')}`);
      expect(overlap(a, b)).toBe(every.some((on) => holds(a, on) && holds(b, on)));
    }),
  );
});

it('ends today at the earliest, and never before it begins', () => {
  const rule = { from: '2026-03-01' };
  expect(endOf(rule, '2026-04-01', '2026-03-15')).toBe('2026-04-01');
  expect(endOf(rule, '2026-02-01', '2026-01-15')).toBe('2026-03-01');
  expect(() => endOf(rule, '2026-03-14', '2026-03-15')).toThrow(
    expect.objectContaining({ code: 'DAY_IN_PAST' }) as Error,
  );
  expect(() => endOf({ ...rule, to: '2026-04-01' }, '2026-04-01', '2026-03-15')).toThrow(
    expect.objectContaining({ code: 'RULE_ENDED' }) as Error,
  );
});
