/**
 * Areas in whole units of 1e-7 degree (about a centimetre): the precision they are stored in, where a border that two
 * cells share is the same numbers on both sides.
 */
export type Point = readonly [x: number, y: number];

/** A ring without its repeated last point. */
export type Ring = readonly Point[];

/** Outer ring counter-clockwise, holes clockwise: the inside lies to the left of every edge. */
export type Outline = readonly [outer: Ring, ...holes: Ring[]];

export const UNITS_PER_DEGREE = 1e7;

const RADIANS = Math.PI / 180;
const SEMI_MAJOR_METRES = 6_378_137;
const ECCENTRICITY_SQUARED = 0.006_694_379_990_14;

/** Metres a unit is long, to the east and to the north, on the WGS 84 ellipsoid at a latitude in units. */
export function metresPerUnit(y: number): { east: number; north: number } {
  const latitude = (y / UNITS_PER_DEGREE) * RADIANS;
  const w = Math.sqrt(1 - ECCENTRICITY_SQUARED * Math.sin(latitude) ** 2);
  const unit = RADIANS / UNITS_PER_DEGREE;
  return {
    east: (SEMI_MAJOR_METRES * Math.cos(latitude) * unit) / w,
    north: (SEMI_MAJOR_METRES * (1 - ECCENTRICITY_SQUARED) * unit) / w ** 3,
  };
}

/** Twice the area would be exact; half of it is, too, in a double. Positive when counter-clockwise. */
export function signedArea(ring: Ring): number {
  const [ox, oy] = ring[0] ?? [0, 0];
  let sum = 0;
  let previous = ring.at(-1) ?? [0, 0];
  for (const point of ring) {
    sum += (previous[0] - ox) * (point[1] - oy) - (point[0] - ox) * (previous[1] - oy);
    previous = point;
  }
  return sum / 2;
}

export function areaOf(outline: Outline): number {
  return outline.reduce((sum, ring) => sum + signedArea(ring), 0);
}

/** Square metres on the ellipsoid; right to 1e-5 for areas of a few kilometres. */
export function squareMetresOf(outline: Outline): number {
  const { east, north } = metresPerUnit(centroidOf(outline)[1]);
  return areaOf(outline) * east * north;
}

export function centroidOf(outline: Outline): Point {
  const [ox, oy] = outline[0][0] ?? [0, 0];
  let [x, y, area] = [0, 0, 0];
  for (const ring of outline) {
    let previous = ring.at(-1) ?? [ox, oy];
    for (const point of ring) {
      const [ax, ay, bx, by] = [previous[0] - ox, previous[1] - oy, point[0] - ox, point[1] - oy];
      const cross = ax * by - bx * ay;
      x += (ax + bx) * cross;
      y += (ay + by) * cross;
      area += cross;
      previous = point;
    }
  }
  return area === 0 ? [ox, oy] : [ox + x / (3 * area), oy + y / (3 * area)];
}

/** Rings of GeoJSON degrees, as units, turned so that the inside is to their left; rings without area are left out. */
export function toOutlines(polygons: readonly (readonly (readonly number[])[])[][]): Outline[] {
  return polygons.flatMap(([outer = [], ...holes]) => {
    const ring = toRing(outer, 1);
    if (!ring) return [];
    return [
      [
        ring,
        ...holes.flatMap((hole) => {
          const turned = toRing(hole, -1);
          return turned ? [turned] : [];
        }),
      ],
    ];
  });
}

function toRing(positions: readonly (readonly number[])[], turn: 1 | -1): Ring | undefined {
  const points = positions.map(([lon = 0, lat = 0]): Point => [toUnits(lon), toUnits(lat)]);
  const distinct = points.filter((point, index) => {
    const next = points[(index + 1) % points.length];
    return next !== undefined && !equal(point, next);
  });
  const area = signedArea(distinct);
  if (distinct.length < 3 || area === 0) return undefined;
  return Math.sign(area) === turn ? distinct : distinct.toReversed();
}

export function toUnits(degrees: number): number {
  return Math.round(degrees * UNITS_PER_DEGREE);
}

export function equal(a: Point, b: Point): boolean {
  return a[0] === b[0] && a[1] === b[1];
}

/** GeoJSON text of a polygon, seven decimals, its rings closed. */
export function toGeoJson(outline: Outline): string {
  const rings = outline.map((ring) => {
    const first = ring[0];
    const positions = (first ? [...ring, first] : ring).map(([x, y]) => `[${toDegrees(x)},${toDegrees(y)}]`);
    return `[${positions.join(',')}]`;
  });
  return `{"type":"Polygon","coordinates":[${rings.join(',')}]}`;
}

/** Decimal degrees of a whole number of units, without the noise of a division. */
function toDegrees(units: number): string {
  const digits = String(Math.abs(units)).padStart(8, '0');
  return `${units < 0 ? '-' : ''}${digits.slice(0, -7)}.${digits.slice(-7)}`;
}
