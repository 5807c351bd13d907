import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parseCsv } from '../sample/parse-csv.ts';
import { parseClassId } from './class-id.ts';
import { onlyWay, translateClass, type Relation, type Successor } from './combine-relations.ts';

const tables = [
  ['2007', '2013'],
  ['2013', '2026'],
  ['2007', '2026'],
] as const;

const successors = tables.flatMap(([from, to]) =>
  parseCsv(
    readFileSync(new URL(`../../data/dictionary/crosswalk-${from}-${to}.csv`, import.meta.url), 'utf8'),
  ).map((row): Successor => ({
    from: row.from ?? '',
    to: row.to === '' ? null : (row.to ?? null),
    toEdition: Number(to),
    relation: (row.relation ?? 'none') as Relation | 'none',
    reviewed: row.reviewed === 'true',
    basis: row.basis ?? '',
  })),
);

function ways(id: string, to: number) {
  const edition = parseClassId(id)?.edition ?? 0;
  const between = Math.abs(to - edition) > 13 ? [2013] : [];
  return translateClass(successors, { id, edition }, to, between);
}

test('the digits of 2007 are not the digits of 2013', () => {
  expect(ways('2007:P0118', 2013)).toMatchObject([{ to: '2013:P0137', relation: 'same' }]);
  expect(ways('2013:P0118', 2026)).toMatchObject([{ to: 'P01018', relation: 'same' }]);
  expect(ways('2007:P0118', 2026)).toMatchObject([{ to: 'P01037', relation: 'same' }]);
});

test('what 2013 left out is found again in 2026', () => {
  expect(ways('2007:P0309', 2013)).toEqual([]);
  expect(ways('2007:P0309', 2026)).toMatchObject([{ to: 'P03009', relation: 'same' }]);
  expect(ways('P03009', 2007)).toMatchObject([{ to: '2007:P0309', relation: 'same' }]);
});

test('the pole that became five has no one successor', () => {
  const poles = ways('2007:P0117', 2026);
  expect(poles.map(({ to }) => to)).toEqual(['P01030', 'P01031', 'P01032', 'P01033', 'P01034']);
  expect(onlyWay(poles)).toBeUndefined();
  expect(ways('P01031', 2007)).toMatchObject([{ to: '2007:P0117', relation: 'wider' }]);
});

test('backwards, the class that means the same comes before those that were merged into it', () => {
  const found = ways('P02010', 2013);
  expect(found[0]).toMatchObject({ to: '2013:P0210', relation: 'same' });
  expect(found.length).toBeGreaterThan(1);
  expect(onlyWay(found)?.to).toBe('2013:P0210');
});

test('there and back again, a class that kept its meaning is itself', () => {
  for (const { from, to, relation, toEdition } of successors) {
    if (to === null || (relation !== 'same' && relation !== 'renamed')) continue;
    const edition = parseClassId(from)?.edition ?? 0;
    expect(onlyWay(ways(from, toEdition))?.to, from).toBe(to);
    expect(
      ways(to, edition).map((way) => way.to),
      to,
    ).toContain(from);
  }
});
