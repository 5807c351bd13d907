import { Matrix4, PerspectiveCamera, Vector3 } from 'three';
import type { CameraModel } from '#geometry/camera-model';
import { undistort } from '#geometry/lens';
import { createPinhole, parametersOf } from '#geometry/pinhole';
import type { Pinhole, Vector } from '#geometry/pinhole';

export interface View {
  pinhole: Pinhole;
  camera: PerspectiveCamera;
  /** half sizes of the undistorted picture at depth 1: wide enough for every ray of the lens */
  tanX: number;
  tanY: number;
}

const NEAR_METRES = 0.5;
const FAR_METRES = 6000;

/** A three.js camera with the very axes of the project's own pinhole, x east, y north, z up. */
export function openView(model: CameraModel): View {
  const pinhole = createPinhole(parametersOf(model), model);
  let [tanX, tanY] = [0, 0];
  for (let step = 0; step <= 40; step++) {
    const [x, y] = [(step / 40) * model.width, (step / 40) * model.height];
    for (const [px, py] of [
      [x, 0],
      [x, model.height],
      [0, y],
      [model.width, y],
    ] as const) {
      const ray = undistort(
        pinhole.lens,
        (px - pinhole.centreX) / pinhole.focalPixels,
        (py - pinhole.centreY) / pinhole.focalPixels,
      );
      if (!ray) throw new Error('the lens folds inside the picture');
      tanX = Math.max(tanX, Math.abs(ray.x));
      tanY = Math.max(tanY, Math.abs(ray.y));
    }
  }
  const camera = new PerspectiveCamera(
    (2 * Math.atan(tanY) * 180) / Math.PI,
    tanX / tanY,
    NEAR_METRES,
    FAR_METRES,
  );
  const basis = new Matrix4().makeBasis(
    toVector(pinhole.right),
    toVector(pinhole.down).negate(),
    toVector(pinhole.forward).negate(),
  );
  camera.position.set(pinhole.east, pinhole.north, pinhole.up);
  camera.quaternion.setFromRotationMatrix(basis);
  camera.updateMatrixWorld(true);
  return { pinhole, camera, tanX, tanY };
}

export function toVector({ east, north, up }: Vector): Vector3 {
  return new Vector3(east, north, up);
}
