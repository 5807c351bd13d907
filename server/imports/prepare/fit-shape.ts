import { createRequire } from 'node:module';
import type * as Turf from '@turf/turf';
import type { Geometry, MultiPolygon, Polygon, Position } from 'geojson';
import type { ImportLayer } from '#contract/imports';
import type { Line, Rings, Shape } from './ewkb.ts';
import { Problem } from './problem.ts';
import type { ToWgs84 } from './reference-system.ts';
import { findCrossing } from './ring-crossing.ts';

const load = createRequire(import.meta.url);
let loaded: typeof Turf | undefined;
/** Loaded when a shape first needs it: half a second that a table of points does not wait for. */
const turf = () => (loaded ??= load('@turf/turf') as typeof Turf);

export interface Fitted {
  /** Usually one; a building or road of several separate pieces makes as many. */
  shapes: Shape[];
  /** Something else than the layer wants was turned into it. */
  turned?: boolean;
  repaired?: boolean;
}

/** Degrees that are no place on Earth. */
const outside = new Problem(
  'coordinate-out-of-range',
  '坐标超出经纬度范围',
  'The coordinates are no longitude and latitude',
);
const notFinite = new Problem('coordinate-not-a-number', '坐标不是数值', 'The coordinates are not numbers');
const nullIsland = new Problem('null-island', '坐标为 0,0', 'The position is 0,0: it was never surveyed');
export const noGeometry = new Problem('no-geometry', '没有几何', 'There is no geometry');
const tooFew = new Problem('too-few-corners', '几何的角点不足', 'The geometry has too few different corners');

/** A position of the file in WGS 84 degrees, rounded to 1e-7 (about a centimetre); a reused pair. */
export function placePoint(
  x: number,
  y: number,
  toWgs84: ToWgs84,
  out: [number, number],
): Problem | undefined {
  if (!Number.isFinite(x) || !Number.isFinite(y)) return notFinite;
  if (x === 0 && y === 0) return nullIsland;
  toWgs84(x, y, out);
  if (!(Math.abs(out[0]) <= 180 && Math.abs(out[1]) <= 90)) return outside;
  out[0] = Math.round(out[0] * 1e7) / 1e7;
  out[1] = Math.round(out[1] * 1e7) / 1e7;
  return undefined;
}

/**
 * The geometry a layer's table holds, in WGS 84. Points where points are wanted: the centre of a polygon's area (a point
 * inside it where the centre is not), the middle of a line. Polygons of one piece lose their Multi. A polygon that
 * crosses itself is an error, except a building: that is united with itself. Heights are left out.
 */
export function fitShape(geometry: Geometry | null, layer: ImportLayer, toWgs84: ToWgs84): Fitted | Problem {
  if (!geometry) return noGeometry;
  const flat = unwrap(geometry);
  if (flat instanceof Problem) return flat;
  if (layer === 'parts' || layer === 'cameras' || layer === 'cases') return fitPoint(flat, toWgs84);
  if (layer === 'roads') return fitLines(flat, toWgs84);
  return fitPolygons(flat, layer, toWgs84);
}

type Flat = Exclude<Geometry, { type: 'GeometryCollection' }>;

function unwrap(geometry: Geometry): Flat | Problem {
  if (geometry.type !== 'GeometryCollection')
    return Array.isArray(geometry.coordinates) ? geometry : noGeometry;
  const only = geometry.geometries.length === 1 ? geometry.geometries[0]! : undefined;
  return only && only.type !== 'GeometryCollection'
    ? only
    : wrongType('GeometryCollection', '单一几何', 'one geometry');
}

function wrongType(type: string, zh: string, en: string): Problem {
  return new Problem(
    'wrong-geometry',
    `几何类型为 ${type}，此处需要${zh}`,
    `The geometry is a ${type}; ${en} is wanted here`,
  );
}

function fitPoint(geometry: Flat, toWgs84: ToWgs84): Fitted | Problem {
  const point = (position: Position, turned: boolean): Fitted | Problem => {
    const at: [number, number] = [0, 0];
    const problem = placePoint(numberOf(position[0]), numberOf(position[1]), toWgs84, at);
    return problem ?? { shapes: [{ type: 'Point', at }], turned };
  };
  if (geometry.type === 'Point') return point(geometry.coordinates, false);
  if (geometry.type === 'MultiPoint')
    return geometry.coordinates.length === 1
      ? point(geometry.coordinates[0]!, false)
      : wrongType('MultiPoint', '一个点', 'one point');
  if (geometry.type === 'LineString' || geometry.type === 'MultiLineString') {
    const lines = placeLines(
      geometry.type === 'LineString' ? [geometry.coordinates] : geometry.coordinates,
      toWgs84,
    );
    if (lines instanceof Problem) return lines;
    const longest = turf().lineString(
      [...lines].sort(
        (a, b) => turf().length(turf().lineString(b)) - turf().length(turf().lineString(a)),
      )[0]!,
    );
    const middle = turf().along(longest, turf().length(longest) / 2).geometry.coordinates;
    return { shapes: [{ type: 'Point', at: [round(middle[0]!), round(middle[1]!)] }], turned: true };
  }
  const polygons = placePolygons(geometry, toWgs84);
  if (polygons instanceof Problem) return polygons;
  const area = turf().multiPolygon(polygons);
  let centre = turf().centerOfMass(area).geometry;
  if (!turf().booleanPointInPolygon(centre, area)) centre = turf().pointOnFeature(area).geometry;
  return {
    shapes: [{ type: 'Point', at: [round(centre.coordinates[0]!), round(centre.coordinates[1]!)] }],
    turned: true,
  };
}

