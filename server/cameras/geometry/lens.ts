/** OpenCV's radial (k1, k2) and tangential (p1, p2) distortion of normalised image coordinates. */
export interface Lens {
  k1: number;
  k2: number;
  p1: number;
  p2: number;
  /** square of the undistorted radius beyond which the radial polynomial folds back; Infinity if it never does */
  foldSquared: number;
}

export interface ImagePoint {
  x: number;
  y: number;
}

export function createLens(k1: number, k2: number, p1 = 0, p2 = 0): Lens {
  return { k1, k2, p1, p2, foldSquared: findFoldSquared(k1, k2) };
}

export function distort(lens: Lens, x: number, y: number): ImagePoint {
  const rr = x * x + y * y;
  const radial = 1 + rr * (lens.k1 + rr * lens.k2);
  return {
    x: x * radial + 2 * lens.p1 * x * y + lens.p2 * (rr + 2 * x * x),
    y: y * radial + lens.p1 * (rr + 2 * y * y) + 2 * lens.p2 * x * y,
  };
}

/** The inverse of `distort` inside the fold; undefined where no ray of the lens arrives. */
export function undistort(lens: Lens, xd: number, yd: number): ImagePoint | undefined {
  const radiusDistorted = Math.hypot(xd, yd);
  const radius = undistortRadius(lens, radiusDistorted);
  if (radius === undefined) return undefined;
  const scale = radiusDistorted > 0 ? radius / radiusDistorted : 1;
  const point = { x: xd * scale, y: yd * scale };
  if (lens.p1 === 0 && lens.p2 === 0) return point;
  return refineTangential(lens, xd, yd, point);
}

/** Smallest positive root of d/dr [r (1 + k1 r² + k2 r⁴)] = 1 + 3 k1 s + 5 k2 s², s = r². */
function findFoldSquared(k1: number, k2: number): number {
  if (k2 === 0) return k1 < 0 ? -1 / (3 * k1) : Infinity;
  const discriminant = 9 * k1 * k1 - 20 * k2;
  if (discriminant < 0) return Infinity;
  const root = Math.sqrt(discriminant);
  // the two roots written without cancellation
  const q = -0.5 * (3 * k1 + (k1 < 0 ? -root : root));
  const candidates = [q / (5 * k2), q === 0 ? Infinity : 1 / q].filter((s) => s > 0);
  return candidates.length === 0 ? Infinity : Math.min(...candidates);
}

/** Newton on the radius, kept inside a bracket on which the polynomial is monotone. */
function undistortRadius(lens: Lens, target: number): number | undefined {
  if (lens.k1 === 0 && lens.k2 === 0) return target;
  const forward = (r: number): number => r * (1 + r * r * (lens.k1 + r * r * lens.k2));
  let low = 0;
  let high = Math.sqrt(lens.foldSquared);
  if (high === Infinity) {
    high = Math.max(1, target);
    while (forward(high) < target) high *= 2;
  } else if (forward(high) < target) return undefined;
  let r = Math.min(target, high);
  for (let round = 0; round < 60; round += 1) {
    const rr = r * r;
    const error = r * (1 + rr * (lens.k1 + rr * lens.k2)) - target;
    if (error > 0) high = r;
    else low = r;
    let next = r - error / (1 + rr * (3 * lens.k1 + rr * 5 * lens.k2));
    if (!(next >= low && next <= high)) next = (low + high) / 2;
    if (Math.abs(next - r) <= 1e-16 + 2e-16 * r) return next;
    r = next;
  }
  return r;
}

function refineTangential(lens: Lens, xd: number, yd: number, start: ImagePoint): ImagePoint | undefined {
  let { x, y } = start;
  for (let round = 0; round < 20; round += 1) {
    const rr = x * x + y * y;
    const radial = 1 + rr * (lens.k1 + rr * lens.k2);
    const slope = 2 * lens.k1 + 4 * lens.k2 * rr;
    const image = distort(lens, x, y);
    const a = radial + slope * x * x + 2 * lens.p1 * y + 6 * lens.p2 * x;
    const b = slope * x * y + 2 * lens.p1 * x + 2 * lens.p2 * y;
    const d = radial + slope * y * y + 6 * lens.p1 * y + 2 * lens.p2 * x;
    const determinant = a * d - b * b;
    if (!(determinant > 0)) return undefined;
    const ex = image.x - xd;
    const ey = image.y - yd;
    const stepX = (d * ex - b * ey) / determinant;
    const stepY = (a * ey - b * ex) / determinant;
    x -= stepX;
    y -= stepY;
    if (Math.abs(stepX) + Math.abs(stepY) < 1e-15) break;
  }
  const image = distort(lens, x, y);
  const converged = Math.abs(image.x - xd) + Math.abs(image.y - yd) < 1e-12;
  return converged && x * x + y * y <= lens.foldSquared ? { x, y } : undefined;
}
