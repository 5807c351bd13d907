import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addMonths,
  changeKind,
  kindOfPeriod,
  monthsOfPeriod,
  periodKinds,
  periodOfMonth,
  stepPeriod,
} from './period.ts';

const month = fc
  .tuple(fc.integer({ min: 1990, max: 2090 }), fc.integer({ min: 1, max: 12 }))
  .map(([year, number]) => `${year}-${String(number).padStart(2, '0')}`);
const kind = fc.constantFrom(...periodKinds);

describe('a period', () => {
  it('is told from its text', () => {
    expect(['2026-10', '2026-Q3', '2026'].map(kindOfPeriod)).toEqual(['month', 'quarter', 'year']);
    expect(monthsOfPeriod('2026-Q4')).toEqual({ first: '2026-10', last: '2026-12' });
    expect(stepPeriod('2026-Q4', 1)).toBe('2027-Q1');
    expect(stepPeriod('2026-01', -1)).toBe('2025-12');
  });

  it('holds the month it was made of, and steps there and back', () => {
    fc.assert(
      fc.property(month, kind, fc.integer({ min: -40, max: 40 }), (at, of, count) => {
        const period = periodOfMonth(at, of);
        const { first, last } = monthsOfPeriod(period);
        expect(first <= at && at <= last).toBe(true);
        expect(kindOfPeriod(period)).toBe(of);
        expect(stepPeriod(stepPeriod(period, count), -count)).toBe(period);
        // The next one begins where this one ends.
        expect(monthsOfPeriod(stepPeriod(period, 1)).first).toBe(addMonths(last, 1));
      }),
    );
  });

  it('changes its kind without leaving its time, nor running ahead of today', () => {
    expect(changeKind('2026-Q4', 'month', '2026-11')).toBe('2026-11');
    expect(changeKind('2026', 'month', '2026-11')).toBe('2026-11');
    expect(changeKind('2025', 'month', '2026-11')).toBe('2025-12');
    expect(changeKind('2026-05', 'quarter', '2026-11')).toBe('2026-Q2');
    expect(changeKind('2026-Q2', 'year', '2026-11')).toBe('2026');
  });
});
