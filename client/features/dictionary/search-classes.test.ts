import { describe, expect, it } from 'vitest';
import type { ClassEntry } from '#contract/dictionary';
import { searchClasses } from './search-classes.ts';

const entry = (id: string, zh: string, pinyin: string, en: string): ClassEntry => ({
  id,
  kind: id.startsWith('P') ? 'part' : 'event',
  majorCode: id.slice(1, 3),
  majorName: { zh: '市容环境', en: 'City appearance' },
  name: { zh, en },
  pinyin,
  stance: 'upright',
  edition: 2026,
  limits: [],
});

const entries = [
  entry('E06010', '暴露垃圾', 'blj', 'Exposed rubbish'),
  entry('E06021', '无照经营游商', 'wzjyys', 'Street vendor'),
  entry('E06030', '积存垃圾渣土', 'jcljzt', 'Heaped rubbish and soil'),
  entry('P01012', '雨水井盖', 'ysjg', 'Storm drain cover'),
];
const ids = (typed: string, recent: string[] = []) =>
  searchClasses(entries, typed, recent).map(({ id }) => id);

describe('finding a class while typing', () => {
  it('finds by Chinese name, by pinyin initials, by code and by English name', () => {
    expect(ids('井盖')).toEqual(['P01012']);
    expect(ids('wzjy')).toEqual(['E06021']);
    expect(ids('p01')).toEqual(['P01012']);
    expect(ids('06030')).toEqual(['E06030']);
    expect(ids('vendor')).toEqual(['E06021']);
  });

  it('puts what starts with the words before what contains them', () => {
    expect(ids('垃圾')).toEqual(['E06010', 'E06030']);
    expect(ids('积存')).toEqual(['E06030']);
    expect(ids('lj')).toEqual(['E06010', 'E06030']);
  });

  it('offers recently used classes first while nothing is typed, and among equals', () => {
    expect(ids('', ['P01012', 'E06021']).slice(0, 2)).toEqual(['P01012', 'E06021']);
    expect(ids('垃圾', ['E06030'])).toEqual(['E06030', 'E06010']);
  });

  it('finds skipped characters last, and nothing for nonsense', () => {
    expect(ids('无照游商')).toEqual(['E06021']);
    expect(ids('qqq')).toEqual([]);
  });
});
