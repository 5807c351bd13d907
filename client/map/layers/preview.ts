import type { Ellipse, LonLat } from '#contract/shared';
import { offsetMetres } from '../earth.ts';
import { mapColours } from '../map-style.ts';
import { paintText, traceRing } from '../pen.ts';
import type { Frame, LayerFactory } from './present-layer.ts';

const ELLIPSE_POINTS = 48;
const NAMED_PARTS = 4;

/** The footprint of the rectangle being drawn, where it may be off, its cell and the nearest parts. */
export const createPreview: LayerFactory<'preview'> = (_host, first) => {
  let spec = first;
  return {
    update(next) {
      spec = next;
    },
    destroy() {
      // Painted with the other marks; nothing is kept.
    },
    paint(frame) {
      const { context, projector } = frame;
      const { footprint, ellipse, ground, cellOutline, parts } = spec.preview;
      context.lineJoin = 'round';
      if (cellOutline) {
        traceRings(frame, cellOutline.coordinates);
        context.fillStyle = 'rgb(90 167 232 / 9%)';
        context.fill('evenodd');
        strokeTwice(context, mapColours.accent, 1.5);
      }
      traceRings(frame, footprint.coordinates);
      context.fillStyle = 'rgb(90 167 232 / 38%)';
      context.fill('evenodd');
      strokeTwice(context, '#bfe0ff', 1.5);
      traceRings(frame, [ellipseRing(ground, ellipse)]);
      context.setLineDash([5, 4]);
      strokeTwice(context, mapColours.text, 1.5);
      context.setLineDash([]);
      parts.forEach(({ position, className }, n) => {
        const at = projector.projectLonLat(position);
        if (!at || !projector.isOnScreen(at, 20)) return;
        context.beginPath();
        context.arc(at.x, at.y, n === 0 ? 5 : 4, 0, 2 * Math.PI);
        context.fillStyle = n === 0 ? mapColours.text : mapColours.textFaint;
        context.fill();
        context.strokeStyle = mapColours.halo;
        context.lineWidth = 1.5;
        context.stroke();
        if (n >= NAMED_PARTS) return;
        const text = className[spec.language] || className.zh;
        const style = { sizePixels: 12, colour: n === 0 ? mapColours.text : mapColours.textSoft };
        const place = { x: at.x, y: at.y + 14 };
        const box = { left: at.x - 34, right: at.x + 34, top: place.y - 8, bottom: place.y + 8 };
        if (!frame.boxes.isFree(box)) return;
        frame.boxes.take(box);
        paintText(context, text, place, style);
      });
      const at = projector.projectLonLat(ground);
      if (at) paintCross(context, at.x, at.y);
    },
  };
};

function traceRings({ context, projector }: Frame, rings: number[][][]): void {
  context.beginPath();
  for (const ring of rings) traceRing(context, projector.projectRing(ring));
}

function strokeTwice(context: CanvasRenderingContext2D, colour: string, width: number): void {
  context.strokeStyle = 'rgb(12 14 16 / 80%)';
  context.lineWidth = width + 2;
  context.stroke();
  context.strokeStyle = colour;
  context.lineWidth = width;
  context.stroke();
}

function paintCross(context: CanvasRenderingContext2D, x: number, y: number): void {
  context.beginPath();
  for (const [dx, dy] of [
    [1, 0],
    [-1, 0],
    [0, 1],
    [0, -1],
  ] as const) {
    context.moveTo(x + dx * 4, y + dy * 4);
    context.lineTo(x + dx * 12, y + dy * 12);
  }
  strokeTwice(context, mapColours.text, 2);
  context.beginPath();
  context.arc(x, y, 2, 0, 2 * Math.PI);
  context.fillStyle = mapColours.text;
  context.fill();
}

/** The azimuth is that of the major axis, clockwise from north. */
function ellipseRing(
  centre: LonLat,
  { semiMajorMetres, semiMinorMetres, azimuthDegrees }: Ellipse,
): number[][] {
  const azimuth = (azimuthDegrees * Math.PI) / 180;
  return Array.from({ length: ELLIPSE_POINTS }, (_, n) => {
    const angle = (2 * Math.PI * n) / ELLIPSE_POINTS;
    const along = semiMajorMetres * Math.cos(angle);
    const across = semiMinorMetres * Math.sin(angle);
    const east = along * Math.sin(azimuth) + across * Math.cos(azimuth);
    const north = along * Math.cos(azimuth) - across * Math.sin(azimuth);
    const { lon, lat } = offsetMetres(centre, east, north);
    return [lon, lat];
  });
}
