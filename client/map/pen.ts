import type { ScreenPoint } from './projector.ts';
import { mapColours, mapFont } from './map-style.ts';

/** Adds a closed path to the current path. */
export function traceRing(context: CanvasRenderingContext2D, points: readonly ScreenPoint[]): void {
  points.forEach(({ x, y }, n) => (n === 0 ? context.moveTo(x, y) : context.lineTo(x, y)));
  if (points.length > 0) context.closePath();
}

export interface TextStyle {
  sizePixels: number;
  colour: string;
  weight?: number;
}

export function setFont(context: CanvasRenderingContext2D, { sizePixels, weight = 400 }: TextStyle): void {
  context.font = `${weight} ${sizePixels}px ${mapFont}`;
}

/** Text with a dark rim, centred on a point. */
export function paintText(
  context: CanvasRenderingContext2D,
  text: string,
  { x, y }: ScreenPoint,
  style: TextStyle,
): void {
  setFont(context, style);
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  context.lineJoin = 'round';
  context.lineWidth = Math.max(3, style.sizePixels / 4);
  context.strokeStyle = mapColours.halo;
  context.strokeText(text, x, y);
  context.fillStyle = style.colour;
  context.fillText(text, x, y);
}
