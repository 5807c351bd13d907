import { polygon, tesselate } from '@turf/turf';
import { toEcef } from '../earth.ts';
import type { BuildingMesh } from './messages.ts';
import { tilePointToLonLat, type TileAddress } from './tile-grid.ts';
import type { TileLayer, TileShape } from './vector-tiles.ts';

const ROOF = [64, 74, 82] as const;
const WALL = [50, 58, 65] as const;
/** The light comes from the north-west, as on paper maps. */
const LIGHT_AZIMUTH = (315 * Math.PI) / 180;

/** Tiles are cut this far outside their border at least. */
const CUT_UNITS = 48;

/**
 * Extrudes the buildings of a tile: shaded walls and a lighter roof in one mesh. A building that crosses the tile's
 * border is cut a little outside it; the cut gets no wall, and the neighbour has the rest. Null when there is none.
 */
export function buildMesh(
  tile: TileAddress,
  { extent, shapes }: TileLayer,
  lookOf: (shape: TileShape) => PrismLook | null = lookOfBuilding,
): BuildingMesh | null {
  const mesh = new MeshBuilder();
  for (const shape of shapes) {
    const look = lookOf(shape);
    if (!look || look.heightMetres <= 0) continue;
    for (const path of shape.paths) addWalls(mesh, tile, path, extent, look);
    for (const rings of polygonsOf(tile, shape, extent)) addRoof(mesh, rings, look);
  }
  return mesh.isEmpty ? null : mesh.finish();
}

export interface PrismLook {
  heightMetres: number;
  roof: readonly [number, number, number];
  wall: readonly [number, number, number];
}

function lookOfBuilding({ properties }: TileShape): PrismLook {
  return { heightMetres: Number(properties['h'] ?? 0), roof: ROOF, wall: WALL };
}

/** Outer rings with their holes: in tiles an outer ring has a positive area (y southwards), a hole a negative one. */
function polygonsOf(tile: TileAddress, { paths }: TileShape, extent: number): number[][][][] {
  const polygons: number[][][][] = [];
  for (const path of paths) {
    const ring: number[][] = [];
    for (let at = 0; at < path.length; at += 2) {
      const { lon, lat } = tilePointToLonLat(tile, path[at] ?? 0, path[at + 1] ?? 0, extent);
      ring.push([lon, lat]);
    }
    if (doubleArea(path) > 0) polygons.push([ring]);
    else polygons.at(-1)?.push(ring);
  }
  return polygons;
}

function doubleArea(path: Int32Array): number {
  let sum = 0;
  for (let at = 0; at + 3 < path.length; at += 2)
    sum += (path[at] ?? 0) * (path[at + 3] ?? 0) - (path[at + 2] ?? 0) * (path[at + 1] ?? 0);
  return sum;
}

function addWalls(
  mesh: MeshBuilder,
  tile: TileAddress,
  path: Int32Array,
  extent: number,
  { heightMetres: height, wall }: PrismLook,
): void {
  const isBeyond = (value: number) => value <= -CUT_UNITS || value >= extent + CUT_UNITS;
  for (let at = 0; at + 3 < path.length; at += 2) {
    const [ax, ay, bx, by] = [path[at] ?? 0, path[at + 1] ?? 0, path[at + 2] ?? 0, path[at + 3] ?? 0];
    if ((ax === bx && ay === by) || (ax === bx && isBeyond(ax)) || (ay === by && isBeyond(ay))) continue;
    const a = tilePointToLonLat(tile, ax, ay, extent);
    const b = tilePointToLonLat(tile, bx, by, extent);
    // Outer rings run clockwise seen from above, so outside is on the left hand.
    const facing = Math.atan2(by - ay, bx - ax);
    const shade = 0.86 + 0.2 * Math.cos(facing - LIGHT_AZIMUTH);
    const low = shade * 0.72;
    const corners = [
      mesh.add(a.lon, a.lat, 0, wall, low, 0, 0),
      mesh.add(b.lon, b.lat, 0, wall, low, 1, 0),
      mesh.add(b.lon, b.lat, height, wall, shade, 1, 1),
      mesh.add(a.lon, a.lat, height, wall, shade, 0, 1),
    ] as const;
    mesh.triangle(corners[0], corners[1], corners[2]);
    mesh.triangle(corners[0], corners[2], corners[3]);
  }
}

function addRoof(mesh: MeshBuilder, rings: number[][][], { heightMetres: height, roof }: PrismLook): void {
  // Taller roofs are a little lighter: heights read from above, too.
  const shade = 0.92 + Math.min(height, 100) * 0.0022;
  for (const { geometry } of tesselate(polygon(rings)).features) {
    const [a, b, c] = (geometry.coordinates[0] ?? []).map(([lon = 0, lat = 0]) =>
      mesh.add(lon, lat, height, roof, shade, 0.5, 0.5),
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
