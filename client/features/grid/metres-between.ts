import type { LonLat } from '#contract/shared';

/** Mean radius of the WGS 84 ellipsoid (IUGG). */
const EARTH_RADIUS_METRES = 6_371_008.8;

/** Great-circle distance; to a part in 200, which is enough to say "12 m". */
export function metresBetween(a: LonLat, b: LonLat): number {
  const [latA, latB] = [radians(a.lat), radians(b.lat)];
  const half =
    Math.sin((latB - latA) / 2) ** 2 +
    Math.cos(latA) * Math.cos(latB) * Math.sin(radians(b.lon - a.lon) / 2) ** 2;
  return 2 * EARTH_RADIUS_METRES * Math.asin(Math.min(1, Math.sqrt(half)));
}

function radians(degrees: number): number {
  return (degrees * Math.PI) / 180;
}
