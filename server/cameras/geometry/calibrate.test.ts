import { describe, expect, test } from 'vitest';
import {
  createRandom,
  disturbPair,
  randomCamera,
  randomPair,
  readRealCamera,
  simulateCalibrations,
} from '../../../tests/support/geometry-figures.ts';
import type { CalibrationInput, CalibrationPair } from './calibrate.ts';
import { calibrate, CalibrationError, modelFromPose } from './calibrate.ts';
import { createLocalPlane } from './local-plane.ts';
import { projectPoint } from './project-to-ground.ts';
import { unproject } from './unproject.ts';

const POSITION = { lon: 103.7456, lat: 36.0712 };
const PICTURE = { width: 1920, height: 1080 };
const truth = modelFromPose({
  position: POSITION,
  pose: { heightMetres: 7, headingDegrees: 210, pitchDegrees: -22, rollDegrees: 2 },
  ...PICTURE,
  horizontalFovDegrees: 62,
  k1: -0.06,
});
const SPREAD: [number, number][] = [
  [0.1, 0.9],
  [0.9, 0.92],
  [0.5, 0.6],
  [0.2, 0.35],
  [0.85, 0.3],
  [0.6, 0.85],
  [0.35, 0.75],
  [0.7, 0.45],
  [0.05, 0.5],
  [0.95, 0.6],
];

function pairAt([u, v]: [number, number]): CalibrationPair {
  const place = projectPoint(truth, { u, v });
  if (!place.ok) throw new Error(place.reason);
  return { u, v, ...place.ground };
}

function codeOf(input: Partial<CalibrationInput>): string {
  try {
    calibrate({ pairs: [], ...PICTURE, ...input });
  } catch (error) {
    if (error instanceof CalibrationError) return error.code;
    throw error;
  }
  return 'none';
}

const exact = SPREAD.map(pairAt);

describe('a fit', () => {
  test('finds the camera that made exact pairs, lens included', () => {
    const { model, rmseMetres, parameters, warnings } = calibrate({ pairs: exact, ...PICTURE });
    const moved = createLocalPlane(POSITION).toPlane(model.position);
    expect(Math.hypot(moved.east, moved.north)).toBeLessThan(0.05);
    expect(model.pose.heightMetres).toBeCloseTo(7, 1);
    expect(model.pose.headingDegrees).toBeCloseTo(210, 1);
    expect(model.pose.pitchDegrees).toBeCloseTo(-22, 1);
    expect(model.pose.rollDegrees).toBeCloseTo(2, 1);
    expect(model.horizontalFovDegrees).toBeCloseTo(62, 0);
    expect(rmseMetres).toBeLessThan(0.01);
    expect(warnings).toEqual([]);
    expect(model.covariance?.parameters).toEqual(parameters);
  });

  test('holds what is known: position, height and field of view', () => {
    const known = { position: POSITION, heightMetres: 7, horizontalFovDegrees: 62 };
    const { model, parameters, rmseMetres } = calibrate({ pairs: exact.slice(0, 4), ...PICTURE, ...known });
    expect(model.position).toEqual(POSITION);
    expect(model.pose.heightMetres).toBe(7);
    expect(model.horizontalFovDegrees).toBe(62);
    expect(parameters).toEqual(['headingDegrees', 'pitchDegrees', 'rollDegrees', 'k1']);
    expect(rmseMetres).toBeLessThan(0.02);
  });

  test('works from four pairs and says that they can hardly check one another', () => {
    const { rmseMetres, warningDetails, leaveOneOut } = calibrate({
      pairs: exact.slice(0, 5).filter((_, i) => i !== 2),
      ...PICTURE,
    });
    expect(rmseMetres).toBeLessThan(0.5);
    expect(warningDetails.map(({ code }) => code)).toContain('FEW_PAIRS');
    expect(leaveOneOut.perPair).toHaveLength(4);
  });

  test('always gives the same camera for the same pairs', () => {
    expect(calibrate({ pairs: exact, ...PICTURE })).toEqual(calibrate({ pairs: exact, ...PICTURE }));
  });

  test('finds a camera that looks straight down', () => {
    const down = modelFromPose({
      ...truth,
      pose: { ...truth.pose, pitchDegrees: -90, rollDegrees: 0 },
      k1: 0,
    });
    const pairs = SPREAD.map(([u, v]) => {
      const place = projectPoint(down, { u, v });
      if (!place.ok) throw new Error(place.reason);
      return { u, v, ...place.ground };
    });
    const { rmseMetres, model } = calibrate({ pairs, ...PICTURE, position: POSITION });
    expect(rmseMetres).toBeLessThan(0.02);
    const middle = projectPoint(model, { u: 0.3, v: 0.2 });
    const wanted = projectPoint(down, { u: 0.3, v: 0.2 });
    if (!middle.ok || !wanted.ok) throw new Error('both look at the ground');
    const off = createLocalPlane(wanted.ground).toPlane(middle.ground);
    expect(Math.hypot(off.east, off.north)).toBeLessThan(0.03);
  });

  test('warns when the given position is not where the camera hangs', () => {
    const position = createLocalPlane(POSITION).toLonLat(6, -4);
    const { warningDetails } = calibrate({ pairs: exact, ...PICTURE, position });
    const warning = warningDetails.find(({ code }) => code === 'POSITION_DISAGREES');
    expect(warning?.metres).toBeGreaterThan(5);
    expect(warning?.metres).toBeLessThan(9.5);
  });
});

