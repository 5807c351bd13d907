import type { LonLat } from '#contract/shared';
import type { Frame } from '../layers/present-layer.ts';
import { mapColours } from '../map-style.ts';
import type { Drawn, MapTool } from '../map-tool.ts';
import { paintText } from '../pen.ts';
import type { ScreenPoint } from '../projector.ts';
import { geodesicMetres, lineMetres, ringSquareMetres, writeArea, writeLength } from './measure.ts';

/** A click so near to the first point closes a ring; so near to the last one, the same as a double click. */
const CLOSE_PIXELS = 12;

/** The line or ring that a person draws; measured while it grows. */
export class Sketch {
  tool: MapTool = 'none';
  #language: 'zh' | 'en' = 'zh';
  #points: LonLat[] = [];
  #pointer: LonLat | null = null;
  #done = false;
  #lastFrame: Frame | null = null;
  readonly #repaint: () => void;
  readonly #onDrawn: (drawn: Drawn | undefined) => void;

  constructor(repaint: () => void, onDrawn: (drawn: Drawn | undefined) => void) {
    this.#repaint = repaint;
    this.#onDrawn = onDrawn;
  }

  get isDrawing(): boolean {
    return this.tool !== 'none' && this.tool !== 'place';
  }

  use(tool: MapTool, language: 'zh' | 'en'): void {
    this.#language = language;
    if (tool === this.tool) return;
    this.tool = tool;
    this.clear();
  }

  clear(): void {
    const had = this.#points.length > 0;
    this.#points = [];
    this.#done = false;
    if (had && this.#isRing) this.#onDrawn(undefined);
    this.#repaint();
  }

  movePointer(position: LonLat | null): void {
    this.#pointer = position;
    if (!this.#done && this.#points.length > 0) this.#repaint();
  }

  addPoint(position: LonLat, at: ScreenPoint): void {
    if (this.#done) this.clear();
    const [first, last] = [this.#points[0], this.#points.at(-1)];
    if (this.#isRing && this.#points.length >= 3 && first && this.#isNear(first, at)) return this.finish();
    if (last && this.#isNear(last, at)) {
      // The second click of a double click.
      if (this.#points.length >= this.#fewest) this.finish();
      return;
    }
    this.#points.push(position);
    this.#repaint();
  }

  takeBack(): void {
    this.#done = false;
    this.#points.pop();
    this.#repaint();
  }

  finish(): void {
    if (this.#points.length < this.#fewest) return;
    this.#done = true;
    const line = this.#points.map(({ lon, lat }) => [lon, lat]);
    this.#onDrawn(
      this.#isRing
        ? { type: 'Polygon', coordinates: [[...line, ...line.slice(0, 1)]] }
        : { type: 'LineString', coordinates: line },
    );
    this.#repaint();
  }

  paint(frame: Frame): void {
    this.#lastFrame = frame;
    const growing = this.#done || !this.#pointer ? this.#points : [...this.#points, this.#pointer];
    if (!this.isDrawing || this.#points.length === 0) return;
    const { context, projector } = frame;
    const screen = growing.map((point) => projector.projectLonLat(point));
    context.save();
    context.lineJoin = context.lineCap = 'round';
    context.beginPath();
    let down = false;
    for (const at of screen) {
      if (at && down) context.lineTo(at.x, at.y);
      else if (at) context.moveTo(at.x, at.y);
      down = at !== null;
    }
    if (this.#isRing && growing.length > 2) {
      context.closePath();
      context.fillStyle = 'rgb(90 167 232 / 18%)';
      context.fill();
    }
    context.strokeStyle = mapColours.halo;
    context.lineWidth = 5;
    context.stroke();
    context.strokeStyle = mapColours.accent;
    context.lineWidth = 2.2;
    if (!this.#done) context.setLineDash([7, 5]);
    context.stroke();
    context.setLineDash([]);
    screen.slice(0, this.#points.length).forEach((at, n) => {
      if (!at) return;
      context.beginPath();
      context.arc(at.x, at.y, n === 0 && this.#isRing && !this.#done ? 6 : 4, 0, 2 * Math.PI);
      context.fillStyle = mapColours.text;
      context.fill();
      context.strokeStyle = mapColours.accent;
      context.lineWidth = 1.5;
      context.stroke();
    });
    this.#writeMeasures(frame, growing, screen);
    context.restore();
  }

  #writeMeasures(frame: Frame, growing: LonLat[], screen: (ScreenPoint | null)[]): void {
    const { context } = frame;
    const small = { sizePixels: 12, colour: mapColours.textSoft };
    const large = { sizePixels: 14, colour: mapColours.text, weight: 600 };
    if (growing.length > 2 || this.#isRing)
      growing.forEach((point, n) => {
        const [before, a, b] = [growing[n - 1], screen[n - 1], screen[n]];
        if (!before || !a || !b || Math.hypot(a.x - b.x, a.y - b.y) < 54) return;
        const middle = { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 };
        paintText(context, writeLength(geodesicMetres(before, point)), middle, small);
      });
    const seen = screen.filter((at) => at !== null);
    const last = seen.at(-1);
    if (!last || growing.length < 2) return;
    if (!this.#isRing || growing.length < 3) {
      paintText(context, writeLength(lineMetres(growing)), { x: last.x, y: last.y - 18 }, large);
      return;
    }
    const mean = (values: number[]) => values.reduce((a, b) => a + b, 0) / values.length;
    const middle = { x: mean(seen.map(({ x }) => x)), y: mean(seen.map(({ y }) => y)) };
    paintText(context, writeArea(ringSquareMetres(growing), this.#language), middle, large);
    const around = lineMetres([...growing, ...growing.slice(0, 1)]);
    paintText(context, writeLength(around), { x: middle.x, y: middle.y + 18 }, small);
  }

  get #isRing(): boolean {
    return this.tool === 'measure-area' || this.tool === 'draw-polygon';
  }

  get #fewest(): number {
    return this.#isRing ? 3 : 2;
  }

  #isNear(point: LonLat, at: ScreenPoint): boolean {
    const there = this.#lastFrame?.projector.projectLonLat(point);
    return !!there && Math.hypot(there.x - at.x, there.y - at.y) <= CLOSE_PIXELS;
  }
}
