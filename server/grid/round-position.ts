import type { LonLat } from '#contract/shared';

/** Positions are told apart to 1e-7 degree, about a centimetre: the precision they are stored in. */
export const STEPS_PER_DEGREE = 1e7;

/** The position on the grid of 1e-7 degree, so that every way to a cell starts from the same numbers. */
export function roundPosition({ lon, lat }: LonLat): LonLat {
  return { lon: roundDegrees(lon), lat: roundDegrees(lat) };
}

function roundDegrees(degrees: number): number {
  return Math.round(degrees * STEPS_PER_DEGREE) / STEPS_PER_DEGREE;
}
