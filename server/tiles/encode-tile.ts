import type { Geometry, Position } from 'geojson';
import writeTile, { type WritableFeature } from 'vt-pbf';
import { projectToTile, TILE_EXTENT, type TileAddress } from './tile-address.ts';

export interface TileFeature {
  /** WGS 84, cut to the tile. */
  geometry: Geometry;
  /** Absent (null) properties are left out. */
  properties: Record<string, string | number | boolean | null>;
}

interface Point {
  x: number;
  y: number;
}

/**
 * A vector tile (Mapbox Vector Tile specification 2.1) with one layer, for engines that cannot encode: the same
 * features as `st_asmvt` writes. No bytes when there is no feature.
 */
export function encodeTile(layer: string, tile: TileAddress, features: readonly TileFeature[]): Uint8Array {
  const place = ([lon = 0, lat = 0]: Position) => projectToTile(tile, lon, lat);
  const writable = features.flatMap(({ geometry, properties }) => {
    const drawn = drawGeometry(geometry, place);
    return drawn ? [{ ...drawn, properties: dropAbsent(properties) }] : [];
  });
  if (writable.length === 0) return new Uint8Array();
  return writeTile({
    layers: {
      [layer]: {
        version: 2,
        name: layer,
        extent: TILE_EXTENT,
        length: writable.length,
        feature(index): WritableFeature {
          const one = writable[index];
          if (!one) throw new RangeError(`no feature ${index}`);
          return { type: one.type, properties: one.properties, loadGeometry: () => one.rings };
        },
      },
    },
  });
}

function dropAbsent(properties: TileFeature['properties']): Record<string, string | number | boolean> {
  return Object.fromEntries(
    Object.entries(properties).flatMap(([key, value]) => (value === null ? [] : [[key, value]])),
  );
}

type Place = (position: Position) => Point;

function drawGeometry(geometry: Geometry, place: Place): { type: 1 | 2 | 3; rings: Point[][] } | undefined {
  switch (geometry.type) {
    case 'Point':
      return ifDrawn(1, geometry.coordinates.length > 0 ? [[place(geometry.coordinates)]] : []);
    case 'MultiPoint':
      return ifDrawn(
        1,
        [geometry.coordinates.map(place)].filter((points) => points.length > 0),
      );
    case 'LineString':
      return ifDrawn(2, drawLines([geometry.coordinates], place));
    case 'MultiLineString':
      return ifDrawn(2, drawLines(geometry.coordinates, place));
    case 'Polygon':
      return ifDrawn(3, drawPolygons([geometry.coordinates], place));
    case 'MultiPolygon':
      return ifDrawn(3, drawPolygons(geometry.coordinates, place));
    case 'GeometryCollection':
      return undefined;
  }
}

function ifDrawn(type: 1 | 2 | 3, rings: Point[][]) {
  return rings.length > 0 ? { type, rings } : undefined;
}

function drawLines(lines: Position[][], place: Place): Point[][] {
  return lines.map((line) => dropRepeats(line.map(place))).filter((line) => line.length >= 2);
}

/** Outlines have a positive area by the surveyor's formula (y downwards), holes a negative one. */
function drawPolygons(polygons: Position[][][], place: Place): Point[][] {
  return polygons.flatMap((polygon) => {
    const [outline, ...holes] = polygon.map((ring) => dropRepeats(ring.map(place)));
    if (!outline || doubleArea(outline) === 0) return [];
    return [
      turn(outline, 1),
      ...holes.filter((hole) => doubleArea(hole) !== 0).map((hole) => turn(hole, -1)),
    ];
  });
}

function dropRepeats(points: Point[]): Point[] {
  return points.filter(({ x, y }, index) => {
    const before = points[index - 1];
    return before?.x !== x || before.y !== y;
  });
}

function turn(ring: Point[], sign: 1 | -1): Point[] {
  return Math.sign(doubleArea(ring)) === sign ? ring : [...ring].reverse();
}

function doubleArea(ring: readonly Point[]): number {
  return ring.reduce((sum, point, index) => {
    const next = ring[(index + 1) % ring.length] ?? point;
    return sum + point.x * next.y - next.x * point.y;
  }, 0);
}
