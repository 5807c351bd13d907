import type { LonLat } from './camera-model.ts';

/** Metres east and north of the plane's origin. */
export interface PlanePoint {
  east: number;
  north: number;
}

const SEMI_MAJOR_METRES = 6_378_137;
const ECCENTRICITY_SQUARED = 6.694379990141317e-3;
const RADIANS = Math.PI / 180;

/**
 * Tangent plane of the WGS 84 ellipsoid at an origin: the azimuthal equidistant projection expanded to second
 * order (meridian convergence and the change of both radii of curvature). Against the geodesic it is within
 * 1 mm up to 1 km from the origin; height differences and the curvature of the ground (2 cm at 500 m) are
 * left out, since the ground is taken as a plane. Both directions agree to the last bits of float64.
 */
export interface LocalPlane {
  origin: LonLat;
  toPlane(point: LonLat): PlanePoint;
  toLonLat(east: number, north: number): LonLat;
}

export function createLocalPlane(origin: LonLat): LocalPlane {
  const sin = Math.sin(origin.lat * RADIANS);
  const cos = Math.cos(origin.lat * RADIANS);
  const w = 1 - ECCENTRICITY_SQUARED * sin * sin;
  const primeVertical = SEMI_MAJOR_METRES / Math.sqrt(w);
  const meridian = (primeVertical * (1 - ECCENTRICITY_SQUARED)) / w;
  const parallel = primeVertical * cos;
  const narrowing = meridian * sin;
  const convergence = (parallel * sin) / 2;
  const meridianChange = (1.5 * meridian * ECCENTRICITY_SQUARED * sin * cos) / w;
  return {
    origin,
    toPlane(point) {
      const deltaLat = (point.lat - origin.lat) * RADIANS;
      const deltaLon = wrapDegrees(point.lon - origin.lon) * RADIANS;
      return {
        east: deltaLon * (parallel - narrowing * deltaLat),
        north: deltaLat * (meridian + meridianChange * deltaLat) + convergence * deltaLon * deltaLon,
      };
    },
    toLonLat(east, north) {
      let deltaLat = north / meridian;
      let deltaLon = east / parallel;
      // each round gains about four digits at 1 km
      for (let round = 0; round < 5; round += 1) {
        deltaLat = (north - convergence * deltaLon * deltaLon) / (meridian + meridianChange * deltaLat);
        deltaLon = east / (parallel - narrowing * deltaLat);
      }
      return {
        lon: wrapDegrees(origin.lon + deltaLon / RADIANS),
        lat: origin.lat + deltaLat / RADIANS,
      };
    },
  };
}

function wrapDegrees(degrees: number): number {
  if (degrees > 180) return degrees - 360;
  if (degrees < -180) return degrees + 360;
  return degrees;
}
