import type { CameraModel, LonLat, PicturePoint } from './camera-model.ts';
import { assertCameraModel, assertLonLat } from './camera-model.ts';
import { createLocalPlane } from './local-plane.ts';
import { createPinhole, imageOf, parametersOf } from './pinhole.ts';

/**
 * Where on the picture a point of the map is. `visible` is false behind the camera (then u and v are -1, there
 * is no such place) and outside the picture (then they say how far outside). What stands in between is not
 * considered. Throws RangeError for an impossible camera or position.
 */
export function unproject(
  model: CameraModel,
  point: LonLat,
  heightMetres = 0,
): PicturePoint & { visible: boolean } {
  assertCameraModel(model);
  assertLonLat(point);
  if (!Number.isFinite(heightMetres)) throw new RangeError(`heightMetres ${heightMetres} is not a number`);
  const { east, north } = createLocalPlane(model.position).toPlane(point);
  const image = imageOf(createPinhole(parametersOf(model), model), east, north, heightMetres);
  if (!image) return { u: -1, v: -1, visible: false };
  const u = image.x / model.width;
  const v = image.y / model.height;
  return { u, v, visible: isFraction(u) && isFraction(v) };
}

/** With slack for rounding, so that a corner of the picture projected to the ground is still visible. */
function isFraction(value: number): boolean {
  return value >= -1e-9 && value <= 1 + 1e-9;
}