describe('a wrong pair', () => {
  test.each([0, 3, 6, 9])('number %i of ten is named and does not move the camera', (wrong) => {
    const plane = createLocalPlane(POSITION);
    const pairs = exact.map((pair, i) => {
      if (i !== wrong) return pair;
      const { east, north } = plane.toPlane(pair);
      return { ...pair, ...plane.toLonLat(east + 9, north - 7) };
    });
    const { warningDetails, warnings, rmseMetres, residualsMetres } = calibrate({ pairs, ...PICTURE });
    const left = warningDetails.filter(({ code }) => code === 'PAIR_LEFT_OUT');
    expect(left.map(({ pair }) => pair)).toEqual([wrong + 1]);
    expect(warnings[0]).toContain(`pair ${wrong + 1} `);
    expect(rmseMetres).toBeLessThan(0.1);
    expect(residualsMetres[wrong]).toBeGreaterThan(5);
  });

  test('two of twelve noisy pairs are found; honest noise is not mistaken for it', () => {
    const random = createRandom(11);
    const noise = { pixels: 1.5, metres: 0.1 };
    let found = 0;
    let accused = 0;
    for (let i = 0; i < 12; i += 1) {
      const camera = randomCamera(random);
      const pairs = Array.from({ length: 12 }, () =>
        disturbPair(randomPair(camera, random), camera, noise, random),
      );
      const spoilt = pairs.map((pair, k) =>
        k === 2 || k === 7 ? { ...pair, u: 1 - pair.u, v: (pair.v + 0.45) % 1 } : pair,
      );
      accused += calibrate({ pairs, ...PICTURE }).warningDetails.filter(
        ({ code }) => code === 'PAIR_LEFT_OUT',
      ).length;
      const named = calibrate({ pairs: spoilt, ...PICTURE }).warningDetails.flatMap(({ pair }) => pair ?? []);
      if (named.includes(3) && named.includes(8)) found += 1;
    }
    expect(found).toBeGreaterThanOrEqual(11);
    expect(accused).toBeLessThanOrEqual(1);
  });
});

