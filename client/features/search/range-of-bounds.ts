import type { Found } from '#contract/search';
import type { LonLat } from '#contract/shared';

const METRES_PER_DEGREE = 111_195;
/** From here a single thing is seen with what stands around it. */
const CLOSE_METRES = 320;

export interface Place extends LonLat {
  rangeMetres: number;
}

/** The middle of an extent, and from how far the whole of it is seen. */
export function placeOfBounds(bounds: readonly number[]): Place | undefined {
  const [west, south, east, north] = bounds;
  if (west === undefined || south === undefined || east === undefined || north === undefined)
    return undefined;
  const lat = (south + north) / 2;
  const width = (east - west) * METRES_PER_DEGREE * Math.cos((lat * Math.PI) / 180);
  const height = (north - south) * METRES_PER_DEGREE;
  return {
    lon: (west + east) / 2,
    lat,
    rangeMetres: Math.max(CLOSE_METRES, Math.round(Math.max(width, height * 1.6) * 1.1)),
  };
}

/** Where a result lies and from how far to look; undefined when it lies nowhere. */
export function placeOfFound({ position, bounds }: Found): Place | undefined {
  const extent = bounds && placeOfBounds(bounds);
  if (extent) return extent;
  return position && { lon: position.lon, lat: position.lat, rangeMetres: CLOSE_METRES };
}
