import fc from 'fast-check';
import { expect, it } from 'vitest';
import { nameOf } from './name-of.ts';
import { rankName, RANK, readTyped } from './match-name.ts';

const road = nameOf({ zh: '西津西路', en: 'Xijin West Road' });
const rank = (q: string, name = road) => rankName(name, readTyped(q));

it('finds a name by its letters, its beginning, its middle, its pinyin and its initials', () => {
  expect(rank('西津西路')).toBe(RANK.name);
  expect(rank('西津')).toBe(RANK.nameStart);
  expect(rank('津西')).toBe(RANK.nameInside);
  expect(rank('xjxl')).toBe(RANK.initials);
  expect(rank('XJ')).toBe(RANK.initialsStart);
  expect(rank('xi jin xi')).toBe(RANK.pinyinStart);
  expect(rank('jinxi')).toBe(RANK.pinyinInside);
  expect(rank('xijin west road')).toBe(RANK.name);
  expect(rank('west')).toBe(RANK.wordStart);
  expect(rank('敦煌')).toBe(0);
});

it('finds a code before any name', () => {
  const division = nameOf({ zh: '西园街道', en: 'Xiyuan' }, '620103001');
  expect(rank('620103001', division)).toBe(RANK.code);
  expect(rank('620103', division)).toBe(RANK.codeStart);
  expect(rank('６２０１０３００１', division)).toBe(RANK.code);
});

it('reads polyphonic road names as people do', () => {
  expect(rank('cq', nameOf({ zh: '重庆路', en: 'Chongqing Road' }))).toBeGreaterThan(0);
});

it('never fails and never finds by nothing', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 60 }), (q) => {
      const typed = readTyped(q);
      expect(rankName(road, typed)).toBeGreaterThanOrEqual(0);
      if (typed.compact === '') expect(rankName(road, typed)).toBe(0);
    }),
  );
  expect(rank('%_')).toBe(0);
  expect(rank('\u0000\u0007')).toBe(0);
});
