import { createMeshPrimitive } from '../mesh-primitive.ts';
import { tilesAround } from '../tiles/tile-grid.ts';
import type { LayerFactory, View } from './present-layer.ts';
import { TileSet } from './tile-set.ts';

const TILE_ZOOM = 13;
const KEPT_TILES = 120;
const FARTHEST_METRES = 22_000;
const BUILT_EVERY_MS = 1_500;

/** The cells' figures as columns that stand on them. */
export const createColumns: LayerFactory<'columns'> = (host, first) => {
  let spec = first;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let view: View | null = null;
  let built = 0;
  const set = new TileSet({
    collection: host.scene.primitives,
    kept: KEPT_TILES,
    changed: host.requestRender,
    async load(tile) {
      const mesh = await host.tiles.ask('columns', { tile });
      return mesh && createMeshPrimitive(mesh, { translucent: spec.opacity < 1, opacity: spec.opacity });
    },
  });
  const look = () => {
    if (view)
      set.want(
        tilesAround(view.centre, Math.min(FARTHEST_METRES, 1_500 + view.rangeMetres * 1.1), TILE_ZOOM),
      );
  };
  void host.tiles.ask('lights', spec.colours);
  return {
    update(next) {
      const same = next.colours === spec.colours && next.opacity === spec.opacity;
      spec = next;
      if (same) return;
      clearTimeout(timer);
      timer = setTimeout(
        () => {
          built = performance.now();
          void host.tiles.ask('lights', spec.colours);
          set.reload();
        },
        Math.max(0, built + BUILT_EVERY_MS - performance.now()),
      );
    },
    destroy() {
      clearTimeout(timer);
      set.destroy();
    },
    viewChanged(next) {
      view = next;
      look();
    },
  };
};
