import { Color, Mesh, MeshBasicMaterial, NoColorSpace, Scene, Vector3, WebGLRenderTarget } from 'three';
import type { Material, Object3D, WebGLRenderer } from 'three';
import type { PictureBox } from '#geometry/camera-model';
import { imageOf } from '#geometry/pinhole';
import type { StillActor } from './actors.ts';
import type { View } from './view.ts';

export interface Measured {
  box: PictureBox;
  /** the box was cut by the picture's edge */
  cut: boolean;
  /** ground under the middle of the side that faces the camera, metres east and north */
  foot: readonly [east: number, north: number];
}

/**
 * Box of a model on the picture from its own corners in space, and where its near side meets the ground: in the
 * direction of its middle, as far ahead of the camera as its nearest corner that touches the ground. Undefined
 * where nothing of it is in the picture.
 */
export function measure(
  object: Object3D,
  view: View,
  picture: { width: number; height: number },
): Measured | undefined {
  const corner = new Vector3();
  let [left, right, top, bottom] = [Infinity, -Infinity, Infinity, -Infinity];
  let [low, high, nearest] = [Infinity, -Infinity, Infinity];
  const { forward } = view.pinhole;
  const level = Math.hypot(forward.east, forward.north);
  const [fx, fy] = [forward.east / level, forward.north / level];
  for (const mesh of meshesOf(object)) {
    const position = mesh.geometry.getAttribute('position');
    for (let index = 0; index < position.count; index++) {
      corner.fromBufferAttribute(position, index).applyMatrix4(mesh.matrixWorld);
      const image = imageOf(view.pinhole, corner.x, corner.y, corner.z);
      if (!image) return undefined;
      [left, right] = [Math.min(left, image.x), Math.max(right, image.x)];
      [top, bottom] = [Math.min(top, image.y), Math.max(bottom, image.y)];
      const ahead = corner.x * fx + corner.y * fy;
      const slope = (corner.x * fy - corner.y * fx) / ahead;
      [low, high] = [Math.min(low, slope), Math.max(high, slope)];
      if (corner.z < 0.15) nearest = Math.min(nearest, ahead);
    }
  }
  if (right <= 0 || bottom <= 0 || left >= picture.width || top >= picture.height || nearest <= 0)
    return undefined;
  const cut = left < 0 || top < 0 || right > picture.width || bottom > picture.height;
  const [x0, x1] = [Math.max(0, left) / picture.width, Math.min(picture.width, right) / picture.width];
  const [y0, y1] = [Math.max(0, top) / picture.height, Math.min(picture.height, bottom) / picture.height];
  const slope = (low + high) / 2;
  return {
    box: { x: x0, y: y0, width: x1 - x0, height: y1 - y0 },
    cut,
    foot: [nearest * (fx + fy * slope), nearest * (fy - fx * slope)],
  };
}

function meshesOf(object: Object3D): Mesh[] {
  const meshes: Mesh[] = [];
  object.traverse((one) => {
    if (isMesh(one) && !one.userData['apart']) meshes.push(one);
  });
  return meshes;
}

function isMesh(object: Object3D): object is Mesh {
  return object instanceof Mesh;
}

/** Share of each object's own pixels that nothing standing in front of it hides. */
export function measureVisibility(
  renderer: WebGLRenderer,
  view: View,
  still: Scene,
  actors: readonly StillActor[],
): Map<string, number> {
  const [width, height] = [960, Math.round((960 * view.tanY) / view.tanX)];
  const target = new WebGLRenderTarget(width, height);
  target.texture.colorSpace = NoColorSpace;
  const black = new MeshBasicMaterial({ color: 0, fog: false });
  const kept = new Map<Mesh, Material | Material[]>();
  still.traverse((one) => {
    if (isMesh(one)) {
      kept.set(one, one.material);
      one.material = black;
    }
  });
  actors.forEach(({ object }, index) => {
    const id = index + 1;
    const colour = new Color().setRGB((id & 255) / 255, ((id >> 8) & 255) / 255, 1);
    for (const mesh of meshesOf(object)) mesh.material = new MeshBasicMaterial({ color: colour, fog: false });
  });
  const shown = countIds(renderer, view, still, target);
  const whole = new Map<string, number>();
  actors.forEach(({ prop, object }, index) => {
    const alone = new Scene();
    const parent = object.parent;
    alone.add(object);
    const count = countIds(renderer, view, alone, target).get(index + 1) ?? 0;
    parent?.add(object);
    whole.set(prop.id, count === 0 ? 0 : Math.min(1, (shown.get(index + 1) ?? 0) / count));
  });
  for (const [mesh, material] of kept) mesh.material = material;
  target.dispose();
  return whole;
}

function countIds(
  renderer: WebGLRenderer,
  view: View,
  scene: Scene,
  target: WebGLRenderTarget,
): Map<number, number> {
  const pixels = new Uint8Array(target.width * target.height * 4);
  renderer.setRenderTarget(target);
  renderer.setClearColor(0, 1);
  renderer.clear();
  renderer.render(scene, view.camera);
  renderer.readRenderTargetPixels(target, 0, 0, target.width, target.height, pixels);
  const counts = new Map<number, number>();
  for (let index = 0; index < pixels.length; index += 4) {
    if ((pixels[index + 2] ?? 0) < 250) continue;
    const id = (pixels[index] ?? 0) + (pixels[index + 1] ?? 0) * 256;
    counts.set(id, (counts.get(id) ?? 0) + 1);
  }
  return counts;
}
