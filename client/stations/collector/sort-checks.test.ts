import { expect, it } from 'vitest';
import type { CaseSummary } from '#contract/cases';
import { sortChecks } from './sort-checks.ts';

const check = (id: string, checker?: string) =>
  ({ id, ...(checker ? { checker: { id: checker, name: { zh: '', en: '' } } } : {}) }) as CaseSummary;

it('puts my own checks first, then the free ones, the nearest of each before the others', () => {
  const far: Record<string, number> = { a: 500, b: 20, c: 10, d: 5 };
  const checks = [check('a', 'me'), check('b', 'me'), check('c'), check('d', 'somebody')];
  const ids = (metresOf: (one: CaseSummary) => number | undefined) =>
    sortChecks(checks, 'me', metresOf).map(({ id }) => id);
  expect(ids(({ id }) => far[id])).toEqual(['b', 'a', 'c', 'd']);
  expect(ids(() => undefined)).toEqual(['a', 'b', 'c', 'd']);
});
