import type { Point } from './projection.ts';
import type { Random } from './random.ts';
import { contains, distanceToRing } from './rings.ts';
import type { Ring } from './rings.ts';
import type { Node, StreetClass } from './streets.ts';

/** Streets keep this far from the district's outline. */
export const MARGIN_METRES = 70;

export interface Chain {
  class: StreetClass;
  main: string | undefined;
  nodes: Node[];
}

/** A line of the grid: its class, its name if it is a main street, its nodes where it has them. */
export interface GridLine {
  class: StreetClass;
  main: string | undefined;
  nodes: (Node | undefined)[];
}

/** The stretches of a line without a gap. */
export function splitLine(line: GridLine, outline: Ring, random: Random): Chain[] {
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
