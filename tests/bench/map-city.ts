/**
 * A made-up city for the map's bench: parts along a dense grid of streets, cells of 100 m, as tiles like those of the
 * server. Its tiles are encoded here so that the bench measures the map and not a database.
 */
import type { Position } from 'geojson';
import { encodeTile, type TileFeature } from '../../server/tiles/encode-tile.ts';
import { boundsOfTile, type TileAddress } from '../../server/tiles/tile-address.ts';
import { createNumbers } from './map-page/make-cases.ts';

/** 20 km × 20 km about the densest streets of the sample. */
export const city = { west: 103.64, south: 35.975, east: 103.862, north: 36.155 };
const CELLS_A_SIDE = 200;
const SINGLE_PARTS_ZOOM = 15;
const BLOCKS = 256;
const majors = ['01', '01', '01', '02', '03', '04'] as const;

export interface City {
  tile: (layer: string, tile: TileAddress) => Uint8Array;
  /** lon, lat, … of the parts in a rectangle of degrees. */
  partsWithin: (west: number, south: number, east: number, north: number) => number;
}

/** `denseShare` of the parts lie in the middle sixteenth of the city, as in a real one. */
export function makeCity(parts: number, denseShare = 0.5): City {
  const next = createNumbers(11);
  const [width, height] = [city.east - city.west, city.north - city.south];
  const blocks = Array.from({ length: BLOCKS * BLOCKS }, (): number[] => []);
  const positions = new Float64Array(parts * 2);
  for (let n = 0; n < parts; n += 1) {
    const dense = next() < denseShare;
    const [u, v] = dense ? [0.375 + next() / 4, 0.375 + next() / 4] : [next(), next()];
    positions[2 * n] = city.west + u * width;
    positions[2 * n + 1] = city.south + v * height;
    blocks[Math.floor(v * BLOCKS) * BLOCKS + Math.floor(u * BLOCKS)]?.push(n);
  }
  const within = (west: number, south: number, east: number, north: number): number[] => {
    const column = (lon: number) => Math.floor(((lon - city.west) / width) * BLOCKS);
    const row = (lat: number) => Math.floor(((lat - city.south) / height) * BLOCKS);
    const found: number[] = [];
    for (let y = Math.max(0, row(south)); y <= Math.min(BLOCKS - 1, row(north)); y += 1)
      for (let x = Math.max(0, column(west)); x <= Math.min(BLOCKS - 1, column(east)); x += 1)
        for (const n of blocks[y * BLOCKS + x] ?? []) {
          const [lon, lat] = [positions[2 * n] ?? 0, positions[2 * n + 1] ?? 0];
          if (lon >= west && lon <= east && lat >= south && lat <= north) found.push(n);
        }
    return found;
  };

  const singleParts = (tile: TileAddress): TileFeature[] => {
    const { west, south, east, north } = boundsOfTile(tile);
    return within(west, south, east, north).map((n) => {
      const major = majors[n % majors.length] ?? '01';
      return {
        geometry: { type: 'Point', coordinates: [positions[2 * n] ?? 0, positions[2 * n + 1] ?? 0] },
        properties: {
          code: `620103${major}003${String(n).padStart(6, '0')}`,
          class: `P${major}003`,
          major,
          state: n % 40 === 0 ? 'damaged' : 'intact',
        },
      };
    });
  };
  const cellsOf = (tile: TileAddress) => {
    const { west, south, east, north } = boundsOfTile(tile);
    const [stepLon, stepLat] = [width / CELLS_A_SIDE, height / CELLS_A_SIDE];
    const found: { code: string; ring: Position[]; count: number; middle: Position }[] = [];
    const clamp = (value: number) => Math.max(0, Math.min(CELLS_A_SIDE - 1, Math.floor(value)));
    for (let y = clamp((south - city.south) / stepLat); y <= clamp((north - city.south) / stepLat); y += 1)
      for (let x = clamp((west - city.west) / stepLon); x <= clamp((east - city.west) / stepLon); x += 1) {
        const [lon, lat] = [city.west + x * stepLon, city.south + y * stepLat];
        found.push({
          code: `620103${String(y * CELLS_A_SIDE + x).padStart(9, '0')}`,
          ring: [
            [lon, lat],
            [lon + stepLon, lat],
            [lon + stepLon, lat + stepLat],
            [lon, lat + stepLat],
            [lon, lat],
          ],
          count: within(lon, lat, lon + stepLon, lat + stepLat).length,
          middle: [lon + stepLon / 2, lat + stepLat / 2],
        });
      }
    return found;
  };
  return {
    tile(layer, tile) {
      if (layer === 'parts' && tile.z >= SINGLE_PARTS_ZOOM) return encodeTile(layer, tile, singleParts(tile));
      if (layer === 'parts')
        return encodeTile(
          layer,
          tile,
          cellsOf(tile)
            .filter(({ count }) => count > 0)
            .map(({ code, count, middle }) => ({
              geometry: { type: 'Point', coordinates: middle },
              properties: { cell: code, n: count },
            })),
        );
      if (layer === 'cells')
        return encodeTile(
          layer,
          tile,
          cellsOf(tile).map(({ code, ring, count }) => ({
            geometry: { type: 'Polygon', coordinates: [ring] },
            properties: { code, n: tile.z >= SINGLE_PARTS_ZOOM ? null : count },
          })),
        );
      return new Uint8Array();
    },
    partsWithin: (...box) => within(...box).length,
  };
}
