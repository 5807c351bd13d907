import type { Point } from './projection.ts';
import { signedArea } from './rings.ts';
import type { Edge, Node, Road, StreetNetwork } from './streets.ts';

export interface Surface {
  kind: 'carriageway' | 'footway';
  road: Road;
  ring: Point[];
}

/** One side of an edge: walking from `from` to `to`, the left side. */
export interface Side {
  from: Node;
  to: Node;
  edge: Edge;
  /** Unit vector along the walk; the left normal is (-y, x). */
  direction: Point;
  next?: Side;
  /** Kerb and inner edge of the footway, from start to end. */
  kerb: Point[];
  inner: [Point, Point];
}

/** A block: the sides around it, counter-clockwise. */
export interface Block {
  sides: Side[];
}

export interface Streetscape {
  surfaces: Surface[];
  sides: Side[];
  blocks: Block[];
}

const CORNER_METRES = { main: 6, secondary: 5, lane: 3.5 };

/**
 * Carriageways and footways from the widths of the roads, without overlap or gap by construction: each side of
 * each edge gets its strip of footway between two corners, each edge the carriageway between its two kerbs;
 * a crossing is shared out among its edges along the lines from its centre to the corners.
 */
export function makeStreetscape(network: StreetNetwork): Streetscape {
  const sides = linkSides(network.edges);
  for (const side of sides) cutCorner(side);
  const back = new Map(sides.map((side) => [`${side.from.id} ${side.to.id}`, side]));
  const surfaces: Surface[] = [];
  for (const edge of network.edges) {
    const left = back.get(`${edge.from.id} ${edge.to.id}`);
    const right = back.get(`${edge.to.id} ${edge.from.id}`);
    if (!left || !right) throw new Error('an edge without sides');
    const ring = [edge.from.at, ...right.kerb.toReversed(), edge.to.at, ...left.kerb.toReversed()];
    surfaces.push({ kind: 'carriageway', road: edge.road, ring: counterClockwise(ring) });
  }
  for (const side of sides) {
    surfaces.push({
      kind: 'footway',
      road: side.edge.road,
      ring: counterClockwise([...side.kerb, side.inner[1], side.inner[0]]),
    });
  }
  return { surfaces, sides, blocks: findBlocks(sides) };
}

function linkSides(edges: readonly Edge[]): Side[] {
  const sides: Side[] = [];
  const leaving = new Map<Node, Side[]>();
  for (const edge of edges) {
    for (const [from, to] of [
      [edge.from, edge.to],
      [edge.to, edge.from],
    ] as const) {
      const [dx, dy] = [to.at[0] - from.at[0], to.at[1] - from.at[1]];
      const length = Math.sqrt(dx * dx + dy * dy);
      const side: Side = {
        from,
        to,
        edge,
        direction: [dx / length, dy / length],
        kerb: [],
        inner: [from.at, to.at],
      };
      sides.push(side);
      leaving.set(from, [...(leaving.get(from) ?? []), side]);
    }
  }
  for (const fan of leaving.values()) fan.sort((p, q) => turn(p.direction) - turn(q.direction));
  for (const side of sides) {
    const fan = leaving.get(side.to) ?? [];
    const reverse = fan.findIndex((other) => other.to === side.from);
    const next = fan[(reverse + fan.length - 1) % fan.length];
    if (!next) throw new Error('a side that leads nowhere');
    side.next = next;
  }
  return sides;
}

/** Grows with the direction's angle from 0 to 4. */
function turn([x, y]: Point): number {
  const share = y / (Math.abs(x) + Math.abs(y));
  return x < 0 ? 2 - share : share < 0 ? 4 + share : share;
}

function cutCorner(side: Side): void {
  const { next } = side;
  if (!next) throw new Error('sides are not linked');
  const width = (one: Side): number => one.edge.road.carriagewayMetres / 2;
  const far = (one: Side): number => width(one) + one.edge.road.footwayMetres;
  const corner = meet(side, width(side), next, width(next));
  const cross = side.direction[0] * next.direction[1] - side.direction[1] * next.direction[0];
  side.inner[1] = next.inner[0] = meet(side, far(side), next, far(next));
  if (Math.abs(cross) < 0.3) {
    side.kerb.push(corner);
    next.kerb.unshift(corner);
    return;
  }
  const reach = Math.min(CORNER_METRES[side.edge.road.class], CORNER_METRES[next.edge.road.class]);
  const start: Point = [corner[0] - side.direction[0] * reach, corner[1] - side.direction[1] * reach];
  const end: Point = [corner[0] + next.direction[0] * reach, corner[1] + next.direction[1] * reach];
  const curve = (t: number): Point => [
    start[0] * (1 - t) * (1 - t) + 2 * corner[0] * t * (1 - t) + end[0] * t * t,
    start[1] * (1 - t) * (1 - t) + 2 * corner[1] * t * (1 - t) + end[1] * t * t,
  ];
  const middle = curve(0.5);
  side.kerb.push(start, curve(0.25), middle);
  next.kerb.unshift(middle, curve(0.75), end);
}

/** Where the lines to the left of two consecutive sides meet; beside the node when they run straight on. */
function meet(one: Side, offset: number, other: Side, otherOffset: number): Point {
  const [ux, uy] = one.direction;
  const [vx, vy] = other.direction;
  const node = one.to.at;
  const cross = ux * vy - uy * vx;
  if (Math.abs(cross) < 0.02) {
    const mean = (offset + otherOffset) / 2;
    return [node[0] - uy * mean, node[1] + ux * mean];
  }
  const [px, py] = [node[0] - uy * offset, node[1] + ux * offset];
  const [qx, qy] = [node[0] - vy * otherOffset, node[1] + vx * otherOffset];
  const t = ((qx - px) * vy - (qy - py) * vx) / cross;
  return [px + ux * t, py + uy * t];
}

function findBlocks(sides: readonly Side[]): Block[] {
  const seen = new Set<Side>();
  const blocks: Block[] = [];
  for (const start of sides) {
    const around: Side[] = [];
    for (let side: Side | undefined = start; side && !seen.has(side); side = side.next) {
      seen.add(side);
      around.push(side);
    }
    if (around.length > 2 && signedArea(around.map((side) => side.from.at)) > 0)
      blocks.push({ sides: around });
  }
  return blocks;
}

function counterClockwise(ring: Point[]): Point[] {
  return signedArea(ring) > 0 ? ring : ring.toReversed();
}
