import { appendAudit } from '../access/audit.ts';
import type { Queryable } from '../db/database.ts';
import { AppError } from '../errors.ts';
import { checkCameraUrl } from '../media/camera-url.ts';
import { appendOutbox } from '../realtime/outbox.ts';
import { renewVersions } from '../settings/service.ts';
import * as repository from './repository.ts';

/** A camera of a file, without a calibration. */
export interface ImportedCamera {
  id: string;
  name: { zh: string; en: string };
  url: string;
  width: number;
  height: number;
  cellCode: string;
  position: { lon: number; lat: number };
}

/** Whether the address may be opened at all: the same rule as for a camera added by hand. */
export function isAcceptedUrl(url: string): boolean {
  try {
    checkCameraUrl(url, { privateRanges: 'allow' });
    return true;
  } catch (error) {
    if (error instanceof AppError) return false;
    throw error;
  }
}

const DEFAULT_RANGE_METRES = 120;

/** Adds cameras that wait for their calibration, and writes what changed of those that are there. */
export async function importCameras(
  tx: Queryable,
  cameras: readonly ImportedCamera[],
  { at, actor }: { at: Date; actor: { id: string | null; name: string } },
): Promise<void> {
  for (const camera of cameras) {
    const { id, name, url, width, height, position, cellCode } = camera;
    await repository.saveImportedCamera(tx, {
      id,
      nameZh: name.zh,
      nameEn: name.en,
      source: { type: 'rtsp', url },
      position,
      width,
      height,
      communityCode: cellCode.slice(0, 12),
      subdistrictCode: cellCode.slice(0, 9),
      rangeMetres: DEFAULT_RANGE_METRES,
      sample: false,
    });
    const record = await repository.findCamera(tx, { kind: 'district', code: '' }, id);
    if (!record) throw new Error(`camera ${id} was not written`);
    const { rangeMetres: _, ...patch } = record;
    const rooms = [
      `district:${patch.subdistrictCode.slice(0, 6)}`,
      `subdistrict:${patch.subdistrictCode}`,
      `community:${patch.communityCode}`,
    ];
    await appendOutbox(tx, { at, kind: 'camera', id, patch, roomsBefore: rooms, roomsAfter: rooms });
  }
  await appendAudit(tx, {
    at,
    ...(actor.id === null ? {} : { userId: actor.id }),
    username: actor.name,
    action: 'import-cameras',
    details: { cameras: cameras.map(({ id }) => id) },
  });
  await renewVersions(tx, 'cameras', 'coverage');
}
