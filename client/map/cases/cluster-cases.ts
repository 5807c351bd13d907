import type { LonLat, Light } from '#contract/shared';
import { fromMercator, mercatorWidthMetres, toMercator } from '../earth.ts';

export interface PlacedCase {
  id: string;
  position: LonLat;
  light: Light;
}

/** Cases that are drawn as one mark. `position` is their mean. */
export interface CaseCluster {
  key: string;
  ids: string[];
  position: LonLat;
  /** The worst among them. */
  light: Light;
}

const severity: Record<Light, number> = { red: 3, yellow: 2, green: 1, none: 0 };

export function worseLight(a: Light, b: Light): Light {
  return severity[a] >= severity[b] ? a : b;
}

/**
 * Cases within `radiusMetres` of each other become one mark: taken in the order of their ids, each one that is still
 * free gathers the free ones around it. So marks do not jump while the camera moves, and hardly overlap. A radius
 * below a millimetre parts everything.
 */
export function clusterCases(cases: readonly PlacedCase[], radiusMetres: number): CaseCluster[] {
  const first = cases[0];
  if (!first) return [];
  if (radiusMetres < 0.001)
    return cases.map(({ id, position, light }) => ({ key: id, ids: [id], position, light }));
  const radius = radiusMetres / mercatorWidthMetres(first.position.lat);
  const points = cases
    .map((one) => {
      const [x, y] = toMercator(one.position.lon, one.position.lat);
      return { one, x, y, column: Math.floor(x / radius), row: Math.floor(y / radius), free: true };
    })
    .sort((a, b) => (a.one.id < b.one.id ? -1 : 1));
  type Point = (typeof points)[number];
  const squares = new Map<string, Point[]>();
  for (const point of points) {
    const key = `${point.column}:${point.row}`;
    const square = squares.get(key);
    if (square) square.push(point);
    else squares.set(key, [point]);
  }
  const around = ({ x, y, column, row }: Point) => {
    const near: Point[] = [];
    for (let dy = -1; dy <= 1; dy += 1)
      for (let dx = -1; dx <= 1; dx += 1)
        for (const other of squares.get(`${column + dx}:${row + dy}`) ?? [])
          if (other.free && Math.hypot(other.x - x, other.y - y) <= radius) near.push(other);
    return near;
  };
  const clusters: CaseCluster[] = [];
  for (const seed of points) {
    if (!seed.free) continue;
    const members = around(seed);
    for (const member of members) member.free = false;
    clusters.push({
      key: seed.one.id,
      ids: members.map(({ one }) => one.id),
      position: fromMercator(mean(members.map(({ x }) => x)), mean(members.map(({ y }) => y))),
      light: members.map(({ one }) => one.light).reduce(worseLight),
    });
  }
  return clusters;
}

function mean(values: number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
