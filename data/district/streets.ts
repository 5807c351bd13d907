import type { Point } from './projection.ts';
import { randomFor } from './random.ts';
import type { Random } from './random.ts';
import { contains, distanceToRing } from './rings.ts';
import type { Ring } from './rings.ts';
import { MAIN_COLUMNS, MAIN_ROWS, SECONDARY_NAMES, composeName, englishStreetName } from './street-names.ts';

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

const WIDTHS: Record<StreetClass, { carriageway: number; footway: number }> = {
  main: { carriageway: 26, footway: 6 },
  secondary: { carriageway: 14, footway: 4 },
  lane: { carriageway: 7, footway: 2 },
};
/** Streets keep this far from the district's outline. */
const MARGIN_METRES = 70;
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
  const lines: Line[] = [];
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

interface Chain {
  class: StreetClass;
  main: string | undefined;
  nodes: Node[];
}

interface Line {
  class: StreetClass;
  main: string | undefined;
  nodes: (Node | undefined)[];
}

function splitLine(line: Line, outline: Ring, random: Random): Chain[] {
  const chains: Chain[] = [];
  let current: Node[] = [];
  const finish = (): void => {
    if (current.length > 1) chains.push({ class: line.class, main: line.main, nodes: current });
    current = [];
  };
  for (const node of line.nodes) {
    const last = current[current.length - 1];
    const missing = line.class === 'lane' && random.chance(0.13);
    if (last && (!node || missing || crosses(outline, last.at, node.at))) finish();
    if (node) current.push(node);
    if (line.class === 'lane' && current.length > 6 && node) {
      finish();
      current.push(node);
    }
  }
  finish();
  return chains;
}

function crosses(outline: Ring, a: Point, b: Point): boolean {
  return [0.25, 0.5, 0.75].some((t) => {
    const point: Point = [a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t];
    return !contains(outline, point) || distanceToRing(outline, point) < MARGIN_METRES / 2;
  });
}

/** Drops dead ends, which the sample does without, and gives every road its code, name and widths. */
function nameRoads(nodes: readonly Node[], chains: Chain[]): StreetNetwork {
  trimDeadEnds(chains);
  const rank: Record<StreetClass, number> = { main: 0, secondary: 1, lane: 2 };
  const ordered = chains
    .filter((chain) => chain.nodes.length > 1)
    .sort((p, q) => rank[p.class] - rank[q.class]);
  const counts: Record<StreetClass, number> = { main: 0, secondary: 0, lane: 0 };
  const repeats = new Map<string, number>();
  const roads = ordered.map((chain, index): Road => {
    const n = counts[chain.class]++;
    const fallback = chain.class === 'lane' ? composeName(n, '巷') : composeName(n, '街');
    const base = chain.main ?? (chain.class === 'secondary' ? (SECONDARY_NAMES[n] ?? fallback) : fallback);
    const seen = (repeats.get(base) ?? 0) + 1;
    repeats.set(base, seen);
    const nameZh = seen === 1 ? base : `${base}${'一二三四五六七八九'.charAt(seen - 1)}段`;
    const widths = WIDTHS[chain.class];
    return {
      code: `R${String(index + 1).padStart(4, '0')}`,
      nameZh,
      nameEn: englishStreetName(base) + (seen === 1 ? '' : ` Section ${seen}`),
      class: chain.class,
      carriagewayMetres: widths.carriageway,
      footwayMetres: widths.footway,
      nodes: chain.nodes,
    };
  });
  const edges = roads.flatMap((road) =>
    road.nodes.slice(1).flatMap((to, index) => {
      const from = road.nodes[index];
      return from ? [{ from, to, road }] : [];
    }),
  );
  const used = new Set(edges.flatMap((edge) => [edge.from, edge.to]));
  return { nodes: nodes.filter((node) => used.has(node)), roads, edges };
}

function trimDeadEnds(chains: Chain[]): void {
  for (let trimmed = true; trimmed;) {
    trimmed = false;
    const degree = new Map<Node, number>();
    for (const { nodes } of chains) {
      nodes.forEach((node, index) => {
        const ends = nodes.length < 2 ? 0 : index === 0 || index === nodes.length - 1 ? 1 : 2;
        degree.set(node, (degree.get(node) ?? 0) + ends);
      });
    }
    for (const chain of chains) {
      for (const end of [0, -1]) {
        const node = chain.nodes.at(end);
        if (chain.nodes.length > 1 && node && (degree.get(node) ?? 0) < 2) {
          chain.nodes.splice(end, 1);
          trimmed = true;
          break;
        }
      }
    }
  }
}
