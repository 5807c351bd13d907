import { medianOf, refineCamera } from './camera-fit.ts';
import type { CameraFit } from './camera-fit.ts';
import type { CameraModel, CameraPose, LonLat, ModelParameter } from './camera-model.ts';
import { assertCameraModel } from './camera-model.ts';
import { CalibrationError } from './calibration-error.ts';
import type { CalibrationInput, CalibrationPair } from './calibration-pairs.ts';
import { assertPairs, middleOf, toCorrespondences } from './calibration-pairs.ts';
import type { CalibrationWarning } from './calibration-warnings.ts';
import { collectWarnings } from './calibration-warnings.ts';
import type { Correspondence } from './homography.ts';
import type { LocalPlane } from './local-plane.ts';
import { createLocalPlane } from './local-plane.ts';
import type { PinholeParameters } from './pinhole.ts';
import type { RobustFit } from './robust-fit.ts';
import { fitRobustly, groundError, MAX_RESIDUAL_METRES, quantileF2 } from './robust-fit.ts';

export { CalibrationError };
export type { CalibrationInput, CalibrationPair, CalibrationWarning };

export interface Calibration {
  model: CameraModel;
  /** of the pairs used */
  rmseMetres: number;
  meanMetres: number;
  /** each pair used, seen by a camera fitted without it; in the order of the pairs used */
  leaveOneOut: { medianMetres: number; maxMetres: number; perPair: number[] };
  /** of every pair given, left out or not, on the ground; at most `MAX_RESIDUAL_METRES` */
  residualsMetres: number[];
  /** names of the parameters fitted, in the order of the covariance */
  parameters: string[];
  warnings: string[];
  /** the same with a code, for translation */
  warningDetails: CalibrationWarning[];
}

export interface PoseInput {
  position: LonLat;
  pose: CameraPose;
  width: number;
  height: number;
  horizontalFovDegrees: number;
  k1?: number | undefined;
  k2?: number | undefined;
  p1?: number | undefined;
  p2?: number | undefined;
  /** absent: 120 m */
  rangeMetres?: number | undefined;
}

const DEFAULT_RANGE_METRES = 120;
const PAIRS_FOR_K2 = 10;

/**
 * Camera from a pose that was typed in. Its uncertainty is that of DEFAULT_PARAMETER_SIGMAS.
 * Throws RangeError for an impossible value.
 */
export function modelFromPose(input: PoseInput): CameraModel {
  const model: CameraModel = {
    position: input.position,
    pose: input.pose,
    width: input.width,
    height: input.height,
    horizontalFovDegrees: input.horizontalFovDegrees,
    k1: input.k1 ?? 0,
    k2: input.k2 ?? 0,
    rangeMetres: input.rangeMetres ?? DEFAULT_RANGE_METRES,
  };
  if (input.p1 !== undefined) model.p1 = input.p1;
  if (input.p2 !== undefined) model.p2 = input.p2;
  assertCameraModel(model);
  return model;
}

/**
 * Camera from ≥ 4 pairs of picture and ground (DESIGN §6): homographies give the starts, a robust non-linear
 * fit the parameters, weak priors stand in for what the pairs cannot carry, a pair that a camera fitted
 * without it finds impossible is left out and named. Throws CalibrationError.
 */
