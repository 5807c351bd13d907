import type { LonLat } from '#contract/shared';
import { toMercator } from '../earth.ts';
import type { FoundBuilding } from './messages.ts';
import { tilePointToLonLat, type TileAddress } from './tile-grid.ts';
import type { TileShape, VectorTiles } from './vector-tiles.ts';

/** Houses are read whole enough from this level on. */
export const BUILDING_ZOOM = 15;
/** A line of sight is followed over so many tiles at most. */
const MOST_TILES = 6;

/**
 * The first house that a line of sight meets, by the rule of prisms on flat ground: between the height of its roof
 * and the ground the sight runs over a stretch of the plan; it meets the house where that stretch meets its outline.
 */
export async function findBuildingAt(
  tiles: VectorTiles,
  { from, heightMetres, to }: { from: LonLat; heightMetres: number; to: LonLat },
): Promise<FoundBuilding | null> {
  const [start, end] = [worldPoint(from), worldPoint(to)];
  let best: { entry: number; tile: TileAddress; shape: TileShape; extent: number } | null = null;
  for (const tile of tilesAlong(start, end)) {
    const { extent, shapes } = await tiles.read('buildings', tile);
    const inTile = ([x, y]: readonly [number, number]) =>
      [(x - tile.x) * extent, (y - tile.y) * extent] as const;
    const [a, b] = [inTile(start), inTile(end)];
    for (const shape of shapes) {
      const height = Number(shape.properties['h'] ?? 0);
      const share = heightMetres > 0 ? Math.max(0, 1 - height / heightMetres) : 0;
      const roof = [a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share] as const;
      const met = meetOutline(shape, roof, b);
      if (met === null) continue;
      const entry = share + (1 - share) * met;
      if (!best || entry < best.entry) best = { entry, tile, shape, extent };
    }
  }
  return best && describe(best.tile, best.shape, best.extent);
}

function worldPoint({ lon, lat }: LonLat): readonly [number, number] {
  const [x, y] = toMercator(lon, lat);
  return [x * 2 ** BUILDING_ZOOM, y * 2 ** BUILDING_ZOOM];
}

/** From the end on the ground towards the eye. */
function tilesAlong(start: readonly [number, number], end: readonly [number, number]): TileAddress[] {
  const steps = Math.ceil(Math.max(Math.abs(start[0] - end[0]), Math.abs(start[1] - end[1])) * 2) + 1;
  const found = new Map<string, TileAddress>();
  for (let step = 0; step <= steps; step += 1) {
    const share = step / steps;
    const x = Math.floor(end[0] + (start[0] - end[0]) * share);
    const y = Math.floor(end[1] + (start[1] - end[1]) * share);
    found.set(`${x}/${y}`, { z: BUILDING_ZOOM, x, y });
    if (found.size >= MOST_TILES) break;
  }
  return [...found.values()];
}

/** The share of the way from `a` to `b` at which it first is inside; null when it never is. */
export function meetOutline(
  { paths, minX, minY, maxX, maxY }: Pick<TileShape, 'paths' | 'minX' | 'minY' | 'maxX' | 'maxY'>,
  [ax, ay]: readonly [number, number],
  [bx, by]: readonly [number, number],
): number | null {
  if (
    Math.max(ax, bx) < minX ||
    Math.min(ax, bx) > maxX ||
    Math.max(ay, by) < minY ||
    Math.min(ay, by) > maxY
  )
    return null;
  let inside = false;
  let first = Infinity;
  for (const path of paths)
    for (let at = 0; at + 3 < path.length; at += 2) {
      const [px, py, qx, qy] = [path[at] ?? 0, path[at + 1] ?? 0, path[at + 2] ?? 0, path[at + 3] ?? 0];
      if (py > ay !== qy > ay && ax < ((qx - px) * (ay - py)) / (qy - py) + px) inside = !inside;
      const cross = (bx - ax) * (qy - py) - (by - ay) * (qx - px);
      if (cross === 0) continue;
      const along = ((px - ax) * (qy - py) - (py - ay) * (qx - px)) / cross;
      const across = ((px - ax) * (by - ay) - (py - ay) * (bx - ax)) / cross;
      if (along >= 0 && along <= 1 && across >= 0 && across <= 1) first = Math.min(first, along);
    }
  return inside ? 0 : first === Infinity ? null : first;
}

function describe(tile: TileAddress, shape: TileShape, extent: number): FoundBuilding {
  const coordinates = shape.paths.map((path) => {
    const ring: number[][] = [];
    for (let at = 0; at < path.length; at += 2) {
      const { lon, lat } = tilePointToLonLat(tile, path[at] ?? 0, path[at + 1] ?? 0, extent);
      ring.push([lon, lat]);
    }
    return ring;
  });
  const middle = tilePointToLonLat(
    tile,
    (shape.minX + shape.maxX) / 2,
    (shape.minY + shape.maxY) / 2,
    extent,
  );
  return {
    code: String(shape.properties['code'] ?? ''),
    heightMetres: Number(shape.properties['h'] ?? 0),
    kind: String(shape.properties['kind'] ?? ''),
    outline: { type: 'Polygon', coordinates },
    position: middle,
  };
}
