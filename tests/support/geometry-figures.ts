import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Calibration, CalibrationPair } from '#geometry/calibrate';
import { calibrate, modelFromPose } from '#geometry/calibrate';
import type { CameraModel } from '#geometry/camera-model';
import { createLocalPlane } from '#geometry/local-plane';
import { projectPoint } from '#geometry/project-to-ground';
import { unproject } from '#geometry/unproject';

const ROOT = resolve(import.meta.dirname, '../..');
const LOCATION = { lon: 103.74, lat: 36.07 };

export interface SimulationFigures {
  cameras: number;
  points: number;
  /** share of the left-out points inside their 95 % ellipse */
  covered: number;
  medianErrorMetres: number;
  p95ErrorMetres: number;
  failures: number;
}

export interface SimulationSetup {
  cameras: number;
  pairs: number;
  pixelNoise: number;
  mapNoiseMetres: number;
  seed: number;
  knownPosition?: boolean;
}

export interface Random {
  uniform(low: number, high: number): number;
  normal(): number;
}

/** Mulberry32 with a polar normal; the same seed gives the same figures. */
export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  return {
    uniform: (low, high) => low + (high - low) * next(),
    normal: () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next()),
  };
}

/**
 * A street camera as they hang: 4 to 20 m high, looking down a little or a lot, a lens of 40° to 95° whose
 * barrel distortion still fills the corners of the picture.
 */
export function randomCamera(random: Random): CameraModel {
  const horizontalFovDegrees = random.uniform(40, 95);
  const corner = Math.hypot(1, 1080 / 1920) * Math.tan((horizontalFovDegrees * Math.PI) / 360);
  // r (1 + k1 r²) rises to 2/3 / √(-3 k1)
  const strongest = Math.max(-0.1, -4 / 27 / (corner * 1.02) ** 2);
  return modelFromPose({
    position: LOCATION,
    pose: {
      heightMetres: random.uniform(4, 20),
      headingDegrees: random.uniform(0, 360),
      pitchDegrees: random.uniform(-55, -12),
      rollDegrees: random.uniform(-6, 6),
    },
    width: 1920,
    height: 1080,
    horizontalFovDegrees,
    k1: random.uniform(strongest, 0.05),
    rangeMetres: 80,
  });
}

/** A random place that the camera shows within its range, with the exact point of the picture. */
export function randomPair(model: CameraModel, random: Random): CalibrationPair {
  for (let attempt = 0; attempt < 10_000; attempt += 1) {
    const point = { u: random.uniform(0.02, 0.98), v: random.uniform(0.02, 0.98) };
    const place = projectPoint(model, point);
    if (place.ok) return { ...point, ...place.ground };
  }
  throw new Error('this camera shows no ground');
}

export function disturbPair(
  pair: CalibrationPair,
  model: CameraModel,
  noise: { pixels: number; metres: number },
  random: Random,
): CalibrationPair {
  const plane = createLocalPlane(pair);
  const clamp = (value: number): number => Math.min(1, Math.max(0, value));
  return {
    ...plane.toLonLat(noise.metres * random.normal(), noise.metres * random.normal()),
    u: clamp(pair.u + (noise.pixels * random.normal()) / model.width),
    v: clamp(pair.v + (noise.pixels * random.normal()) / model.height),
  };
}

