import {
  ImageryLayer,
  UrlTemplateImageryProvider,
  WebMapTileServiceImageryProvider,
  type ImageryProvider,
} from '@cesium/engine';
import type { MapSource } from '#contract/map';
import type { LayerFactory } from './present-layer.ts';

/** So many failed pictures, and none that came, are a source that does not answer: it is left alone for a while. */
const FAILURES = 6;
const ASKED_AGAIN_MS = 30_000;

/** Pictures of the ground from somebody else; a source that fails says so and takes nothing with it. */
export const createImagery: LayerFactory<'imagery'> = (host, first) => {
  let spec = first;
  const provider = providerOf(spec.source);
  let failures = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const stop = provider.errorEvent.addEventListener((error: { message?: string; retry?: boolean }) => {
    failures += 1;
    error.retry = false;
    if (failures < FAILURES || timer !== undefined) return;
    host.tellSource(spec.source.id, String(error.message ?? ''));
    layer.show = false;
    timer = setTimeout(() => {
      timer = undefined;
      failures = 0;
      layer.show = true;
      host.requestRender();
    }, ASKED_AGAIN_MS);
  });
  const answered = provider.requestImage.bind(provider);
  provider.requestImage = (...asked) => {
    const image = answered(...asked);
    void image?.then(
      () => {
        failures = 0;
        host.tellSource(spec.source.id, undefined);
        host.requestRender();
      },
      () => undefined,
    );
    return image;
  };
  const layer = new ImageryLayer(provider, { alpha: spec.opacity });
  host.imagery.add(layer, 'source', spec.order);
  return {
    update(next) {
      const moved = next.order !== spec.order;
      spec = next;
      layer.alpha = spec.opacity;
      if (moved) host.imagery.move(layer, 'source', spec.order);
      host.requestRender();
    },
    destroy() {
      stop();
      clearTimeout(timer);
      host.tellSource(spec.source.id, undefined);
      host.imagery.remove(layer);
    },
  };
};

/** Tianditu's own names for its layers are in its URL template; it is a WMTS asked by `{x}`, `{y}` and `{z}`. */
function providerOf(source: MapSource): ImageryProvider {
  const { kind, url, layer, style, matrixSet, format, minZoom, maxZoom, credit } = source;
  const limits = {
    ...(minZoom === undefined ? {} : { minimumLevel: minZoom }),
    ...(maxZoom === undefined ? {} : { maximumLevel: maxZoom }),
    ...(credit ? { credit } : {}),
  };
  if (kind === 'wmts')
    return new WebMapTileServiceImageryProvider({
      url,
      layer: layer ?? '',
      style: style ?? 'default',
      tileMatrixSetID: matrixSet ?? 'GoogleMapsCompatible',
      format: format ?? 'image/jpeg',
      ...limits,
    });
  return new UrlTemplateImageryProvider({
    url,
    ...(url.includes('{s}') ? { subdomains: kind === 'tianditu' ? '01234567' : 'abc' } : {}),
    enablePickFeatures: false,
    ...limits,
  });
}
