import { ImageryLayer } from '@cesium/engine';
import { GroundImagery, type PaintRequest } from './ground-imagery.ts';
import type { ImagerySlot, MapHost } from './layers/present-layer.ts';
import type { Bounds } from './overview.ts';

const AGAIN_AFTER_MS = 4_000;

interface PaintedOptions {
  bounds: Bounds;
  hasAlpha: () => boolean;
  slot: ImagerySlot;
  paint: (request: PaintRequest) => Promise<{ image: ImageBitmap; complete: boolean }>;
}

/**
 * Pictures on the ground that the tile worker paints. What changes is painted anew over the old one, which goes when
 * the new one is complete: nothing flickers. A picture that could not be completed is painted again later.
 */
export class PaintedLayer {
  readonly #host: MapHost;
  readonly #options: PaintedOptions;
  #layer: ImageryLayer;
  #leaving: { layer: ImageryLayer; stop: () => void }[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;
  #opacity = 1;

  constructor(host: MapHost, options: PaintedOptions) {
    this.#host = host;
    this.#options = options;
    this.#layer = this.#add();
  }

  setOpacity(opacity: number): void {
    if (opacity === this.#opacity) return;
    this.#opacity = opacity;
    for (const layer of [this.#layer, ...this.#leaving.map((one) => one.layer)]) layer.alpha = opacity;
    this.#host.requestRender();
  }

  repaint(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const { scene, requestRender } = this.#host;
    const layer = this.#layer;
    // Only the newest two are ever there.
    for (const one of this.#leaving) this.#remove(one);
    this.#leaving = [];
    this.#layer = this.#add();
    const removed = scene.globe.tileLoadProgressEvent.addEventListener((waiting: number) => {
      if (waiting > 0) return;
      this.#remove(leaving);
      this.#leaving = this.#leaving.filter((one) => one !== leaving);
      requestRender();
    });
    const leaving = { layer, stop: () => removed() };
    this.#leaving.push(leaving);
    requestRender();
  }

  destroy(): void {
    clearTimeout(this.#timer);
    for (const one of this.#leaving) this.#remove(one);
    this.#host.imagery.remove(this.#layer);
  }

  #remove({ layer, stop }: { layer: ImageryLayer; stop: () => void }): void {
    stop();
    this.#host.imagery.remove(layer);
  }

  #add(): ImageryLayer {
    const { bounds, hasAlpha, paint, slot } = this.#options;
    const onDrawn = (complete: boolean) => {
      this.#host.requestRender();
      if (!complete) this.#timer ??= setTimeout(() => this.repaint(), AGAIN_AFTER_MS);
    };
    const imagery = new GroundImagery(bounds, { hasAlpha: hasAlpha(), paint, onDrawn });
    const layer = new ImageryLayer(imagery, { alpha: this.#opacity });
    this.#host.imagery.add(layer, slot);
    return layer;
  }
}
