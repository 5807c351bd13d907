import { describe, expect, it } from 'vitest';
import type { Found, FoundKind } from '#contract/search';
import { groupFound } from './group-found.ts';

const found = (kind: FoundKind, id: string): Found => ({
  kind,
  id,
  title: { zh: id, en: id },
  detail: { zh: '', en: '' },
});

describe('results by kind', () => {
  it('puts the kind of the best answer first and keeps the order inside each', () => {
    const groups = groupFound([
      found('road', 'a'),
      found('part', 'b'),
      found('road', 'c'),
      found('case', 'd'),
    ]);
    expect(groups.map(({ kind, items }) => [kind, ...items.map(({ id }) => id)])).toEqual([
      ['road', 'a', 'c'],
      ['part', 'b'],
      ['case', 'd'],
    ]);
  });

  it('has no group for nothing', () => {
    expect(groupFound([])).toEqual([]);
  });
});
