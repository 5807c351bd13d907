import { mapColours } from '../map-style.ts';

/** What a part is drawn as, close in. */
export const partIcons = [
  'manhole',
  'grate',
  'lamp',
  'signal',
  'hydrant',
  'tree',
  'bin',
  'sign',
  'pole',
  'fence',
  'cabinet',
  'booth',
  'seat',
  'stop',
  'eye',
  'other',
] as const;
export type PartIcon = (typeof partIcons)[number];

/** The first that fits the Chinese name of a class: the standards of all years name alike what looks alike. */
const rules: readonly (readonly [RegExp, PartIcon])[] = [
  [/箅/, 'grate'],
  [/井盖|盖板|水井/, 'manhole'],
  [/消防|消火栓|水鹤|供水器/, 'hydrant'],
  [/信号灯|信号设施/, 'signal'],
  [/垃圾|回收|烟头|拾便|果皮/, 'bin'],
  [/配电|交接箱|变压器|调压|电力设施$|快递柜|售货机|缴费机|充电桩|基站|箱$|（箱）/, 'cabinet'],
  [/监控|电子眼|监测|探头/, 'eye'],
  [/灯/, 'lamp'],
  [/树池|树|绿地$|林地|花/, 'tree'],
  [/护栏|隔离|隔音|围栏|防撞|防汛墙|栏/, 'fence'],
  [/公交站|出租车|停车|存车|租赁|充电/, 'stop'],
  [/牌|标志|标识|标线|广告|宣传栏|显示屏|反视镜/, 'sign'],
  [/杆|桩|铁塔|水塔/, 'pole'],
  [/座椅|健身|雕塑|喷泉/, 'seat'],
  [/亭|厕|站|间|房|机房/, 'booth'],
];

const iconsByName = new Map<string, PartIcon>();

export function iconOfClass(nameZh: string): PartIcon {
  let icon = iconsByName.get(nameZh);
  if (!icon) {
    icon = rules.find(([pattern]) => pattern.test(nameZh))?.[1] ?? 'other';
    iconsByName.set(nameZh, icon);
  }
  return icon;
}

/** Quiet colours by major class (the two digits after the letter); the three lights' colours are not among them. */
const colourOfMajor: Record<string, readonly [number, number, number]> = {
  '01': [143, 166, 184],
  '02': [167, 154, 194],
  '03': [127, 176, 180],
  '04': [134, 160, 138],
  '05': [184, 166, 138],
  '06': [154, 159, 166],
};
const plain = [154, 159, 166] as const;

/** `class` is the id of a class, of any generation: `P01012`, `2013:P0107`. */
export function colourOfClass(id: string): readonly [number, number, number] {
  return colourOfMajor[/P(\d\d)/.exec(id)?.[1] ?? ''] ?? plain;
}

const sprites = new Map<string, HTMLCanvasElement>();
const SPRITE_PIXELS = 22;

/** A drawn icon; a part that is damaged, missing or abandoned carries a mark with a shape of its own. */
export function partSprite(icon: PartIcon, classId: string, state: string, ratio: number): HTMLCanvasElement {
  const colour = colourOfClass(classId);
  const key = `${icon}/${colour.join()}/${state}/${ratio}`;
  let sprite = sprites.get(key);
  if (!sprite) {
    sprite = document.createElement('canvas');
    sprite.width = sprite.height = Math.ceil(SPRITE_PIXELS * ratio);
    const context = sprite.getContext('2d');
    if (context) {
      context.scale(ratio, ratio);
      paintIcon(context, icon, `rgb(${colour.join(' ')})`, state);
    }
    sprites.set(key, sprite);
  }
  return sprite;
}

export const partSpritePixels = SPRITE_PIXELS;

function paintIcon(context: CanvasRenderingContext2D, icon: PartIcon, colour: string, state: string): void {
  const middle = SPRITE_PIXELS / 2;
  context.beginPath();
  context.arc(middle, middle, 9, 0, 2 * Math.PI);
  context.fillStyle = state === 'missing' ? 'rgb(12 14 16 / 70%)' : '#20262b';
  context.fill();
  context.strokeStyle = colour;
  context.lineWidth = 1.3;
  if (state === 'missing') context.setLineDash([2.6, 2.2]);
  context.stroke();
  context.setLineDash([]);
  context.save();
  context.translate(middle, middle);
  context.globalAlpha = state === 'missing' ? 0.55 : 1;
  context.strokeStyle = context.fillStyle = colour;
  context.lineWidth = 1.5;
  context.lineCap = context.lineJoin = 'round';
  context.stroke(outlines[icon]());
  const filled = fills[icon]?.();
  if (filled) context.fill(filled);
  context.restore();
  if (state === 'damaged' || state === 'abandoned') paintStateMark(context, state);
}

