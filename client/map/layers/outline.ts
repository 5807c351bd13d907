import { mapColours } from '../map-style.ts';
import { traceRing } from '../pen.ts';
import type { LayerFactory } from './present-layer.ts';

/** The selected cell, or the division that a screen is about. */
export const createOutline: LayerFactory<'outline'> = (_host, first) => {
  let spec = first;
  return {
    update(next) {
      spec = next;
    },
    destroy() {
      // Painted with the other marks; nothing is kept.
    },
    paint({ context, projector }) {
      context.beginPath();
      for (const ring of spec.rings) traceRing(context, projector.projectRing(ring));
      const { heightMetres = 0 } = spec;
      if (heightMetres > 0) {
        for (const ring of spec.rings) traceRing(context, projector.projectRing(ring, heightMetres));
        for (const [lon = 0, lat = 0] of spec.rings.flat()) {
          const [foot, top] = [
            projector.projectLonLat({ lon, lat }),
            projector.projectLonLat({ lon, lat }, heightMetres),
          ];
          if (!foot || !top) continue;
          context.moveTo(foot.x, foot.y);
          context.lineTo(top.x, top.y);
        }
      }
      if (spec.tone === 'cell') {
        context.fillStyle = 'rgb(90 167 232 / 16%)';
        context.fill('evenodd');
      }
      context.lineJoin = 'round';
      context.strokeStyle = mapColours.halo;
      context.lineWidth = 4.5;
      context.stroke();
      context.strokeStyle = mapColours.accent;
      context.lineWidth = 2;
      context.stroke();
    },
  };
};
