import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { partQuery, readPartFilter } from './part-filter.ts';

describe('which parts a list is about, in the address', () => {
  it('comes back as it was, and is the same question in any order', () => {
    const filter = { class: 'P01012', state: 'damaged', division: '620103001', q: '000123' } as const;
    expect(readPartFilter({ ...filter })).toEqual(filter);
    const { q, ...others } = filter;
    expect(partQuery({ q, ...others })).toBe(partQuery({ ...others, q }));
  });

  it('takes digits that arrive as a number', () => {
    expect(readPartFilter({ division: 620103001001 })).toEqual({ division: '620103001001' });
  });

  it('leaves out what makes no sense, and never throws', () => {
    expect(readPartFilter({ division: 'x', state: 'broken', cell: '12', class: '', at: '1,2,3' })).toEqual(
      {},
    );
    fc.assert(
      fc.property(
        fc.dictionary(fc.constantFrom('q', 'class', 'state', 'division', 'cell', 'owner'), fc.anything()),
        (any) => {
          for (const value of Object.values(readPartFilter(any))) expect(typeof value).toBe('string');
        },
      ),
    );
  });
});
