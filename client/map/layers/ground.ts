import { ImageryLayer } from '@cesium/engine';
import { GroundImagery } from '../ground-imagery.ts';
import type { LayerFactory, MapHost } from './present-layer.ts';
import type { SpecOf } from './layer-spec.ts';

const AGAIN_AFTER_MS = 4_000;

/** The drawn ground. When the server failed it is drawn anew, over the old one, until it is complete. */
export const createGround: LayerFactory<'ground'> = (host, spec) => {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let layer = addLayer(host, spec, scheduleAgain);
  const stopFollowing: (() => void)[] = [];

  function scheduleAgain(): void {
    timer ??= setTimeout(() => {
      timer = undefined;
      const old = layer;
      layer = addLayer(host, spec, scheduleAgain, host.scene.imageryLayers.indexOf(old) + 1);
      const stop = host.scene.globe.tileLoadProgressEvent.addEventListener((waiting: number) => {
        if (waiting > 0) return;
        stop();
        host.scene.imageryLayers.remove(old, true);
        host.requestRender();
      });
      stopFollowing.push(stop);
      host.requestRender();
    }, AGAIN_AFTER_MS);
  }

  return {
    update() {
      // Nothing of the ground changes without another id.
    },
    destroy() {
      clearTimeout(timer);
      for (const stop of stopFollowing) stop();
      host.scene.imageryLayers.remove(layer, true);
    },
  };
};

function addLayer(
  { scene, tiles, requestRender }: MapHost,
  { bounds }: SpecOf<'ground'>,
  onIncomplete: () => void,
  index?: number,
): ImageryLayer {
  const onDrawn = (complete: boolean) => {
    requestRender();
    if (!complete) onIncomplete();
  };
  const layer = new ImageryLayer(new GroundImagery(tiles, bounds, onDrawn));
  scene.imageryLayers.add(layer, index);
  return layer;
}
