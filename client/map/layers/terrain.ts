import { CesiumTerrainProvider, EllipsoidTerrainProvider } from '@cesium/engine';
import type { LayerFactory } from './present-layer.ts';

/**
 * Heights of the ground (quantized mesh), as the source has them. What we draw ourselves stands on the ellipsoid and
 * is not lifted: where the ground is high, marks lie below it. For the shape of hills seen from far, not for survey.
 */
export const createTerrain: LayerFactory<'terrain'> = (host, first) => {
  let spec = first;
  let destroyed = false;
  const { scene } = host;
  CesiumTerrainProvider.fromUrl(spec.source.url, { requestVertexNormals: true }).then(
    (provider) => {
      if (destroyed) return;
      provider.errorEvent.addEventListener((error: { message?: string }) =>
        host.tellSource(spec.source.id, String(error.message ?? '')),
      );
      scene.terrainProvider = provider;
      host.requestRender();
    },
    (error: unknown) => {
      if (!destroyed) host.tellSource(spec.source.id, error instanceof Error ? error.message : String(error));
    },
  );
  return {
    update(next) {
      spec = next;
    },
    destroy() {
      destroyed = true;
      host.tellSource(spec.source.id, undefined);
      scene.terrainProvider = new EllipsoidTerrainProvider();
      host.requestRender();
    },
  };
};
