import type { LonLat } from '#contract/shared';
import { fromMercator, mercatorWidthMetres, toMercator } from '../earth.ts';

/** A tile of the Web Mercator grid, `y` counted from the north. */
export interface TileAddress {
  z: number;
  x: number;
  y: number;
}

export function tileKey({ z, x, y }: TileAddress): string {
  return `${z}/${x}/${y}`;
}

/** The tiles of level `z` that a tile of any other level overlaps. */
export function tilesOver(tile: TileAddress, z: number): TileAddress[] {
  if (z <= tile.z) {
    const factor = 2 ** (tile.z - z);
    return [{ z, x: Math.floor(tile.x / factor), y: Math.floor(tile.y / factor) }];
  }
  const factor = 2 ** (z - tile.z);
  const tiles: TileAddress[] = [];
  for (let y = tile.y * factor; y < (tile.y + 1) * factor; y += 1)
    for (let x = tile.x * factor; x < (tile.x + 1) * factor; x += 1) tiles.push({ z, x, y });
  return tiles;
}

/** The tiles of level `z` within `radiusMetres` of a position, nearest first. */
export function tilesAround(centre: LonLat, radiusMetres: number, z: number): TileAddress[] {
  const [mx, my] = toMercator(centre.lon, centre.lat);
  const count = 2 ** z;
  const radius = (radiusMetres / mercatorWidthMetres(centre.lat)) * count;
  const [cx, cy] = [mx * count, my * count];
  const found: { tile: TileAddress; distance: number }[] = [];
  for (let y = Math.floor(cy - radius); y <= Math.floor(cy + radius); y += 1)
    for (let x = Math.floor(cx - radius); x <= Math.floor(cx + radius); x += 1) {
      const distance = Math.hypot(Math.max(x - cx, 0, cx - x - 1), Math.max(y - cy, 0, cy - y - 1));
      if (distance <= radius)
        found.push({ tile: { z, x, y }, distance: Math.hypot(x + 0.5 - cx, y + 0.5 - cy) });
    }
  return found.sort((a, b) => a.distance - b.distance).map(({ tile }) => tile);
}

export function tileAt({ lon, lat }: LonLat, z: number): TileAddress {
  const [mx, my] = toMercator(lon, lat);
  return { z, x: Math.floor(mx * 2 ** z), y: Math.floor(my * 2 ** z) };
}

/** A point in a tile's own units (0 to `extent`, y southwards) as a position. */
export function tilePointToLonLat({ z, x, y }: TileAddress, px: number, py: number, extent: number): LonLat {
  const count = 2 ** z;
  return fromMercator((x + px / extent) / count, (y + py / extent) / count);
}
