import type { LonLat, Polygon } from '#contract/shared';
import type { TileAddress } from './tile-grid.ts';

/** A line or ring of the overview in Mercator fractions: x0, y0, x1, y1, … */
export type MercatorPath = Float64Array;

/** What is drawn before any tile is there: sent to the worker once. */
export interface OverviewDrawing {
  district: MercatorPath[];
  subdistricts: { builtUp: boolean; rings: MercatorPath[] }[];
  communities: MercatorPath[];
  roads: { widthMetres: number; main: boolean; path: MercatorPath }[];
}

/** A mesh in earth-centred metres, ready for the graphics card. */
export interface BuildingMesh {
  positions: Float64Array;
  /** RGBA, four bytes a vertex. */
  colours: Uint8Array;
  /** Across and up the wall, 0 to 1; 0.5 on roofs. */
  wall: Float32Array;
  indices: Uint32Array;
}

export interface TileParts {
  codes: string[];
  classes: string[];
  /** lon, lat, lon, lat, … in degrees. */
  positions: Float64Array;
}

export interface FoundCell {
  code: string;
  outline: Polygon;
}

/** What the tile worker can be asked for, and what it answers. */
export interface TileTasks {
  overview: { request: OverviewDrawing; answer: null };
  paint: {
    request: { tile: TileAddress; sizePixels: number };
    /** `complete` is false when a source tile was not there in time. */
    answer: { image: ImageBitmap; complete: boolean };
  };
  buildings: { request: { tile: TileAddress }; answer: BuildingMesh | null };
  parts: { request: { tile: TileAddress }; answer: TileParts };
  cell: { request: { position: LonLat; code?: string }; answer: FoundCell | null };
}

export type TileTaskName = keyof TileTasks;

export interface TileQuestion<K extends TileTaskName = TileTaskName> {
  id: number;
  task: K;
  request: TileTasks[K]['request'];
}

export type TileAnswer = { id: number } & ({ answer: unknown } | { error: string });
