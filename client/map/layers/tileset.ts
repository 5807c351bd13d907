import { Cesium3DTileset, Cesium3DTileStyle } from '@cesium/engine';
import type { LayerFactory } from './present-layer.ts';

/** 3D Tiles of somebody else. */
export const createTileset: LayerFactory<'tileset'> = (host, first) => {
  let spec = first;
  let tileset: Cesium3DTileset | null = null;
  let destroyed = false;
  const stops: (() => void)[] = [];
  const style = () => {
    if (tileset)
      tileset.style =
        spec.opacity < 1 ? new Cesium3DTileStyle({ color: `color('white', ${spec.opacity})` }) : undefined;
    host.requestRender();
  };
  Cesium3DTileset.fromUrl(spec.source.url, {
    maximumScreenSpaceError: 12,
    cacheBytes: 256 * 1024 * 1024,
  }).then(
    (made) => {
      if (destroyed) return made.destroy();
      tileset = made;
      stops.push(
        made.tileFailed.addEventListener((error: { message?: string }) =>
          host.tellSource(spec.source.id, String(error.message ?? '')),
        ),
        made.tileLoad.addEventListener(() => host.requestRender()),
      );
      host.scene.primitives.add(made);
      style();
    },
    (error: unknown) => {
      if (!destroyed) host.tellSource(spec.source.id, error instanceof Error ? error.message : String(error));
    },
  );
  return {
    update(next) {
      spec = next;
      style();
    },
    destroy() {
      destroyed = true;
      host.tellSource(spec.source.id, undefined);
      for (const stop of stops) stop();
      if (tileset) host.scene.primitives.remove(tileset);
    },
  };
};
