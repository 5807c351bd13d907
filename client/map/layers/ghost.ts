import { distanceMetres } from '../earth.ts';
import { mapColours } from '../map-style.ts';
import { writeLength } from '../measure/measure.ts';
import { paintText } from '../pen.ts';
import type { LayerFactory } from './present-layer.ts';

/** Where something is and where it would be moved to, with how far that is. */
export const createGhost: LayerFactory<'ghost'> = (_host, first) => {
  let spec = first;
  return {
    update(next) {
      spec = next;
    },
    destroy() {
      // Painted with the other marks; nothing is kept.
    },
    paint({ context, projector }) {
      const { from, to } = spec.ghost;
      const [a, b] = [projector.projectLonLat(from), projector.projectLonLat(to)];
      if (!a || !b) return;
      context.save();
      context.beginPath();
      context.moveTo(a.x, a.y);
      context.lineTo(b.x, b.y);
      context.setLineDash([6, 5]);
      context.strokeStyle = mapColours.halo;
      context.lineWidth = 4;
      context.stroke();
      context.strokeStyle = mapColours.accent;
      context.lineWidth = 2;
      context.stroke();
      context.setLineDash([]);
      for (const [point, filled] of [
        [a, false],
        [b, true],
      ] as const) {
        context.beginPath();
        context.arc(point.x, point.y, 7, 0, 2 * Math.PI);
        context.fillStyle = filled ? mapColours.accent : 'rgb(12 14 16 / 60%)';
        context.fill();
        context.strokeStyle = filled ? mapColours.text : mapColours.accent;
        context.lineWidth = 2;
        context.stroke();
      }
      context.restore();
      const text = writeLength(distanceMetres(from, to));
      paintText(
        context,
        text,
        { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 - 12 },
        { sizePixels: 12, colour: mapColours.text, weight: 600 },
      );
    },
  };
};
