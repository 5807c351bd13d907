import { polygon, tesselate } from '@turf/turf';
import { toEcef } from '../earth.ts';
import type { BuildingMesh } from './messages.ts';
import { tilePointToLonLat, type TileAddress } from './tile-grid.ts';
import type { TileLayer, TileShape } from './vector-tiles.ts';

const ROOF = [64, 74, 82] as const;
const WALL = [50, 58, 65] as const;
/** The light comes from the north-west, as on paper maps. */
const LIGHT_AZIMUTH = (315 * Math.PI) / 180;

/**
 * Extrudes the buildings of a tile: shaded walls and a lighter roof in one mesh. A building that crosses the tile's
 * border is built by the tile that holds its first corner. Null when the tile has none.
 */
export function buildMesh(tile: TileAddress, { extent, shapes }: TileLayer): BuildingMesh | null {
  const mesh = new MeshBuilder();
  for (const shape of shapes) {
    const height = Number(shape.properties['heightMetres'] ?? 0);
    const outer = shape.paths[0];
    if (height <= 0 || !outer || !startsInside(outer, extent)) continue;
    const rings = ringsOf(tile, shape, extent);
    for (const ring of rings) addWalls(mesh, ring, height);
    addRoof(mesh, rings, height);
  }
  return mesh.isEmpty ? null : mesh.finish();
}

function startsInside(ring: Int32Array, extent: number): boolean {
  const [x = -1, y = -1] = ring;
  return x >= 0 && y >= 0 && x < extent && y < extent;
}

function ringsOf(tile: TileAddress, { paths }: TileShape, extent: number): number[][][] {
  return paths.map((path) => {
    const ring: number[][] = [];
    for (let at = 0; at < path.length; at += 2) {
      const { lon, lat } = tilePointToLonLat(tile, path[at] ?? 0, path[at + 1] ?? 0, extent);
      ring.push([lon, lat]);
    }
    return ring;
  });
}

function addWalls(mesh: MeshBuilder, ring: number[][], height: number): void {
  for (let at = 0; at + 1 < ring.length; at += 1) {
    const [aLon = 0, aLat = 0] = ring[at] ?? [];
    const [bLon = 0, bLat = 0] = ring[at + 1] ?? [];
    const east = (bLon - aLon) * Math.cos((aLat * Math.PI) / 180);
    const north = bLat - aLat;
    if (east === 0 && north === 0) continue;
    // Rings of tiles run clockwise seen from above (y grows southwards), so outside is on the left hand.
    const facing = Math.atan2(-north, east);
    const shade = 0.86 + 0.2 * Math.cos(facing - LIGHT_AZIMUTH);
    const low = shade * 0.72;
    const a = mesh.add(aLon, aLat, 0, WALL, low, 0, 0);
    const b = mesh.add(bLon, bLat, 0, WALL, low, 1, 0);
    const c = mesh.add(bLon, bLat, height, WALL, shade, 1, 1);
    const d = mesh.add(aLon, aLat, height, WALL, shade, 0, 1);
    mesh.triangle(a, b, c);
    mesh.triangle(a, c, d);
  }
}

function addRoof(mesh: MeshBuilder, rings: number[][][], height: number): void {
  // Taller roofs are a little lighter: heights read from above, too.
  const shade = 0.92 + Math.min(height, 100) * 0.0022;
  for (const { geometry } of tesselate(polygon(rings)).features) {
    const [a, b, c] = (geometry.coordinates[0] ?? []).map(([lon = 0, lat = 0]) =>
      mesh.add(lon, lat, height, ROOF, shade, 0.5, 0.5),
    );
    if (a !== undefined && b !== undefined && c !== undefined) mesh.triangle(a, b, c);
  }
}

class MeshBuilder {
  #positions: number[] = [];
  #colours: number[] = [];
  #wall: number[] = [];
  #indices: number[] = [];

  get isEmpty(): boolean {
    return this.#indices.length === 0;
  }

  add(
    lon: number,
    lat: number,
    height: number,
    colour: readonly [number, number, number],
    shade: number,
    across: number,
    up: number,
  ): number {
    const { x, y, z } = toEcef(lon, lat, height);
    this.#positions.push(x, y, z);
    for (const channel of colour) this.#colours.push(Math.min(255, Math.round(channel * shade)));
    this.#colours.push(255);
    this.#wall.push(across, up);
    return this.#wall.length / 2 - 1;
  }

  triangle(a: number, b: number, c: number): void {
    this.#indices.push(a, b, c);
  }

  finish(): BuildingMesh {
    return {
      positions: Float64Array.from(this.#positions),
      colours: Uint8Array.from(this.#colours),
      wall: Float32Array.from(this.#wall),
      indices: Uint32Array.from(this.#indices),
    };
  }
}
