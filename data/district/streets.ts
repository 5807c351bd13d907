import type { Point } from './projection.ts';
import { randomFor } from './random.ts';
import { contains, distanceToRing } from './rings.ts';
import type { Ring } from './rings.ts';
import { nameRoads } from './name-roads.ts';
import { MARGIN_METRES, splitLine } from './street-chains.ts';
import type { GridLine } from './street-chains.ts';
import { MAIN_COLUMNS, MAIN_ROWS } from './street-names.ts';

export type StreetClass = 'main' | 'secondary' | 'lane';

export interface Road {
  code: string;
  nameZh: string;
  nameEn: string;
  class: StreetClass;
  carriagewayMetres: number;
  /** Width of the footway on each side. */
  footwayMetres: number;
  nodes: Node[];
}

export interface Node {
  id: number;
  at: Point;
}

/** A straight piece of road between two nodes. */
export interface Edge {
  from: Node;
  to: Node;
  road: Road;
}

export interface StreetNetwork {
  nodes: Node[];
  roads: Road[];
  edges: Edge[];
}

/** Hills without streets but for the main ones across them: centre and half axes, metres. */
const HILLS: readonly { centre: Point; half: Point }[] = [
  { centre: [-4600, -250], half: [2300, 1000] },
  { centre: [-900, 500], half: [700, 420] },
  { centre: [2500, -650], half: [900, 520] },
  { centre: [4300, -700], half: [600, 620] },
];
const COLUMNS = 46;
const ROWS = 17;

/**
 * An invented network over the built-up valley: a warped grid of rows that follow the river and columns across
 * it. Rows bend south-east in the east as the river does. A line of the grid is main, secondary or lane along
 * its whole length; some pieces of lane are left out, so that blocks differ.
 */
export function makeStreets(outline: Ring): StreetNetwork {
  const random = randomFor('streets');
  const classOfRow = classify(ROWS, [1, 5, 9, 13], [3, 7, 11, 15]);
  const classOfColumn = classify(COLUMNS, [3, 10, 15, 20, 26, 31, 35, 40], [6, 12, 17, 23, 28, 33, 38, 43]);
  const easts = cumulate(COLUMNS, -6350, () => random.between(218, 262));
  const depths = cumulate(ROWS, 0, () => random.between(220, 262));
  const grid = new Map<string, Node>();
  const nodes: Node[] = [];
  depths.forEach((depth, row) => {
    easts.forEach((east, column) => {
      const lane = classOfRow[row] === 'lane' && classOfColumn[column] === 'lane';
      const jitter = lane ? 14 : 5;
      const warped = warp(east, depth);
      const at: Point = [
        warped[0] + random.between(-jitter, jitter),
        warped[1] + random.between(-jitter, jitter),
      ];
      const onMain = classOfRow[row] === 'main' || classOfColumn[column] === 'main';
      if (!onMain && isHill(at)) return;
      if (!contains(outline, at) || distanceToRing(outline, at) < MARGIN_METRES) return;
      const node = { id: nodes.length, at };
      nodes.push(node);
      grid.set(`${column},${row}`, node);
    });
  });
  const lines: GridLine[] = [];
  const line = (
    kind: StreetClass,
    name: string | undefined,
    at: (index: number) => string,
    count: number,
  ): void => {
    lines.push({
      class: kind,
      main: name,
      nodes: Array.from({ length: count }, (_, index) => grid.get(at(index))),
    });
  };
  let main = 0;
  classOfRow.forEach((kind, row) => {
    line(kind, kind === 'main' ? MAIN_ROWS[main++] : undefined, (index) => `${index},${row}`, COLUMNS);
  });
  main = 0;
  classOfColumn.forEach((kind, column) => {
    line(kind, kind === 'main' ? MAIN_COLUMNS[main++] : undefined, (index) => `${column},${index}`, ROWS);
  });
  return nameRoads(
    nodes,
    lines.flatMap((entry) => splitLine(entry, outline, random)),
  );
}

function isHill([x, y]: Point): boolean {
  return HILLS.some(({ centre, half }) => {
    const [dx, dy] = [(x - centre[0]) / half[0], (y - centre[1]) / half[1]];
    return dx * dx + dy * dy < 1;
  });
}

function classify(count: number, mains: readonly number[], secondaries: readonly number[]): StreetClass[] {
  return Array.from({ length: count }, (_, index) =>
    mains.includes(index) ? 'main' : secondaries.includes(index) ? 'secondary' : 'lane',
  );
}

function cumulate(count: number, start: number, step: () => number): number[] {
  let at = start;
  return Array.from({ length: count }, () => (at += step()));
}

/** Grid coordinates (metres along the valley, metres south of the river road) to the local projection. */
function warp(along: number, depth: number): Point {
  const bend = along > 900 ? -0.6 * (along - 900) * smooth((along - 900) / 900) : 0;
  const wave = 55 * Math.sin(along / 830) + 30 * Math.sin(along / 370 + depth / 900);
  const west = along < -1500 ? 260 * smooth((-1500 - along) / 1600) : 0;
  const south = 2790 - depth + bend * (1 - depth / 7600) + wave + west;
  return [along + 0.06 * depth + 22 * Math.sin(depth / 510), south];
}

function smooth(t: number): number {
  const s = Math.min(1, Math.max(0, t));
  return s * s * (3 - 2 * s);
}
