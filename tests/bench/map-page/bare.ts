import {
  Cartesian3,
  CesiumWidget,
  Color,
  HeadingPitchRange,
  Matrix4,
  PointPrimitiveCollection,
  type Scene,
} from '@cesium/engine';
import { createNumbers, sampleStreets } from './make-cases.ts';

/**
 * Cesium with nothing, or with so many `PointPrimitiveCollection` points (`points`), as the map's measure. The points
 * lie over the sample's streets, or in the rectangle `box` (west,south,east,north), seen from `at` (lon, lat, range,
 * heading and pitch in degrees).
 */
const query = new URLSearchParams(window.location.search);
const count = Number(query.get('points') ?? 0);
const numbers = (name: string) => query.get(name)?.split(',').map(Number);
const root = document.getElementById('root');
if (!root) throw new Error('no root');
root.style.cssText = 'position: fixed; inset: 0';

const widget = new CesiumWidget(root, {
  baseLayer: false,
  skyBox: false,
  skyAtmosphere: false,
  scene3DOnly: true,
  requestRenderMode: true,
  maximumRenderTimeChange: Infinity,
  msaaSamples: 1,
  contextOptions: { webgl: { alpha: false } },
});
widget.resolutionScale = 0.5;
const { scene } = widget;
const [west, south, east, north] = (numbers('box') ?? [
  sampleStreets.west,
  sampleStreets.south,
  sampleStreets.east,
  sampleStreets.north,
]) as [number, number, number, number];
const at = numbers('at');
const points = new PointPrimitiveCollection();
const next = createNumbers(7);
for (let n = 0; n < count; n += 1)
  points.add({
    position: Cartesian3.fromDegrees(west + (east - west) * next(), south + (north - south) * next(), 2),
    pixelSize: 6,
    color: Color.WHITE,
  });
scene.primitives.add(points);
if (at) {
  const [lon = 0, lat = 0, range = 1_000, heading = 0, pitch = -89] = at;
  scene.camera.lookAt(
    Cartesian3.fromDegrees(lon, lat),
    new HeadingPitchRange((heading * Math.PI) / 180, (pitch * Math.PI) / 180, range),
  );
  scene.camera.lookAtTransform(Matrix4.IDENTITY);
} else
  scene.camera.setView({
    destination: Cartesian3.fromDegrees((west + east) / 2, south - 0.06, 9_000),
    orientation: { heading: 0, pitch: -0.9, roll: 0 },
  });

declare global {
  interface Window {
    __bare?: { drawn: boolean; timeFrames: (count: number) => number[] };
  }
}

function timeFrames(target: Scene, frames: number): number[] {
  return Array.from({ length: frames }, () => {
    const from = performance.now();
    target.requestRender();
    target.render();
    const context = target.canvas.getContext('webgl2');
    context?.readPixels(0, 0, 1, 1, context.RGBA, context.UNSIGNED_BYTE, new Uint8Array(4));
    return performance.now() - from;
  });
}

const bare = { drawn: false, timeFrames: (frames: number) => timeFrames(scene, frames) };
window.__bare = bare;
scene.postRender.addEventListener(() => {
  if (scene.globe.tilesLoaded) bare.drawn = true;
  else scene.requestRender();
});
