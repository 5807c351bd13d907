import { VectorTile } from '@mapbox/vector-tile';
import { PbfReader } from 'pbf';
import { tileKey, type TileAddress } from './tile-grid.ts';

/** A feature of a vector tile in the units of its tile, decoded once. */
export interface TileShape {
  properties: Record<string, number | string | boolean>;
  /** Lines, rings or points: x0, y0, x1, y1, … */
  paths: Int32Array[];
  minX: number;
  minY: number;
  maxX: number;
  maxY: number;
}

export interface TileLayer {
  extent: number;
  shapes: TileShape[];
}

const KEPT = 240;
const FAILED_FOR_MS = 3_000;
const empty: TileLayer = { extent: 4096, shapes: [] };

/** Reads and decodes tiles of our own server; keeps the most recently used ones. */
export class VectorTiles {
  #tiles = new Map<string, Promise<TileLayer>>();
  readonly #origin: string;

  constructor(origin: string) {
    this.#origin = origin;
  }

  /** Rejects when the server cannot be reached; asks again at the earliest after three seconds. */
  read(layer: string, tile: TileAddress): Promise<TileLayer> {
    const key = `${layer}/${tileKey(tile)}`;
    const kept = this.#tiles.get(key);
    if (kept) {
      this.#tiles.delete(key);
      this.#tiles.set(key, kept);
      return kept;
    }
    const reading = this.#fetch(layer, key);
    this.#tiles.set(key, reading);
    reading.catch(() => setTimeout(() => this.#tiles.delete(key), FAILED_FOR_MS));
    for (const oldest of this.#tiles.keys()) {
      if (this.#tiles.size <= KEPT) break;
      this.#tiles.delete(oldest);
    }
    return reading;
  }

  /** What was read of a layer is not true any more. */
  forget(layer: string): void {
    for (const key of this.#tiles.keys()) if (key.startsWith(`${layer}/`)) this.#tiles.delete(key);
  }

  async #fetch(layer: string, key: string): Promise<TileLayer> {
    const response = await fetch(`${this.#origin}/api/v1/tiles/${key}.mvt`);
    if (response.status === 204 || response.status === 404) return empty;
    if (!response.ok) throw new Error(`tile ${key}: ${response.status}`);
    const bytes = await response.arrayBuffer();
    return bytes.byteLength === 0 ? empty : decode(layer, bytes);
  }
}

function decode(layer: string, bytes: ArrayBuffer): TileLayer {
  const source = new VectorTile(new PbfReader(bytes)).layers[layer];
  if (!source) return empty;
  const shapes: TileShape[] = [];
  for (let index = 0; index < source.length; index += 1) {
    const feature = source.feature(index);
    const shape: TileShape = {
      properties: feature.properties,
      paths: [],
      minX: Infinity,
      minY: Infinity,
      maxX: -Infinity,
      maxY: -Infinity,
    };
    for (const points of feature.loadGeometry()) {
      const path = new Int32Array(points.length * 2);
      points.forEach(({ x, y }, n) => {
        path[2 * n] = x;
        path[2 * n + 1] = y;
        shape.minX = Math.min(shape.minX, x);
        shape.maxX = Math.max(shape.maxX, x);
        shape.minY = Math.min(shape.minY, y);
        shape.maxY = Math.max(shape.maxY, y);
      });
      shape.paths.push(path);
    }
    shapes.push(shape);
  }
  return { extent: source.extent, shapes };
}
