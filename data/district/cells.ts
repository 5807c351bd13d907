import { LATTICE_METRES, sharedLength } from './divisions.ts';
import type { Division } from './divisions.ts';
import { toLocal, toLonLat, trueArea } from './projection.ts';
import type { Point } from './projection.ts';
import { centroid, clipByLine, contains, insertVertices, separateRings, signedArea } from './rings.ts';
import { VertexRegistry } from './rings.ts';
import type { Ring } from './rings.ts';

export interface Cell {
  /** Community (12 digits) and sequence (3 digits). */
  code: string;
  community: string;
  areaSquareMetres: number;
  ring: Ring;
}

interface Fragment {
  ring: Point[];
  area: number;
  row: number;
  column: number;
}

const MOST_CELLS = 999;
/** A fragment smaller than this part of a whole square joins a neighbour (3,000 m² of 10,000). */
const SLIVER_SHARE = 0.3;

/**
 * The cells of a community: lattice squares clipped to it, slivers merged, numbered row by row from the north,
 * each row from west to east, starting at 001. Squares are `squares` lattice steps wide, or as many more as it
 * takes to stay under 1,000 cells.
 */
export function makeCells(community: Division, squares: number): Cell[] {
  const size = squares * LATTICE_METRES;
  const fragments = community.rings.flatMap((ring) => cutIntoSquares(ring, size));
  const merged = mergeSlivers(fragments, size * size * SLIVER_SHARE);
  if (merged.length > MOST_CELLS) return makeCells(community, squares + 1);
  merged.sort((p, q) => q.row - p.row || p.column - q.column || centroid(p.ring)[0] - centroid(q.ring)[0]);
  return merged.map((fragment, index) => ({
    code: community.code + String(index + 1).padStart(3, '0'),
    community: community.code,
    areaSquareMetres: Math.round(trueArea(fragment.area, centroid(fragment.ring)[1])),
    ring: fragment.ring,
  }));
}

function cutIntoSquares(ring: Ring, size: number): Fragment[] {
  const registry = new VertexRegistry();
  ring.forEach((point) => registry.snap(point));
  const fragments: Fragment[] = [];
  for (const column of span(ring, 0, size)) {
    const strip = clipToBand(ring, 0, column * size, size);
    for (const row of strip.length > 2 ? span(strip, 1, size) : []) {
      const clipped = clipToBand(strip, 1, row * size, size).map((point) => registry.snap(point));
      const distinct = clipped.filter((point, index) => point !== clipped[(index || clipped.length) - 1]);
      for (const piece of separateRings([insertVertices(distinct, distinct)])) {
        fragments.push({ ring: piece, area: signedArea(piece), row, column });
      }
    }
  }
  return fragments;
}

function span(ring: Ring, axis: 0 | 1, size: number): number[] {
  let [low, high] = [Infinity, -Infinity];
  for (const point of ring) [low, high] = [Math.min(low, point[axis]), Math.max(high, point[axis])];
  const first = Math.floor(low / size);
  return Array.from({ length: Math.ceil(high / size) - first }, (_, index) => first + index);
}

function clipToBand(ring: Ring, axis: 0 | 1, low: number, size: number): Point[] {
  const meet =
    (line: number) =>
    (a: Point, b: Point, t: number): Point =>
      axis === 0 ? [line, a[1] + (b[1] - a[1]) * t] : [a[0] + (b[0] - a[0]) * t, line];
  const above = clipByLine(ring, (point) => low - point[axis], meet(low));
  return clipByLine(above, (point) => point[axis] - low - size, meet(low + size));
}

function mergeSlivers(fragments: Fragment[], least: number): Fragment[] {
  const kept = new Set(fragments);
  const lonely = new Set<Fragment>();
  for (;;) {
    let smallest: Fragment | undefined;
    for (const fragment of kept) {
      if (fragment.area < least && !lonely.has(fragment) && fragment.area < (smallest?.area ?? Infinity)) {
        smallest = fragment;
      }
    }
    if (!smallest) return [...kept];
    let best: Fragment | undefined;
    let bestLength = 0;
    for (const other of kept) {
      const near = Math.abs(other.row - smallest.row) <= 2 && Math.abs(other.column - smallest.column) <= 2;
      if (other === smallest || !near) continue;
      const length = sharedLength(smallest.ring, other.ring);
      if (length > bestLength) [best, bestLength] = [other, length];
    }
    const rings = best ? separateRings([smallest.ring, best.ring]) : [];
    if (!best || !rings[0] || rings.length !== 1) {
      lonely.add(smallest);
      continue;
    }
    kept.delete(smallest);
    kept.delete(best);
    kept.add({ ...best, ring: rings[0], area: signedArea(rings[0]) });
  }
}

/**
 * Finds the cell at a point of the local projection, by lattice square and then by polygon, with the borders as
 * they are stored (rounded to 1e-7 degrees). Within five centimetres of a border there is no answer.
 */
export function indexCells(cells: readonly Cell[]): (point: Point) => Cell | undefined {
  const stored = cells.map((cell) => ({ cell, ring: cell.ring.map(storedPoint) }));
  const squares = new Map<string, typeof stored>();
  for (const entry of stored) {
    for (const column of span(entry.ring, 0, LATTICE_METRES)) {
      for (const row of span(entry.ring, 1, LATTICE_METRES)) {
        const key = `${column},${row}`;
        squares.set(key, [...(squares.get(key) ?? []), entry]);
      }
    }
  }
  const find = ([x, y]: Point): Cell | undefined =>
    squares
      .get(`${Math.floor(x / LATTICE_METRES)},${Math.floor(y / LATTICE_METRES)}`)
      ?.find((entry) => contains(entry.ring, [x, y]))?.cell;
  return (point) => {
    const [x, y] = storedPoint(point);
    const around = (
      [
        [0.05, 0.05],
        [-0.05, 0.05],
        [0.05, -0.05],
        [-0.05, -0.05],
      ] as const
    ).map(([dx, dy]) => find([x + dx, y + dy]));
    return around.every((cell) => cell === around[0]) ? around[0] : undefined;
  };
}

function storedPoint(point: Point): Point {
  const [longitude = 0, latitude = 0] = toLonLat(point);
  return toLocal(longitude, latitude);
}
