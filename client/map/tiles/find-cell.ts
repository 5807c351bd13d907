import type { LonLat } from '#contract/shared';
import { toMercator } from '../earth.ts';
import type { FoundCell } from './messages.ts';
import { tileAt, tilePointToLonLat } from './tile-grid.ts';
import type { TileShape, VectorTiles } from './vector-tiles.ts';

/** Cells are read whole from this level on. */
export const CELL_ZOOM = 15;

/**
 * The cell below a position, or the one of a code near it. Its outline is the tile's (a quarter of a metre coarse):
 * good for drawing; where a case lies is decided by the server.
 */
export async function findCell(
  tiles: VectorTiles,
  { position, code }: { position: LonLat; code?: string },
): Promise<FoundCell | null> {
  const tile = tileAt(position, CELL_ZOOM);
  const { extent, shapes } = await tiles.read('cells', tile);
  const [mx, my] = toMercator(position.lon, position.lat);
  const count = 2 ** CELL_ZOOM;
  const [x, y] = [(mx * count - tile.x) * extent, (my * count - tile.y) * extent];
  const found = shapes.find((shape) => (code ? shape.properties['code'] === code : contains(shape, x, y)));
  if (!found) return null;
  const coordinates = found.paths.map((path) => {
    const ring: number[][] = [];
    for (let at = 0; at < path.length; at += 2) {
      const { lon, lat } = tilePointToLonLat(tile, path[at] ?? 0, path[at + 1] ?? 0, extent);
      ring.push([lon, lat]);
    }
    return ring;
  });
  return { code: String(found.properties['code']), outline: { type: 'Polygon', coordinates } };
}

/** Even-odd over all rings. */
function contains({ paths, minX, minY, maxX, maxY }: TileShape, x: number, y: number): boolean {
  if (x < minX || x > maxX || y < minY || y > maxY) return false;
  let inside = false;
  for (const path of paths)
    for (let at = 0; at + 3 < path.length; at += 2) {
      const [ax, ay, bx, by] = [path[at] ?? 0, path[at + 1] ?? 0, path[at + 2] ?? 0, path[at + 3] ?? 0];
      if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) inside = !inside;
    }
  return inside;
}
