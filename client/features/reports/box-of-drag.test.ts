import { describe, expect, it } from 'vitest';
import { boxOfDrag, isInside, isTooSmall } from './box-of-drag.ts';

// a 4:3 tile with a 16:9 picture in it: bars of 60 px above and below
const picture = { x: 100, y: 260, width: 640, height: 360 };

describe('a rectangle drawn on a letterboxed picture', () => {
  it('is in fractions of the picture, not of the tile', () => {
    expect(boxOfDrag(picture, { x: 260, y: 350 }, { x: 420, y: 440 })).toEqual({
      x: 0.25,
      y: 0.25,
      width: 0.25,
      height: 0.25,
    });
  });

  it('is the same drawn from any corner', () => {
    const corners = [
      [260, 350, 420, 440],
      [420, 440, 260, 350],
      [420, 350, 260, 440],
    ] as const;
    for (const [x1, y1, x2, y2] of corners) {
      expect(boxOfDrag(picture, { x: x1, y: y1 }, { x: x2, y: y2 })).toEqual({
        x: 0.25,
        y: 0.25,
        width: 0.25,
        height: 0.25,
      });
    }
  });

  it('never leaves the picture', () => {
    const box = boxOfDrag(picture, { x: 700, y: 600 }, { x: 2000, y: -50 });
    expect(box.x + box.width).toBe(1);
    expect(box.y).toBe(0);
    expect(isInside(picture, { x: 300, y: 230 })).toBe(false);
  });

  it('takes a click for a click', () => {
    expect(isTooSmall(boxOfDrag(picture, { x: 300, y: 300 }, { x: 302, y: 340 }))).toBe(true);
    expect(isTooSmall(boxOfDrag(picture, { x: 300, y: 300 }, { x: 320, y: 320 }))).toBe(false);
  });
});
