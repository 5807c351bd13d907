export interface LonLat {
  lon: number;
  lat: number;
}

/**
 * A point of the picture as fractions of its width and height, origin at the top left corner of the decoded
 * picture: {0, 0} is that corner, {1, 1} the opposite one.
 */
export interface PicturePoint {
  u: number;
  v: number;
}

/** A rectangle of the picture: x, y of its top left corner, all in fractions of width and height. */
export interface PictureBox {
  x: number;
  y: number;
  width: number;
  height: number;
}

/**
 * How a camera hangs (DESIGN §6).
 * - heightMetres: of the lens above the ground plane.
 * - headingDegrees: clockwise from true north, 0 to 360.
 * - pitchDegrees: negative looks down, -90 is straight down.
 * - rollDegrees: positive turns the camera clockwise as seen from behind it: its right side sinks, and on the
 *   picture the horizon rises towards the right.
 */
export interface CameraPose {
  heightMetres: number;
  headingDegrees: number;
  pitchDegrees: number;
  rollDegrees: number;
}

/**
 * Pinhole with OpenCV's distortion: square pixels, the principal point in the middle of the picture,
 * `horizontalFovDegrees` that of the pinhole before distortion (focal length in pixels =
 * width / 2 / tan(fov / 2)). Treat it as immutable.
 */
export interface CameraModel {
  position: LonLat;
  pose: CameraPose;
  /** pixels */
  width: number;
  /** pixels */
  height: number;
  horizontalFovDegrees: number;
  k1: number;
  k2: number;
  p1?: number;
  p2?: number;
  /** ground farther than this (horizontally) is out of range */
  rangeMetres: number;
  /**
   * Standard error of a click, pixels in u and in v alike; absent: `defaultPixelSigma(width)`. A fit fills it
   * from how well its own pairs were clicked.
   */
  pixelSigma?: number;
  /**
   * Covariance of the fitted parameters, row-major, names from `MODEL_PARAMETERS`, units as in the name (k1, k2
   * have none). A parameter not listed is taken as exact. Absent when the pose was typed in: then
   * `DEFAULT_PARAMETER_SIGMAS` apply.
   */
  covariance?: { parameters: string[]; matrix: number[][] };
}

/** Every parameter a fit may estimate; east and north move the camera in its own tangent plane. */
export const MODEL_PARAMETERS = [
  'eastMetres',
  'northMetres',
  'heightMetres',
  'headingDegrees',
  'pitchDegrees',
  'rollDegrees',
  'horizontalFovDegrees',
  'k1',
  'k2',
] as const;
export type ModelParameter = (typeof MODEL_PARAMETERS)[number];

/**
 * One standard error of a pose that somebody typed in: a mast picked on a map, angles from a compass and a
 * level, the field of view from a data sheet.
 */
export const DEFAULT_PARAMETER_SIGMAS: Record<ModelParameter, number> = {
  eastMetres: 0.5,
  northMetres: 0.5,
  heightMetres: 0.2,
  headingDegrees: 0.7,
  pitchDegrees: 0.4,
  rollDegrees: 0.4,
  horizontalFovDegrees: 0.7,
  k1: 0.01,
  k2: 0,
};

/** An operator's hand: 1.5 pixels on a picture 1920 wide, the same fraction of any other. */
export function defaultPixelSigma(width: number): number {
  return width / 1280;
}

export function assertLonLat(point: LonLat): void {
  if (!(Math.abs(point.lon) <= 180)) throw new RangeError(`longitude ${point.lon} is not within -180 to 180`);
  if (!(Math.abs(point.lat) < 90)) throw new RangeError(`latitude ${point.lat} is not within -90 to 90`);
}

/** Throws RangeError naming the first value that no camera can have (NaN and infinities included). */
export function assertCameraModel(model: CameraModel): void {
  const { pose } = model;
  assertLonLat(model.position);
  assertWithin('heightMetres', pose.heightMetres, 0.01, 10_000);
  assertWithin('headingDegrees', pose.headingDegrees, -720, 720);
  assertWithin('pitchDegrees', pose.pitchDegrees, -90, 90);
  assertWithin('rollDegrees', pose.rollDegrees, -180, 180);
  assertWithin('width', model.width, 1, 100_000);
  assertWithin('height', model.height, 1, 100_000);
  assertWithin('horizontalFovDegrees', model.horizontalFovDegrees, 0.1, 170);
  assertWithin('k1', model.k1, -10, 10);
  assertWithin('k2', model.k2, -10, 10);
  assertWithin('p1', model.p1 ?? 0, -1, 1);
  assertWithin('p2', model.p2 ?? 0, -1, 1);
  assertWithin('rangeMetres', model.rangeMetres, 0.1, 100_000);
  if (model.pixelSigma !== undefined) assertWithin('pixelSigma', model.pixelSigma, 0, 10_000);
}

function assertWithin(name: string, value: number, least: number, most: number): void {
  if (!(value >= least && value <= most)) {
    throw new RangeError(`${name} ${value} is not within ${least} to ${most}`);
  }
}
