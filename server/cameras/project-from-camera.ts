import type { Polygon as GeoPolygon } from 'geojson';
import type { CameraModel } from '#geometry/camera-model';
import {
  projectBox,
  projectPoint,
  type GroundPoint,
  type NoGroundPoint,
  type ProjectionRefusal,
} from '#geometry/project-to-ground';
import type { Projection } from '#contract/cameras';
import type { Stance } from '#contract/dictionary';
import type { Box } from '#contract/shared';
import { appError, type ErrorCode } from '../errors.ts';

export type PictureSpot = { u: number; v: number } | { box: Box; stance?: Stance | undefined };

const REFUSALS: Record<ProjectionRefusal, ErrorCode> = {
  ABOVE_HORIZON: 'RECTANGLE_ABOVE_HORIZON',
  OUT_OF_RANGE: 'RECTANGLE_OUT_OF_RANGE',
  OUTSIDE_PICTURE: 'RECTANGLE_OUTSIDE_PICTURE',
};

/**
 * The ground under a point or rectangle of a camera's picture, with its 95 % ellipse; the same geometry that the
 * browser shows while the mouse moves. A rectangle is taken as around something upright unless told otherwise.
 * @throws CAMERA_NOT_CALIBRATED, RECTANGLE_ABOVE_HORIZON, RECTANGLE_OUT_OF_RANGE, RECTANGLE_OUTSIDE_PICTURE
 */
export function projectFromCamera(
  camera: { id: string; model?: CameraModel | undefined },
  spot: PictureSpot,
): Omit<Projection, 'cell'> {
  const model = requireModel(camera);
  const result: (GroundPoint & { footprint?: GeoPolygon }) | NoGroundPoint =
    'box' in spot ? projectBox(model, spot.box, spot.stance ?? 'upright') : projectPoint(model, spot);
  if (!result.ok) throw appError(REFUSALS[result.reason], { cameraId: camera.id });
  const { ground, distanceMetres, ellipse, footprint } = result;
  return {
    ground,
    distanceMetres,
    ellipse,
    ...(footprint ? { footprint: { type: 'Polygon', coordinates: footprint.coordinates } } : {}),
  };
}

/** @throws CAMERA_NOT_CALIBRATED */
export function requireModel(camera: { id: string; model?: CameraModel | undefined }): CameraModel {
  if (!camera.model) throw appError('CAMERA_NOT_CALIBRATED', { cameraId: camera.id });
  return camera.model;
}
