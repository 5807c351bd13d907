import type { ModelParameter } from './camera-model.ts';
import { MODEL_PARAMETERS } from './camera-model.ts';
import type { Correspondence } from './homography.ts';
import { fitLeastSquares, invertSymmetric } from './least-squares.ts';
import type { Frame, Pinhole, PinholeParameters } from './pinhole.ts';
import { createPinhole, imageOf } from './pinhole.ts';
import { imageJacobian } from './uncertainty.ts';

/** How far a pair may be off: the click in pixels, the place on the map in metres (one standard error each). */
export interface PairNoise {
  pixels: number;
  metres: number;
}

export interface FitProblem {
  frame: Frame;
  free: readonly ModelParameter[];
  noise: PairNoise;
}

export interface CameraFit {
  parameters: PinholeParameters;
  /** of the free parameters, scaled by `scale`² */
  covariance: number[][];
  /** observed error over the one assumed in the noise */
  scale: number;
  degreesOfFreedom: number;
  /** of the pairs under this noise, up to a constant */
  logLikelihood: number;
  converged: boolean;
}

/** Upper triangle of the inverse Cholesky factor of a pair's 2×2 covariance. */
interface Whitener {
  xx: number;
  yx: number;
  yy: number;
}

/** Weak knowledge about surveillance cameras, which decides only what the pairs leave open. */
const PRIORS: Partial<Record<ModelParameter, { mean: number; sigma: number }>> = {
  rollDegrees: { mean: 0, sigma: 20 },
  horizontalFovDegrees: { mean: 60, sigma: 30 },
  k1: { mean: 0, sigma: 0.1 },
  k2: { mean: 0, sigma: 0.05 },
};
/** A real lens throws light into the corners; a polynomial may fold before them by about this share. */
const CORNER_SIGMA = 0.02;
/** The assumed noise counts as this many observations when the scale is estimated. */
const SCALE_PRIOR = 1;
const STEPS: Record<ModelParameter, number> = {
  eastMetres: 1e-4,
  northMetres: 1e-4,
  heightMetres: 1e-4,
  headingDegrees: 1e-5,
  pitchDegrees: 1e-5,
  rollDegrees: 1e-5,
  horizontalFovDegrees: 1e-5,
  k1: 1e-6,
  k2: 1e-6,
};

/**
 * Most probable camera for the pairs and the priors. The weights of the pairs depend on where the camera is, so
 * the fit is repeated with them; `robust` also lowers the weight of pairs that do not fit (Cauchy).
 */
export function refineCamera(
  problem: FitProblem,
  pairs: readonly Correspondence[],
  start: PinholeParameters,
  options: { passes: number; rounds: number; robust: boolean },
): CameraFit | undefined {
  const { frame, free, noise } = problem;
  let parameters = canImageAll(pairs, start, frame) ? start : { ...start, k1: 0, k2: 0 };
  let scale = 1;
  let fit: CameraFit | undefined;
  for (let pass = 0; pass < options.passes; pass += 1) {
    const camera = createPinhole(parameters, frame);
    const whiteners = pairs.map((pair) => createWhitener(camera, pair, noise));
    const distances = pairs.map((pair, i) => measure(camera, pair, whiteners[i]));
    // the priors only weigh rightly against the errors there really are (median of a Rayleigh distribution)
    const observed = medianOf(distances) / 1.1774;
    if (options.robust) scale = Math.max(0.3, observed);
    else if (pass === 0 && Number.isFinite(observed)) scale = Math.max(1, observed);
    const weights = distances.map((d) => (options.robust ? 1 / Math.sqrt(1 + (d / scale / 3) ** 2) : 1));
    const rows = (values: readonly number[]): number[] | undefined => {
      const p = withFree(parameters, free, values);
      if (!isPossible(p)) return undefined;
      const candidate = createPinhole(p, frame);
      const result: number[] = [];
      for (let i = 0; i < pairs.length; i += 1) {
        const pair = pairs[i];
        const w = whiteners[i];
        if (options.robust && weights[i] === 0) continue;
        const image = pair && imageOf(candidate, pair.east, pair.north);
        if (!pair || !w || !image) return undefined;
        const weight = (weights[i] ?? 1) / scale;
        const dx = image.x - candidate.centreX - pair.x;
        const dy = image.y - candidate.centreY - pair.y;
        result.push(dx * w.xx * weight, (dx * w.yx + dy * w.yy) * weight);
      }
      for (const name of free) {
        const prior = PRIORS[name];
        if (prior) result.push((p[name] - prior.mean) / prior.sigma);
      }
      result.push(missingCorners(candidate) / CORNER_SIGMA);
      return result;
    };
    const values = free.map((name) => parameters[name]);
    const steps = free.map((name) => STEPS[name]);
    const solution = fitLeastSquares(rows, values, steps, options.rounds);
    if (!solution) return fit;
    parameters = withFree(parameters, free, solution.parameters);
    const covariance = invertSymmetric(solution.normal);
    if (!covariance) return fit;
    const solved = createPinhole(parameters, frame);
    const squares = pairs.reduce((sum, pair, i) => sum + measure(solved, pair, whiteners[i]) ** 2, 0);
    const taken = free.reduce((sum, name, i) => {
      const prior = PRIORS[name];
      return sum + 1 - (prior ? Math.min(1, (covariance[i]?.[i] ?? 0) / prior.sigma ** 2) : 0);
    }, 0);
    const degreesOfFreedom = Math.max(0, 2 * pairs.length - taken);
    if (!options.robust) {
      scale = Math.sqrt((SCALE_PRIOR + squares) / (SCALE_PRIOR + degreesOfFreedom));
    }
    const logDeterminants = whiteners.reduce((sum, w) => sum + (w ? Math.log(w.xx * w.yy) : 0), 0);
    const logLikelihood =
      logDeterminants - pairs.length * Math.log((SCALE_PRIOR + squares) / (SCALE_PRIOR + degreesOfFreedom));
    fit = { parameters, covariance, scale, degreesOfFreedom, logLikelihood, converged: solution.converged };
  }
  return fit;
}

