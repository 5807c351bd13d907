import { expect, it } from 'vitest';
import { containsPattern, parseBounds, toPage } from './list-query.ts';

it('reads an extent and refuses what is none', () => {
  expect(parseBounds('103.6,36,103.7,36.1')).toEqual({ west: 103.6, south: 36, east: 103.7, north: 36.1 });
  for (const text of [
    '',
    '1,2,3',
    '1,2,3,4,5',
    '2,1,1,2',
    '1,2,2,1',
    '1,2,x,4',
    '181,0,182,1',
    '1,,2,3',
    '0,-91,1,0',
  ]) {
    expect(() => parseBounds(text), text).toThrow(/INVALID|不符合/);
  }
});

it('searches for the signs of a pattern as themselves', () => {
  expect(containsPattern('50%_\\')).toBe('%50\\%\\_\\\\%');
});

it('says where the next page starts only when there is one', () => {
  const page = (rows: string[]) =>
    toPage(
      rows,
      2,
      (row) => row.toUpperCase(),
      (row) => row,
    );
  expect(page(['a', 'b', 'c'])).toEqual({ items: ['A', 'B'], next: 'b' });
  expect(page(['a', 'b'])).toEqual({ items: ['A', 'B'] });
  expect(page([])).toEqual({ items: [] });
});
