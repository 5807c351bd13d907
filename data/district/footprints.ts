import type { Point } from './projection.ts';
import type { Ring } from './rings.ts';

/** A rectangle: centre, unit vector of its length, half length and half depth. */
export interface Footprint {
  centre: Point;
  axis: Point;
  half: Point;
}

/** Least and greatest coordinate of a ring along an axis. */
export function spanOf(ring: Ring, axis: Point): [number, number] {
  let [low, high] = [Infinity, -Infinity];
  for (const [x, y] of ring) {
    const s = x * axis[0] + y * axis[1];
    [low, high] = [Math.min(low, s), Math.max(high, s)];
  }
  return [low, high];
}

/** Corners, counter-clockwise, of a footprint grown on all sides. */
export function cornersOf({ centre, axis, half }: Footprint, grow: number): Point[] {
  const [a, b] = [half[0] + grow, half[1] + grow];
  const corner = (s: number, t: number): Point => [
    centre[0] + axis[0] * s - axis[1] * t,
    centre[1] + axis[1] * s + axis[0] * t,
  ];
  return [corner(-a, -b), corner(a, -b), corner(a, b), corner(-a, b)];
}

/** Separating axes: two rectangles, each grown by `grow`, have a point in common. */
export function overlap(one: Footprint, other: Footprint, grow: number): boolean {
  const [p, q] = [cornersOf(one, grow), cornersOf(other, grow)];
  const axes: Point[] = [one.axis, other.axis].flatMap((axis): Point[] => [axis, [-axis[1], axis[0]]]);
  return axes.every((axis) => {
    const [a, b] = [spanOf(p, axis), spanOf(q, axis)];
    return a[0] < b[1] && b[0] < a[1];
  });
}

/** Edges of the two rings cross. */
export function crossesRing(one: Ring, other: Ring): boolean {
  return one.some((a, i) => {
    const b = one[(i + 1) % one.length] ?? a;
    return other.some((c, j) => segmentsCross(a, b, c, other[(j + 1) % other.length] ?? c));
  });
}

function segmentsCross(a: Point, b: Point, c: Point, d: Point): boolean {
  const side = (p: Point, q: Point, r: Point): number =>
    (q[0] - p[0]) * (r[1] - p[1]) - (q[1] - p[1]) * (r[0] - p[0]);
  return side(a, b, c) * side(a, b, d) < 0 && side(c, d, a) * side(c, d, b) < 0;
}
