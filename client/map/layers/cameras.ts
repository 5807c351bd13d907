import { toEcef } from '../earth.ts';
import { mapColours } from '../map-style.ts';
import { paintText } from '../pen.ts';
import type { ScreenPoint } from '../projector.ts';
import type { LayerFactory, Pickable } from './present-layer.ts';

const NAMED_BELOW = 2.6;
const LARGE_BELOW = 5;

/** Cameras, with their names when close. */
export const createCameras: LayerFactory<'cameras'> = (_host, first) => {
  let spec = first;
  let placed: (Pickable & { name: string; named: boolean })[] = [];
  return {
    update(next) {
      spec = next;
    },
    destroy() {
      placed = [];
    },
    layout({ projector, view, boxes }) {
      placed = [];
      const radius = (view.metresPerPixel < LARGE_BELOW ? 11 : 7) * spec.scale;
      for (const { id, name, position } of spec.cameras) {
        const at = projector.project(toEcef(position.lon, position.lat, 4));
        if (!at || !projector.isOnScreen(at, radius)) continue;
        boxes.take({ left: at.x - radius, right: at.x + radius, top: at.y - radius, bottom: at.y + radius });
        const text = name[spec.language] || name.zh;
        const half = (text.length * (spec.language === 'zh' ? 6.5 : 3.4) + 6) * spec.scale;
        const y = at.y + radius + 9 * spec.scale;
        const box = { left: at.x - half, right: at.x + half, top: y - 8, bottom: y + 8 };
        const named = view.metresPerPixel < NAMED_BELOW && boxes.isFree(box);
        if (named) boxes.take(box);
        placed.push({ kind: 'camera', id, x: at.x, y: at.y, radius, position, name: text, named });
      }
    },
    paint({ context }) {
      for (const { id, x, y, radius, name, named } of placed) {
        paintCamera(context, x, y, radius, id === spec.selectedId);
        if (!named) continue;
        const style = { sizePixels: 12 * spec.scale, colour: mapColours.text };
        paintText(context, name, { x, y: y + radius + 9 * spec.scale }, style);
      }
    },
    pickAt: (point) => placed.find((one) => isNear(one, point)) ?? null,
    pickables: () => placed,
  };
};

function isNear({ x, y, radius }: Pickable, point: ScreenPoint): boolean {
  return Math.hypot(point.x - x, point.y - y) <= radius + 5;
}

function paintCamera(
  context: CanvasRenderingContext2D,
  x: number,
  y: number,
  radius: number,
  selected: boolean,
): void {
  if (selected) {
    context.beginPath();
    context.roundRect(x - radius - 4, y - radius - 4, radius * 2 + 8, radius * 2 + 8, radius * 0.6);
    context.strokeStyle = mapColours.text;
    context.lineWidth = 2.5;
    context.stroke();
  }
  context.beginPath();
  context.roundRect(x - radius, y - radius, radius * 2, radius * 2, radius * 0.4);
  context.fillStyle = mapColours.surface;
  context.fill();
  context.strokeStyle = mapColours.accent;
  context.lineWidth = 1.5;
  context.stroke();
  const unit = radius / 11;
  context.fillStyle = mapColours.text;
  context.beginPath();
  context.roundRect(x - 7 * unit, y - 4 * unit, 9 * unit, 8 * unit, 1.5 * unit);
  context.moveTo(x + 3 * unit, y - 0.5 * unit);
  context.lineTo(x + 7.5 * unit, y - 3.5 * unit);
  context.lineTo(x + 7.5 * unit, y + 3.5 * unit);
  context.lineTo(x + 3 * unit, y + 0.5 * unit);
  context.fill();
}
