import type { MapCamera } from '../../map/map-camera.ts';

/** Tangent of half the camera's angle of view along the longer edge of the screen (60 degrees). */
const HALF_VIEW = Math.tan(Math.PI / 6);
const METRES_PER_DEGREE = 111_195;
/** A flat view reaches to the horizon; a list of that would be a list of everything. */
const MOST_STRETCH = 2;

/**
 * About what the map shows, as `west,south,east,north`: the ground trapezoid of the view as the rectangle around its
 * turned middle part. `aspect` is width by height.
 */
export function boundsOfCamera(camera: MapCamera, aspect: number): string {
  const { lon, lat, rangeMetres, headingDegrees, pitchDegrees } = camera;
  const [across, along] = aspect >= 1 ? [HALF_VIEW, HALF_VIEW / aspect] : [HALF_VIEW * aspect, HALF_VIEW];
  const stretch = Math.min(MOST_STRETCH, 1 / Math.sin((Math.abs(pitchDegrees) * Math.PI) / 180));
  const [half, deep] = [rangeMetres * across, rangeMetres * along * stretch];
  const heading = (headingDegrees * Math.PI) / 180;
  const [cos, sin] = [Math.abs(Math.cos(heading)), Math.abs(Math.sin(heading))];
  const north = (half * sin + deep * cos) / METRES_PER_DEGREE;
  const east = (half * cos + deep * sin) / METRES_PER_DEGREE / Math.cos((lat * Math.PI) / 180);
  const clamp = (value: number, most: number) => Math.max(-most, Math.min(most, value)).toFixed(5);
  return [
    clamp(lon - east, 180),
    clamp(lat - north, 90),
    clamp(lon + east, 180),
    clamp(lat + north, 90),
  ].join(',');
}
