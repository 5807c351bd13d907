import type { ScreenPoint } from './projector.ts';

/**
 * Where a text of a given width fits along a line on the screen: in the middle of its longest visible stretch, if the
 * line is straight enough there. The text never stands on its head.
 */
export function placeAlong(
  line: readonly (ScreenPoint | null)[],
  width: number,
  screen: { isOnScreen: (point: ScreenPoint, margin?: number) => boolean },
): (ScreenPoint & { angle: number; halfWidth: number }) | null {
  let best: ScreenPoint[] = [];
  let bestLength = 0;
  let run: ScreenPoint[] = [];
  let length = 0;
  for (const point of [...line, null]) {
    if (point && screen.isOnScreen(point)) {
      const last = run.at(-1);
      if (last) length += Math.hypot(point.x - last.x, point.y - last.y);
      run.push(point);
      continue;
    }
    if (length > bestLength) [best, bestLength] = [run, length];
    [run, length] = [[], 0];
  }
  if (bestLength < width) return null;
  const from = pointAt(best, (bestLength - width) / 2);
  const to = pointAt(best, (bestLength + width) / 2);
  const chord = Math.hypot(to.x - from.x, to.y - from.y);
  if (chord < width * 0.96) return null;
  const angle = Math.atan2(to.y - from.y, to.x - from.x);
  const upright = Math.abs(angle) > Math.PI / 2 ? angle - Math.sign(angle) * Math.PI : angle;
  return { x: (from.x + to.x) / 2, y: (from.y + to.y) / 2, angle: upright, halfWidth: width / 2 };
}

function pointAt(line: readonly ScreenPoint[], distance: number): ScreenPoint {
  let left = distance;
  for (let at = 0; at + 1 < line.length; at += 1) {
    const [a, b] = [line[at], line[at + 1]];
    if (!a || !b) break;
    const length = Math.hypot(b.x - a.x, b.y - a.y);
    if (left <= length && length > 0) {
      return { x: a.x + ((b.x - a.x) * left) / length, y: a.y + ((b.y - a.y) * left) / length };
    }
    left -= length;
  }
  return line.at(-1) ?? { x: 0, y: 0 };
}
