import type { Box } from '#contract/shared';

/** A rectangle in CSS pixels. */
export interface PixelRect {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** Smaller than this share of the picture in either direction is a click, not a rectangle. */
const smallestSide = 0.008;

/** The rectangle between two points of the screen, in fractions of the decoded picture, cut to it. */
export function boxOfDrag(
  picture: PixelRect,
  from: { x: number; y: number },
  to: { x: number; y: number },
): Box {
  const fraction = (value: number, start: number, length: number) =>
    Math.min(1, Math.max(0, (value - start) / length));
  const u = [fraction(from.x, picture.x, picture.width), fraction(to.x, picture.x, picture.width)] as const;
  const v = [fraction(from.y, picture.y, picture.height), fraction(to.y, picture.y, picture.height)] as const;
  const x = Math.min(...u);
  const y = Math.min(...v);
  return { x, y, width: Math.max(...u) - x, height: Math.max(...v) - y };
}

export function isTooSmall({ width, height }: Box): boolean {
  return width < smallestSide || height < smallestSide;
}

export function isInside(picture: PixelRect, { x, y }: { x: number; y: number }): boolean {
  return (
    x >= picture.x && y >= picture.y && x <= picture.x + picture.width && y <= picture.y + picture.height
  );
}
