import { CalibrationError, calibrate, modelFromPose } from '#geometry/calibrate';
import type { CameraModel } from '#geometry/camera-model';
import type { Calibration, CalibrationResult } from '#contract/cameras';
import type { LonLat } from '#contract/shared';
import type { Static } from 'typebox';
import { appError } from '../errors.ts';

export interface CalibrationTarget {
  position: LonLat;
  width: number;
  height: number;
  rangeMetres: number;
}

export interface BuiltCalibration {
  model: CameraModel;
  quality: Omit<Static<typeof CalibrationResult>, 'version' | 'model' | 'pose'> & {
    method: 'pose' | 'pairs';
  };
}

/** A camera that sees its farthest pair sees a little beyond it. */
const BEYOND_FARTHEST_PAIR = 1.1;

/**
 * The model of a camera from a pose that somebody typed in, or fitted to at least four pairs of picture and ground.
 * @throws INVALID_INPUT when it is neither or both, or a value is impossible; CALIBRATION_FAILED with the reason
 */
export function buildCalibration(target: CalibrationTarget, input: Calibration): BuiltCalibration {
  if ((input.pairs === undefined) === (input.pose === undefined)) {
    throw appError('INVALID_INPUT', { body: 'either pairs or pose' });
  }
  try {
    return input.pairs === undefined
      ? fromPose(target, input)
      : fromPairs(target, { ...input, pairs: input.pairs });
  } catch (error) {
    if (error instanceof CalibrationError) {
      throw appError('CALIBRATION_FAILED', { reason: error.code, message: error.message });
    }
    if (error instanceof RangeError) throw appError('INVALID_INPUT', { message: error.message });
    throw error;
  }
}

function fromPose(
  target: CalibrationTarget,
  { pose, horizontalFovDegrees, k1, k2 }: Calibration,
): BuiltCalibration {
  if (!pose || horizontalFovDegrees === undefined) {
    throw appError('INVALID_INPUT', { body: 'a pose needs horizontalFovDegrees' });
  }
  return {
    model: modelFromPose({ ...target, pose, horizontalFovDegrees, k1, k2 }),
    quality: { method: 'pose', warnings: [] },
  };
}

/** The camera's place in the register is often read off a map, so the fit may move it. */
function fromPairs(
  { width, height, rangeMetres }: CalibrationTarget,
  { pairs, horizontalFovDegrees }: Calibration & { pairs: NonNullable<Calibration['pairs']> },
): BuiltCalibration {
  const { model, rmseMetres, leaveOneOut, warnings } = calibrate({
    pairs,
    width,
    height,
    horizontalFovDegrees,
  });
  // Without a range of its own, the fit takes twice the distance of the farthest pair, at least 100 m.
  const farthest = model.rangeMetres > 100 ? model.rangeMetres / 2 : 0;
  return {
    model: { ...model, rangeMetres: Math.max(rangeMetres, farthest * BEYOND_FARTHEST_PAIR) },
    quality: {
      method: 'pairs',
      rmseMetres,
      leaveOneOut: { medianMetres: leaveOneOut.medianMetres, maxMetres: leaveOneOut.maxMetres },
      warnings,
    },
  };
}
