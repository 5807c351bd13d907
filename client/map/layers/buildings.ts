import { createMeshPrimitive } from '../mesh-primitive.ts';
import { tilesAround } from '../tiles/tile-grid.ts';
import type { LayerFactory } from './present-layer.ts';
import { TileSet } from './tile-set.ts';

const TILE_ZOOM = 15;
/** Farther away than this a house is a few pixels: the ground shows its footprint. */
const SHOWN_WITHIN_METRES = 3_200;
const KEPT_TILES = 64;

/** Houses in their height, one mesh for each tile. */
export const createBuildings: LayerFactory<'buildings'> = (host) => {
  const set = new TileSet({
    collection: host.scene.primitives,
    kept: KEPT_TILES,
    changed: host.requestRender,
    async load(tile) {
      const mesh = await host.tiles.ask('buildings', { tile });
      return mesh && createMeshPrimitive(mesh, { translucent: false });
    },
  });
  return {
    update() {
      // Buildings change by their tiles alone.
    },
    destroy: () => set.destroy(),
    viewChanged({ centre, rangeMetres }) {
      const near = rangeMetres < SHOWN_WITHIN_METRES;
      set.want(near ? tilesAround(centre, Math.min(2_600, 700 + rangeMetres), TILE_ZOOM) : []);
    },
  };
};
