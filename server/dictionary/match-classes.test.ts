import { expect, it } from 'vitest';
import type { ClassEntry } from '#contract/dictionary';
import { matchClasses } from './match-classes.ts';

function entry(id: string, zh: string, en: string, pinyin: string): ClassEntry {
  return {
    id,
    kind: id.startsWith('P') ? 'part' : 'event',
    majorCode: id.slice(1, 3),
    majorName: { zh: '', en: '' },
    name: { zh, en },
    pinyin,
    stance: 'flat',
    edition: 2026,
    limits: [],
  };
}

const classes = [
  entry('E01003', '雨水外溢', 'Storm water overflow', 'yswy'),
  entry('P01002', '污水井盖', 'Sewage manhole cover', 'wsjg'),
  entry('P01003', '雨水井盖', 'Storm-drain manhole cover', 'ysjg'),
  entry('P02003', '古树', 'Ancient tree', 'gs'),
];
const found = (typed: string) => matchClasses(classes, typed).map(({ id }) => id);

it('finds by Chinese, English, initials and code', () => {
  expect(found('雨水')).toEqual(['E01003', 'P01003']);
  expect(found('井盖')).toEqual(['P01002', 'P01003']);
  expect(found('YSJ')).toEqual(['P01003']);
  expect(found('manhole')).toEqual(['P01002', 'P01003']);
  expect(found('p0100')).toEqual(['P01002', 'P01003']);
});

it('puts the whole code first, of either kind', () => {
  expect(found('P01003')).toEqual(['P01003']);
  expect(found('01003')).toEqual(['E01003', 'P01003']);
});

it('puts what begins so before what has it inside', () => {
  expect(found('s')).toEqual(['E01003', 'P01002', 'P01003', 'P02003']);
  expect(found('g')).toEqual(['P02003', 'P01002', 'P01003']);
  expect(found('ys')[0]).toBe('E01003');
  expect(found('storm')).toEqual(['E01003', 'P01003']);
});

it('finds nothing for what is nowhere, and all for nothing', () => {
  expect(found('xyz')).toEqual([]);
  expect(found('  ')).toHaveLength(4);
});
