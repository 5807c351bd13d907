import { createLocalPlane } from '#geometry/local-plane';
import { unproject } from '#geometry/unproject';
import type { LonLat, PictureBox } from '#geometry/camera-model';
import type { Painted, PaintedBox } from './paint-scene.ts';
import type { SceneDescription, Spot, TruthLabel } from './scene-description.ts';

export interface TruthObject extends TruthLabel {
  id: string;
  /** upright: ground under the middle of the side that faces the camera; flat: its centre */
  position: LonLat;
  /** middle of the object on the ground */
  centre: LonLat;
  distanceMetres: number;
  /** fractions of the picture */
  box: PictureBox;
  /** the picture's edge cuts the object */
  cut: boolean;
  /** share of its pixels that nothing standing hides */
  visible: number;
}

export interface Truth {
  camera: string;
  width: number;
  height: number;
  fps: number;
  durationSeconds: number;
  objects: TruthObject[];
  moving: {
    seconds: number;
    boxes: { id: string; model: string; position: LonLat; box: PictureBox; cut: boolean }[];
  }[];
  /** recognisable points of the ground and of the map, with where the renderer drew them */
  landmarks: { name: string; lon: number; lat: number; u: number; v: number }[];
}

const LANDMARK_METRES = 85;

/** Ground truth of a clip, from the scene that was painted, never from the video. */
export function describeTruth(scene: SceneDescription, painted: Painted): Truth {
  const plane = createLocalPlane(scene.camera.position);
  const props = new Map(scene.props.map((prop) => [prop.id, prop]));
  const toLonLat = ([east, north]: Spot): LonLat => round(plane.toLonLat(east, north));
  const objects = painted.objects.flatMap(({ id, box, cut, foot, visible }): TruthObject[] => {
    const prop = props.get(id);
    if (!prop?.truth) return [];
    const distanceMetres = Math.round(Math.hypot(...prop.at) * 100) / 100;
    if (distanceMetres > scene.camera.rangeMetres) return [];
    return [
      {
        id,
        ...prop.truth,
        position: toLonLat(prop.truth.stance === 'flat' ? prop.at : foot),
        centre: toLonLat(prop.at),
        distanceMetres,
        box: roundBox(box),
        cut,
        visible: Math.round(visible * 1000) / 1000,
      },
    ];
  });
  const markings = scene.landmarks.map(({ name, at }) => ({ name, at }));
  const bases = scene.props
    .filter(({ truth }) => truth?.kind === 'part')
    .map(({ model, id, at }) => ({ name: `${model} ${id}`, at }));
  return {
    camera: scene.cameraId,
    width: scene.camera.width,
    height: scene.camera.height,
    fps: scene.framesPerSecond,
    durationSeconds: scene.durationSeconds,
    objects: objects.toSorted((p, q) => p.distanceMetres - q.distanceMetres),
    moving: painted.moving.map(({ seconds, boxes }) => ({
      seconds,
      boxes: boxes.filter(isNear).map(({ id, model, foot, box, cut }) => ({
        id,
        model,
        position: toLonLat(foot),
        box: roundBox(box),
        cut,
      })),
    })),
    landmarks: [...bases, ...markings].flatMap(({ name, at }) => {
      if (Math.hypot(...at) > LANDMARK_METRES) return [];
      const { lon, lat } = toLonLat(at);
      const { u, v, visible } = unproject(scene.camera, plane.toLonLat(...at));
      return visible ? [{ name, lon, lat, u: digits(u, 5), v: digits(v, 5) }] : [];
    }),
  };
}

function isNear({ foot }: PaintedBox): boolean {
  return Math.hypot(...foot) < 100;
}

function round({ lon, lat }: LonLat): LonLat {
  return { lon: digits(lon, 8), lat: digits(lat, 8) };
}

function roundBox({ x, y, width, height }: PictureBox): PictureBox {
  return { x: digits(x, 5), y: digits(y, 5), width: digits(width, 5), height: digits(height, 5) };
}

function digits(value: number, count: number): number {
  return Math.round(value * 10 ** count) / 10 ** count;
}
