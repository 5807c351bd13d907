import type { LonLat } from '#contract/shared';

/** Earth-centred, earth-fixed position in metres. */
export interface Ecef {
  x: number;
  y: number;
  z: number;
}

const EQUATORIAL_METRES = 6_378_137;
const ECCENTRICITY_SQUARED = 6.694_379_990_141_316e-3;
const EQUATOR_LENGTH_METRES = 2 * Math.PI * EQUATORIAL_METRES;
const RADIANS = Math.PI / 180;

/** WGS 84 degrees and ellipsoidal height to earth-centred metres. */
export function toEcef(lon: number, lat: number, heightMetres = 0): Ecef {
  const sinLat = Math.sin(lat * RADIANS);
  const cosLat = Math.cos(lat * RADIANS);
  const curvature = EQUATORIAL_METRES / Math.sqrt(1 - ECCENTRICITY_SQUARED * sinLat * sinLat);
  return {
    x: (curvature + heightMetres) * cosLat * Math.cos(lon * RADIANS),
    y: (curvature + heightMetres) * cosLat * Math.sin(lon * RADIANS),
    z: (curvature * (1 - ECCENTRICITY_SQUARED) + heightMetres) * sinLat,
  };
}

/** Web Mercator as fractions of the world square: (0, 0) north-west, (1, 1) south-east. */
export function toMercator(lon: number, lat: number): [number, number] {
  const sin = Math.sin(lat * RADIANS);
  return [lon / 360 + 0.5, 0.5 - Math.log((1 + sin) / (1 - sin)) / (4 * Math.PI)];
}

export function fromMercator(x: number, y: number): LonLat {
  return { lon: (x - 0.5) * 360, lat: Math.atan(Math.sinh(Math.PI * (1 - 2 * y))) / RADIANS };
}

/** The width of the whole Mercator square in metres on the ground at a latitude. */
export function mercatorWidthMetres(lat: number): number {
  return EQUATOR_LENGTH_METRES * Math.cos(lat * RADIANS);
}

/** A position some metres east and north of another; good for distances of a few kilometres. */
export function offsetMetres({ lon, lat }: LonLat, eastMetres: number, northMetres: number): LonLat {
  const perDegree = EQUATOR_LENGTH_METRES / 360;
  return {
    lon: lon + eastMetres / (perDegree * Math.cos(lat * RADIANS)),
    lat: lat + northMetres / perDegree,
  };
}

/** Distance in metres in the plane tangent at `a`; good for a few kilometres. */
export function distanceMetres(a: LonLat, b: LonLat): number {
  const perDegree = EQUATOR_LENGTH_METRES / 360;
  const east = (b.lon - a.lon) * perDegree * Math.cos(a.lat * RADIANS);
  return Math.hypot(east, (b.lat - a.lat) * perDegree);
}
