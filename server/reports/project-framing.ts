import { projectBox, type ProjectionRefusal, type Stance } from '#geometry/project-to-ground';
import type { Camera } from '#contract/cameras';
import type { Box, Ellipse, LonLat, Polygon } from '#contract/shared';
import { appError, type ErrorCode } from '../errors.ts';

export interface Projected {
  ground: LonLat;
  footprint: Polygon;
  ellipse: Ellipse;
}

const refusals: Record<ProjectionRefusal, ErrorCode> = {
  ABOVE_HORIZON: 'RECTANGLE_ABOVE_HORIZON',
  OUT_OF_RANGE: 'RECTANGLE_OUT_OF_RANGE',
  OUTSIDE_PICTURE: 'RECTANGLE_OUTSIDE_PICTURE',
};

/**
 * Where the thing in the rectangle is, by the stored calibration: the server decides, whatever a browser showed.
 * @throws CAMERA_NOT_CALIBRATED, RECTANGLE_OUTSIDE_PICTURE, RECTANGLE_ABOVE_HORIZON, RECTANGLE_OUT_OF_RANGE
 */
export function projectFraming(camera: Camera, box: Box, stance: Stance): Projected {
  if (!camera.model) throw appError('CAMERA_NOT_CALIBRATED', { cameraId: camera.id });
  const projected = projectBox(camera.model, box, stance);
  if (!projected.ok) throw appError(refusals[projected.reason], { cameraId: camera.id, box });
  const { ground, footprint, ellipse } = projected;
  return { ground, footprint: { type: 'Polygon', coordinates: footprint.coordinates }, ellipse };
}
