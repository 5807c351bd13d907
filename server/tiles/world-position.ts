import type { LonLat } from '#contract/shared';
import { TILE_EXTENT, type TileAddress } from './tile-address.ts';

/** The web Mercator square has 2^32 steps a side: a step is 9 mm at the equator. North-west corner first. */
const WORLD_BITS = 32;
const WORLD_STEPS = 2 ** WORLD_BITS;

/** A position as whole steps from the north-west corner of the web Mercator square (EPSG:3857). */
export interface WorldPosition {
  x: number;
  y: number;
}

/** Rounded down, so that a position lies in the same tile of every zoom as its steps do. */
export function toWorld({ lon, lat }: LonLat): WorldPosition {
  const y = 0.5 - Math.asinh(Math.tan((lat * Math.PI) / 180)) / (2 * Math.PI);
  return { x: clampStep((lon / 360 + 0.5) * WORLD_STEPS), y: clampStep(y * WORLD_STEPS) };
}

function clampStep(step: number): number {
  return Math.max(0, Math.min(WORLD_STEPS - 1, Math.floor(step)));
}

export function toLonLat({ x, y }: WorldPosition): LonLat {
  return {
    lon: (x / WORLD_STEPS - 0.5) * 360,
    lat: (Math.atan(Math.sinh(Math.PI * (1 - (2 * y) / WORLD_STEPS))) * 180) / Math.PI,
  };
}

/** A tile in steps: its corner, its side, and how many steps one unit of the tile has. */
export function worldOfTile({ z, x, y }: TileAddress): WorldPosition & { side: number; unit: number } {
  const side = 2 ** (WORLD_BITS - z);
  return { x: x * side, y: y * side, side, unit: side / TILE_EXTENT };
}
