import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { makeClassId, parseClassId, type ClassDigits } from './class-id.ts';
import { makeCellCode, makeEventCode, makePartCode, readFieldCode } from './field-codes.ts';

const digits = (length: number) =>
  fc
    .array(fc.integer({ min: 0, max: 9 }), { minLength: length, maxLength: length })
    .map((all) => all.join(''));

const classDigits: fc.Arbitrary<ClassDigits> = fc
  .record({
    edition: fc.constantFrom(2007 as const, 2013 as const, 2026 as const),
    kind: fc.constantFrom('part' as const, 'event' as const),
    major: digits(2),
    three: digits(3),
  })
  .map(({ edition, kind, major, three }) => ({
    edition,
    kind,
    major,
    minor: edition === 2026 ? three : three.slice(1),
  }));

describe('a code that was made', () => {
  test('of a class is read back', () => {
    fc.assert(
      fc.property(classDigits, (one) => {
        expect(parseClassId(makeClassId(one))).toEqual(one);
        expect(readFieldCode(makeClassId(one))).toEqual({ form: 'class', classes: [one] });
      }),
    );
  });

  test('of a part is read back, 17 digits in 2026 and 16 before', () => {
    fc.assert(
      fc.property(digits(6), classDigits, fc.integer({ min: 1, max: 999_999 }), (district, one, sequence) => {
        const code = makePartCode(district, one, sequence);
        expect(code).toHaveLength(one.edition === 2026 ? 17 : 16);
        expect(readFieldCode(code)).toEqual({
          form: 'part',
          editions: one.edition === 2026 ? [2026] : [2007, 2013],
          district,
          major: one.major,
          minor: one.minor,
          sequence,
        });
      }),
    );
  });

  test('of an event is read back, 11 digits in 2026 and 10 before', () => {
    fc.assert(
      fc.property(digits(6), classDigits, (district, one) => {
        const code = makeEventCode(district, one);
        expect(code).toHaveLength(one.edition === 2026 ? 11 : 10);
        expect(readFieldCode(code)).toMatchObject({
          form: 'event',
          district,
          major: one.major,
          minor: one.minor,
        });
      }),
    );
  });

  test('of a cell is read back', () => {
    fc.assert(
      fc.property(digits(12), fc.integer({ min: 1, max: 999 }), (community, sequence) => {
        expect(readFieldCode(makeCellCode(community, sequence))).toEqual({
          form: 'cell',
          community,
          sequence,
        });
      }),
    );
  });
});

test('a code has the form its length says', () => {
  expect(readFieldCode('620103')).toMatchObject({ form: 'division', level: 'district' });
  expect(readFieldCode('620103001')).toMatchObject({ form: 'division', level: 'subdistrict' });
  expect(readFieldCode('620103001001')).toMatchObject({ form: 'division', level: 'community' });
  expect(readFieldCode('0107')).toMatchObject({ form: 'class', classes: { length: 4 } });
  expect(readFieldCode('01007')).toMatchObject({ form: 'class', classes: { length: 2 } });
});

test('what is no code is not read', () => {
  for (const text of [
    '',
    '1',
    '6201030',
    'P0107',
    '2013:P01007',
    '2008:P0107',
    'X01007',
    '62010 3',
    '６２０１０３',
  ]) {
    expect(readFieldCode(text), text).toBeUndefined();
  }
  fc.assert(
    fc.property(fc.string(), (text) => {
      fc.pre(!/[0-9]{4}/.test(text));
      expect(readFieldCode(text)).toBeUndefined();
    }),
  );
});

test('sequences that a code has no room for are refused', () => {
  const manhole: ClassDigits = { edition: 2026, kind: 'part', major: '01', minor: '001' };
  for (const sequence of [0, -1, 1.5, Number.NaN, 1_000_000]) {
    expect(() => makePartCode('620103', manhole, sequence)).toThrow(RangeError);
  }
  expect(() => makeCellCode('620103001001', 1000)).toThrow(RangeError);
  expect(() => makeCellCode('62010300100', 1)).toThrow(RangeError);
});
