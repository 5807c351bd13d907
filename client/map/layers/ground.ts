import { PaintedLayer } from '../painted-layer.ts';
import type { LayerFactory } from './present-layer.ts';

/** How long a slider rests before the ground is painted anew. */
const REST_MS = 180;

/** The drawn ground. */
export const createGround: LayerFactory<'ground'> = (host, first) => {
  let spec = first;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const painted = new PaintedLayer(host, {
    bounds: spec.bounds,
    hasAlpha: () => !spec.style.filled,
    slot: 'ground',
    paint: (request) => host.tiles.ask('paint', { ...request, style: spec.style }),
  });
  return {
    update(next) {
      const sameStyle = JSON.stringify(next.style) === JSON.stringify(spec.style);
      spec = next;
      if (sameStyle) return;
      clearTimeout(timer);
      timer = setTimeout(() => painted.repaint(), REST_MS);
    },
    destroy() {
      clearTimeout(timer);
      painted.destroy();
    },
  };
};
