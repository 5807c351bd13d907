import { STEPS_PER_DEGREE } from '../grid/round-position.ts';

/** A cell as it comes from the database: code, and rings of [lon, lat] degrees, the outer one first. */
export interface CellShape {
  code: string;
  rings: Float64Array[];
}

interface IndexedCell {
  code: string;
  west: number;
  south: number;
  east: number;
  north: number;
  /** x, y, x, y … in 1e-7 degree, closed. */
  rings: Float64Array[];
}

/**
 * Which cell a position lies in, for a million positions: the answer of `findCellAt`, from memory. Positions and
 * vertices are integers of 1e-7 degree, so every comparison is exact; a border belongs to both its cells and the lowest
 * code has it.
 */
export interface CellIndex {
  readonly size: number;
  /** Code, or undefined outside every cell. @param x, y integers of 1e-7 degree */
  codeAt(x: number, y: number): string | undefined;
}

/** Buckets per cell: few enough to build at once, many enough that a bucket has about two cells. */
const BUCKETS_PER_CELL = 4;

export function buildCellIndex(shapes: readonly CellShape[]): CellIndex {
  const cells = shapes.map(toIndexed).sort((a, b) => (a.code < b.code ? -1 : a.code > b.code ? 1 : 0));
  const bounds = boundsOf(cells);
  const side = Math.max(1, Math.ceil(Math.sqrt(cells.length * BUCKETS_PER_CELL)));
  const width = Math.max(1, (bounds.east - bounds.west + 1) / side);
  const height = Math.max(1, (bounds.north - bounds.south + 1) / side);
  const columnOf = (x: number) => Math.floor((x - bounds.west) / width);
  const rowOf = (y: number) => Math.floor((y - bounds.south) / height);
  const buckets: IndexedCell[][] = Array.from({ length: side * side }, () => []);
  // In the order of codes, so the first that covers a position is the lowest.
  for (const cell of cells) {
    for (let row = rowOf(cell.south); row <= rowOf(cell.north); row++) {
      for (let column = columnOf(cell.west); column <= columnOf(cell.east); column++) {
        buckets[row * side + column]?.push(cell);
      }
    }
  }
  return {
    size: cells.length,
    codeAt(x, y) {
      if (!(x >= bounds.west && x <= bounds.east && y >= bounds.south && y <= bounds.north)) return undefined;
      for (const cell of buckets[rowOf(y) * side + columnOf(x)] ?? []) {
        if (x >= cell.west && x <= cell.east && y >= cell.south && y <= cell.north && covers(cell, x, y)) {
          return cell.code;
        }
      }
      return undefined;
    },
  };
}

function toIndexed({ code, rings }: CellShape): IndexedCell {
  const integers = rings.map((ring) => ring.map((degrees) => Math.round(degrees * STEPS_PER_DEGREE)));
  const outer = integers[0] ?? new Float64Array();
  const cell = { code, west: Infinity, south: Infinity, east: -Infinity, north: -Infinity, rings: integers };
  for (let at = 0; at < outer.length; at += 2) {
    const x = outer[at] ?? 0;
    const y = outer[at + 1] ?? 0;
    if (x < cell.west) cell.west = x;
    if (x > cell.east) cell.east = x;
    if (y < cell.south) cell.south = y;
    if (y > cell.north) cell.north = y;
  }
  return cell;
}

function boundsOf(cells: readonly IndexedCell[]) {
  const bounds = { west: Infinity, south: Infinity, east: -Infinity, north: -Infinity };
  for (const { west, south, east, north } of cells) {
    if (west < bounds.west) bounds.west = west;
    if (south < bounds.south) bounds.south = south;
    if (east > bounds.east) bounds.east = east;
    if (north > bounds.north) bounds.north = north;
  }
  return bounds;
}

/** Inside the outer ring or on it, and inside no hole; the border of a hole belongs to the cell. */
function covers({ rings }: IndexedCell, x: number, y: number): boolean {
  for (let at = 0; at < rings.length; at++) {
    const place = placeIn(rings[at] ?? new Float64Array(), x, y);
    if (place === 'border') return true;
    if ((place === 'inside') !== (at === 0)) return false;
  }
  return rings.length > 0;
}

/** Crossings of a ray to the east. Cells are some kilometres at most, so the products stay below 2^53. */
function placeIn(ring: Float64Array, x: number, y: number): 'inside' | 'outside' | 'border' {
  let inside = false;
  for (let at = 0; at + 3 < ring.length; at += 2) {
    const x1 = ring[at] ?? 0;
    const y1 = ring[at + 1] ?? 0;
    const x2 = ring[at + 2] ?? 0;
    const y2 = ring[at + 3] ?? 0;
    if (y1 === y2) {
      if (y === y1 && x >= Math.min(x1, x2) && x <= Math.max(x1, x2)) return 'border';
      continue;
    }
    if (y < Math.min(y1, y2) || y > Math.max(y1, y2)) continue;
    const side = (x2 - x1) * (y - y1) - (x - x1) * (y2 - y1);
    if (side === 0) return 'border';
    // The lower end of an edge counts, the upper does not.
    if (y1 <= y !== y2 <= y && side > 0 === y2 > y1) inside = !inside;
  }
  return inside ? 'inside' : 'outside';
}
