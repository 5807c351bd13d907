import type { Division } from '#contract/grid';
import type { MapFocus } from './map-panel.tsx';

const metresPerDegree = 111_320;

/** A view that holds the division's bounds. */
export function focusOnDivision({ code, bounds, centre }: Division): MapFocus {
  const [west = centre.lon, south = centre.lat, east = centre.lon, north = centre.lat] = bounds;
  const width = (east - west) * metresPerDegree * Math.cos((centre.lat * Math.PI) / 180);
  const height = (north - south) * metresPerDegree;
  return {
    lon: (west + east) / 2,
    lat: (south + north) / 2,
    rangeMetres: Math.max(600, 1.6 * Math.max(width, height)),
    key: `division ${code}`,
  };
}