describe('pairs that determine no camera', () => {
  const four = exact.slice(0, 4);
  const [first, second, third, fourth] = four;
  if (!first || !second || !third || !fourth) throw new Error('four pairs were made');

  test('fewer than four', () => {
    expect(codeOf({ pairs: [] })).toBe('TOO_FEW_PAIRS');
    expect(codeOf({ pairs: exact.slice(0, 3) })).toBe('TOO_FEW_PAIRS');
  });

  test('duplicated, on a line, or within a hand of one another', () => {
    const line = [0.2, 0.4, 0.5, 0.7, 0.9].map((u) => pairAt([u, 0.7]));
    const dense = [0, 1, 2, 3].map((i) => pairAt([0.5 + 0.004 * (i % 2), 0.9 + 0.004 * (i >> 1)]));
    const middle = {
      u: (first.u + second.u) / 2,
      v: (first.v + second.v) / 2,
      lon: (first.lon + second.lon) / 2,
      lat: (first.lat + second.lat) / 2,
    };
    expect(codeOf({ pairs: [first, second, third, third] })).toBe('DEGENERATE_PAIRS');
    expect(codeOf({ pairs: [first, first, first, first, first] })).toBe('DEGENERATE_PAIRS');
    expect(codeOf({ pairs: four.map((pair) => ({ ...pair, lon: first.lon, lat: first.lat })) })).toBe(
      'DEGENERATE_PAIRS',
    );
    expect(codeOf({ pairs: line })).toBe('DEGENERATE_PAIRS');
    expect(codeOf({ pairs: dense })).toBe('DEGENERATE_PAIRS');
    expect(codeOf({ pairs: [first, second, middle, fourth] })).toBe('DEGENERATE_PAIRS');
    const far = four.map((pair, i) => (i === 3 ? { ...pair, lat: pair.lat + 1 } : pair));
    expect(codeOf({ pairs: far })).toBe('DEGENERATE_PAIRS');
  });

  test('numbers that are none', () => {
    const broken = (change: Partial<CalibrationPair>): CalibrationPair[] => [
      { ...first, ...change },
      ...exact.slice(1),
    ];
    expect(codeOf({ pairs: broken({ u: NaN }) })).toBe('NOT_FINITE');
    expect(codeOf({ pairs: broken({ u: 1045 }) })).toBe('NOT_FINITE');
    expect(codeOf({ pairs: broken({ lat: 91 }) })).toBe('NOT_FINITE');
    expect(codeOf({ pairs: broken({ lon: Infinity }) })).toBe('NOT_FINITE');
    expect(codeOf({ pairs: exact, width: NaN })).toBe('NOT_FINITE');
    expect(codeOf({ pairs: exact, heightMetres: -3 })).toBe('NOT_FINITE');
    expect(codeOf({ pairs: exact, position: { lon: 103, lat: NaN } })).toBe('NOT_FINITE');
  });

  test('a mirrored picture shows no camera above the ground', () => {
    expect(codeOf({ pairs: exact.map((pair) => ({ ...pair, u: 1 - pair.u })) })).toBe('NO_CONVERGENCE');
  });

  test('a pose with a latitude of 91 or no number in it is refused', () => {
    expect(() => modelFromPose({ ...truth, position: { lon: 103, lat: 91 } })).toThrow(RangeError);
    expect(() => modelFromPose({ ...truth, horizontalFovDegrees: NaN })).toThrow(RangeError);
    expect(() => modelFromPose({ ...truth, pose: { ...truth.pose, heightMetres: -1 } })).toThrow(RangeError);
  });
});

describe('measured', () => {
  test('a real camera: mean residual ≤ 0.35 m, leave-one-out median ≤ 0.6 m', (context) => {
    const pairs = readRealCamera();
    if (!pairs) {
      context.skip(
        'the real camera is missing: set GRIDWATCH_SHARED to the folder that holds realdata/calibration',
      );
      return;
    }
    const { meanMetres, leaveOneOut, model, warnings } = calibrate({ pairs, ...PICTURE });
    expect(meanMetres).toBeLessThanOrEqual(0.35);
    expect(leaveOneOut.medianMetres).toBeLessThanOrEqual(0.6);
    expect(leaveOneOut.perPair).toHaveLength(10);
    expect(warnings).toEqual([]);
    for (const pair of pairs) expect(unproject(model, pair).visible).toBe(true);
  });

  test.each([
    { pairs: 6, pixelNoise: 1.5, mapNoiseMetres: 0, seed: 21 },
    { pairs: 10, pixelNoise: 1.5, mapNoiseMetres: 0.1, seed: 22 },
    { pairs: 20, pixelNoise: 3, mapNoiseMetres: 0.3, seed: 23 },
    { pairs: 8, pixelNoise: 1, mapNoiseMetres: 0, seed: 24, knownPosition: true },
  ])(
    '$pairs pairs off by $pixelNoise px and $mapNoiseMetres m: ellipses hold 90 to 99 % of other points',
    (setup) => {
      const { covered, points, failures } = simulateCalibrations({ cameras: 60, ...setup });
      expect(points).toBeGreaterThan(1100);
      expect(failures).toBeLessThanOrEqual(1);
      expect(covered).toBeGreaterThanOrEqual(0.9);
      expect(covered).toBeLessThanOrEqual(0.99);
    },
  );
});
