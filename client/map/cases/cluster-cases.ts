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
 * Cases that share a square of `squareMetres` become one mark. The squares lie fast on the ground, so marks do not
 * jump while the camera moves; a square of 0 parts everything.
 */
export function clusterCases(cases: readonly PlacedCase[], squareMetres: number): CaseCluster[] {
  const first = cases[0];
  if (!first) return [];
  if (squareMetres <= 0)
    return cases.map(({ id, position, light }) => ({ key: id, ids: [id], position, light }));
  const side = squareMetres / mercatorWidthMetres(first.position.lat);
  const squares = new Map<string, { ids: string[]; x: number; y: number; light: Light }>();
  for (const { id, position, light } of cases) {
    const [x, y] = toMercator(position.lon, position.lat);
    const key = `${Math.floor(x / side)}:${Math.floor(y / side)}`;
    const square = squares.get(key);
    if (square) {
      square.ids.push(id);
      square.x += x;
      square.y += y;
      square.light = worseLight(square.light, light);
    } else squares.set(key, { ids: [id], x, y, light });
  }
  return [...squares].map(([key, { ids, x, y, light }]) => ({
    key: ids.length === 1 ? (ids[0] ?? key) : key,
    ids,
    position: fromMercator(x / ids.length, y / ids.length),
    light,
  }));
}
