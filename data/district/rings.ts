import type { Point } from './projection.ts';

/** A closed ring without its repeated last point, counter-clockwise when it bounds an area from outside. */
export type Ring = readonly Point[];

const SNAP_METRES = 0.003;

/** Gives equal coordinates to vertices that are equal but for floating-point noise. */
export class VertexRegistry {
  readonly #buckets = new Map<string, Point[]>();

  snap(point: Point): Point {
    const column = Math.floor(point[0]);
    const row = Math.floor(point[1]);
    for (let i = column - 1; i <= column + 1; i++) {
      for (let j = row - 1; j <= row + 1; j++) {
        for (const known of this.#buckets.get(`${i},${j}`) ?? []) {
          if (Math.abs(known[0] - point[0]) < SNAP_METRES && Math.abs(known[1] - point[1]) < SNAP_METRES) {
            return known;
          }
        }
      }
    }
    const key = `${column},${row}`;
    const bucket = this.#buckets.get(key);
    if (bucket) bucket.push(point);
    else this.#buckets.set(key, [point]);
    return point;
  }
}

export function signedArea(ring: Ring): number {
  let sum = 0;
  let previous = ring[ring.length - 1];
  for (const point of ring) {
    if (previous) sum += previous[0] * point[1] - point[0] * previous[1];
    previous = point;
  }
  return sum / 2;
}

export function centroid(ring: Ring): Point {
  let [x, y, sum] = [0, 0, 0];
  const origin = ring[0] ?? [0, 0];
  let previous = ring[ring.length - 1] ?? origin;
  for (const point of ring) {
    const [ax, ay] = [previous[0] - origin[0], previous[1] - origin[1]];
    const [bx, by] = [point[0] - origin[0], point[1] - origin[1]];
    const cross = ax * by - bx * ay;
    x += (ax + bx) * cross;
    y += (ay + by) * cross;
    sum += cross;
    previous = point;
  }
  return sum === 0 ? origin : [origin[0] + x / (3 * sum), origin[1] + y / (3 * sum)];
}

export function contains(ring: Ring, [x, y]: Point): boolean {
  let inside = false;
  let previous = ring[ring.length - 1];
  for (const point of ring) {
    if (previous && point[1] > y !== previous[1] > y) {
      const crossing = ((previous[0] - point[0]) * (y - point[1])) / (previous[1] - point[1]) + point[0];
      if (x < crossing) inside = !inside;
    }
    previous = point;
  }
  return inside;
}

export function distanceToRing(ring: Ring, [x, y]: Point): number {
  let best = Infinity;
  let a = ring[ring.length - 1];
  for (const b of ring) {
    if (a) {
      const [dx, dy] = [b[0] - a[0], b[1] - a[1]];
      const length = dx * dx + dy * dy;
      const t = length === 0 ? 0 : Math.min(1, Math.max(0, ((x - a[0]) * dx + (y - a[1]) * dy) / length));
      const [ex, ey] = [a[0] + t * dx - x, a[1] + t * dy - y];
      best = Math.min(best, ex * ex + ey * ey);
    }
    a = b;
  }
  return Math.sqrt(best);
}

/**
 * The part of a ring on the side of a line where `side` is not positive (Sutherland–Hodgman). `side` is the
 * signed distance in metres; vertices within the snapping distance count as on the line and are kept as they
 * are. Parts that are in truth separate stay joined by edges that run along the line and back: see
 * {@link separateRings}.
 */
export function clipByLine(
  ring: Ring,
  side: (point: Point) => number,
  cross: (a: Point, b: Point, t: number) => Point = interpolate,
): Point[] {
  const kept: Point[] = [];
  let a = ring[ring.length - 1];
  if (!a) return kept;
  let sideA = side(a);
  for (const b of ring) {
    const sideB = side(b);
    const [outA, outB] = [sideA > SNAP_METRES, sideB > SNAP_METRES];
    if (outA !== outB && Math.abs(outA ? sideB : sideA) > SNAP_METRES) {
      kept.push(cross(a, b, sideA / (sideA - sideB)));
    }
    if (!outB) kept.push(b);
    a = b;
    sideA = sideB;
  }
  return kept;
}

