import { equal, signedArea, type Outline, type Point, type Ring } from './outline.ts';

/** A directed edge with the inside to its left. */
export type Edge = readonly [from: Point, to: Point];

export function keyOf([[ax, ay], [bx, by]]: Edge): string {
  return `${ax},${ay},${bx},${by}`;
}

export function reverseKeyOf([[ax, ay], [bx, by]]: Edge): string {
  return `${bx},${by},${ax},${ay}`;
}

/** Edges without those that meet their own reverse: what two areas share is inside of both together. */
export function cancelOpposites(edges: readonly Edge[]): Edge[] {
  const open = new Map<string, Edge[]>();
  for (const edge of edges) {
    const opposite = open.get(reverseKeyOf(edge));
    if (opposite && opposite.length > 0) opposite.pop();
    else {
      const same = open.get(keyOf(edge));
      if (same) same.push(edge);
      else open.set(keyOf(edge), [edge]);
    }
  }
  return [...open.values()].flat();
}

/**
 * Polygons that a set of directed edges bounds. At a vertex where several rings meet the sharpest turn to the left is
 * taken, so areas that touch in a point come apart; a hole that touches its outer ring becomes a ring of its own.
 */
export function tracePolygons(edges: readonly Edge[]): Outline[] {
  const rings = traceLoops(edges).flatMap(splitAtRepeats);
  const outer = rings.filter((ring) => signedArea(ring) > 0);
  const holes = rings.filter((ring) => signedArea(ring) < 0);
  const polygons = outer.map((ring): [Ring, ...Ring[]] => [ring]);
  for (const hole of holes) {
    const home = polygons
      .filter(([ring]) => surrounds(ring, hole))
      .sort(([a], [b]) => signedArea(a) - signedArea(b))[0];
    home?.push(hole);
  }
  return polygons;
}

function traceLoops(edges: readonly Edge[]): Ring[] {
  const leaving = new Map<string, Edge[]>();
  for (const edge of edges) {
    const key = `${edge[0][0]},${edge[0][1]}`;
    const known = leaving.get(key);
    if (known) known.push(edge);
    else leaving.set(key, [edge]);
  }
  const used = new Set<Edge>();
  const loops: Ring[] = [];
  for (const start of edges) {
    if (used.has(start)) continue;
    const loop: Point[] = [];
    for (let edge: Edge | undefined = start; edge && !used.has(edge);) {
      used.add(edge);
      loop.push(edge[0]);
      const ways: Edge[] = (leaving.get(`${edge[1][0]},${edge[1][1]}`) ?? []).filter(
        (way) => !used.has(way) || way === start,
      );
      edge = sharpestLeft(edge, ways);
    }
    loops.push(loop);
  }
  return loops;
}

function sharpestLeft(arriving: Edge, ways: readonly Edge[]): Edge | undefined {
  if (ways.length < 2) return ways[0];
  const turn = (way: Edge): number => {
    const [dx, dy] = [arriving[1][0] - arriving[0][0], arriving[1][1] - arriving[0][1]];
    const [ex, ey] = [way[1][0] - way[0][0], way[1][1] - way[0][1]];
    return Math.atan2(dx * ey - dy * ex, dx * ex + dy * ey);
  };
  return ways.reduce((best, way) => (turn(way) > turn(best) ? way : best));
}

/** A loop that passes a vertex twice is several rings. */
function splitAtRepeats(loop: Ring): Ring[] {
  const rings: Ring[] = [];
  const path: Point[] = [];
  const at = new Map<string, number>();
  for (const point of loop) {
    const key = `${point[0]},${point[1]}`;
    const before = at.get(key);
    if (before !== undefined) {
      const ring = path.splice(before);
      for (const [x, y] of ring) at.delete(`${x},${y}`);
      if (ring.length > 2) rings.push(ring);
    }
    at.set(key, path.length);
    path.push(point);
  }
  if (path.length > 2) rings.push(path);
  return rings;
}

/** Whether a hole lies inside a ring: by a vertex of the hole that is not one of the ring, or else by its middle. */
function surrounds(ring: Ring, hole: Ring): boolean {
  const probe = hole.find((point) => !ring.some((other) => equal(point, other)));
  if (probe) return isInside(ring, probe);
  const [a, b, c] = hole;
  return a !== undefined && b !== undefined && c !== undefined
    ? isInside(ring, [(a[0] + b[0] + c[0]) / 3, (a[1] + b[1] + c[1]) / 3])
    : false;
}

export function isInside(ring: Ring, [x, y]: Point): boolean {
  let inside = false;
  let previous = ring.at(-1) ?? [0, 0];
  for (const point of ring) {
    if (point[1] > y !== previous[1] > y) {
      const crossing = ((previous[0] - point[0]) * (y - point[1])) / (previous[1] - point[1]) + point[0];
      if (x < crossing) inside = !inside;
    }
    previous = point;
  }
  return inside;
}

/** All edges of an outline, in its own direction. */
export function edgesOf(outline: Outline): Edge[] {
  return outline.flatMap((ring) =>
    ring.map((point, index): Edge => [point, ring[(index + 1) % ring.length] ?? point]),
  );
}
