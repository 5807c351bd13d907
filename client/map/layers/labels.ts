import type { Position } from 'geojson';
import type { Names } from '#contract/shared';
import { toEcef, type Ecef } from '../earth.ts';
import { LabelBoxes } from '../label-boxes.ts';
import { mapColours } from '../map-style.ts';
import { paintText, setFont, type TextStyle } from '../pen.ts';
import { placeAlong } from '../place-along.ts';
import type { ScreenPoint } from '../projector.ts';
import type { Frame, LayerFactory } from './present-layer.ts';
import type { SpecOf } from './layer-spec.ts';

interface Placed {
  text: string;
  style: TextStyle;
  at: ScreenPoint;
  angle: number;
}

interface Named {
  text: string;
  style: TextStyle;
  at: Ecef;
  level: string;
}

/** Beyond these metres per pixel a kind of name would only be noise; nearer than the second it says nothing. */
const shownBetween = { subdistrict: [1.1, 400], community: [0.25, 6.5] } as const;
const MAIN_ROADS_BELOW = 3.4;
const ROADS_BELOW = 1.3;
const TRIES = [0, -20, 20, -38, 38];

/** Names of subdistricts, communities and roads, which never lie over each other. */
export const createLabels: LayerFactory<'labels'> = (_host, first) => {
  let spec = first;
  let names = nameDivisions(first);
  let lines = first.roads.map(({ line }) => line.map(toPoint));
  let placed: Placed[] = [];
  const widths = new Map<string, number>();
  const taken = new LabelBoxes();

  const widthOf = ({ context }: Frame, text: string, style: TextStyle) => {
    const key = `${style.weight ?? 400} ${style.sizePixels} ${text}`;
    let width = widths.get(key);
    if (width === undefined) {
      setFont(context, style);
      width = context.measureText(text).width;
      widths.set(key, width);
    }
    return width;
  };

  const placeDivisions = (frame: Frame) => {
    for (const { text, style, at, level } of names) {
      const [from, to] = level === 'subdistrict' ? shownBetween.subdistrict : shownBetween.community;
      if (frame.view.metresPerPixel < from || frame.view.metresPerPixel > to) continue;
      const point = frame.projector.project(at);
      if (!point || !frame.projector.isOnScreen(point)) continue;
      const half = { x: widthOf(frame, text, style) / 2 + 5, y: style.sizePixels * 0.75 };
      const boxAt = (dy: number) => ({
        left: point.x - half.x,
        right: point.x + half.x,
        top: point.y + dy - half.y,
        bottom: point.y + dy + half.y,
      });
      // A subdistrict is named even where marks are dense: they then lie over its name.
      const free = TRIES.find((dy) => frame.boxes.isFree(boxAt(dy)) && taken.isFree(boxAt(dy)));
      const dy =
        free ?? (level === 'subdistrict' ? TRIES.find((one) => taken.isFree(boxAt(one))) : undefined);
      if (dy === undefined) continue;
      taken.take(boxAt(dy));
      placed.push({ text, style, at: { x: point.x, y: point.y + dy }, angle: 0 });
    }
  };

  const placeRoads = (frame: Frame) => {
    const { metresPerPixel } = frame.view;
    spec.roads.forEach((road, n) => {
      if (metresPerPixel > (road.main ? MAIN_ROADS_BELOW : ROADS_BELOW)) return;
      const style = { sizePixels: 12 * spec.scale, colour: mapColours.textFaint };
      const text = nameIn(road.name, spec.language);
      const points = (lines[n] ?? []).map((point) => frame.projector.project(point));
      const place = placeAlong(points, widthOf(frame, text, style) + 12, frame.projector);
      if (!place) return;
      const reach = {
        x: place.halfWidth * Math.abs(Math.cos(place.angle)) + 8,
        y: place.halfWidth * Math.abs(Math.sin(place.angle)) + 8,
      };
      const box = {
        left: place.x - reach.x,
        right: place.x + reach.x,
        top: place.y - reach.y,
        bottom: place.y + reach.y,
      };
      if (!frame.boxes.isFree(box) || !taken.isFree(box)) return;
      taken.take(box);
      placed.push({ text, style, at: place, angle: place.angle });
    });
  };

  return {
    update(next) {
      if (next.divisions !== spec.divisions || next.language !== spec.language || next.scale !== spec.scale)
        names = nameDivisions(next);
      if (next.roads !== spec.roads) lines = next.roads.map(({ line }) => line.map(toPoint));
      spec = next;
    },
    destroy() {
      placed = [];
    },
    layout(frame) {
      placed = [];
      taken.clear();
      placeDivisions(frame);
      placeRoads(frame);
    },
    paint({ context }) {
      for (const { text, style, at, angle } of placed) {
        context.save();
        context.translate(at.x, at.y);
        context.rotate(angle);
        paintText(context, text, { x: 0, y: 0 }, style);
        context.restore();
      }
    },
  };
};

function nameDivisions({ divisions, language, scale }: SpecOf<'labels'>): Named[] {
  const level = (wanted: string, style: TextStyle) =>
    divisions
      .filter((one) => one.level === wanted)
      .map((one): Named => ({
        text: nameIn(one.name, language),
        style,
        at: toEcef(one.labelAt.lon, one.labelAt.lat),
        level: wanted,
      }));
  return [
    ...level('subdistrict', { sizePixels: 15 * scale, colour: mapColours.text, weight: 600 }),
    ...level('community', { sizePixels: 12 * scale, colour: mapColours.textSoft }),
  ];
}

/** The English word for the level is left out: the size of the letters says it. */
function nameIn(names: Names, language: 'zh' | 'en'): string {
  return language === 'zh' ? names.zh : names.en.replace(/ (Subdistrict|Community|Town|Township)$/, '');
}

function toPoint([lon = 0, lat = 0]: Position): Ecef {
  return toEcef(lon, lat);
}
