import type { LonLat } from '#contract/shared';
import { distanceMetres, offsetMetres } from './earth.ts';
import type { Bounds } from './overview.ts';

/** Where a camera looks, seen from the south; `pitchDegrees` is negative downwards. */
export interface Aim {
  target: LonLat;
  rangeMetres: number;
  pitchDegrees: number;
}

interface Screen {
  width: number;
  height: number;
  /** Field of view along the longer side. */
  fovRadians: number;
}

/** The corners stay this share of the half screen away from its border. */
const PADDING = 0.07;

/** The nearest aim from which all of the bounds is on the screen, balanced between top and bottom. */
export function fitView(bounds: Bounds, pitchDegrees: number, { width, height, fovRadians }: Screen): Aim {
  const [west, south, east, north] = bounds;
  const middle = { lon: (west + east) / 2, lat: (south + north) / 2 };
  const halfEast = distanceMetres(middle, { lon: east, lat: middle.lat });
  const halfNorth = distanceMetres(middle, { lon: middle.lon, lat: north });
  const long = Math.tan(fovRadians / 2);
  const tanX = width >= height ? long : (long * width) / height;
  const tanY = width >= height ? (long * height) / width : long;
  const pitch = (-pitchDegrees * Math.PI) / 180;
  const [sin, cos] = [Math.sin(pitch), Math.cos(pitch)];

  /** Where a corner is on the screen, -1 to 1; null behind the camera. */
  const see = (eastMetres: number, northMetres: number, range: number, shift: number) => {
    const fromCamera = northMetres - shift + range * cos;
    const depth = fromCamera * cos + range * sin * sin;
    if (depth <= 1) return null;
    return { x: eastMetres / depth / tanX, y: (fromCamera * sin - range * sin * cos) / depth / tanY };
  };
  const excess = (range: number, shift: number) => {
    const near = see(halfEast, -halfNorth, range, shift);
    const far = see(halfEast, halfNorth, range, shift);
    if (!near || !far) return { size: Infinity, tilt: 0 };
    return {
      size: Math.max(near.x, far.x, (far.y - near.y) / 2) / (1 - PADDING),
      tilt: (far.y + near.y) / 2,
    };
  };

  let shift = 0;
  let range = 0;
  for (let round = 0; round < 6; round += 1) {
    let [low, high] = [10, 400_000];
    for (let step = 0; step < 40; step += 1) {
      const tried = Math.sqrt(low * high);
      if (excess(tried, shift).size > 1) low = tried;
      else high = tried;
    }
    range = high;
    shift += (excess(range, shift).tilt * tanY * range) / Math.max(sin, 0.2);
  }
  return { target: offsetMetres(middle, 0, shift), rangeMetres: range, pitchDegrees };
}
