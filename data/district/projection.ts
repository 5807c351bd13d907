import type { Position } from 'geojson';

/**
 * Local projection of the sample district: metres east and north of 103.75° E, 36.06° N, equirectangular on
 * the WGS 84 ellipsoid (radii of curvature taken at 36.06°). Within the built-up valley (36.03°–36.10°) a
 * length is right to 0.05 %; in the far south (35.84°) an east–west length is 0.28 % short, which
 * {@link trueArea} gives back.
 */
export type Point = readonly [x: number, y: number];

export const ORIGIN_LONGITUDE = 103.75;
export const ORIGIN_LATITUDE = 36.06;

const SEMI_MAJOR_METRES = 6378137;
const ECCENTRICITY_SQUARED = 0.00669437999014;
const RADIANS = Math.PI / 180;

const sine = Math.sin(ORIGIN_LATITUDE * RADIANS);
const cosine = Math.cos(ORIGIN_LATITUDE * RADIANS);
const w = Math.sqrt(1 - ECCENTRICITY_SQUARED * sine * sine);
export const METRES_PER_LATITUDE = (SEMI_MAJOR_METRES * (1 - ECCENTRICITY_SQUARED) * RADIANS) / (w * w * w);
export const METRES_PER_LONGITUDE = (SEMI_MAJOR_METRES * cosine * RADIANS) / w;

export function toLocal(longitude: number, latitude: number): Point {
  return [
    (longitude - ORIGIN_LONGITUDE) * METRES_PER_LONGITUDE,
    (latitude - ORIGIN_LATITUDE) * METRES_PER_LATITUDE,
  ];
}

/** Degrees rounded to 1e-7 (about a centimetre), the resolution everything in the sample is stored in. */
export function toLonLat([x, y]: Point): Position {
  return [
    Math.round((ORIGIN_LONGITUDE + x / METRES_PER_LONGITUDE) * 1e7) / 1e7,
    Math.round((ORIGIN_LATITUDE + y / METRES_PER_LATITUDE) * 1e7) / 1e7,
  ];
}

/** Square metres on the ellipsoid of an area measured in the projection around northing y. */
export function trueArea(area: number, y: number): number {
  const latitude = ORIGIN_LATITUDE + y / METRES_PER_LATITUDE;
  return (area * Math.cos(latitude * RADIANS)) / cosine;
}
