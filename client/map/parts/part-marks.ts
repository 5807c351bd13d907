import { toEcef } from '../earth.ts';
import { LabelBoxes } from '../label-boxes.ts';
import type { SpecOf } from '../layers/layer-spec.ts';
import type { PartCloud } from '../layers/parts.ts';
import type { Frame, Pickable } from '../layers/present-layer.ts';
import type { TileSet } from '../layers/tile-set.ts';
import { mapColours } from '../map-style.ts';
import { paintText } from '../pen.ts';
import type { Projector, ScreenPoint } from '../projector.ts';
import { StillPicture } from '../still-picture.ts';
import { colourOfClass, iconOfClass, partSprite, partSpritePixels } from './part-icon.ts';

/** Nearer than this a part is an icon. */
const ICONS_BELOW = 0.42;
const NAMED_BELOW = 0.11;
/** More than so many stay points. */
const MOST_ICONS = 1_400;
const REACH_PIXELS = 11;

interface Mark extends Pickable {
  class: string;
  state: string;
  name: string;
  /** False: there was no room for an icon. */
  whole: boolean;
  named: boolean;
}

/** The single parts on the screen: icons close in, and what is under the pointer at any distance. */
export class PartMarks {
  /** The points of the cards are not drawn: icons stand for them. */
  asIcons = false;
  #marks: Mark[] = [];
  #projector: Projector | null = null;
  #metresPerPixel = 1;
  readonly #set: TileSet<PartCloud>;
  readonly #still = new StillPicture();
  #laidOut: { turn: number; pointsOnly: boolean; clouds: PartCloud[]; spec: SpecOf<'parts'> } | null = null;

  constructor(set: TileSet<PartCloud>) {
    this.#set = set;
  }

  layout({ projector, view, boxes, motion }: Frame, spec: SpecOf<'parts'>): void {
    this.#projector = projector;
    this.#metresPerPixel = view.metresPerPixel;
    const clouds = [...this.#set.shown()];
    const pointsOnly = motion === 'moving';
    if (this.#laidOut?.pointsOnly === pointsOnly && this.#stands(projector.turn, clouds, spec, boxes)) return;
    this.#laidOut = { turn: projector.turn, pointsOnly, clouds, spec };
    this.#still.forget();
    this.#marks = [];
    this.asIcons = false;
    // Laying out and painting icons takes five times a picture of points: they wait for the camera to rest.
    if (pointsOnly || view.metresPerPixel > ICONS_BELOW) return;
    const seen: { cloud: PartCloud; n: number; at: ScreenPoint }[] = [];
    for (const cloud of clouds) {
      const { positions } = cloud.parts;
      for (let n = 0; n * 2 < positions.length; n += 1) {
        const at = projector.project(toEcef(positions[2 * n] ?? 0, positions[2 * n + 1] ?? 0, 0.6));
        if (at && projector.isOnScreen(at, 12)) seen.push({ cloud, n, at });
      }
      if (seen.length > MOST_ICONS) return;
    }
    this.asIcons = true;
    const taken = new LabelBoxes();
    for (const { cloud, n, at } of seen) {
      const { codes, classes, states, positions } = cloud.parts;
      const half = partSpritePixels * 0.42;
      const box = { left: at.x - half, right: at.x + half, top: at.y - half, bottom: at.y + half };
      const state = states[n] ?? 'intact';
      // What is damaged or missing is always seen whole.
      const whole = state !== 'intact' || taken.isFree(box);
      if (whole) taken.take(box);
      const id = classes[n] ?? '';
      const names = spec.classNames.get(id);
      this.#marks.push({
        kind: 'part',
        id: codes[n] ?? '',
        class: id,
        state,
        name: names?.[spec.language] ?? names?.zh ?? '',
        position: { lon: positions[2 * n] ?? 0, lat: positions[2 * n + 1] ?? 0 },
        radius: whole ? REACH_PIXELS : 5,
        whole,
        named: false,
        ...at,
      });
    }
    if (view.metresPerPixel > NAMED_BELOW) return;
    for (const mark of this.#marks) {
      if (!mark.whole || !mark.name) continue;
      const box = boxOfName(mark, spec);
      if (!boxes.isFree(box) || !taken.isFree(box)) continue;
      boxes.take(box);
      taken.take(box);
      mark.named = true;
    }
  }

