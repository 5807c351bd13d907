import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { CAMERA_PLANS, RANGE_METRES } from './camera-plans.ts';
import { composeScene } from './compose-scene.ts';
import { readDistrictLayers } from './district-layers.ts';
import { encodeClip, encodeStill } from './encode-clip.ts';
import { paintScene } from './paint-scene.ts';
import { describeTruth } from './truth.ts';

/*
 * npx tsx data/render/render-clips.ts [camera-id…]           clips and ground truth
 * npx tsx data/render/render-clips.ts --stills DIR [--draft] [camera-id…]   one PNG each, nothing else written
 * npx tsx data/render/render-clips.ts --cameras              cameras.json alone
 */
const QILIHE = new URL('../qilihe/', import.meta.url);
const FINE = { skySamples: 18, sunSamples: 6, oversize: 1.5 };
const DRAFT = { skySamples: 8, sunSamples: 3, oversize: 1 };

const options = process.argv.slice(2);
const stills = options.indexOf('--stills');
const folder = stills < 0 ? undefined : options[stills + 1];
const quality = options.includes('--draft') ? DRAFT : FINE;
const wanted = options.filter((option) => /^camera-\d+$/.test(option));
const layers = readDistrictLayers();

writeCameras();
if (!options.includes('--cameras')) {
  for (const plan of CAMERA_PLANS) {
    if (wanted.length > 0 && !wanted.includes(plan.id)) continue;
    const scene = composeScene(plan, layers);
    if (folder) {
      mkdirSync(folder, { recursive: true });
      const sink = encodeStill(`${folder}/${plan.id}.png`, scene.camera);
      await paintScene(scene, 1, quality, (pixels) => sink.write(pixels));
      await sink.close();
      continue;
    }
    mkdirSync(new URL('clips/', QILIHE), { recursive: true });
    mkdirSync(new URL('truth/', QILIHE), { recursive: true });
    const sink = encodeClip(fileURLToPath(new URL(`clips/${plan.id}.mp4`, QILIHE)), scene);
    const frames = scene.durationSeconds * scene.framesPerSecond;
    const painted = await paintScene(scene, frames, quality, (pixels) => sink.write(pixels));
    await sink.close();
    writeFileSync(
      new URL(`truth/${plan.id}.json`, QILIHE),
      JSON.stringify(describeTruth(scene, painted), null, 1) + '\n',
    );
  }
}

/** Every camera whose clip is planned, with the pose it is rendered from. */
function writeCameras(): void {
  const cameras = CAMERA_PLANS.map((plan) => {
    const { camera } = composeScene(plan, layers);
    const { position, pose, horizontalFovDegrees, k1, k2, width, height } = camera;
    return {
      id: plan.id,
      nameZh: plan.nameZh,
      nameEn: plan.nameEn,
      clip: `clips/${plan.id}.mp4`,
      position,
      pose,
      horizontalFovDegrees,
      k1,
      k2,
      width,
      height,
      rangeMetres: RANGE_METRES,
    };
  });
  writeFileSync(new URL('cameras.json', QILIHE), JSON.stringify(cameras, null, 2) + '\n');
}
