import { MOST_CELLS, makeCellCode } from '../../codes/field-codes.ts';
import { cutIntoSquares, type Fragment, type Lattice } from './cut-into-squares.ts';
import { mergeSlivers } from './merge-slivers.ts';
import { centroidOf, metresPerUnit, squareMetresOf, type Outline } from './outline.ts';

export interface PlannedCell {
  code: string;
  outline: Outline;
  squareMetres: number;
}

/**
 * The lattice of a plan: squares of the target area at one latitude for all communities of the plan, so that cells of
 * neighbours meet edge to edge.
 */
export function latticeOf(targetSquareMetres: number, y: number): Lattice {
  const { east, north } = metresPerUnit(y);
  const side = Math.sqrt(targetSquareMetres);
  return { width: Math.max(1, Math.round(side / east)), height: Math.max(1, Math.round(side / north)) };
}

/**
 * Cells that tile a community: lattice squares cut by its border, pieces under half a square joined to a neighbour.
 *
 * Numbered west→east, north→south (SPEC section 6), read as rows: the northernmost row of squares first, each row from
 * west to east, from 001 on without holes. A cell stands in the row of the square it has the most of; two in one square
 * follow by the longitude of their centres.
 * @returns undefined when there would be more than 999
 */
export function makeCells(
  community: { code: string; area: readonly Outline[] },
  lattice: Lattice,
): PlannedCell[] | undefined {
  const merged = layOut(community.area, lattice);
  if (merged.length > MOST_CELLS) return undefined;
  return merged.map(({ outline }, index) => ({
    code: makeCellCode(community.code, index + 1),
    outline,
    squareMetres: squareMetresOf(outline),
  }));
}

function layOut(area: readonly Outline[], lattice: Lattice): Fragment[] {
  const merged = mergeSlivers(cutIntoSquares(area, lattice), lattice.width * lattice.height);
  return merged
    .map((fragment) => ({ fragment, x: centroidOf(fragment.outline)[0] }))
    .sort((p, q) => q.fragment.row - p.fragment.row || p.fragment.column - q.fragment.column || p.x - q.x)
    .map(({ fragment }) => fragment);
}

/** How many cells an area has in a lattice. */
export function countCells(area: readonly Outline[], lattice: Lattice): number {
  return layOut(area, lattice).length;
}

/** The smallest target area, in hundreds of square metres, that keeps a community within 999 cells. */
export function smallestTarget(area: readonly Outline[], y: number, from: number): number {
  let target = from;
  for (;;) {
    const cells = countCells(area, latticeOf(target, y));
    if (cells <= MOST_CELLS) return target;
    target = Math.max(target + 100, Math.ceil((target * (cells / MOST_CELLS)) / 100) * 100);
  }
}

/** The middle latitude of areas, in units. */
export function middleLatitude(areas: readonly (readonly Outline[])[]): number {
  let [low, high] = [Infinity, -Infinity];
  for (const [outer] of areas.flat()) {
    for (const [, y] of outer) [low, high] = [Math.min(low, y), Math.max(high, y)];
  }
  return Number.isFinite(low) ? (low + high) / 2 : 0;
}
