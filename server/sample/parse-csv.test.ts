import { expect, it } from 'vitest';
import { parseCsv } from './parse-csv.ts';

it('reads quoted commas, quotes and lines, and rows without an end of line', () => {
  expect(parseCsv('a,b\r\n1,"x, ""y""\nz"\n2,\n3,last')).toEqual([
    { a: '1', b: 'x, "y"\nz' },
    { a: '2', b: '' },
    { a: '3', b: 'last' },
  ]);
});

it('keeps an empty last field when the text ends right after a comma', () => {
  expect(parseCsv('a,b\n1,')).toEqual([{ a: '1', b: '' }]);
});

it('refuses a quote that is never closed', () => {
  expect(() => parseCsv('a\n"open')).toThrow(/broken field/);
});
