import { CanvasTexture, RepeatWrapping, SRGBColorSpace } from 'three';
import { randomFor } from '../../district/random.ts';
import type { Random } from '../../district/random.ts';

export type Draw = (context: CanvasRenderingContext2D, width: number, height: number, random: Random) => void;

/** A repeating texture drawn on a canvas; the same every time for the same name. */
export function drawTexture(name: string, width: number, height: number, draw: Draw): CanvasTexture {
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext('2d');
  if (!context) throw new Error('no 2d canvas');
  draw(context, width, height, randomFor(`texture ${name}`));
  const texture = new CanvasTexture(canvas);
  texture.wrapS = RepeatWrapping;
  texture.wrapT = RepeatWrapping;
  texture.colorSpace = SRGBColorSpace;
  texture.anisotropy = 16;
  return texture;
}

/** Grain and stains over what is already drawn; strokes wrap, so the texture still repeats. */
export function weather(
  context: CanvasRenderingContext2D,
  width: number,
  height: number,
  random: Random,
  amount: number,
): void {
  const image = context.getImageData(0, 0, width, height);
  for (let index = 0; index < image.data.length; index += 4) {
    const grain = (random.next() - 0.5) * 2 * amount;
    for (let channel = 0; channel < 3; channel++) {
      image.data[index + channel] = Math.max(0, Math.min(255, (image.data[index + channel] ?? 0) + grain));
    }
  }
  context.putImageData(image, 0, 0);
  for (let stain = 0; stain < 26; stain++) {
    const [x, y, radius] = [
      random.between(0, width),
      random.between(0, height),
      random.between(0.03, 0.14) * width,
    ];
    for (const dx of [-width, 0, width]) {
      for (const dy of [-height, 0, height]) {
        const glow = context.createRadialGradient(x + dx, y + dy, 0, x + dx, y + dy, radius);
        const shade = stain % 3 === 0 ? '255,250,240' : '20,18,15';
        glow.addColorStop(0, `rgba(${shade},${stain % 3 === 0 ? 0.035 : 0.06})`);
        glow.addColorStop(1, `rgba(${shade},0)`);
        context.fillStyle = glow;
        context.fillRect(x + dx - radius, y + dy - radius, radius * 2, radius * 2);
      }
    }
  }
}

export const drawAsphalt: Draw = (context, width, height, random) => {
  context.fillStyle = '#5b5c5e';
  context.fillRect(0, 0, width, height);
  weather(context, width, height, random, 15);
  context.strokeStyle = 'rgba(28,28,30,0.55)';
  for (let crack = 0; crack < 3; crack++) {
    let [x, y] = [random.between(0, width), random.between(0, height)];
    context.lineWidth = random.between(0.8, 1.8);
    context.beginPath();
    context.moveTo(x, y);
    for (let step = 0; step < 14; step++) {
      x += random.between(-8, 14);
      y += random.between(-12, 16);
      context.lineTo(x, y);
    }
    context.stroke();
  }
};

/** 4 m of footway: slabs of 50 by 25 cm in broken bond. */
export const drawPaving: Draw = (context, width, height, random) => {
  const rows = 16;
  context.fillStyle = '#77736b';
  context.fillRect(0, 0, width, height);
  for (let row = 0; row < rows; row++) {
    for (let column = -1; column < 8; column++) {
      const shade = random.between(-12, 12);
      const red = row % 8 === 0;
      const [r, g, b] = red ? [150, 108, 92] : [158, 152, 142];
      context.fillStyle = `rgb(${r + shade},${g + shade},${b + shade})`;
      const x = (column + (row % 2) / 2) * (width / 8);
      context.fillRect(x + 1, (row * height) / rows + 1, width / 8 - 2, height / rows - 2);
    }
  }
  weather(context, width, height, random, 9);
};

/** Concrete yards with a little green between the buildings. */
export const drawYard: Draw = (context, width, height, random) => {
  context.fillStyle = '#8f8a80';
  context.fillRect(0, 0, width, height);
  for (let joint = 0; joint < 8; joint++) {
    context.fillStyle = 'rgba(60,58,52,0.4)';
    context.fillRect((joint * width) / 8, 0, 1.5, height);
    context.fillRect(0, (joint * height) / 8, width, 1.5);
  }
  weather(context, width, height, random, 12);
};

export const drawTactile: Draw = (context, width, height, random) => {
  context.fillStyle = '#b8933f';
  context.fillRect(0, 0, width, height);
  context.fillStyle = 'rgba(90,64,18,0.45)';
  for (let rib = 0; rib < 4; rib++) context.fillRect(((rib + 0.35) * width) / 4, 0, width / 12, height);
  context.fillRect(0, 0, width, 2);
  weather(context, width, height, random, 10);
};
