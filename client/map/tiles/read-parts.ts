import type { TileParts } from './messages.ts';
import { tilePointToLonLat, type TileAddress } from './tile-grid.ts';
import type { TileLayer } from './vector-tiles.ts';

/** The single parts of a tile; counts per cell of the farther levels are left out. */
export function readParts(tile: TileAddress, { extent, shapes }: TileLayer): TileParts {
  const codes: string[] = [];
  const classes: string[] = [];
  const positions: number[] = [];
  for (const { properties, paths } of shapes) {
    const [x, y] = paths[0] ?? [];
    const { code, class: partClass } = properties;
    if (x === undefined || y === undefined || typeof code !== 'string') continue;
    // A point in the margin belongs to the neighbour.
    if (x < 0 || y < 0 || x >= extent || y >= extent) continue;
    const { lon, lat } = tilePointToLonLat(tile, x, y, extent);
    codes.push(code);
    classes.push(String(partClass ?? ''));
    positions.push(lon, lat);
  }
  return { codes, classes, positions: Float64Array.from(positions) };
}
