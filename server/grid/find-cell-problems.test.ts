import { expect, test } from 'vitest';
import { findCellProblems, type NumberedCell } from './find-cell-problems.ts';
import { isTiled } from './plan/is-tiled.ts';
import type { Outline } from './plan/outline.ts';

const COMMUNITY = '620103001001';

/** A square of a lattice, by column from the west and row from the north. */
function cell(n: number, column: number, row: number): NumberedCell {
  return {
    code: COMMUNITY + String(n).padStart(3, '0'),
    squareMetres: 10_000,
    reason: null,
    location: undefined,
    west: column,
    east: column + 1,
    north: -row,
    south: -row - 1,
    lon: column + 0.5,
    lat: -row - 0.5,
  };
}

const kinds = (cells: NumberedCell[]) => findCellProblems(COMMUNITY, cells).map(({ kind }) => kind);

test('rows from north to south, each from west to east, are in order', () => {
  expect(kinds([cell(1, 0, 0), cell(2, 1, 0), cell(3, 0, 1), cell(4, 1, 1)])).toEqual([]);
});

test('a number that goes back to the north or to the west is out of order', () => {
  expect(kinds([cell(1, 0, 1), cell(2, 0, 0)])).toEqual(['order']);
  expect(kinds([cell(1, 1, 0), cell(2, 0, 0)])).toEqual(['order']);
});

test('missing numbers, foreign codes and odd areas are told', () => {
  expect(kinds([cell(1, 0, 0), cell(3, 1, 0)])).toEqual(['code']);
  expect(kinds([cell(1, 0, 0), { ...cell(2, 1, 0), code: '620103001002002' }])).toEqual(['code']);
  expect(kinds([cell(1, 0, 0), cell(2, 1, 0), { ...cell(3, 2, 0), squareMetres: 31_000 }])).toEqual(['area']);
});

const square = (x: number, y: number, size: number): Outline => [
  [
    [x, y],
    [x + size, y],
    [x + size, y + size],
    [x, y + size],
  ],
];

test('squares tile a square until one is missing, doubled or moved', () => {
  const whole = [square(0, 0, 2000)];
  const four = [square(0, 0, 1000), square(1000, 0, 1000), square(0, 1000, 1000), square(1000, 1000, 1000)];
  expect(isTiled(whole, four)).toBe(true);
  expect(isTiled(whole, four.slice(1))).toBe(false);
  expect(isTiled(whole, [...four.slice(1), square(1000, 1000, 1000)])).toBe(false);
  expect(isTiled(whole, [...four.slice(1), square(100, 0, 1000)])).toBe(false);
});
