import type { Polygon } from '#contract/shared';

const EARTH_RADIUS_METRES = 6_371_008.8;

/** Square metres of a polygon the size of a cell, holes taken out, on a plane that touches it; to a part in 200. */
export function areaOf({ coordinates }: Polygon): number {
  const [outer, ...holes] = coordinates.map(ringArea);
  return Math.max(0, (outer ?? 0) - holes.reduce((sum, hole) => sum + hole, 0));
}

function ringArea(ring: readonly (readonly number[])[]): number {
  const [, lat0 = 0] = ring[0] ?? [];
  const metresPerDegree = (EARTH_RADIUS_METRES * Math.PI) / 180;
  const shrink = Math.cos((lat0 * Math.PI) / 180);
  let doubled = 0;
  for (let index = 0; index < ring.length - 1; index += 1) {
    const [x1 = 0, y1 = 0] = ring[index] ?? [];
    const [x2 = 0, y2 = 0] = ring[index + 1] ?? [];
    const [ax, ay] = [x1 - (ring[0]?.[0] ?? 0), y1 - lat0];
    const [bx, by] = [x2 - (ring[0]?.[0] ?? 0), y2 - lat0];
    doubled += ax * by - bx * ay;
  }
  return (Math.abs(doubled) / 2) * metresPerDegree ** 2 * shrink;
}