function fitLines(geometry: Flat, toWgs84: ToWgs84): Fitted | Problem {
  if (geometry.type !== 'LineString' && geometry.type !== 'MultiLineString')
    return wrongType(geometry.type, '线', 'a line');
  const lines = placeLines(
    geometry.type === 'LineString' ? [geometry.coordinates] : geometry.coordinates,
    toWgs84,
  );
  return lines instanceof Problem ? lines : { shapes: lines.map((line) => ({ type: 'LineString', line })) };
}

function fitPolygons(geometry: Flat, layer: ImportLayer, toWgs84: ToWgs84): Fitted | Problem {
  const closed = layer === 'buildings' ? closeLine(geometry) : geometry;
  if (closed.type !== 'Polygon' && closed.type !== 'MultiPolygon')
    return wrongType(closed.type, '面', 'a polygon');
  let polygons = placePolygons(closed, toWgs84);
  if (polygons instanceof Problem) return polygons;
  let repaired = false;
  for (const rings of polygons) {
    const place = findCrossing(rings);
    if (!place) continue;
    const mended = layer === 'buildings' ? uniteRings([rings, rings]) : undefined;
    if (!mended || mended.some((one) => findCrossing(one))) return selfCrossing(place);
    polygons = [...polygons.filter((one) => one !== rings), ...mended];
    repaired = true;
  }
  if (layer === 'divisions') return { shapes: [{ type: 'MultiPolygon', polygons }] };
  if (layer === 'cells' && polygons.length > 1)
    return new Problem(
      'several-pieces',
      `网格由 ${polygons.length} 块组成`,
      `The cell consists of ${polygons.length} separate pieces`,
    );
  return { shapes: polygons.map((rings) => ({ type: 'Polygon', rings })), repaired };
}

function selfCrossing([lon, lat]: [number, number]): Problem {
  return new Problem(
    'self-intersection',
    `边界在 ${lon}, ${lat} 处自相交`,
    `The border crosses itself at ${lon}, ${lat}`,
  );
}

/** Some programs write a building's outline as a closed line. */
function closeLine(geometry: Flat): Flat {
  if (geometry.type !== 'LineString' || geometry.coordinates.length < 4) return geometry;
  const [first, last] = [geometry.coordinates[0]!, geometry.coordinates.at(-1)!];
  return first[0] === last[0] && first[1] === last[1]
    ? { type: 'Polygon', coordinates: [geometry.coordinates] }
    : geometry;
}

/** Union of polygons; pieces that do not touch stay apart. */
export function uniteRings(polygons: Rings[]): Rings[] {
  const united = turf().union(turf().featureCollection(polygons.map((rings) => turf().polygon(rings))));
  if (!united) return [];
  const geometry = united.geometry;
  const list = geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates;
  return list
    .map((rings) => rings.map((ring) => tidyRing(ring.map(([x, y]) => [round(x!), round(y!)]))))
    .map((rings) => rings.filter((ring): ring is Line => ring !== undefined))
    .filter((rings) => rings.length > 0);
}

function placePolygons(geometry: Polygon | MultiPolygon, toWgs84: ToWgs84): Rings[] | Problem {
  const list = geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates;
  const polygons: Rings[] = [];
  for (const polygon of list) {
    const rings: Rings = [];
    for (const [index, positions] of polygon.entries()) {
      const line = placeLine(positions, toWgs84);
      if (line instanceof Problem) return line;
      const ring = tidyRing(line);
      if (ring) rings.push(ring);
      else if (index === 0) break;
    }
    if (rings.length > 0) polygons.push(rings);
  }
  return polygons.length > 0 ? polygons : tooFew;
}

function placeLines(list: Position[][], toWgs84: ToWgs84): Line[] | Problem {
  const lines: Line[] = [];
  for (const positions of list) {
    const line = placeLine(positions, toWgs84);
    if (line instanceof Problem) return line;
    const different = line.filter((at, index) => index === 0 || !same(at, line[index - 1]!));
    if (different.length >= 2) lines.push(different);
  }
  return lines.length > 0 ? lines : tooFew;
}

function placeLine(positions: Position[], toWgs84: ToWgs84): Line | Problem {
  if (!Array.isArray(positions)) return noGeometry;
  const line: Line = [];
  for (const position of positions) {
    const at: [number, number] = [0, 0];
    const problem = placePoint(numberOf(position?.[0]), numberOf(position?.[1]), toWgs84, at);
    if (problem) return problem;
    line.push(at);
  }
  return line;
}

/** Closed, without repeated corners and without spikes of no width; undefined where less than a triangle is left. */
function tidyRing(line: Line): Line | undefined {
  const ring: Line = [];
  for (const at of line) {
    if (ring.length > 0 && same(at, ring.at(-1)!)) continue;
    if (ring.length > 1 && same(at, ring.at(-2)!)) ring.pop();
    else ring.push(at);
  }
  if (ring.length > 1 && !same(ring[0]!, ring.at(-1)!)) ring.push([...ring[0]!]);
  return ring.length >= 4 ? ring : undefined;
}

function same(a: [number, number], b: [number, number]): boolean {
  return a[0] === b[0] && a[1] === b[1];
}

function numberOf(value: unknown): number {
  return typeof value === 'number' ? value : NaN;
}

function round(degrees: number): number {
  return Math.round(degrees * 1e7) / 1e7;
}
