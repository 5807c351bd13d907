import { bbox } from '@turf/turf';
import type { Geometry } from 'geojson';
import type { MapFocus } from '../../map/district-map.tsx';

const METRES_PER_DEGREE = 111_320;

/** Where the camera looks to see all of it. */
export function focusOfGeometry(geometry: Geometry, key: string): MapFocus {
  const [west = 0, south = 0, east = 0, north = 0] = bbox(geometry);
  const sizeMetres = Math.max((north - south) * METRES_PER_DEGREE, (east - west) * METRES_PER_DEGREE);
  return {
    lon: (west + east) / 2,
    lat: (south + north) / 2,
    rangeMetres: Math.max(250, sizeMetres * 2.2),
    key,
  };
}
