import { describe, expect, it } from 'vitest';
import { parseDegrees } from './parse-degrees.ts';
import { parseChoice, parseCode, parseDate, parseInstant, parseMetres } from './parse-value.ts';
import { Problem } from './problem.ts';
import { partStates } from './target-fields.ts';

describe('values of other people’s files', () => {
  it.each([
    ['2012-03-04', '2012-03-04'],
    ['2012/3/4', '2012-03-04'],
    ['2012.3.4 10:22', '2012-03-04'],
    ['20120304', '2012-03-04'],
    ['2012年3月4日', '2012-03-04'],
    ['2012年3月', '2012-03-01'],
    ['201203', '2012-03-01'],
    ['43831', '2020-01-01'],
    ['1330819200000', '2012-03-04'],
  ])('reads the day %s', (text, day) => {
    expect(parseDate(text)).toBe(day);
  });

  it.each(['2012-02-30', '20121301', 'yesterday', '12', '0000-00-00'])('has no day in %s', (text) => {
    expect(parseDate(text)).toBeInstanceOf(Problem);
  });

  it('keeps a moment’s offset and adds none', () => {
    expect(parseInstant('2026/1/2 3:04')).toBe('2026-01-02T03:04:00');
    expect(parseInstant('2026-01-02T03:04:05.678+0800')).toBe('2026-01-02T03:04:05+08:00');
    expect(parseInstant('20260102030405')).toBe('2026-01-02T03:04:05');
    expect(parseInstant('2026-01-02 25:00')).toBeInstanceOf(Problem);
  });

  it('reads lengths in metres and feet', () => {
    expect(parseMetres('12 m', 100)).toBe('12');
    expect(parseMetres('12.5米', 100)).toBe('12.5');
    expect(parseMetres("40'", 100)).toBe('12.19');
    expect(parseMetres('5\'6"', 100)).toBe('1.68');
    expect(parseMetres('0', 100)).toBeNull();
    expect(parseMetres('tall', 100)).toBeInstanceOf(Problem);
    expect(parseMetres('2000', 100)).toBeInstanceOf(Problem);
  });

  it('knows a code that a spreadsheet has rounded', () => {
    const parse = parseCode(/^\d{17}$/, ' 17 位数字', '17 digits');
    expect(parse("'62010301036000001")).toBe('62010301036000001');
    expect(parse('6.20103E+16')).toMatchObject({ reason: 'rounded-code' });
    expect(parse('123')).toMatchObject({ reason: 'wrong-code' });
  });

  it('knows states by their Chinese and English words', () => {
    const parse = parseChoice(partStates);
    expect(['完好', 'Damaged', '丢失', 'abandoned'].map(parse)).toEqual([
      'intact',
      'damaged',
      'missing',
      'abandoned',
    ]);
    expect(parse('上锁')).toBeInstanceOf(Problem);
  });

  it('reads degrees with minutes and seconds', () => {
    expect(parseDegrees('103.75')).toBe(103.75);
    expect(parseDegrees('103°45′00″E')).toBe(103.75);
    expect(parseDegrees('36 03 36 S')).toBeCloseTo(-36.06, 9);
    expect(parseDegrees(' ')).toBeUndefined();
    expect(parseDegrees('n/a')).toBeNaN();
  });
});
