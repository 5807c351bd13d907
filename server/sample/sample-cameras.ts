import { modelFromPose } from '#geometry/calibrate';
import { addCalibratedCamera } from '../cameras/service.ts';
import type { Queryable } from '../db/database.ts';
import { readJson } from './read-sample.ts';
import { CameraEntries } from './sample-rows.ts';

/** The sample's cameras with their known pose; what they see is cut by the buildings loaded before. */
export async function addSampleCameras() {
  const cameras = await readJson('qilihe/cameras.json', CameraEntries);
  return {
    count: cameras.length,
    async insert(tx: Queryable, from: number, to: number) {
      for (const camera of cameras.slice(from, to)) {
        const { pose, horizontalFovDegrees, k1, k2 } = camera;
        await addCalibratedCamera(tx, {
          id: camera.id,
          name: { zh: camera.nameZh, en: camera.nameEn },
          source: { type: 'sample', clip: camera.clip.replace(/^.*\//, '').replace(/\.mp4$/, '') },
          input: { pose, horizontalFovDegrees, k1, k2 },
          model: modelFromPose(camera),
        });
      }
    },
  };
}
