import { areaOf, type Outline, type Point } from './outline.ts';
import { cancelOpposites, edgesOf, type Edge } from './trace-polygons.ts';

/** How far a vertex of a cell may lie from the border of its community, in units: it was rounded to whole ones. */
const ROUNDING = 1.5;

/**
 * Whether valid cells tile an area: every edge is that of a neighbour, too, or lies on the border. Then they overlap
 * nowhere, leave nothing out and stay inside, all but for rounding. False does not say that they do not: neighbours may
 * have the same border with different vertices.
 */
export function isTiled(area: readonly Outline[], cells: readonly Outline[]): boolean {
  const border = area.flatMap(edgesOf);
  const rest = cancelOpposites(cells.flatMap(edgesOf));
  const length = border.reduce((sum, [a, b]) => sum + Math.hypot(b[0] - a[0], b[1] - a[1]), 0);
  const difference = sum(cells) - sum(area);
  if (Math.abs(difference) > length * ROUNDING) return false;
  return rest.every(([from, to]) => lieTogether(border, from, to));
}

/** Both ends on one edge of the border, or on edges that follow each other there. */
function lieTogether(border: readonly Edge[], from: Point, to: Point): boolean {
  const middle: Point = [(from[0] + to[0]) / 2, (from[1] + to[1]) / 2];
  return [from, to, middle].every((point) => border.some((edge) => isNear(edge, point)));
}

function isNear([[ax, ay], [bx, by]]: Edge, [x, y]: Point): boolean {
  if (x < Math.min(ax, bx) - ROUNDING || x > Math.max(ax, bx) + ROUNDING) return false;
  if (y < Math.min(ay, by) - ROUNDING || y > Math.max(ay, by) + ROUNDING) return false;
  const [dx, dy] = [bx - ax, by - ay];
  return Math.abs(dx * (y - ay) - dy * (x - ax)) <= ROUNDING * Math.hypot(dx, dy);
}

function sum(outlines: readonly Outline[]): number {
  return outlines.reduce((total, outline) => total + areaOf(outline), 0);
}