export function interpolate(a: Point, b: Point, t: number): Point {
  return [a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t];
}

const keyOf = (point: Point): string => `${point[0]},${point[1]}`;

/**
 * The simple rings that remain when edges running in opposite directions over each other cancel out. Given
 * the rings of neighbours it is their union; given one clipped ring, its separate pieces. Shared edges must
 * have the same vertices on both sides.
 */
export function separateRings(rings: readonly Ring[]): Point[][] {
  const outgoing = new Map<string, Map<string, Point>>();
  const points = new Map<string, Point>();
  for (const ring of rings) {
    let a = ring[ring.length - 1];
    for (const b of ring) {
      if (a) {
        const [from, to] = [keyOf(a), keyOf(b)];
        if (from !== to) {
          points.set(from, a);
          points.set(to, b);
          const back = outgoing.get(to);
          if (back?.has(from)) back.delete(from);
          else outgoing.set(from, (outgoing.get(from) ?? new Map<string, Point>()).set(to, b));
        }
      }
      a = b;
    }
  }
  const result: Point[][] = [];
  for (const [start, targets] of outgoing) {
    while (targets.size > 0) {
      const ring: Point[] = [];
      let at = start;
      let previous: Point | undefined;
      do {
        const here: Point | undefined = points.get(at);
        const choices: Map<string, Point> | undefined = outgoing.get(at);
        if (!here || !choices || choices.size === 0) throw new Error('open ring');
        ring.push(here);
        const next: string = leftmost(previous, here, choices);
        choices.delete(next);
        previous = here;
        at = next;
      } while (at !== start);
      if (ring.length > 2) result.push(ring);
    }
  }
  return result;
}

/** Where a ring touches itself, turn as far left as possible so that it falls into simple rings. */
function leftmost(previous: Point | undefined, here: Point, choices: ReadonlyMap<string, Point>): string {
  let best: string | undefined;
  let bestTurn = -Infinity;
  for (const [key, point] of choices) {
    if (best === undefined && choices.size === 1) return key;
    const turn = previous ? turnOf(previous, here, point) : 0;
    if (turn > bestTurn) [best, bestTurn] = [key, turn];
  }
  if (best === undefined) throw new Error('no way on');
  return best;
}

/** Grows with the left turn at b on the way a → b → c, from −2 (back to the right) to 2. */
function turnOf(a: Point, b: Point, c: Point): number {
  const [ux, uy, vx, vy] = [b[0] - a[0], b[1] - a[1], c[0] - b[0], c[1] - b[1]];
  const length = Math.sqrt((ux * ux + uy * uy) * (vx * vx + vy * vy));
  const [cross, dot] = [(ux * vy - uy * vx) / length, (ux * vx + uy * vy) / length];
  return cross >= 0 ? 1 - dot : dot - 1;
}

/** The ring with every candidate vertex that lies on one of its edges inserted into that edge. */
export function insertVertices(ring: Ring, candidates: readonly Point[]): Point[] {
  const result: Point[] = [];
  let a = ring[ring.length - 1];
  for (const b of ring) {
    if (a) {
      const [dx, dy] = [b[0] - a[0], b[1] - a[1]];
      const length = Math.sqrt(dx * dx + dy * dy);
      const on: { t: number; point: Point }[] = [];
      for (const point of candidates) {
        const [px, py] = [point[0] - a[0], point[1] - a[1]];
        const along = (px * dx + py * dy) / length;
        if (along <= SNAP_METRES || along >= length - SNAP_METRES) continue;
        if (Math.abs(px * dy - py * dx) / length < SNAP_METRES) on.push({ t: along, point });
      }
      on.sort((p, q) => p.t - q.t);
      let last: Point = a;
      for (const { point } of on) {
        if (point !== last && point !== b) result.push(point);
        last = point;
      }
      if (b !== a) result.push(b);
    }
    a = b;
  }
  return result;
}
