import type { Mover, Spot } from './scene-description.ts';

export interface Stand {
  at: Spot;
  headingDegrees: number;
  /** metres walked or driven, for wheels and legs */
  travelledMetres: number;
}

export function lengthOf(path: readonly Spot[]): number {
  return path.reduce((sum, spot, index) => sum + gap(path[index - 1] ?? spot, spot), 0);
}

/** Where a mover is at a moment of the clip; the same at 0 and at the clip's end. */
export function standAt(mover: Mover, seconds: number, durationSeconds: number): Stand {
  const total = lengthOf(mover.path);
  const travelled = mover.startMetres + (mover.advanceMetres * seconds) / durationSeconds;
  if (!mover.returns) {
    const along = ((travelled % total) + total) % total;
    return { ...walk(mover.path, along), travelledMetres: travelled };
  }
  const round = ((travelled % (2 * total)) + 2 * total) % (2 * total);
  const forth = round < total;
  const stand = walk(mover.path, forth ? round : 2 * total - round);
  return {
    at: stand.at,
    headingDegrees: forth ? stand.headingDegrees : stand.headingDegrees + 180,
    travelledMetres: travelled,
  };
}

function walk(path: readonly Spot[], along: number): { at: Spot; headingDegrees: number } {
  let left = along;
  for (let index = 1; index < path.length; index++) {
    const [from, to] = [path[index - 1], path[index]];
    if (!from || !to) break;
    const length = gap(from, to);
    if (left <= length || index === path.length - 1) {
      const share = length > 0 ? Math.min(1, left / length) : 0;
      return {
        at: [from[0] + (to[0] - from[0]) * share, from[1] + (to[1] - from[1]) * share],
        headingDegrees: headingOf(from, to),
      };
    }
    left -= length;
  }
  throw new Error('a path needs two spots');
}

/** Clockwise from north. */
export function headingOf(from: Spot, to: Spot): number {
  return (Math.atan2(to[0] - from[0], to[1] - from[1]) * 180) / Math.PI;
}

export function gap(a: Spot, b: Spot): number {
  return Math.hypot(b[0] - a[0], b[1] - a[1]);
}
