import type { LonLat, PicturePoint } from './camera-model.ts';
import { CalibrationError } from './calibration-error.ts';
import { medianOf } from './camera-fit.ts';
import type { Correspondence } from './homography.ts';
import { fitHomography } from './homography.ts';
import type { LocalPlane } from './local-plane.ts';
import { createLocalPlane } from './local-plane.ts';

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

type XY = readonly [number, number];

/** Farther apart than this is a mistake (latitude and longitude swapped), not a camera's view. */
const MAX_SPREAD_METRES = 5000;
const MIN_SPREAD_METRES = 1;
const MIN_SPREAD_FRACTION = 0.03;
const SAME_PLACE_METRES = 0.05;
const SAME_PIXEL = 1.5;
/** Width of a set of points over its length, below which it counts as a line. */
const LINE_RATIO = 0.01;
/** Singular value ratio of the homography below which four pairs do not determine it. */
const MIN_STRENGTH = 1e-3;

/** Throws CalibrationError when the numbers are not numbers or the pairs cannot determine a camera. */
export function assertPairs(input: CalibrationInput): void {
  assertNumbers(input);
  if (input.pairs.length < 4) {
    throw new CalibrationError('TOO_FEW_PAIRS', `${input.pairs.length} pairs given, 4 needed`);
  }
  const origin = input.pairs[0] ?? { lon: 0, lat: 0 };
  const plane = createLocalPlane(origin);
  const ground = input.pairs.map((pair): XY => {
    if (Math.abs(pair.lat - origin.lat) > 0.1 || Math.abs(pair.lon - origin.lon) > 1)
      return [Infinity, Infinity];
    const { east, north } = plane.toPlane(pair);
    return [east, north];
  });
  const image = input.pairs.map((pair): XY => [pair.u * input.width, pair.v * input.height]);
  if (!(lengthOf(ground) < MAX_SPREAD_METRES)) {
    fail('the places are kilometres apart: are latitude and longitude swapped?');
  }
  if (countDistinct(ground, SAME_PLACE_METRES) < 4) fail('fewer than 4 different places on the ground');
  if (countDistinct(image, SAME_PIXEL) < 4) fail('fewer than 4 different points of the picture');
  if (lengthOf(ground) < MIN_SPREAD_METRES) fail('the places are within a metre of one another');
  if (lengthOf(image) < MIN_SPREAD_FRACTION * input.width)
    fail('the points of the picture are too close together');
  if (isLine(ground)) fail('the places lie on one line');
  if (isLine(image)) fail('the points of the picture lie on one line');
  const homography = fitHomography(
    image.map(([x, y], i) => ({ x, y, east: ground[i]?.[0] ?? 0, north: ground[i]?.[1] ?? 0 })),
  );
  if (!homography || homography.strength < MIN_STRENGTH) fail('all but one of the pairs lie on one line');
}

export function toCorrespondences(input: CalibrationInput, plane: LocalPlane): Correspondence[] {
  return input.pairs.map((pair) => ({
    x: (pair.u - 0.5) * input.width,
    y: (pair.v - 0.5) * input.height,
    ...plane.toPlane(pair),
  }));
}

export function middleOf(pairs: readonly CalibrationPair[]): LonLat {
  return { lon: medianOf(pairs.map((p) => p.lon)), lat: medianOf(pairs.map((p) => p.lat)) };
}

function assertNumbers(input: CalibrationInput): void {
  const { position } = input;
  const checks: [string, number | undefined, number, number][] = [
    ['width', input.width, 1, 100_000],
    ['height', input.height, 1, 100_000],
    ['position longitude', position?.lon, -180, 180],
    ['position latitude', position?.lat, -89.99, 89.99],
    ['heightMetres', input.heightMetres, 0.3, 2000],
    ['horizontalFovDegrees', input.horizontalFovDegrees, 1.5, 165],
    ['rangeMetres', input.rangeMetres, 0.1, 100_000],
  ];
  input.pairs.forEach((pair, i) => {
    checks.push(
      [`pair ${i + 1} u`, pair.u, 0, 1],
      [`pair ${i + 1} v`, pair.v, 0, 1],
      [`pair ${i + 1} longitude`, pair.lon, -180, 180],
      [`pair ${i + 1} latitude`, pair.lat, -89.99, 89.99],
    );
  });
  for (const [name, value, least, most] of checks) {
    if (value !== undefined && !(value >= least && value <= most)) {
      throw new CalibrationError('NOT_FINITE', `${name} ${value} is not a number within ${least} to ${most}`);
    }
  }
}

function fail(message: string): never {
  throw new CalibrationError('DEGENERATE_PAIRS', message);
}

function countDistinct(points: readonly XY[], tolerance: number): number {
  const distinct: XY[] = [];
  for (const p of points) {
    if (!distinct.some((q) => Math.hypot(p[0] - q[0], p[1] - q[1]) < tolerance)) distinct.push(p);
  }
  return distinct.length;
}

/** Diagonal of the bounding box. */
function lengthOf(points: readonly XY[]): number {
  const extent = (k: 0 | 1): number =>
    Math.max(...points.map((p) => p[k])) - Math.min(...points.map((p) => p[k]));
  return Math.hypot(extent(0), extent(1));
}

function isLine(points: readonly XY[]): boolean {
  const n = points.length;
  const mx = points.reduce((sum, p) => sum + p[0], 0) / n;
  const my = points.reduce((sum, p) => sum + p[1], 0) / n;
  const xx = points.reduce((sum, p) => sum + (p[0] - mx) ** 2, 0);
  const yy = points.reduce((sum, p) => sum + (p[1] - my) ** 2, 0);
  const xy = points.reduce((sum, p) => sum + (p[0] - mx) * (p[1] - my), 0);
  const spread = Math.hypot((xx - yy) / 2, xy);
  const least = Math.max(0, (xx + yy) / 2 - spread);
  return Math.sqrt(least / ((xx + yy) / 2 + spread)) < LINE_RATIO;
}
