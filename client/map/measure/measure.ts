import type { LonLat } from '#contract/shared';

const A = 6_378_137;
const F = 1 / 298.257_223_563;
const B = A * (1 - F);
const RADIANS = Math.PI / 180;

/** The shortest way over the ellipsoid in metres (Vincenty 1975, to a millimetre within a city). */
export function geodesicMetres(from: LonLat, to: LonLat): number {
  const reduced = (lat: number) => Math.atan((1 - F) * Math.tan(lat * RADIANS));
  const [u1, u2] = [reduced(from.lat), reduced(to.lat)];
  const [sinU1, cosU1, sinU2, cosU2] = [Math.sin(u1), Math.cos(u1), Math.sin(u2), Math.cos(u2)];
  const difference = (to.lon - from.lon) * RADIANS;
  let lambda = difference;
  for (let round = 0; round < 50; round += 1) {
    const [sinL, cosL] = [Math.sin(lambda), Math.cos(lambda)];
    const sinSigma = Math.hypot(cosU2 * sinL, cosU1 * sinU2 - sinU1 * cosU2 * cosL);
    if (sinSigma === 0) return 0;
    const cosSigma = sinU1 * sinU2 + cosU1 * cosU2 * cosL;
    const sigma = Math.atan2(sinSigma, cosSigma);
    const sinAlpha = (cosU1 * cosU2 * sinL) / sinSigma;
    const cos2Alpha = 1 - sinAlpha ** 2;
    const cos2M = cos2Alpha === 0 ? 0 : cosSigma - (2 * sinU1 * sinU2) / cos2Alpha;
    const c = (F / 16) * cos2Alpha * (4 + F * (4 - 3 * cos2Alpha));
    const before = lambda;
    lambda =
      difference +
      (1 - c) * F * sinAlpha * (sigma + c * sinSigma * (cos2M + c * cosSigma * (2 * cos2M ** 2 - 1)));
    if (Math.abs(lambda - before) > 1e-12) continue;
    const u = (cos2Alpha * (A ** 2 - B ** 2)) / B ** 2;
    const k = 1 + (u / 16_384) * (4096 + u * (-768 + u * (320 - 175 * u)));
    const l = (u / 1024) * (256 + u * (-128 + u * (74 - 47 * u)));
    const delta =
      l *
      sinSigma *
      (cos2M +
        (l / 4) *
          (cosSigma * (2 * cos2M ** 2 - 1) -
            (l / 6) * cos2M * (4 * sinSigma ** 2 - 3) * (4 * cos2M ** 2 - 3)));
    return B * k * (sigma - delta);
  }
  return NaN;
}

export function lineMetres(points: readonly LonLat[]): number {
  let sum = 0;
  points.forEach((point, n) => {
    const before = points[n - 1];
    if (before) sum += geodesicMetres(before, point);
  });
  return sum;
}

/** Square metres on the ellipsoid: the ring in the equal-area cylindrical projection. */
export function ringSquareMetres(points: readonly LonLat[]): number {
  let doubled = 0;
  points.forEach((point, n) => {
    const next = points[(n + 1) % points.length] ?? point;
    doubled += (next.lon - point.lon) * RADIANS * (authalic(point.lat) + authalic(next.lat));
  });
  return Math.abs(doubled) / 2;
}

/** Snyder 1987, equation 3-12, in square metres for each radian of longitude. */
function authalic(lat: number): number {
  const e = Math.sqrt(F * (2 - F));
  const sin = Math.sin(lat * RADIANS);
  const q = (1 - e ** 2) * (sin / (1 - (e * sin) ** 2) - Math.log((1 - e * sin) / (1 + e * sin)) / (2 * e));
  return (A ** 2 * q) / 2;
}

/** 8.4 m, 123 m, 1.23 km. */
export function writeLength(metres: number): string {
  if (metres < 10) return `${metres.toFixed(1)} m`;
  if (metres < 1000) return `${Math.round(metres)} m`;
  return `${(metres / 1000).toFixed(metres < 10_000 ? 2 : 1)} km`;
}

const MU_SQUARE_METRES = 10_000 / 15;

/** 123 m² · 0.18 亩; from a square kilometre on, km². In English the unit is written mu. */
export function writeArea(squareMetres: number, language: 'zh' | 'en'): string {
  const mu = squareMetres / MU_SQUARE_METRES;
  const large = squareMetres >= 1e6;
  const metric = large
    ? `${(squareMetres / 1e6).toFixed(2)} km²`
    : `${Math.round(squareMetres).toLocaleString('en')} m²`;
  const share = mu < 100 ? mu.toFixed(2) : Math.round(mu).toLocaleString('en');
  return `${metric} · ${share} ${language === 'zh' ? '亩' : 'mu'}`;
}
