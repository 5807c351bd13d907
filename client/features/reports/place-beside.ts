import type { PixelRect } from './box-of-drag.ts';

const gap = 12;

/** Where a panel goes so that it covers the rectangle as little as it can and stays on the screen. */
export function placeBeside(
  anchor: PixelRect,
  size: { width: number; height: number },
  screen: { width: number; height: number },
): { left: number; top: number } {
  const right = anchor.x + anchor.width + gap;
  const left = anchor.x - gap - size.width;
  const x =
    right + size.width + gap <= screen.width ? right : left >= gap ? left : screen.width - size.width - gap;
  const y = Math.min(anchor.y, screen.height - size.height - gap);
  return { left: Math.max(gap, x), top: Math.max(gap, y) };
}
