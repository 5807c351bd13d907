import { DoubleSide, Group, MeshLambertMaterial, Scene, Vector3, WebGLRenderer } from 'three';
import { standAt } from '../motion.ts';
import type { SceneDescription } from '../scene-description.ts';
import { makeMovingActor, makeStillActor } from './actors.ts';
import { makeBuildings } from './building-models.ts';
import { makeEnvironment } from './environment.ts';
import { FramePainter, MOVING_LAYER } from './frame-painter.ts';
import { bakeLight } from './light-bake.ts';
import { measure, measureVisibility } from './measure.ts';
import { makeStreets } from './street-models.ts';
import { regionOf } from './mover-region.ts';
import { openView } from './view.ts';

/** What `render-clips.ts` asks for. */
interface Job {
  scene: SceneDescription;
  frames: number;
  skySamples: number;
  sunSamples: number;
  /** size of the picture before it is reduced to the sensor's, a factor */
  oversize: number;
}

const send = async (path: string, body: BodyInit): Promise<void> => {
  await fetch(path, { method: 'POST', body });
};
const say = (text: string): Promise<void> => send('/say', `${Math.round(performance.now())} ms: ${text}`);

/** Frames sent at once, while the next are painted. */
const BATCH = 8;

/** Builds the scene, measures the truth and sends every frame to the script that opened this page. */
async function run(): Promise<void> {
  const job = (await (await fetch('/job.json')).json()) as Job;
  const { scene: description, oversize } = job;
  const { camera: model } = description;
  const view = openView(model);
  const renderer = new WebGLRenderer({ antialias: false });
  const solid = new MeshLambertMaterial({ vertexColors: true, side: DoubleSide });
  const { azimuthDegrees, elevationDegrees } = description.sun;
  const [azimuth, elevation] = [(azimuthDegrees * Math.PI) / 180, (elevationDegrees * Math.PI) / 180];
  const sun = new Vector3(
    Math.sin(azimuth) * Math.cos(elevation),
    Math.cos(azimuth) * Math.cos(elevation),
    Math.sin(elevation),
  );
  const still = new Scene();
  const environment = makeEnvironment(sun);
  const solids = new Group();
  solids.add(makeStreets(description, solid), makeBuildings(description.buildings, solid));
  const actors = description.props.map((prop) => makeStillActor(prop, solid));
  for (const { object } of actors) solids.add(object);
  solids.traverse((one) => {
    one.castShadow = true;
    one.receiveShadow = true;
  });
  still.add(environment, solids);
  still.updateMatrixWorld(true);
  await say('built');
  const size = {
    width: Math.round(
      (oversize * model.width * view.tanX) / Math.tan((model.horizontalFovDegrees * Math.PI) / 360),
    ),
    height: 0,
  };
  size.height = Math.round((size.width * view.tanY) / view.tanX);
  const baked = await bakeLight(renderer, view, still, environment, sun, size, {
    sky: job.skySamples,
    sun: job.sunSamples,
  });
  await say(`lit at ${size.width} by ${size.height}`);
  const movers = description.movers.map((mover) =>
    makeMovingActor(mover, solid, description.durationSeconds),
  );
  for (const { object } of movers) {
    object.traverse((one) => {
      one.layers.set(MOVING_LAYER);
      one.receiveShadow = true;
    });
    still.add(object);
  }
  const painter = new FramePainter(renderer, view, still, baked, sun, model);
  const whole = { left: 0, top: 0, right: model.width, bottom: model.height };
  // nothing that stands is drawn again: it need not be walked through either
  solids.visible = environment.visible = false;
  let batch: Uint8Array<ArrayBuffer>[] = [];
  let sending = Promise.resolve();
  for (let frame = 0; frame < job.frames; frame++) {
    const seconds = frame / description.framesPerSecond;
    const regions = new Map(frame === 0 ? [['whole', whole]] : []);
    for (const actor of movers) {
      actor.moveTo(seconds);
      const { at } = standAt(actor.mover, seconds, description.durationSeconds);
      const region = regionOf(actor.mover, at, view, sun, whole);
      if (region) regions.set(actor.mover.id, region);
    }
    batch.push(painter.paint(frame, regions).slice());
    if (batch.length < BATCH && frame + 1 < job.frames) continue;
    await sending;
    sending = send('/frames', new Blob(batch));
    batch = [];
    if (frame % 60 < BATCH) await say(`frame ${frame}`);
  }
  await sending;
  solids.visible = environment.visible = true;
  await say('painted');
  const seen = actors.filter(
    ({ prop, object }) =>
      prop.truth && Math.hypot(...prop.at) < model.rangeMetres && measure(object, view, model),
  );
  for (const { object } of movers) still.remove(object);
  view.camera.layers.enableAll();
  const visibility = measureVisibility(renderer, view, still, seen);
  const objects = seen.flatMap(({ prop, object }) => {
    const measured = measure(object, view, model);
    return measured ? [{ id: prop.id, ...measured, visible: visibility.get(prop.id) ?? 0 }] : [];
  });
  const moving = Array.from({ length: description.durationSeconds }, (_, seconds) => ({
    seconds,
    boxes: movers.flatMap((actor) => {
      actor.moveTo(seconds);
      const measured = measure(actor.object, view, model);
      return measured ? [{ id: actor.mover.id, model: actor.mover.model, ...measured }] : [];
    }),
  }));
  await send('/truth', JSON.stringify({ objects, moving }));
}

run().catch((error: unknown) =>
  send('/failed', error instanceof Error ? (error.stack ?? error.message) : String(error)),
);