/** Distance of each pair from the camera in standard errors of the noise. */
export function measurePairs(
  problem: FitProblem,
  pairs: readonly Correspondence[],
  parameters: PinholeParameters,
): number[] {
  const camera = createPinhole(parameters, problem.frame);
  return pairs.map((pair) => measure(camera, pair, createWhitener(camera, pair, problem.noise)));
}

/** Squared distance of a pair that was not in the fit, in standard errors of its prediction (two dimensions). */
export function measurePrediction(problem: FitProblem, fit: CameraFit, pair: Correspondence): number {
  const { frame, free, noise } = problem;
  const camera = createPinhole(fit.parameters, frame);
  const image = imageOf(camera, pair.east, pair.north);
  const j = imageJacobian(camera, pair.east, pair.north);
  if (!image || !j) return Infinity;
  const ss = fit.scale * fit.scale;
  const pp = noise.pixels ** 2;
  const gg = noise.metres ** 2;
  let xx = ss * (pp + gg * (j.a * j.a + j.b * j.b));
  let xy = ss * gg * (j.a * j.c + j.b * j.d);
  let yy = ss * (pp + gg * (j.c * j.c + j.d * j.d));
  const slopes = free.map((name) => {
    const shifted = withFree(fit.parameters, [name], [fit.parameters[name] + STEPS[name]]);
    const moved = imageOf(createPinhole(shifted, frame), pair.east, pair.north) ?? image;
    return { x: (moved.x - image.x) / STEPS[name], y: (moved.y - image.y) / STEPS[name] };
  });
  slopes.forEach((a, i) => {
    slopes.forEach((b, k) => {
      const c = fit.covariance[i]?.[k] ?? 0;
      xx += a.x * b.x * c;
      xy += a.x * b.y * c;
      yy += a.y * b.y * c;
    });
  });
  const dx = image.x - camera.centreX - pair.x;
  const dy = image.y - camera.centreY - pair.y;
  return (yy * dx * dx - 2 * xy * dx * dy + xx * dy * dy) / (xx * yy - xy * xy);
}

export function medianOf(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? NaN;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? NaN)) / 2;
}

function withFree(
  parameters: PinholeParameters,
  free: readonly ModelParameter[],
  values: readonly number[],
): PinholeParameters {
  const result = { ...parameters };
  free.forEach((name, i) => {
    result[name] = values[i] ?? result[name];
  });
  return result;
}

/** A start whose lens folds before one of the pairs has no slope to descend. */
function canImageAll(pairs: readonly Correspondence[], parameters: PinholeParameters, frame: Frame): boolean {
  const camera = createPinhole(parameters, frame);
  return pairs.every((pair) => imageOf(camera, pair.east, pair.north) !== undefined);
}

function isPossible(p: PinholeParameters): boolean {
  return (
    p.heightMetres > 0.3 &&
    p.heightMetres < 2000 &&
    p.pitchDegrees >= -90.5 &&
    p.pitchDegrees <= 60 &&
    p.horizontalFovDegrees > 1.5 &&
    p.horizontalFovDegrees < 165 &&
    MODEL_PARAMETERS.every((name) => Number.isFinite(p[name]))
  );
}

/** By which share of its radius the corner of the picture lies beyond the fold of the lens less 1 %; 0 inside. */
function missingCorners(camera: Pinhole): number {
  const { k1, k2, foldSquared: s } = camera.lens;
  if (s === Infinity) return 0;
  const reach = Math.sqrt(s) * (1 + s * (k1 + s * k2));
  return Math.max(0, Math.hypot(camera.centreX, camera.centreY) / camera.focalPixels / reach - 0.99);
}

function createWhitener(camera: Pinhole, pair: Correspondence, noise: PairNoise): Whitener {
  // on the very fold of the lens there is no slope: only the click counts
  const j = imageJacobian(camera, pair.east, pair.north) ?? { a: 0, b: 0, c: 0, d: 0 };
  const pp = noise.pixels ** 2;
  const gg = noise.metres ** 2;
  const xx = pp + gg * (j.a * j.a + j.b * j.b);
  const xy = gg * (j.a * j.c + j.b * j.d);
  const yy = pp + gg * (j.c * j.c + j.d * j.d);
  const lxx = Math.sqrt(xx);
  const lyx = xy / lxx;
  const lyy = Math.sqrt(yy - lyx * lyx);
  return { xx: 1 / lxx, yx: -lyx / (lxx * lyy), yy: 1 / lyy };
}

function measure(camera: Pinhole, pair: Correspondence, w: Whitener | undefined): number {
  const image = imageOf(camera, pair.east, pair.north);
  if (!image || !w) return Infinity;
  const dx = image.x - camera.centreX - pair.x;
  const dy = image.y - camera.centreY - pair.y;
  return Math.hypot(dx * w.xx, dx * w.yx + dy * w.yy);
}
