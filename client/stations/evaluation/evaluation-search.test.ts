import { expect, it } from 'vitest';
import { evaluationSearch } from './evaluation-search.ts';

it('reads what it knows and drops the rest', () => {
  expect(
    evaluationSearch({
      tab: 'aims',
      period: '2026-Q4',
      by: 'community',
      subject: 620103001001,
      mode: 'tolerant',
    }),
  ).toEqual({ tab: 'aims', period: '2026-Q4', by: 'community', subject: '620103001001', mode: 'tolerant' });
  // A year alone comes from the address as a number.
  expect(evaluationSearch({ period: 2026, figure: 'in-time' })).toEqual({
    period: '2026',
    figure: 'in-time',
  });
  expect(
    evaluationSearch({
      tab: 'x',
      period: '2026-13',
      by: 'district',
      figure: 'all',
      mode: 'strict',
      bulletin: '1',
    }),
  ).toEqual({});
});
