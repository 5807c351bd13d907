import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Box, LonLat } from '#contract/shared';
import { projectRoot } from '../../server/project-root.ts';

interface TrueObject {
  id: string;
  position: LonLat;
  box: Box;
}

/** What the renderer knows of a thing in a sample camera's clip. */
export function truthOf(
  camera: string,
  id: string,
): TrueObject & { picture: { width: number; height: number } } {
  const file = join(projectRoot, 'data/qilihe/truth', `${camera}.json`);
  const truth = JSON.parse(readFileSync(file, 'utf8')) as {
    width: number;
    height: number;
    objects: TrueObject[];
  };
  const found = truth.objects.find((one) => one.id === id);
  if (!found) throw new Error(`no ${id} on ${camera}`);
  return { ...found, picture: { width: truth.width, height: truth.height } };
}

/** Metres between two positions a few hundred metres apart at most. */
export function metresBetween(a: LonLat, b: LonLat): number {
  const north = (a.lat - b.lat) * 110_940;
  const east = (a.lon - b.lon) * 111_320 * Math.cos((a.lat * Math.PI) / 180);
  return Math.hypot(north, east);
}

/** Width and height from a JPEG's frame header; throws when it is none. */
export function jpegSize(bytes: Uint8Array): { width: number; height: number } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.getUint16(0) !== 0xffd8) throw new Error('not a JPEG');
  for (let at = 2; at < bytes.length; at += 2 + view.getUint16(at + 2)) {
    const marker = view.getUint8(at + 1);
    if (marker >= 0xc0 && marker <= 0xc2) {
      return { height: view.getUint16(at + 5), width: view.getUint16(at + 7) };
    }
  }
  throw new Error('a JPEG without a frame');
}
