import type { CanvasTexture } from 'three';
import type { Random } from '../../district/random.ts';
import { drawTexture, weather } from './canvas-textures.ts';

/** Bays and storeys on one facade texture. */
export const BAYS = 4;
export const STOREYS = 4;

const SIGNS = [
  '兰州牛肉面',
  '便民超市',
  '百姓大药房',
  '五金水暖',
  '金城茶庄',
  '鲜果园',
  '快剪理发',
  '手机维修',
  '陇上人家',
  '文具图文',
  '烟酒副食',
  '羊肉泡馍',
  '酿皮凉粉',
  '童装天地',
  '洗衣店',
  '干果炒货',
];
const SIGN_COLOURS = ['#b01f1f', '#1d4f94', '#1f6b43', '#c76a12', '#7a1f5c', '#c9a227', '#2b2f36', '#0f7f86'];

/** Upper floors of a kind of building; `style` chooses among a few. */
export function facadeTexture(kind: string, style: number): CanvasTexture {
  return drawTexture(`facade ${kind} ${style}`, 512, 512, (context, width, height, random) => {
    const walls: Record<string, string[]> = {
      residential: ['#cdbfa6', '#c9b49a', '#d6d0c4', '#b9a48c'],
      commercial: ['#c4c5c4', '#b8ab98', '#d8d4cb', '#9fa6ab'],
      public: ['#d8c7b4', '#c7a995', '#d5d5d0', '#b88f7b'],
      industrial: ['#a9a79f', '#9aa6ac', '#b5a58d', '#8d9a92'],
    };
    context.fillStyle = walls[kind]?.[style % 4] ?? '#c9c2b4';
    context.fillRect(0, 0, width, height);
    const [bay, storey] = [width / BAYS, height / STOREYS];
    context.fillStyle = 'rgba(255,255,255,0.16)';
    for (let row = 0; row < STOREYS; row++) context.fillRect(0, row * storey, width, storey * 0.07);
    const curtain = kind === 'commercial' && style % 4 === 3;
    for (let row = 0; row < STOREYS; row++) {
      for (let column = 0; column < BAYS; column++) {
        if (curtain) pane(context, random, column * bay + 3, row * storey + 8, bay - 6, storey - 22, 2);
        else if (kind === 'residential')
          homeWindow(context, random, column * bay, row * storey, bay, storey, style);
        else
          pane(
            context,
            random,
            column * bay + bay * 0.16,
            row * storey + storey * 0.24,
            bay * 0.68,
            storey * 0.52,
            2,
          );
      }
    }
    weather(context, width, height, random, 5);
  });
}

function homeWindow(
  c: CanvasRenderingContext2D,
  random: Random,
  x: number,
  y: number,
  w: number,
  h: number,
  style: number,
): void {
  pane(c, random, x + w * 0.2, y + h * 0.24, w * 0.6, h * 0.48, 3);
  c.fillStyle = 'rgba(235,230,220,0.75)';
  c.fillRect(x + w * 0.16, y + h * 0.72, w * 0.68, h * 0.05);
  if (style % 2 === 0 && random.chance(0.55)) {
    // the grille against burglars
    c.strokeStyle = 'rgba(215,218,220,0.75)';
    c.lineWidth = 1.2;
    for (let bar = 0; bar <= 10; bar++) {
      c.beginPath();
      c.moveTo(x + w * (0.2 + bar * 0.06), y + h * 0.24);
      c.lineTo(x + w * (0.2 + bar * 0.06), y + h * 0.72);
      c.stroke();
    }
  }
  if (random.chance(0.6)) {
    c.fillStyle = 'rgba(20,18,16,0.35)';
    c.fillRect(x + w * 0.82, y + h * 0.66, w * 0.15, h * 0.14);
    c.fillStyle = '#e3e2dc';
    c.fillRect(x + w * 0.82, y + h * 0.63, w * 0.14, h * 0.13);
    c.fillStyle = '#9b9b97';
    c.beginPath();
    c.arc(x + w * 0.89, y + h * 0.695, w * 0.045, 0, 7);
    c.fill();
  }
}

