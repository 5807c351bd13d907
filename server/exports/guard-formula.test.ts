import fc from 'fast-check';
import { expect, test } from 'vitest';
import { guardFormula } from './guard-formula.ts';

test('no cell begins as a formula does, and nothing of it is lost', () => {
  const beginning = fc.constantFrom('=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠', '');
  fc.assert(
    fc.property(beginning, fc.string(), (begin, rest) => {
      const guarded = guardFormula(begin + rest);
      expect(guarded).not.toMatch(/^[=+\-@\t\r\n＝＋－＠]/);
      expect(guarded.replace(/^'/, '')).toBe((begin + rest).replace(/^'/, ''));
    }),
  );
  expect(guardFormula('=cmd|/C calc!A0')).toBe("'=cmd|/C calc!A0");
  expect(guardFormula('a=b')).toBe('a=b');
});