  /** While the camera rests and nothing changed, everything stays where it is. */
  #stands(turn: number, clouds: PartCloud[], spec: SpecOf<'parts'>, boxes: LabelBoxes): boolean {
    const before = this.#laidOut;
    if (before?.turn !== turn || before.clouds.length !== clouds.length) return false;
    if (before.spec.classNames !== spec.classNames || before.spec.language !== spec.language) return false;
    if (clouds.some((cloud, at) => cloud !== before.clouds[at])) return false;
    const names = this.#marks.filter(({ named }) => named).map((mark) => boxOfName(mark, spec));
    if (!names.every((box) => boxes.isFree(box))) return false;
    for (const box of names) boxes.take(box);
    return true;
  }

  paint(frame: Frame, spec: SpecOf<'parts'>): void {
    if (this.#marks.length > 0) this.#still.paint(frame, (context) => this.#paintMarks(context, spec));
    this.#paintSelected(frame, spec);
  }

  #paintMarks(context: CanvasRenderingContext2D, spec: SpecOf<'parts'>): void {
    const ratio = Math.min(window.devicePixelRatio || 1, 2);
    const side = partSpritePixels;
    for (const { x, y, whole, class: id, state } of this.#marks) {
      if (whole) {
        const icon = iconOfClass(spec.classNames.get(id)?.zh ?? '');
        context.drawImage(partSprite(icon, id, state, ratio), x - side / 2, y - side / 2, side, side);
        continue;
      }
      context.beginPath();
      context.arc(x, y, 2.6, 0, 2 * Math.PI);
      context.fillStyle = `rgb(${colourOfClass(id).join(' ')})`;
      context.fill();
    }
    const style = { sizePixels: 11, colour: mapColours.textSoft };
    for (const { x, y, named, name } of this.#marks)
      if (named) paintText(context, name, { x, y: y + 18 }, style);
  }

  #paintSelected({ context, projector }: Frame, spec: SpecOf<'parts'>): void {
    const at = spec.selected && projector.projectLonLat(spec.selected.position, 0.6);
    if (!at) return;
    context.beginPath();
    context.arc(at.x, at.y, 14, 0, 2 * Math.PI);
    context.strokeStyle = mapColours.halo;
    context.lineWidth = 5;
    context.stroke();
    context.strokeStyle = mapColours.accent;
    context.lineWidth = 2.5;
    context.stroke();
    if (this.asIcons) return;
    context.beginPath();
    context.arc(at.x, at.y, 4, 0, 2 * Math.PI);
    context.fillStyle = mapColours.text;
    context.fill();
  }

  pickAt(point: ScreenPoint): Pickable | null {
    if (this.asIcons) {
      const near = this.#marks
        .map((mark) => ({ mark, distance: Math.hypot(mark.x - point.x, mark.y - point.y) }))
        .filter(({ mark, distance }) => distance <= mark.radius + 2)
        .sort((a, b) => a.distance - b.distance);
      return near[0]?.mark ?? null;
    }
    return this.#pickPoint(point);
  }

  pickables(): Pickable[] {
    return this.#marks;
  }

  /** The nearest of the points: few are looked at, those about the ground below the pointer. */
  #pickPoint(point: ScreenPoint): Pickable | null {
    const projector = this.#projector;
    const ground = projector?.toGround(point);
    if (!projector || !ground) return null;
    const reachLat = (this.#metresPerPixel * REACH_PIXELS * 2) / 111_000;
    const reachLon = reachLat / Math.cos((ground.lat * Math.PI) / 180);
    let best: Pickable | null = null;
    let nearest = 8;
    for (const { parts } of this.#set.shown())
      for (let n = 0; n < parts.codes.length; n += 1) {
        const [lon, lat] = [parts.positions[2 * n] ?? 0, parts.positions[2 * n + 1] ?? 0];
        if (Math.abs(lon - ground.lon) > reachLon || Math.abs(lat - ground.lat) > reachLat) continue;
        const at = projector.projectLonLat({ lon, lat }, 0.6);
        const distance = at ? Math.hypot(at.x - point.x, at.y - point.y) : Infinity;
        if (!at || distance >= nearest) continue;
        nearest = distance;
        best = {
          kind: 'part',
          id: parts.codes[n] ?? '',
          class: parts.classes[n] ?? '',
          state: parts.states[n] ?? '',
          position: { lon, lat },
          radius: REACH_PIXELS,
          ...at,
        };
      }
    return best;
  }
}

function boxOfName({ x, y, name }: Mark, { language }: SpecOf<'parts'>) {
  const half = name.length * (language === 'zh' ? 6 : 3.2) + 4;
  return { left: x - half, right: x + half, top: y + 11, bottom: y + 25 };
}
