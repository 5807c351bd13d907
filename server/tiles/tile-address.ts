import type { Bounds } from '../grid/list-query.ts';

/** A tile of the web Mercator square, counted from its north-west corner. */
export interface TileAddress {
  z: number;
  x: number;
  y: number;
}

/** Units of a tile's side (Mapbox Vector Tile specification 2.1). */
export const TILE_EXTENT = 4096;

/** Geometry is kept this many units beyond the tile, so that outlines do not show its edges. */
export const TILE_BUFFER = 64;

/** Half of the web Mercator square's side, metres (EPSG:3857). */
const HALF_WORLD_METRES = 20_037_508.342789244;

export function isTileAddress({ z, x, y }: TileAddress): boolean {
  const side = 2 ** z;
  return z >= 0 && z <= 22 && x >= 0 && x < side && y >= 0 && y < side;
}

/** The tile with its buffer, in WGS 84 degrees. */
export function boundsOfTile({ z, x, y }: TileAddress): Bounds {
  const buffer = TILE_BUFFER / TILE_EXTENT;
  return {
    west: lonOfColumn(x - buffer, z),
    south: latOfRow(y + 1 + buffer, z),
    east: lonOfColumn(x + 1 + buffer, z),
    north: latOfRow(y - buffer, z),
  };
}

/** One unit of the tile, in degrees of longitude. */
export function unitDegrees(z: number): number {
  return 360 / 2 ** z / TILE_EXTENT;
}

/** x' = scale·x + east, y' = −scale·y + north: from web Mercator metres to units of the tile, y downwards. */
export function mercatorToTile({ z, x, y }: TileAddress): { scale: number; east: number; north: number } {
  const sideMetres = (2 * HALF_WORLD_METRES) / 2 ** z;
  const scale = TILE_EXTENT / sideMetres;
  return {
    scale,
    east: (HALF_WORLD_METRES - x * sideMetres) * scale,
    north: (HALF_WORLD_METRES - y * sideMetres) * scale,
  };
}

function lonOfColumn(column: number, z: number): number {
  return Math.max(-180, Math.min(180, (column / 2 ** z) * 360 - 180));
}

function latOfRow(row: number, z: number): number {
  const degrees = (Math.atan(Math.sinh(Math.PI * (1 - (2 * row) / 2 ** z))) * 180) / Math.PI;
  return Math.max(-90, Math.min(90, degrees));
}
