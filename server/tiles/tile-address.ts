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

/** WGS 84 degrees → units of the tile, y downwards, by the formula of EPSG:3857. */
export function projectToTile({ z, x, y }: TileAddress, lon: number, lat: number): { x: number; y: number } {
  const side = 2 ** z;
  const radians = (lat * Math.PI) / 180;
  return {
    x: Math.round(((lon / 360 + 0.5) * side - x) * TILE_EXTENT),
    y: Math.round(((0.5 - Math.asinh(Math.tan(radians)) / (2 * Math.PI)) * side - y) * TILE_EXTENT),
  };
}

function lonOfColumn(column: number, z: number): number {
  return Math.max(-180, Math.min(180, (column / 2 ** z) * 360 - 180));
}

function latOfRow(row: number, z: number): number {
  const degrees = (Math.atan(Math.sinh(Math.PI * (1 - (2 * row) / 2 ** z))) * 180) / Math.PI;
  return Math.max(-90, Math.min(90, degrees));
}