export function calibrate(input: CalibrationInput): Calibration {
  assertPairs(input);
  const free = freeParameters(input);
  const origin = input.position ?? middleOf(input.pairs);
  const rough = fitRobustly(input, free, createLocalPlane(origin));
  // once more around the camera's own place, where headings are true and the plane is most exact
  const plane = input.position
    ? createLocalPlane(origin)
    : moveTo(rough.fit.parameters, createLocalPlane(origin));
  const pairs = toCorrespondences(input, plane);
  const start = input.position
    ? rough.fit.parameters
    : { ...rough.fit.parameters, eastMetres: 0, northMetres: 0 };
  const used = pairs.filter((_, i) => !rough.leftOut.has(i));
  const fit = refineCamera(rough.problem, used, start, { passes: 3, rounds: 60, robust: false });
  if (!fit) throw new CalibrationError('NO_CONVERGENCE', 'the fit of the camera did not settle');

  const residualsMetres = pairs.map((pair) => groundError(rough.problem, fit.parameters, pair));
  const usedResiduals = residualsMetres.filter((_, i) => !rough.leftOut.has(i));
  const perPair = used.map((pair) => {
    const others = used.filter((other) => other !== pair);
    const without = refineCamera(rough.problem, others, fit.parameters, {
      passes: 2,
      rounds: 40,
      robust: false,
    });
    return without ? groundError(rough.problem, without.parameters, pair) : MAX_RESIDUAL_METRES;
  });
  const model = buildModel(input, plane, rough, fit, used);
  const warningDetails = collectWarnings(input, rough, model, residualsMetres, usedResiduals);
  return {
    model,
    rmseMetres: Math.sqrt(usedResiduals.reduce((sum, r) => sum + r * r, 0) / used.length),
    meanMetres: usedResiduals.reduce((sum, r) => sum + r, 0) / used.length,
    leaveOneOut: { medianMetres: medianOf(perPair), maxMetres: Math.max(...perPair), perPair },
    residualsMetres,
    parameters: [...free],
    warnings: warningDetails.map(({ message }) => message),
    warningDetails,
  };
}

function freeParameters(input: CalibrationInput): ModelParameter[] {
  const free: ModelParameter[] = input.position ? [] : ['eastMetres', 'northMetres'];
  if (input.heightMetres === undefined) free.push('heightMetres');
  free.push('headingDegrees', 'pitchDegrees', 'rollDegrees');
  if (input.horizontalFovDegrees === undefined) free.push('horizontalFovDegrees');
  free.push('k1');
  if (input.pairs.length >= PAIRS_FOR_K2) free.push('k2');
  return free;
}

function buildModel(
  input: CalibrationInput,
  plane: LocalPlane,
  rough: RobustFit,
  fit: CameraFit,
  used: readonly Correspondence[],
): CameraModel {
  const p = fit.parameters;
  // few pairs tell their own scale badly: the covariance is widened so that 5.99 of it still means 95 %
  const nu = fit.degreesOfFreedom + 1;
  const widen = (2 * quantileF2(nu, 0.05)) / 5.991464547107979;
  const { problem } = rough;
  const pixels = problem.noise.pixels;
  const farthest = Math.max(...used.map((q) => Math.hypot(q.east - p.eastMetres, q.north - p.northMetres)));
  const model: CameraModel = {
    position: input.position ?? plane.toLonLat(p.eastMetres, p.northMetres),
    pose: {
      heightMetres: p.heightMetres,
      headingDegrees: ((p.headingDegrees % 360) + 360) % 360,
      pitchDegrees: Math.max(-90, p.pitchDegrees),
      rollDegrees: p.rollDegrees - 360 * Math.round(p.rollDegrees / 360),
    },
    width: input.width,
    height: input.height,
    horizontalFovDegrees: p.horizontalFovDegrees,
    k1: p.k1,
    k2: p.k2,
    rangeMetres: input.rangeMetres ?? Math.max(100, Math.ceil(farthest / 5) * 10),
    // a click is never better than half the usual hand, nor, on a still picture, four times worse
    pixelSigma: Math.min(4 * pixels, Math.max(pixels / 2, rough.pixelSigma * Math.sqrt(widen))),
    covariance: {
      parameters: [...problem.free],
      matrix: fit.covariance.map((row) => row.map((value) => value * widen)),
    },
  };
  assertCameraModel(model);
  return model;
}

function moveTo(parameters: PinholeParameters, plane: LocalPlane): LocalPlane {
  return createLocalPlane(plane.toLonLat(parameters.eastMetres, parameters.northMetres));
}
