import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { splitMatches } from './split-matches.ts';

describe('marking what was typed', () => {
  it('marks every word, in any case', () => {
    expect(splitMatches('西津西路 路灯', '西 灯')).toEqual([
      { text: '西', matches: true },
      { text: '津', matches: false },
      { text: '西', matches: true },
      { text: '路 路', matches: false },
      { text: '灯', matches: true },
    ]);
    expect(splitMatches('Street lamp', 'LAMP')).toEqual([
      { text: 'Street ', matches: false },
      { text: 'lamp', matches: true },
    ]);
  });

  it('loses and invents no letter, whatever is typed', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (text, typed) => {
        const pieces = splitMatches(text, typed);
        expect(pieces.map((piece) => piece.text).join('')).toBe(text);
        for (const { text: piece, matches } of pieces) {
          if (!matches) continue;
          const words = typed.trim().toLowerCase().split(/\s+/);
          expect(words.some((word) => piece.toLowerCase().includes(word))).toBe(true);
        }
      }),
    );
  });
});
