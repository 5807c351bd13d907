import type { Light } from '#contract/shared';
import { lightColours } from '../../ui/light-mark.tsx';
import { mapColours, mapFont } from '../map-style.ts';

const SPRITES_KEPT = 400;
const sprites = new Map<string, HTMLCanvasElement>();

/** A drawn mark; `radius` in CSS pixels is where a finger finds it. */
export interface MarkSprite {
  image: HTMLCanvasElement;
  width: number;
  height: number;
}

/** The mark of one case: its light's own shape and colour with a dark rim. */
export function caseMark(light: Light, scale: number, ratio: number): MarkSprite {
  const side = Math.ceil(26 * scale);
  return sprite(`case/${light}/${scale}/${ratio}`, side, side, ratio, (context) => {
    context.shadowColor = 'rgb(0 0 0 / 60%)';
    context.shadowBlur = 4 * ratio;
    paintShape(context, light, side / 2, side / 2, 8 * scale, 2.4 * scale);
  });
}

/** The mark of several cases: the worst light and how many. */
export function clusterMark(light: Light, count: number, scale: number, ratio: number): MarkSprite {
  const text = String(count);
  const height = Math.ceil(26 * scale);
  const width = Math.ceil((29 + text.length * 8.2) * scale);
  return sprite(`cluster/${light}/${text}/${scale}/${ratio}`, width, height, ratio, (context) => {
    context.beginPath();
    context.roundRect(1.5, 1.5, width - 3, height - 3, height / 2);
    context.fillStyle = mapColours.surface;
    context.fill();
    context.strokeStyle = lightColours[light];
    context.lineWidth = 1.6 * scale;
    context.stroke();
    paintShape(context, light, 13 * scale, height / 2, 5 * scale, 0);
    context.font = `600 ${13.5 * scale}px ${mapFont}`;
    context.textBaseline = 'middle';
    context.fillStyle = mapColours.text;
    context.fillText(text, 21 * scale, height / 2 + 0.5 * scale);
  });
}

/** ● green, ▲ yellow, ■ red, ○ none. */
export function paintShape(
  context: CanvasRenderingContext2D,
  light: Light,
  x: number,
  y: number,
  radius: number,
  rim: number,
): void {
  context.beginPath();
  if (light === 'yellow') {
    context.moveTo(x, y - radius * 1.15);
    context.lineTo(x + radius * 1.18, y + radius * 0.92);
    context.lineTo(x - radius * 1.18, y + radius * 0.92);
    context.closePath();
  } else if (light === 'red') context.rect(x - radius * 0.9, y - radius * 0.9, radius * 1.8, radius * 1.8);
  else context.arc(x, y, radius, 0, 2 * Math.PI);
  context.lineJoin = 'round';
  if (rim > 0) {
    context.strokeStyle = mapColours.halo;
    context.lineWidth = rim * 2;
    context.stroke();
    context.shadowColor = 'transparent';
  }
  if (light === 'none') {
    context.strokeStyle = lightColours.none;
    context.lineWidth = Math.max(2, radius * 0.35);
    context.stroke();
    return;
  }
  context.fillStyle = lightColours[light];
  context.fill();
}

function sprite(
  key: string,
  width: number,
  height: number,
  ratio: number,
  paint: (context: CanvasRenderingContext2D) => void,
): MarkSprite {
  let image = sprites.get(key);
  if (!image) {
    if (sprites.size >= SPRITES_KEPT) sprites.clear();
    image = document.createElement('canvas');
    image.width = Math.ceil(width * ratio);
    image.height = Math.ceil(height * ratio);
    const context = image.getContext('2d');
    context?.scale(ratio, ratio);
    if (context) paint(context);
    sprites.set(key, image);
  }
  return { image, width, height };
}