/** A window of so many leaves that reflects a part of the sky. */
function pane(
  c: CanvasRenderingContext2D,
  random: Random,
  x: number,
  y: number,
  w: number,
  h: number,
  leaves: number,
): void {
  c.fillStyle = '#dfe0dd';
  c.fillRect(x - 2, y - 2, w + 4, h + 4);
  const sheen = c.createLinearGradient(x, y, x + w * 0.5, y + h);
  const dark = random.between(0, 1);
  sheen.addColorStop(0, `rgb(${70 + dark * 30},${88 + dark * 34},${104 + dark * 40})`);
  sheen.addColorStop(1, `rgb(${30 + dark * 14},${38 + dark * 16},${46 + dark * 18})`);
  c.fillStyle = sheen;
  c.fillRect(x, y, w, h);
  if (random.chance(0.4)) {
    c.fillStyle = random.pick(['rgba(222,214,196,0.75)', 'rgba(160,120,110,0.6)', 'rgba(190,205,214,0.6)']);
    const drawn = random.between(0.2, 0.5);
    c.fillRect(x, y, w * drawn, h);
  }
  c.fillStyle = '#e6e6e2';
  for (let leaf = 1; leaf < leaves; leaf++) c.fillRect(x + (w * leaf) / leaves - 1, y, 2, h);
}

/** Four shop fronts side by side, 4 m each, without their signs. */
export function shopTexture(style: number): CanvasTexture {
  return drawTexture(`shop ${style}`, 1024, 256, (context, width, height, random) => {
    context.fillStyle = ['#a8a297', '#8d8f90', '#b3a894'][style % 3] ?? '#a8a297';
    context.fillRect(0, 0, width, height);
    for (let shop = 0; shop < 4; shop++) {
      const x = (shop * width) / 4;
      const w = width / 4;
      if (random.chance(0.18)) {
        context.fillStyle = '#b9bcbd';
        context.fillRect(x + 12, 62, w - 24, height - 62);
        context.fillStyle = 'rgba(70,74,78,0.5)';
        for (let slat = 62; slat < height; slat += 9) context.fillRect(x + 12, slat, w - 24, 2);
        continue;
      }
      context.fillStyle = '#25282b';
      context.fillRect(x + 10, 60, w - 20, height - 64);
      const inside = context.createLinearGradient(0, 60, 0, height);
      inside.addColorStop(0, '#6d6a5c');
      inside.addColorStop(0.35, '#8d8468');
      inside.addColorStop(1, '#39352c');
      context.fillStyle = inside;
      context.fillRect(x + 16, 66, w - 32, height - 76);
      for (let ware = 0; ware < 46; ware++) {
        context.fillStyle = random.pick([
          '#c8574a',
          '#d9b45a',
          '#6f9ab3',
          '#e2ddd0',
          '#6d8c58',
          '#8d5a76',
          '#3d4247',
        ]);
        const row = Math.floor(random.between(0, 4));
        context.fillRect(
          x + random.between(20, w - 44),
          120 + row * 30,
          random.between(6, 18),
          random.between(10, 22),
        );
      }
      context.fillStyle = '#d9dbdb';
      context.fillRect(x + w * 0.36, 66, 5, height - 70);
      context.fillRect(x + w * 0.64, 66, 5, height - 70);
      context.fillStyle = 'rgba(150,170,184,0.22)';
      context.fillRect(x + 16, 66, w - 32, height - 76);
    }
    weather(context, width, height, random, 5);
  });
}

/** All shop signs on one sheet; sign n is the n-th row of `SIGN_ROWS`. */
export const SIGN_ROWS = SIGNS.length;

export function signSheet(): CanvasTexture {
  return drawTexture('signs', 512, 64 * SIGN_ROWS, (context, width) => {
    SIGNS.forEach((text, row) => {
      context.fillStyle = SIGN_COLOURS[row % SIGN_COLOURS.length] ?? '#b01f1f';
      context.fillRect(0, row * 64, width, 64);
      context.fillStyle = row % 8 === 5 ? '#3a1a0a' : '#fff6df';
      context.font = 'bold 46px "Noto Sans CJK SC", sans-serif';
      context.textAlign = 'center';
      context.textBaseline = 'middle';
      context.fillText(text, width / 2, row * 64 + 34);
    });
  });
}
