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
  /** `intact`, `damaged`, `missing` or `abandoned`. */
  states: string[];
  /** lon, lat, lon, lat, … in degrees. */
  positions: Float64Array;
}

/** How many parts there are about where, of a tile far out. */
export interface PartCounts {
  /** lon, lat, lon, lat, … in degrees. */
  positions: Float64Array;
  counts: Uint32Array;
}

/** What of the ground is painted and how strongly, 0 to 1. */
export interface GroundStyle {
  /** False over pictures of somebody else: lines and names of places alone. */
  filled: boolean;
  roads: number;
  divisions: number;
  cells: number;
  buildings: number;
  parts: number;
}

/** Colours of cells by code: RGBA as one number each, `0xaabbggrr` (the bytes of a picture, in order). */
export interface CellColours {
  codes: readonly string[];
  colours: Uint32Array;
  /** Heights of the columns, in metres; 0: none. */
  heights: Float32Array;
}

/** A house and its plan. */
export interface FoundBuilding {
  code: string;
  heightMetres: number;
  kind: string;
  outline: Polygon;
  position: LonLat;
}

export interface FoundCell {
  code: string;
  outline: Polygon;
}

/** What the tile worker can be asked for, and what it answers. */
export interface TileTasks {
  overview: { request: OverviewDrawing; answer: null };
  paint: {
    request: { tile: TileAddress; sizePixels: number; style: GroundStyle };
    /** `complete` is false when a source tile was not there in time. */
    answer: { image: ImageBitmap; complete: boolean };
  };
  buildings: { request: { tile: TileAddress }; answer: BuildingMesh | null };
  parts: { request: { tile: TileAddress }; answer: TileParts };
  'part-counts': { request: { tile: TileAddress }; answer: PartCounts };
  /** Tiles of parts that were read are asked for again when they are needed. */
  'forget-parts': { request: null; answer: null };
  /** The colours that `paint-lights` and `columns` use from now on. */
  lights: { request: CellColours; answer: null };
  'paint-lights': {
    request: { tile: TileAddress; sizePixels: number };
    answer: { image: ImageBitmap; complete: boolean };
  };
  columns: { request: { tile: TileAddress }; answer: BuildingMesh | null };
  /** The first house that a line of sight meets: from `from`, `heightMetres` above the ground, down to `to` on it. */
  'building-at': {
    request: { from: LonLat; heightMetres: number; to: LonLat };
    answer: FoundBuilding | null;
  };
  cell: { request: { position: LonLat; code?: string }; answer: FoundCell | null };
}

export type TileTaskName = keyof TileTasks;

export interface TileQuestion<K extends TileTaskName = TileTaskName> {
  id: number;
  task: K;
  request: TileTasks[K]['request'];
}

export type TileAnswer = { id: number } & ({ answer: unknown } | { error: string });
