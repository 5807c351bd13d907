import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Static } from 'typebox';
import { addCalibratedCamera } from '../cameras/service.ts';
import type { Queryable } from '../db/database.ts';
import { projectRoot } from '../project-root.ts';
import { readJson } from './read-sample.ts';
import { CalibrationPairs, CameraEntries } from './sample-rows.ts';

/** The sample's cameras: calibrated from their hand-picked pairs where there are any, else by their known pose. */
export async function addSampleCameras() {
  const cameras = await readJson('qilihe/cameras.json', CameraEntries);
  return {
    count: cameras.length,
    async insert(tx: Queryable, from: number, to: number) {
      for (const camera of cameras.slice(from, to)) {
        const { id, position, width, height, rangeMetres } = camera;
        await addCalibratedCamera(tx, {
          id,
          name: { zh: camera.nameZh, en: camera.nameEn },
          source: { type: 'sample', clip: camera.clip.replace(/^.*\//, '').replace(/\.mp4$/, '') },
          target: { position, width, height, rangeMetres },
          input: await calibrationOf(camera),
        });
      }
    },
  };
}

async function calibrationOf({
  id,
  pose,
  horizontalFovDegrees,
  k1,
  k2,
}: Static<typeof CameraEntries>[number]) {
  const file = `qilihe/calibration/${id}.json`;
  if (!existsSync(join(projectRoot, 'data', file))) return { pose, horizontalFovDegrees, k1, k2 };
  const { pairs } = await readJson(file, CalibrationPairs);
  return { pairs: pairs.map(({ u, v, lon, lat }) => ({ u, v, lon, lat })) };
}
