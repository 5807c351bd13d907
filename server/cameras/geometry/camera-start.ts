import { medianOf } from './camera-fit.ts';
import type { Correspondence, Homography } from './homography.ts';
import { fitHomography, focalOf, poseOf, transferError } from './homography.ts';
import type { Frame, PinholeParameters } from './pinhole.ts';
import { createPinhole, imageOf } from './pinhole.ts';

const DEGREES = 180 / Math.PI;
const FIELDS_OF_VIEW = [25, 45, 65, 90];
const SUBSETS = 120;
const KEPT_HOMOGRAPHIES = 3;

/**
 * Cameras to start the fit from, best first: poses read off the homography of all pairs and of the best fours
 * (least median, so that a wrong pair cannot spoil them all), and plain views of the middle of the pairs.
 */
export function proposeCameras(
  pairs: readonly Correspondence[],
  frame: Frame,
  held: Partial<PinholeParameters>,
  limit: number,
): PinholeParameters[] {
  const fields = held.horizontalFovDegrees === undefined ? FIELDS_OF_VIEW : [held.horizontalFovDegrees];
  const proposals: PinholeParameters[] = [];
  for (const homography of findHomographies(pairs)) {
    const focal = held.horizontalFovDegrees === undefined ? focalOf(homography) : undefined;
    const own = focal === undefined ? [] : [2 * Math.atan(frame.width / 2 / focal) * DEGREES];
    for (const field of [...own.filter((f) => f > 4 && f < 140), ...fields]) {
      const pose = poseOf(homography, focalPixelsOf(field, frame), pairs);
      if (pose) proposals.push({ ...pose, horizontalFovDegrees: field, k1: 0, k2: 0, ...held });
    }
  }
  for (const field of fields) proposals.push(...lookAtPairs(pairs, frame, held, field));
  return proposals
    .map((proposal) => ({ proposal, error: medianError(proposal, frame, pairs) }))
    .filter(({ error }) => error < Infinity)
    .sort((a, b) => a.error - b.error)
    .slice(0, limit)
    .map(({ proposal }) => proposal);
}

function findHomographies(pairs: readonly Correspondence[]): Homography[] {
  const whole = fitHomography(pairs)?.homography;
  const found: { homography: Homography; error: number }[] = [];
  if (pairs.length >= 6) {
    const random = createRandom(pairs.length);
    for (let i = 0; i < SUBSETS; i += 1) {
      const subset = pickFour(pairs, random);
      const fit = fitHomography(subset);
      if (!fit || fit.strength < 1e-3) continue;
      found.push({
        homography: fit.homography,
        error: medianOf(pairs.map((pair) => transferError(fit.homography, pair))),
      });
    }
  }
  found.sort((a, b) => a.error - b.error);
  const best = found.slice(0, KEPT_HOMOGRAPHIES).map(({ homography }) => homography);
  return whole ? [whole, ...best] : best;
}

/** Views of the middle of the pairs, from the known position or from around them. */
function lookAtPairs(
  pairs: readonly Correspondence[],
  frame: Frame,
  held: Partial<PinholeParameters>,
  field: number,
): PinholeParameters[] {
  const east = medianOf(pairs.map((p) => p.east));
  const north = medianOf(pairs.map((p) => p.north));
  const focal = focalPixelsOf(field, frame);
  const aside = Math.atan(medianOf(pairs.map((p) => p.x)) / focal) * DEGREES;
  const below = Math.atan(medianOf(pairs.map((p) => p.y)) / focal) * DEGREES;
  const heights = held.heightMetres === undefined ? [5, 15] : [held.heightMetres];
  const spread = Math.max(...pairs.map((p) => Math.hypot(p.east - east, p.north - north)));
  const bearings = held.eastMetres === undefined ? [0, 45, 90, 135, 180, 225, 270, 315] : [undefined];
  return heights.flatMap((heightMetres) =>
    bearings.map((bearing) => {
      const heading =
        bearing ?? Math.atan2(east - (held.eastMetres ?? 0), north - (held.northMetres ?? 0)) * DEGREES;
      const eastMetres = held.eastMetres ?? east - 1.5 * spread * Math.sin(heading / DEGREES);
      const northMetres = held.northMetres ?? north - 1.5 * spread * Math.cos(heading / DEGREES);
      const distance = Math.hypot(east - eastMetres, north - northMetres);
      return {
        eastMetres,
        northMetres,
        heightMetres,
        headingDegrees: heading - aside,
        pitchDegrees: Math.max(-89, -Math.atan2(heightMetres, distance) * DEGREES + below),
        rollDegrees: 0,
        horizontalFovDegrees: field,
        k1: 0,
        k2: 0,
      };
    }),
  );
}

function medianError(parameters: PinholeParameters, frame: Frame, pairs: readonly Correspondence[]): number {
  const camera = createPinhole(parameters, frame);
  const errors = pairs.map((pair) => {
    const image = imageOf(camera, pair.east, pair.north);
    return image
      ? Math.hypot(image.x - camera.centreX - pair.x, image.y - camera.centreY - pair.y)
      : Infinity;
  });
  return medianOf(errors);
}

function focalPixelsOf(fieldDegrees: number, frame: Frame): number {
  return frame.width / 2 / Math.tan(fieldDegrees / 2 / DEGREES);
}

function pickFour(pairs: readonly Correspondence[], random: () => number): Correspondence[] {
  const left = [...pairs];
  return Array.from({ length: 4 }, () => left.splice(Math.floor(random() * left.length), 1)).flat();
}

/** Mulberry32: the same pairs always give the same camera. */
function createRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
