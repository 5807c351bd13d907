import { Matrix, SingularValueDecomposition } from 'ml-matrix';
import type { PlanePoint } from './local-plane.ts';
import type { PinholeParameters } from './pinhole.ts';

/** A click (pixels from the middle of the picture) and the place on the ground it shows. */
export interface Correspondence extends PlanePoint {
  x: number;
  y: number;
}

/** Row-major 3×3 taking (east, north, 1) to pixels from the middle of the picture. */
export type Homography = readonly number[];

const DEGREES = 180 / Math.PI;

/**
 * Direct linear transform from ≥ 4 correspondences with Hartley's normalisation (Hartley and Zisserman,
 * Multiple View Geometry, algorithm 4.2). `strength` is the eighth singular value over the first: near zero
 * when the points do not determine a plane (three of four on a line, say).
 */
export function fitHomography(
  pairs: readonly Correspondence[],
): { homography: Homography; strength: number } | undefined {
  const from = normalise(pairs.map((p) => [p.east, p.north]));
  const to = normalise(pairs.map((p) => [p.x, p.y]));
  if (!from || !to) return undefined;
  const rows = pairs.flatMap((p) => {
    const a = (p.east - from.x) * from.scale;
    const b = (p.north - from.y) * from.scale;
    const x = (p.x - to.x) * to.scale;
    const y = (p.y - to.y) * to.scale;
    return [
      [a, b, 1, 0, 0, 0, -x * a, -x * b, -x],
      [0, 0, 0, a, b, 1, -y * a, -y * b, -y],
    ];
  });
  // one row more, so that the thin decomposition of 4 pairs still spans all nine columns
  rows.push(new Array<number>(9).fill(0));
  const svd = new SingularValueDecomposition(new Matrix(rows));
  const normalised = Matrix.from1DArray(3, 3, svd.rightSingularVectors.getColumn(8));
  const toPixels = new Matrix([
    [1 / to.scale, 0, to.x],
    [0, 1 / to.scale, to.y],
    [0, 0, 1],
  ]);
  const fromGround = new Matrix([
    [from.scale, 0, -from.scale * from.x],
    [0, from.scale, -from.scale * from.y],
    [0, 0, 1],
  ]);
  const values = svd.diagonal;
  return {
    homography: toPixels.mmul(normalised).mmul(fromGround).to1DArray(),
    strength: (values[7] ?? 0) / (values[0] ?? 1),
  };
}

/** Distance in pixels between a click and where the homography puts its place; Infinity behind the camera. */
export function transferError(h: Homography, p: Correspondence): number {
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, i = 0, j = 0] = h;
  const w = g * p.east + i * p.north + j;
  const x = (a * p.east + b * p.north + c) / w;
  const y = (d * p.east + e * p.north + f) / w;
  const distance = Math.hypot(x - p.x, y - p.y);
  return Number.isFinite(distance) ? distance : Infinity;
}

/**
 * Focal length in pixels that makes the first two columns of K⁻¹H perpendicular and equally long (least
 * squares of the two conditions, linear in 1/f²); undefined when the view says nothing about it.
 */
export function focalOf(h: Homography): number | undefined {
  const [a = 0, b = 0, , d = 0, e = 0, , g = 0, i = 0] = h;
  const conditions = [
    { factor: a * b + d * e, value: g * i },
    { factor: a * a + d * d - b * b - e * e, value: g * g - i * i },
  ];
  const inverseSquare =
    -conditions.reduce((sum, c) => sum + c.factor * c.value, 0) /
    conditions.reduce((sum, c) => sum + c.factor * c.factor, 0);
  return inverseSquare > 0 ? 1 / Math.sqrt(inverseSquare) : undefined;
}

/** The camera above the ground that a homography and a focal length describe; undefined if there is none. */
export function poseOf(
  h: Homography,
  focalPixels: number,
  pairs: readonly Correspondence[],
): Omit<PinholeParameters, 'horizontalFovDegrees' | 'k1' | 'k2'> | undefined {
  const inFront = pairs.filter((p) => (h[6] ?? 0) * p.east + (h[7] ?? 0) * p.north + (h[8] ?? 0) > 0).length;
  const sign = inFront * 2 >= pairs.length ? 1 : -1;
  const column = (k: number): number[] =>
    [(h[k] ?? 0) / focalPixels, (h[k + 3] ?? 0) / focalPixels, h[k + 6] ?? 0].map((value) => value * sign);
  const first = column(0);
  const second = column(1);
  const scale = (Math.hypot(...first) + Math.hypot(...second)) / 2;
  if (!(scale > 0)) return undefined;
  const r1 = first.map((value) => value / scale);
  const r2 = second.map((value) => value / scale);
  const t = column(2).map((value) => value / scale);
  const svd = new SingularValueDecomposition(Matrix.columnVector(r1).addColumn(r2).addColumn(cross(r1, r2)));
  const rotation = svd.leftSingularVectors.mmul(svd.rightSingularVectors.transpose());
  const centre = rotation.transpose().mmul(Matrix.columnVector(t)).mul(-1).to1DArray();
  const [right = [], , forward = []] = rotation.to2DArray();
  const [eastMetres = NaN, northMetres = NaN, heightMetres = NaN] = centre;
  if (!(heightMetres > 0) || !Number.isFinite(eastMetres + northMetres)) return undefined;
  const [fe = 0, fn = 0, fu = 0] = forward;
  const heading = Math.atan2(fe, fn);
  const pitch = Math.asin(Math.min(1, Math.max(-1, fu)));
  const [re = 0, rn = 0, ru = 0] = right;
  const alongRight = re * Math.cos(heading) - rn * Math.sin(heading);
  const alongDown =
    re * Math.sin(pitch) * Math.sin(heading) +
    rn * Math.sin(pitch) * Math.cos(heading) -
    ru * Math.cos(pitch);
  return {
    eastMetres,
    northMetres,
    heightMetres,
    headingDegrees: heading * DEGREES,
    pitchDegrees: pitch * DEGREES,
    rollDegrees: Math.atan2(alongDown, alongRight) * DEGREES,
  };
}

function normalise(points: number[][]): { x: number; y: number; scale: number } | undefined {
  const n = points.length;
  const x = points.reduce((sum, p) => sum + (p[0] ?? 0), 0) / n;
  const y = points.reduce((sum, p) => sum + (p[1] ?? 0), 0) / n;
  const spread = points.reduce((sum, p) => sum + Math.hypot((p[0] ?? 0) - x, (p[1] ?? 0) - y), 0) / n;
  return spread > 0 ? { x, y, scale: Math.SQRT2 / spread } : undefined;
}

function cross(a: number[], b: number[]): number[] {
  const [a0 = 0, a1 = 0, a2 = 0] = a;
  const [b0 = 0, b1 = 0, b2 = 0] = b;
  return [a1 * b2 - a2 * b1, a2 * b0 - a0 * b2, a0 * b1 - a1 * b0];
}