/** Upper right: a crack for damaged, a bar for abandoned. */
function paintStateMark(context: CanvasRenderingContext2D, state: 'damaged' | 'abandoned'): void {
  context.save();
  context.translate(17, 5);
  context.beginPath();
  context.arc(0, 0, 4.6, 0, 2 * Math.PI);
  context.fillStyle = mapColours.text;
  context.fill();
  context.strokeStyle = mapColours.halo;
  context.lineWidth = 1.6;
  context.lineCap = 'round';
  context.beginPath();
  if (state === 'damaged') {
    context.moveTo(0.8, -3);
    context.lineTo(-1.2, -0.4);
    context.lineTo(1.2, 0.4);
    context.lineTo(-0.8, 3);
  } else {
    context.moveTo(-2.4, 0);
    context.lineTo(2.4, 0);
  }
  context.stroke();
  context.restore();
}

const path = (text: string) => () => new Path2D(text);

/** Within six of the middle, in pixels. */
const outlines: Record<PartIcon, () => Path2D> = {
  manhole: path('M-4.6 0A4.6 4.6 0 1 0 4.6 0A4.6 4.6 0 1 0 -4.6 0M-2 -1.2H2M-2 1.2H2'),
  grate: path('M-4 -4H4V4H-4ZM-1.4 -4V4M1.4 -4V4'),
  lamp: path('M-2.6 5V-3.2Q-2.6 -5 -0.8 -5H3.4M1.2 -5V-3.4H4.4V-5'),
  signal: path('M-2.4 -5.2H2.4V5.2H-2.4Z'),
  hydrant: path('M-2.4 5V-2.2Q-2.4 -5 0 -5Q2.4 -5 2.4 -2.2V5M-3.8 5H3.8M-4.4 0.4H-2.4M2.4 0.4H4.4'),
  tree: path('M0 5.4V1M0 1.4A3.4 3.4 0 1 0 0 -5.4A3.4 3.4 0 1 0 0 1.4'),
  bin: path('M-4.2 -3H4.2M-3.2 -3L-2.6 5H2.6L3.2 -3M-1.4 -5H1.4'),
  sign: path('M0 5.4V0.6M-4.2 -5H4.2V0.6H-4.2Z'),
  pole: path('M0 5.4V-5.4M-2.6 -3.6H2.6'),
  fence: path('M-5 -1.6H5M-5 2H5M-3.4 -4.4V4.6M0 -4.4V4.6M3.4 -4.4V4.6'),
  cabinet: path('M-3.6 -5H3.6V5H-3.6ZM0.4 -2.4L-1.4 0.4H1.2L-0.6 3'),
  booth: path('M-4.8 -1.2L0 -5L4.8 -1.2M-3.4 -1V5H3.4V-1'),
  seat: path('M-4.4 0H4.4M-3.2 0V4.6M3.2 0V4.6M-3.6 -3.4H3.6'),
  stop: path('M-2 5.2V-4.6H1A2.6 2.6 0 0 1 1 0.6H-2'),
  eye: path('M-5 0Q0 -5.6 5 0Q0 5.6 -5 0'),
  other: path('M0 -4.4L4.4 0L0 4.4L-4.4 0Z'),
};

const fills: Partial<Record<PartIcon, () => Path2D>> = {
  signal: path(
    'M-1 -3A1 1 0 1 0 1 -3A1 1 0 1 0 -1 -3M-1 0A1 1 0 1 0 1 0A1 1 0 1 0 -1 0M-1 3A1 1 0 1 0 1 3A1 1 0 1 0 -1 3',
  ),
  eye: path('M-1.6 0A1.6 1.6 0 1 0 1.6 0A1.6 1.6 0 1 0 -1.6 0'),
};
