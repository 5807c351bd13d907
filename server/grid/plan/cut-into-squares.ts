import { cancelOpposites, edgesOf, tracePolygons, type Edge } from './trace-polygons.ts';
import type { Outline, Point } from './outline.ts';

/** Squares of a lattice through (0, 0), their sides in units. */
export interface Lattice {
  width: number;
  height: number;
}

/** A piece of an area in one square of the lattice. */
export interface Fragment {
  column: number;
  row: number;
  outline: Outline;
}

/**
 * Cuts an area along a lattice. Where a border of the area crosses a lattice line, the crossing is moved to the nearest
 * whole unit along that line (half a centimetre at most); it is the same number for both sides of the line, and for the
 * neighbour that has the same border, so nothing opens or overlaps.
 */
export function cutIntoSquares(area: readonly Outline[], lattice: Lattice): Fragment[] {
  const pieces = area.flatMap(edgesOf).flatMap((edge) => splitAtLines(edge, lattice));
  const squares = new Map<string, Edge[]>();
  const put = (column: number, row: number, edge: Edge) => {
    const key = `${column},${row}`;
    const known = squares.get(key);
    if (known) known.push(edge);
    else squares.set(key, [edge]);
  };
  for (const piece of pieces) {
    const [[ax, ay], [bx, by]] = piece;
    const along = (ax === bx && ax % lattice.width === 0) || (ay === by && ay % lattice.height === 0);
    if (along) continue;
    put(Math.floor((ax + bx) / 2 / lattice.width), Math.floor((ay + by) / 2 / lattice.height), piece);
  }
  addLines(pieces, 0, lattice, put);
  addLines(pieces, 1, lattice, put);
  return [...squares].flatMap(([key, edges]) => {
    const [column = 0, row = 0] = key.split(',').map(Number);
    return tracePolygons(cancelOpposites(edges)).map((outline) => ({ column, row, outline }));
  });
}

/** The edge in pieces that each lie in one square. Both directions of an edge give the same points. */
function splitAtLines(edge: Edge, { width, height }: Lattice): Edge[] {
  const [from, to] = edge;
  const forward = from[0] < to[0] || (from[0] === to[0] && from[1] < to[1]);
  const [[ax, ay], [bx, by]] = forward ? edge : [to, from];
  const cuts: { at: number; point: Point }[] = [];
  for (const x of linesBetween(ax, bx, width)) {
    const at = (x - ax) / (bx - ax);
    cuts.push({ at, point: [x, Math.round(ay + (by - ay) * at)] });
  }
  for (const y of linesBetween(ay, by, height)) {
    const at = (y - ay) / (by - ay);
    cuts.push({ at, point: [Math.round(ax + (bx - ax) * at), y] });
  }
  if (cuts.length === 0) return [edge];
  cuts.sort((p, q) => p.at - q.at);
  const points: Point[] = [[ax, ay], ...cuts.map(({ point }) => point), [bx, by]];
  if (!forward) points.reverse();
  return points.slice(1).flatMap((point, index): Edge[] => {
    const before = points[index] ?? point;
    return before[0] === point[0] && before[1] === point[1] ? [] : [[before, point]];
  });
}

/** Lattice lines strictly between two coordinates. */
function linesBetween(a: number, b: number, size: number): number[] {
  const [low, high] = a < b ? [a, b] : [b, a];
  const lines: number[] = [];
  for (let line = (Math.floor(low / size) + 1) * size; line < high; line += size) lines.push(line);
  return lines;
}

interface Crossing {
  /** Position along the line. */
  at: number;
  /** By how much the inside goes up or down here, just beyond the line and just before it. */
  beyond: number;
  before: number;
}

/**
 * The parts of lattice lines inside the area, as borders of the squares on both sides. Going along a line, the pieces
 * that leave it to one side say where the inside begins and ends on that side.
 */
function addLines(
  pieces: readonly Edge[],
  axis: 0 | 1,
  { width, height }: Lattice,
  put: (column: number, row: number, edge: Edge) => void,
): void {
  const [across, along] = axis === 0 ? [width, height] : [height, width];
  const other = axis === 0 ? 1 : 0;
  // A piece that goes to the east has the inside above it; one that goes to the north has it to the west.
  const sense = axis === 0 ? 1 : -1;
  const lines = new Map<number, Crossing[]>();
  const add = (line: number, crossing: Crossing) => {
    const known = lines.get(line);
    if (known) known.push(crossing);
    else lines.set(line, [crossing]);
  };
  for (const [from, to] of pieces) {
    for (const end of [from, to]) {
      const line = end[axis];
      if (line % across !== 0) continue;
      const far = end === from ? to[axis] : from[axis];
      const step = sense * Math.sign(to[axis] - from[axis]);
      add(line, { at: end[other], beyond: far > line ? step : 0, before: far < line ? step : 0 });
    }
  }
  for (const [line, crossings] of lines) {
    crossings.sort((p, q) => p.at - q.at);
    let [beyond, before] = [0, 0];
    crossings.forEach((crossing, index) => {
      beyond += crossing.beyond;
      before += crossing.before;
      const next = crossings[index + 1];
      if (!next || next.at === crossing.at || (beyond <= 0 && before <= 0)) return;
      const stops = [crossing.at, ...linesBetween(crossing.at, next.at, along), next.at];
      stops.slice(1).forEach((stop, n) => {
        const start = stops[n] ?? stop;
        const square = Math.floor((start + stop) / 2 / along);
        const [low, high]: [Point, Point] =
          axis === 0
            ? [
                [line, start],
                [line, stop],
              ]
            : [
                [start, line],
                [stop, line],
              ];
        const index = line / across;
        // East of a vertical line the inside is to the left of an edge that goes down; above a horizontal one, of one
        // that goes east.
        if (beyond > 0) {
          if (axis === 0) put(index, square, [high, low]);
          else put(square, index, [low, high]);
        }
        if (before > 0) {
          if (axis === 0) put(index - 1, square, [low, high]);
          else put(square, index - 1, [high, low]);
        }
      });
    });
  }
}
