import type { PartCounts, TileParts } from './messages.ts';
import { tilePointToLonLat, type TileAddress } from './tile-grid.ts';
import type { TileLayer } from './vector-tiles.ts';

/** The single parts of a tile; counts of the farther levels are left out. */
export function readParts(tile: TileAddress, { extent, shapes }: TileLayer): TileParts {
  const codes: string[] = [];
  const classes: string[] = [];
  const states: string[] = [];
  const positions: number[] = [];
  for (const { properties, paths } of shapes) {
    const [x, y] = paths[0] ?? [];
    const { code, class: partClass, state } = properties;
    if (x === undefined || y === undefined || typeof code !== 'string') continue;
    // A point in the margin belongs to the neighbour.
    if (x < 0 || y < 0 || x >= extent || y >= extent) continue;
    const { lon, lat } = tilePointToLonLat(tile, x, y, extent);
    codes.push(code);
    classes.push(String(partClass ?? ''));
    states.push(String(state ?? 'intact'));
    positions.push(lon, lat);
  }
  return { codes, classes, states, positions: Float64Array.from(positions) };
}

/** How many there are, of a tile that has counts; a tile of single parts is counted in squares. */
export function readPartCounts(tile: TileAddress, { extent, shapes }: TileLayer): PartCounts {
  const positions: number[] = [];
  const counts: number[] = [];
  for (const { properties, paths } of shapes) {
    const [x, y] = paths[0] ?? [];
    if (x === undefined || y === undefined || x < 0 || y < 0 || x >= extent || y >= extent) continue;
    const { lon, lat } = tilePointToLonLat(tile, x, y, extent);
    positions.push(lon, lat);
    counts.push(Number(properties['n'] ?? 1));
  }
  return { positions: Float64Array.from(positions), counts: Uint32Array.from(counts) };
}
