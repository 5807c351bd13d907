import { createMeshPrimitive, type MeshPrimitive } from '../mesh-primitive.ts';
import { tilesAround } from '../tiles/tile-grid.ts';
import type { LayerFactory } from './present-layer.ts';
import { TileSet } from './tile-set.ts';

/** Near in every house, farther out the coarser tiles. */
const NEAR = { zoom: 15, withinMetres: 3_200 };
const FAR = { zoom: 14, withinMetres: 7_000 };
const KEPT_TILES = 64;

/** Houses in their height, one mesh for each tile; beyond their distance the ground shows their footprints. */
export const createBuildings: LayerFactory<'buildings'> = (host, first) => {
  let spec = first;
  const makeSet = () =>
    new TileSet<MeshPrimitive>({
      collection: host.scene.primitives,
      kept: KEPT_TILES,
      changed: host.requestRender,
      async load(tile) {
        const mesh = await host.tiles.ask('buildings', { tile });
        return mesh && createMeshPrimitive(mesh, { translucent: spec.opacity < 1, opacity: spec.opacity });
      },
    });
  const [near, far] = [makeSet(), makeSet()];
  return {
    update(next) {
      const before = spec;
      spec = next;
      if (spec.opacity < 1 !== before.opacity < 1) {
        near.reload();
        far.reload();
      }
      for (const set of [near, far])
        for (const mesh of set.all()) mesh.appearance.uniforms.opacity = spec.opacity;
      host.requestRender();
    },
    destroy() {
      near.destroy();
      far.destroy();
    },
    viewChanged({ centre, rangeMetres }) {
      const isNear = rangeMetres < NEAR.withinMetres;
      near.want(isNear ? tilesAround(centre, Math.min(2_600, 700 + rangeMetres), NEAR.zoom) : []);
      const isFar = !isNear && rangeMetres < FAR.withinMetres;
      far.want(isFar ? tilesAround(centre, Math.min(5_600, rangeMetres), FAR.zoom) : []);
    },
  };
};
