import type { Vector3 } from 'three';
import { imageOf } from '#geometry/pinhole';
import type { Mover, Spot } from '../scene-description.ts';
import type { View } from './view.ts';

/** Pixels, from the top left; may reach beyond the picture. */
export interface Region {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

const REACH: Record<string, { metres: number; height: number }> = {
  car: { metres: 2.8, height: 1.7 },
  van: { metres: 2.6, height: 2.1 },
  bus: { metres: 5.8, height: 3.4 },
  ebike: { metres: 1.4, height: 1.9 },
  person: { metres: 0.9, height: 2.1 },
};
const PADDING_PIXELS = 10;
/** Nothing on the ground nearer than this is in any of the pictures. */
const UNSEEN_METRES = 4;

/** A part of the picture that holds a mover and its shadow; undefined where neither can be seen. */
export function regionOf(
  mover: Mover,
  [x, y]: Spot,
  view: View,
  sun: Vector3,
  whole: Region,
): Region | undefined {
  const { metres, height } = REACH[mover.model] ?? { metres: 6, height: 4 };
  const [sx, sy] = [(-sun.x / sun.z) * height, (-sun.y / sun.z) * height];
  const region = { left: Infinity, top: Infinity, right: -Infinity, bottom: -Infinity };
  const corners: (readonly [number, number, number])[] = [];
  for (const dx of [-metres, metres]) {
    for (const dy of [-metres, metres]) {
      corners.push([x + dx, y + dy, 0], [x + dx, y + dy, height], [x + dx + sx, y + dy + sy, 0]);
    }
  }
  const { forward, right } = view.pinhole;
  const ahead = ([east, north]: readonly [number, number, number]): number =>
    (east * forward.east + north * forward.north) / Math.hypot(forward.east, forward.north);
  if (corners.every((corner) => ahead(corner) < UNSEEN_METRES)) return undefined;
  for (const corner of corners) {
    const image = ahead(corner) > 1 ? imageOf(view.pinhole, ...corner) : undefined;
    if (image) {
      region.left = Math.min(region.left, image.x - PADDING_PIXELS);
      region.right = Math.max(region.right, image.x + PADDING_PIXELS);
      region.top = Math.min(region.top, image.y - PADDING_PIXELS);
      region.bottom = Math.max(region.bottom, image.y + PADDING_PIXELS);
    } else {
      // it passes under or beside the camera: down to the edge on its side
      region.bottom = whole.bottom;
      if (corner[0] * right.east + corner[1] * right.north < 0) region.left = whole.left;
      else region.right = whole.right;
    }
  }
  const outside =
    region.right < 0 || region.bottom < 0 || region.left > whole.right || region.top > whole.bottom;
  return outside ? undefined : region;
}
