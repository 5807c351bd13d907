import type { CameraFit, FitProblem, PairNoise } from './camera-fit.ts';
import { measurePairs, measurePrediction, medianOf, refineCamera } from './camera-fit.ts';
import type { ModelParameter } from './camera-model.ts';
import { defaultPixelSigma } from './camera-model.ts';
import { CalibrationError } from './calibration-error.ts';
import type { CalibrationInput } from './calibration-pairs.ts';
import { toCorrespondences } from './calibration-pairs.ts';
import { proposeCameras } from './camera-start.ts';
import type { Correspondence } from './homography.ts';
import type { LocalPlane } from './local-plane.ts';
import type { PinholeParameters } from './pinhole.ts';
import { createPinhole, groundOf, rayOf } from './pinhole.ts';

/** What a residual counts when a click looks at or above the horizon of the fitted camera. */
export const MAX_RESIDUAL_METRES = 10_000;

const STARTS_REFINED = 8;
/** A pair is wrong when a camera fitted without it gives it less than this chance. */
const WRONG_PAIR_CHANCE = 0.0005;
/** Errors of the places on the map, from surveyed to read off an aerial picture; the pairs choose. */
const MAP_SIGMAS_METRES = [0, 0.02, 0.06, 0.15, 0.4];
const TYPICAL_MAP_SIGMA_METRES = 0.06;

export interface RobustFit {
  problem: FitProblem;
  fit: CameraFit;
  /** standard error of a click, pixels */
  pixelSigma: number;
  leftOut: Set<number>;
  /** pairs that disagree with the rest, without it being clear which of them is wrong */
  undecided: boolean;
}

/** Camera from nothing but the pairs; throws CalibrationError NO_CONVERGENCE. */
export function fitRobustly(input: CalibrationInput, free: ModelParameter[], plane: LocalPlane): RobustFit {
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
export function quantileF2(degreesOfFreedom: number, chance: number): number {
  return (degreesOfFreedom / 2) * (chance ** (-2 / degreesOfFreedom) - 1);
}

/** Metres on the ground between where a click looks and the place it is said to show. */
export function groundError(
  problem: FitProblem,
  parameters: PinholeParameters,
  pair: Correspondence,
): number {
  const camera = createPinhole(parameters, problem.frame);
  const ray = rayOf(camera, camera.centreX + pair.x, camera.centreY + pair.y);
  const place = ray && groundOf(camera, ray);
  if (!place) return MAX_RESIDUAL_METRES;
  return Math.min(MAX_RESIDUAL_METRES, Math.hypot(place.east - pair.east, place.north - pair.north));
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