/** Calibrates random cameras from noisy pairs and asks about 20 other clicks of the same hand on each. */
export function simulateCalibrations(setup: SimulationSetup): SimulationFigures {
  const random = createRandom(setup.seed);
  const noise = { pixels: setup.pixelNoise, metres: setup.mapNoiseMetres };
  const errors: number[] = [];
  let inside = 0;
  let failures = 0;
  for (let i = 0; i < setup.cameras; i += 1) {
    const truth = randomCamera(random);
    const exact = Array.from({ length: setup.pairs }, () => randomPair(truth, random));
    const pairs = exact.map((pair) => disturbPair(pair, truth, noise, random));
    const tests = Array.from({ length: 20 }, () => randomPair(truth, random));
    const clicks = tests.map((pair) => disturbPair(pair, truth, { ...noise, metres: 0 }, random));
    let fitted: Calibration;
    try {
      const position = setup.knownPosition ? truth.position : undefined;
      fitted = calibrate({ pairs, width: truth.width, height: truth.height, rangeMetres: 1000, position });
    } catch {
      failures += 1;
      continue;
    }
    clicks.forEach((click, k) => {
      const place = projectPoint(fitted.model, click);
      const target = tests[k];
      if (!target) return;
      if (!place.ok) {
        errors.push(Infinity);
        return;
      }
      const off = createLocalPlane(place.ground).toPlane(target);
      errors.push(Math.hypot(off.east, off.north));
      const azimuth = (place.ellipse.azimuthDegrees * Math.PI) / 180;
      const along = off.east * Math.sin(azimuth) + off.north * Math.cos(azimuth);
      const across = off.east * Math.cos(azimuth) - off.north * Math.sin(azimuth);
      const distance =
        (along / place.ellipse.semiMajorMetres) ** 2 + (across / place.ellipse.semiMinorMetres) ** 2;
      if (distance <= 1) inside += 1;
    });
  }
  errors.sort((a, b) => a - b);
  return {
    cameras: setup.cameras,
    points: errors.length,
    covered: inside / errors.length,
    medianErrorMetres: errors[Math.floor(errors.length * 0.5)] ?? NaN,
    p95ErrorMetres: errors[Math.floor(errors.length * 0.95)] ?? NaN,
    failures,
  };
}

/**
 * Pairs of a real camera in the folder of real data (`GRIDWATCH_SHARED`, or `../shared` beside the project):
 * ten clicks on 1920×1080 with latitude first. Undefined where the folder is missing.
 */
export function readRealCamera(): CalibrationPair[] | undefined {
  const shared = process.env['GRIDWATCH_SHARED'] ?? resolve(ROOT, '../shared');
  const file = resolve(shared, 'realdata/calibration/cfg.json');
  if (!existsSync(file)) return undefined;
  const text = readFileSync(file, 'utf8').replace(/^\s*\/\/.*$/gm, '');
  const parsed: unknown = JSON.parse(text);
  const section = readKey(parsed, 'camCal');
  const clicks = readPoints(readKey(section, 'cal2dPtLs'));
  const places = readPoints(readKey(section, 'cal3dPtLs'));
  return clicks.map(([x, y], i) => {
    const [lat, lon] = places[i] ?? [NaN, NaN];
    return { u: x / 1920, v: y / 1080, lon, lat };
  });
}

function readKey(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? new Map(Object.entries(value)).get(key) : undefined;
}

function readPoints(value: unknown): [number, number][] {
  if (!Array.isArray(value)) throw new Error('a list of points was expected');
  return value.map((point: unknown) => {
    if (!Array.isArray(point)) throw new Error('a point was expected');
    return [Number(point[0]), Number(point[1])];
  });
}

export function projectionsPerSecond(model: CameraModel, project: (model: CameraModel) => unknown): number {
  for (let i = 0; i < 2000; i += 1) project(model);
  const count = 10_000;
  const started = performance.now();
  for (let i = 0; i < count; i += 1) project(model);
  return (count * 1000) / (performance.now() - started);
}

/** Farthest that a point lands from where it started, ground to picture and back, in metres and in pixels. */
export function measureRoundTrip(seed: number, count: number): { pixels: number; metres: number } {
  const random = createRandom(seed);
  let pixels = 0;
  let metres = 0;
  for (let i = 0; i < count; i += 1) {
    const model = randomCamera(random);
    const pair = randomPair(model, random);
    const image = unproject(model, pair);
    pixels = Math.max(
      pixels,
      Math.hypot((image.u - pair.u) * model.width, (image.v - pair.v) * model.height),
    );
    const back = projectPoint(model, { u: Math.min(1, image.u), v: Math.min(1, image.v) });
    if (!back.ok) continue;
    const off = createLocalPlane(pair).toPlane(back.ground);
    metres = Math.max(metres, Math.hypot(off.east, off.north));
  }
  return { pixels, metres };
}
