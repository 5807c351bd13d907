import { PaintedLayer } from '../painted-layer.ts';
import type { LayerFactory } from './present-layer.ts';

/** Lights turn all the time: the ground is coloured anew at most this often. */
const PAINTED_EVERY_MS = 1_500;

/** The cells' colours on the ground. */
export const createLights: LayerFactory<'lights'> = (host, first) => {
  let spec = first;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let asked = 0;
  void host.tiles.ask('lights', spec.colours);
  const painted = new PaintedLayer(host, {
    bounds: spec.bounds,
    hasAlpha: () => true,
    slot: 'lights',
    paint: (request) => host.tiles.ask('paint-lights', request),
  });
  painted.setOpacity(spec.opacity);
  return {
    update(next) {
      const sameColours = next.colours === spec.colours;
      spec = next;
      painted.setOpacity(spec.opacity);
      if (sameColours) return;
      clearTimeout(timer);
      const wait = Math.max(0, asked + PAINTED_EVERY_MS - performance.now());
      timer = setTimeout(() => {
        asked = performance.now();
        void host.tiles.ask('lights', spec.colours);
        painted.repaint();
      }, wait);
    },
    destroy() {
      clearTimeout(timer);
      painted.destroy();
    },
  };
};
