import type { CameraModel } from './camera-model.ts';
import type { Lens } from './lens.ts';
import { createLens, distort, undistort } from './lens.ts';

/** A direction or axis in the tangent plane's frame. */
export interface Vector {
  east: number;
  north: number;
  up: number;
}

/** A camera over the plane up = 0, ready for arithmetic; x right, y down, z forward as in OpenCV. */
export interface Pinhole {
  east: number;
  north: number;
  up: number;
  right: Vector;
  down: Vector;
  forward: Vector;
  focalPixels: number;
  centreX: number;
  centreY: number;
  lens: Lens;
}

/** What a pinhole is made of, in the units of the model; east and north in metres of the plane used. */
export interface PinholeParameters {
  eastMetres: number;
  northMetres: number;
  heightMetres: number;
  headingDegrees: number;
  pitchDegrees: number;
  rollDegrees: number;
  horizontalFovDegrees: number;
  k1: number;
  k2: number;
}

export interface Frame {
  width: number;
  height: number;
  p1?: number | undefined;
  p2?: number | undefined;
}

const RADIANS = Math.PI / 180;

export function createPinhole(p: PinholeParameters, frame: Frame): Pinhole {
  const sinH = Math.sin(p.headingDegrees * RADIANS);
  const cosH = Math.cos(p.headingDegrees * RADIANS);
  const sinP = Math.sin(p.pitchDegrees * RADIANS);
  const cosP = Math.cos(p.pitchDegrees * RADIANS);
  const sinR = Math.sin(p.rollDegrees * RADIANS);
  const cosR = Math.cos(p.rollDegrees * RADIANS);
  // level right = (cosH, -sinH, 0), level down = (sinP sinH, sinP cosH, -cosP), then turned by the roll
  return {
    east: p.eastMetres,
    north: p.northMetres,
    up: p.heightMetres,
    right: {
      east: cosR * cosH + sinR * sinP * sinH,
      north: -cosR * sinH + sinR * sinP * cosH,
      up: -sinR * cosP,
    },
    down: {
      east: -sinR * cosH + cosR * sinP * sinH,
      north: sinR * sinH + cosR * sinP * cosH,
      up: -cosR * cosP,
    },
    forward: { east: cosP * sinH, north: cosP * cosH, up: sinP },
    focalPixels: frame.width / 2 / Math.tan((p.horizontalFovDegrees * RADIANS) / 2),
    centreX: frame.width / 2,
    centreY: frame.height / 2,
    lens: createLens(p.k1, p.k2, frame.p1, frame.p2),
  };
}

/** The parameters of a model in its own tangent plane, so east and north are zero. */
export function parametersOf(model: CameraModel): PinholeParameters {
  return {
    eastMetres: 0,
    northMetres: 0,
    ...model.pose,
    horizontalFovDegrees: model.horizontalFovDegrees,
    k1: model.k1,
    k2: model.k2,
  };
}

/** Pixel of a point in space; undefined behind the camera or where the lens folds. */
export function imageOf(
  camera: Pinhole,
  east: number,
  north: number,
  up = 0,
): { x: number; y: number } | undefined {
  const { right, down, forward } = camera;
  const de = east - camera.east;
  const dn = north - camera.north;
  const du = up - camera.up;
  const depth = forward.east * de + forward.north * dn + forward.up * du;
  if (!(depth > 1e-9)) return undefined;
  const x = (right.east * de + right.north * dn + right.up * du) / depth;
  const y = (down.east * de + down.north * dn + down.up * du) / depth;
  if (x * x + y * y > camera.lens.foldSquared) return undefined;
  const image = distort(camera.lens, x, y);
  return {
    x: camera.centreX + camera.focalPixels * image.x,
    y: camera.centreY + camera.focalPixels * image.y,
  };
}

/** Direction (depth 1, not normalised) in which a pixel looks; undefined where the lens has no ray. */
export function rayOf(camera: Pinhole, xPixels: number, yPixels: number): Vector | undefined {
  const point = undistort(
    camera.lens,
    (xPixels - camera.centreX) / camera.focalPixels,
    (yPixels - camera.centreY) / camera.focalPixels,
  );
  return point && directionOf(camera, point.x, point.y);
}

export function directionOf(camera: Pinhole, x: number, y: number): Vector {
  const { right, down, forward } = camera;
  return {
    east: right.east * x + down.east * y + forward.east,
    north: right.north * x + down.north * y + forward.north,
    up: right.up * x + down.up * y + forward.up,
  };
}

/** Where a ray meets the plane up = 0; undefined at or above the horizon. */
export function groundOf(camera: Pinhole, ray: Vector): { east: number; north: number } | undefined {
  if (!(ray.up < -1e-9)) return undefined;
  const scale = -camera.up / ray.up;
  return { east: camera.east + scale * ray.east, north: camera.north + scale * ray.north };
}
