import type { ImageryLayer, Scene } from '@cesium/engine';
import type { ImagerySlot } from './layers/present-layer.ts';

const order: Record<ImagerySlot, number> = { source: 0, ground: 1, lights: 2 };

/** The pictures on the globe in their order: those of other sources, the drawn ground, the lights of cells. */
export class ImageryStack {
  readonly #scene: Scene;
  #places = new Map<ImageryLayer, number>();

  constructor(scene: Scene) {
    this.#scene = scene;
  }

  /** Over those of its slot that are there; `rank` orders within the slot. */
  add(layer: ImageryLayer, slot: ImagerySlot, rank = 0): void {
    const place = order[slot] + Math.min(rank, 999) / 1000;
    const { imageryLayers } = this.#scene;
    let index = imageryLayers.length;
    while (index > 0 && (this.#places.get(imageryLayers.get(index - 1)) ?? 0) > place) index -= 1;
    this.#places.set(layer, place);
    imageryLayers.add(layer, index);
  }

  /** To another rank of its slot. */
  move(layer: ImageryLayer, slot: ImagerySlot, rank: number): void {
    this.#places.delete(layer);
    this.#scene.imageryLayers.remove(layer, false);
    this.add(layer, slot, rank);
  }

  remove(layer: ImageryLayer): void {
    this.#places.delete(layer);
    this.#scene.imageryLayers.remove(layer, true);
  }
}
