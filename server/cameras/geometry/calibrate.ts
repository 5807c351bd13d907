import type { CameraFit, FitProblem, PairNoise } from './camera-fit.ts';
import { measurePairs, measurePrediction, medianOf, refineCamera } from './camera-fit.ts';
import type { CameraModel, CameraPose, LonLat, ModelParameter, PicturePoint } from './camera-model.ts';
import { assertCameraModel, defaultPixelSigma } from './camera-model.ts';
import { CalibrationError } from './calibration-error.ts';
import { assertPairs } from './calibration-pairs.ts';
import { proposeCameras } from './camera-start.ts';
import type { Correspondence } from './homography.ts';
import type { LocalPlane } from './local-plane.ts';
import { createLocalPlane } from './local-plane.ts';
import type { PinholeParameters } from './pinhole.ts';
import { createPinhole, groundOf, rayOf } from './pinhole.ts';

export { CalibrationError };

/** A point of the picture (fractions) and the place on the ground it shows (WGS 84). */
export interface CalibrationPair extends PicturePoint, LonLat {}

export interface CalibrationInput {
  pairs: readonly CalibrationPair[];
  /** pixels */
  width: number;
  /** pixels */
  height: number;
  /** what is given is held, what is not is fitted */
  position?: LonLat | undefined;
  heightMetres?: number | undefined;
  horizontalFovDegrees?: number | undefined;
  /** absent: twice the distance of the farthest pair, at least 100 m */
  rangeMetres?: number | undefined;
}

export type CalibrationWarningCode =
  | 'PAIR_LEFT_OUT'
  | 'PAIRS_DISAGREE'
  | 'FEW_PAIRS'
  | 'POOR_FIT'
  | 'POSITION_DISAGREES'
  | 'CORNERS_WITHOUT_RAY';

export interface CalibrationWarning {
  code: CalibrationWarningCode;
  /** 1 is the first pair */
  pair?: number;
  metres?: number;
  message: string;
}

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

/** What a residual counts when a click looks at or above the horizon of the fitted camera. */
export const MAX_RESIDUAL_METRES = 10_000;

const DEFAULT_RANGE_METRES = 120;
const STARTS_REFINED = 8;
const PAIRS_FOR_K2 = 10;
/** A pair is wrong when a camera fitted without it gives it less than this chance. */
const WRONG_PAIR_CHANCE = 0.0005;
/** Errors of the places on the map, from surveyed to read off an aerial picture; the pairs choose. */
const MAP_SIGMAS_METRES = [0, 0.02, 0.06, 0.15, 0.4];
const TYPICAL_MAP_SIGMA_METRES = 0.06;

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

