import type { CameraModel, ModelParameter } from './camera-model.ts';
import { DEFAULT_PARAMETER_SIGMAS, defaultPixelSigma, MODEL_PARAMETERS } from './camera-model.ts';
import type { Pinhole, PinholeParameters } from './pinhole.ts';
import { createPinhole, imageOf } from './pinhole.ts';

/** The ellipse around a ground point that holds the true one in 95 of 100 cases. */
export interface ErrorEllipse {
  semiMajorMetres: number;
  semiMinorMetres: number;
  /** of the major axis, clockwise from true north, 0 to 180 */
  azimuthDegrees: number;
}

/** Symmetric 2×2 covariance on the ground, square metres. */
export interface GroundCovariance {
  ee: number;
  en: number;
  nn: number;
}

/** Row-major 2×2. */
export interface Matrix2 {
  a: number;
  b: number;
  c: number;
  d: number;
}

/** 95 % quantile of chi squared with two degrees of freedom. */
const CHI_SQUARED_95 = 5.991464547107979;

/** Steps of the central differences, in the unit of each parameter. */
const STEPS: Record<ModelParameter, number> = {
  eastMetres: 1e-4,
  northMetres: 1e-4,
  heightMetres: 1e-4,
  headingDegrees: 1e-4,
  pitchDegrees: 1e-4,
  rollDegrees: 1e-4,
  horizontalFovDegrees: 1e-4,
  k1: 1e-5,
  k2: 1e-5,
};

/** Pixels per metre: d(x, y) / d(east, north) of the picture at a ground point. */
export function imageJacobian(camera: Pinhole, east: number, north: number): Matrix2 | undefined {
  const step = 1e-4;
  const e1 = imageOf(camera, east + step, north);
  const e0 = imageOf(camera, east - step, north);
  const n1 = imageOf(camera, east, north + step);
  const n0 = imageOf(camera, east, north - step);
  if (!e1 || !e0 || !n1 || !n0) return undefined;
  return {
    a: (e1.x - e0.x) / (2 * step),
    b: (n1.x - n0.x) / (2 * step),
    c: (e1.y - e0.y) / (2 * step),
    d: (n1.y - n0.y) / (2 * step),
  };
}

export function invert2(m: Matrix2): Matrix2 | undefined {
  const determinant = m.a * m.d - m.b * m.c;
  if (!(Math.abs(determinant) > 1e-300)) return undefined;
  return { a: m.d / determinant, b: -m.b / determinant, c: -m.c / determinant, d: m.a / determinant };
}

/**
 * Covariance of a projected ground point: the error of the click and of the camera's parameters, carried to
 * the ground to first order. The picture is the function x = F(ground, parameters), so
 * dground = F_ground⁻¹ (dx − F_parameters dparameters).
 */
export function propagateCovariance(
  model: CameraModel,
  parameters: PinholeParameters,
  east: number,
  north: number,
): GroundCovariance | undefined {
  const camera = createPinhole(parameters, model);
  const jacobian = imageJacobian(camera, east, north);
  const inverse = jacobian && invert2(jacobian);
  if (!inverse) return undefined;
  const sigma = model.pixelSigma ?? defaultPixelSigma(model.width);
  const picture = { xx: sigma * sigma, xy: 0, yy: sigma * sigma };
  const names = model.covariance?.parameters ?? MODEL_PARAMETERS;
  const slopes = names.map((name) =>
    isModelParameter(name) ? parameterSlope(model, parameters, name, east, north) : undefined,
  );
  for (let i = 0; i < slopes.length; i += 1) {
    const si = slopes[i];
    if (!si) continue;
    for (let j = 0; j < slopes.length; j += 1) {
      const sj = slopes[j];
      const covariance = model.covariance ? (model.covariance.matrix[i]?.[j] ?? 0) : defaultVariance(i, j);
      if (!sj || covariance === 0) continue;
      picture.xx += si.x * sj.x * covariance;
      picture.xy += si.x * sj.y * covariance;
      picture.yy += si.y * sj.y * covariance;
    }
  }
  const { a, b, c, d } = inverse;
  return {
    ee: a * a * picture.xx + 2 * a * b * picture.xy + b * b * picture.yy,
    en: a * c * picture.xx + (a * d + b * c) * picture.xy + b * d * picture.yy,
    nn: c * c * picture.xx + 2 * c * d * picture.xy + d * d * picture.yy,
  };
}

export function ellipseOf(covariance: GroundCovariance): ErrorEllipse {
  const mean = (covariance.ee + covariance.nn) / 2;
  const spread = Math.hypot((covariance.nn - covariance.ee) / 2, covariance.en);
  const azimuth = (Math.atan2(2 * covariance.en, covariance.nn - covariance.ee) * 90) / Math.PI;
  return {
    semiMajorMetres: Math.sqrt(CHI_SQUARED_95 * (mean + spread)),
    semiMinorMetres: Math.sqrt(CHI_SQUARED_95 * Math.max(0, mean - spread)),
    azimuthDegrees: azimuth < 0 ? azimuth + 180 : azimuth,
  };
}

function isModelParameter(name: string): name is ModelParameter {
  return name in STEPS;
}

function defaultVariance(i: number, j: number): number {
  const name = MODEL_PARAMETERS[i];
  return i === j && name ? DEFAULT_PARAMETER_SIGMAS[name] ** 2 : 0;
}

function parameterSlope(
  model: CameraModel,
  parameters: PinholeParameters,
  name: ModelParameter,
  east: number,
  north: number,
): { x: number; y: number } | undefined {
  const step = STEPS[name];
  const value = parameters[name];
  const high = imageOf(createPinhole({ ...parameters, [name]: value + step }, model), east, north);
  const low = imageOf(createPinhole({ ...parameters, [name]: value - step }, model), east, north);
  return high && low && { x: (high.x - low.x) / (2 * step), y: (high.y - low.y) / (2 * step) };
}