interface RobustFit {
  problem: FitProblem;
  fit: CameraFit;
  /** standard error of a click, pixels */
  pixelSigma: number;
  leftOut: Set<number>;
  /** pairs that disagree with the rest, without it being clear which of them is wrong */
  undecided: boolean;
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

function fitRobustly(input: CalibrationInput, free: ModelParameter[], plane: LocalPlane): RobustFit {
  const pairs = toCorrespondences(input, plane);
  const pixels = defaultPixelSigma(input.width);
  const frame = { width: input.width, height: input.height };
  const problem: FitProblem = { frame, free, noise: { pixels, metres: TYPICAL_MAP_SIGMA_METRES } };
  const held: Partial<PinholeParameters> = {};
  if (input.position) Object.assign(held, { eastMetres: 0, northMetres: 0 });
  if (input.heightMetres !== undefined) held.heightMetres = input.heightMetres;
  if (input.horizontalFovDegrees !== undefined) held.horizontalFovDegrees = input.horizontalFovDegrees;

  const first = bestOf(
    proposeCameras(pairs, frame, held, STARTS_REFINED).map((start) =>
      refineCamera(problem, pairs, start, { passes: 4, rounds: 12, robust: pairs.length > 5 }),
    ),
    (fit) =>
      -measurePairs(problem, pairs, fit.parameters).reduce((sum, d) => sum + Math.log1p((d * d) / 9), 0),
  );
  if (!first) throw new CalibrationError('NO_CONVERGENCE', 'no camera above the ground shows these pairs');
  const { leftOut, undecided } = findWrongPairs(problem, pairs, first);
  const used = pairs.filter((_, i) => !leftOut.has(i));
  const candidates = noisesFor(used.length, pixels).map((noise) => {
    const own = { ...problem, noise };
    const fit = refineCamera(own, used, first.parameters, { passes: 4, rounds: 60, robust: false });
    return fit && { problem: own, fit };
  });
  const best = bestOf(candidates, ({ fit }) => fit.logLikelihood);
  if (!best) throw new CalibrationError('NO_CONVERGENCE', 'the fit of the camera did not settle');
  const errors = used.map((pair) => groundError(best.problem, best.fit.parameters, pair));
  const reach = Math.max(
    ...used.map((p) => Math.hypot(p.east - (used[0]?.east ?? 0), p.north - (used[0]?.north ?? 0))),
  );
  if (!(medianOf(errors) < 0.25 * reach)) {
    throw new CalibrationError(
      'NO_CONVERGENCE',
      'no camera comes near these pairs: are some of them swapped?',
    );
  }
  return { ...best, pixelSigma: averageClick(candidates, best.fit.logLikelihood), leftOut, undecided };
}

/**
 * Error of a click, averaged over the ways to split the errors between hand and map by how likely each is:
 * the pairs tell the camera well, but that split badly.
 */
function averageClick(
  candidates: readonly ({ problem: FitProblem; fit: CameraFit } | undefined)[],
  highest: number,
): number {
  let weights = 0;
  let squares = 0;
  for (const candidate of candidates) {
    if (!candidate) continue;
    const weight = Math.exp(candidate.fit.logLikelihood - highest);
    weights += weight;
    squares += weight * (candidate.fit.scale * candidate.problem.noise.pixels) ** 2;
  }
  return Math.sqrt(squares / weights);
}

function noisesFor(pairCount: number, pixels: number): PairNoise[] {
  const sigmas = pairCount >= 6 ? MAP_SIGMAS_METRES : [TYPICAL_MAP_SIGMA_METRES];
  return sigmas.map((metres) => ({ pixels, metres }));
}

/** Leaves out the worst pair while a camera fitted to the others finds it impossible, then lets back what fits. */
function findWrongPairs(
  problem: FitProblem,
  pairs: readonly Correspondence[],
  first: CameraFit,
): { leftOut: Set<number>; undecided: boolean } {
  const leftOut = new Set<number>();
  const most = Math.min(pairs.length - 5, Math.floor(pairs.length * 0.4));
  let parameters = first.parameters;
  const distances = measurePairs(problem, pairs, parameters);
  const order = pairs.map((_, i) => i).sort((a, b) => (distances[b] ?? 0) - (distances[a] ?? 0));
  const scale = Math.max(0.5, medianOf(distances) / 1.1774);
  const suspects = order.filter((i) => (distances[i] ?? 0) > 4 * scale);
  if (suspects.length === 0) return { leftOut, undecided: false };
  if (most < 1) return { leftOut, undecided: true };
  suspects.slice(0, most).forEach((i) => leftOut.add(i));
  for (let round = 0; round <= most && leftOut.size > 0; round += 1) {
    const used = pairs.filter((_, i) => !leftOut.has(i));
    const fit = refineCamera(problem, used, parameters, { passes: 3, rounds: 60, robust: false });
    if (!fit) break;
    parameters = fit.parameters;
    const possible = [...leftOut]
      .map((i) => ({ i, pair: pairs[i] }))
      .map(({ i, pair }) => ({ i, squared: pair ? measurePrediction(problem, fit, pair) : Infinity }))
      .filter(({ squared }) => squared < 2 * quantileF2(fit.degreesOfFreedom + 1, WRONG_PAIR_CHANCE))
      .sort((a, b) => a.squared - b.squared)[0];
    if (!possible) break;
    leftOut.delete(possible.i);
  }
  return { leftOut, undecided: false };
}

/** The value that F with (2, ν) degrees of freedom exceeds with this chance; it has a closed form. */
function quantileF2(degreesOfFreedom: number, chance: number): number {
  return (degreesOfFreedom / 2) * (chance ** (-2 / degreesOfFreedom) - 1);
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

function collectWarnings(
  input: CalibrationInput,
  rough: RobustFit,
  model: CameraModel,
  residuals: readonly number[],
  usedResiduals: readonly number[],
): CalibrationWarning[] {
  const warnings: CalibrationWarning[] = [];
  for (const i of rough.leftOut) {
    const metres = residuals[i] ?? MAX_RESIDUAL_METRES;
    const message = `pair ${i + 1} is ${metres.toFixed(1)} m away from where the other pairs put it and was left out`;
    warnings.push({ code: 'PAIR_LEFT_OUT', pair: i + 1, metres, message });
  }
  if (rough.undecided) {
    const message =
      'the pairs do not agree with one another, and there are too few to tell which of them is wrong';
    warnings.push({ code: 'PAIRS_DISAGREE', message });
  }
  if (usedResiduals.length < 6) {
    const message = `${usedResiduals.length} pairs can hardly check one another: 6 to 10, spread over the picture, are better`;
    warnings.push({ code: 'FEW_PAIRS', message });
  }
  const middle = medianOf(usedResiduals);
  if (middle > 1) {
    const message = `half of the pairs are more than ${middle.toFixed(1)} m off`;
    warnings.push({ code: 'POOR_FIT', metres: middle, message });
  }
  const apart = input.position && usedResiduals.length >= 6 ? findBetterPosition(input, rough) : undefined;
  if (apart !== undefined) {
    const message = `the pairs fit much better with the camera ${apart.toFixed(1)} m away from its given position`;
    warnings.push({ code: 'POSITION_DISAGREES', metres: apart, message });
  }
  const camera = createPinhole({ eastMetres: 0, northMetres: 0, ...model.pose, ...model }, model);
  if (!rayOf(camera, 0, 0)) {
    const message = 'the lens fitted to these pairs does not reach the corners: add pairs near the edges';
    warnings.push({ code: 'CORNERS_WITHOUT_RAY', message });
  }
  return warnings;
}

/** How far the camera would move if its position were not held, when that halves the errors at least. */
function findBetterPosition(input: CalibrationInput, rough: RobustFit): number | undefined {
  const pairs = toCorrespondences(input, createLocalPlane(input.position ?? middleOf(input.pairs)));
  const used = pairs.filter((_, i) => !rough.leftOut.has(i));
  const problem = { ...rough.problem, free: [...rough.problem.free, 'eastMetres', 'northMetres'] as const };
  const moved = refineCamera(problem, used, rough.fit.parameters, { passes: 3, rounds: 60, robust: false });
  if (!moved || moved.scale > rough.fit.scale / 2) return undefined;
  return Math.hypot(moved.parameters.eastMetres, moved.parameters.northMetres);
}

function groundError(problem: FitProblem, parameters: PinholeParameters, pair: Correspondence): number {
  const camera = createPinhole(parameters, problem.frame);
  const ray = rayOf(camera, camera.centreX + pair.x, camera.centreY + pair.y);
  const place = ray && groundOf(camera, ray);
  if (!place) return MAX_RESIDUAL_METRES;
  return Math.min(MAX_RESIDUAL_METRES, Math.hypot(place.east - pair.east, place.north - pair.north));
}

function toCorrespondences(input: CalibrationInput, plane: LocalPlane): Correspondence[] {
  return input.pairs.map((pair) => ({
    x: (pair.u - 0.5) * input.width,
    y: (pair.v - 0.5) * input.height,
    ...plane.toPlane(pair),
  }));
}

function moveTo(parameters: PinholeParameters, plane: LocalPlane): LocalPlane {
  return createLocalPlane(plane.toLonLat(parameters.eastMetres, parameters.northMetres));
}

function middleOf(pairs: readonly CalibrationPair[]): LonLat {
  return { lon: medianOf(pairs.map((p) => p.lon)), lat: medianOf(pairs.map((p) => p.lat)) };
}

function bestOf<T>(candidates: readonly (T | undefined)[], score: (candidate: T) => number): T | undefined {
  let best: T | undefined;
  let highest = -Infinity;
  for (const candidate of candidates) {
    if (!candidate) continue;
    const value = score(candidate);
    if (value > highest) {
      best = candidate;
      highest = value;
    }
  }
  return best;
}
