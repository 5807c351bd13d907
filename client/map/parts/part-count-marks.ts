import type { Frame, MapHost, Pickable, View } from '../layers/present-layer.ts';
import { TileSet } from '../layers/tile-set.ts';
import { mapColours, mapFont } from '../map-style.ts';
import type { ScreenPoint } from '../projector.ts';
import type { PartCounts } from '../tiles/messages.ts';
import { mercatorWidthMetres } from '../earth.ts';
import { tilesAround } from '../tiles/tile-grid.ts';
import { groupCounts, shortCount, type CountMark } from './group-counts.ts';

/** Counts stand about so far from each other. */
const SQUARE_PIXELS = 84;
const KEPT_TILES = 64;

type CountTile = { show: boolean } & PartCounts;

/** How many parts are where, far out. A click comes nearer. */
export class PartCountMarks {
  readonly #set: TileSet<CountTile>;
  #view: View | null = null;
  #grouped: { level: number; tiles: number; marks: CountMark[] } | null = null;
  #placed: (Pickable & { text: string })[] = [];

  constructor(host: MapHost) {
    this.#set = new TileSet<CountTile>({
      kept: KEPT_TILES,
      changed: () => {
        this.#grouped = null;
        host.repaint();
      },
      load: async (tile) => ({ show: true, ...(await host.tiles.ask('part-counts', { tile })) }),
    });
  }

  /** Null: none are shown. */
  follow(view: View | null): void {
    this.#view = view;
    if (!view) return this.#set.want([]);
    const zoom = view.metresPerPixel > 24 ? 11 : view.metresPerPixel > 9 ? 12 : 13;
    this.#set.want(tilesAround(view.centre, Math.min(26_000, view.rangeMetres * 1.1), zoom));
  }

  reload(): void {
    this.#set.reload();
  }

  layout({ projector, view }: Frame): void {
    this.#placed = [];
    if (!this.#view) return;
    const worldPixels = mercatorWidthMetres(view.centre.lat) / view.metresPerPixel;
    const level = Math.round(Math.log2(worldPixels / SQUARE_PIXELS));
    const tiles = [...this.#set.shown()];
    if (this.#grouped?.level !== level || this.#grouped.tiles !== tiles.length)
      this.#grouped = { level, tiles: tiles.length, marks: groupCounts(tiles, level) };
    for (const { key, position, count } of this.#grouped.marks) {
      const at = projector.projectLonLat(position);
      if (!at || !projector.isOnScreen(at)) continue;
      const radius = 11 + Math.min(9, Math.log10(count) * 2.4);
      this.#placed.push({ kind: 'parts', id: key, position, radius, text: shortCount(count), ...at });
    }
  }

  paint({ context }: Frame): void {
    context.textAlign = 'center';
    context.textBaseline = 'middle';
    context.font = `500 11px ${mapFont}`;
    for (const { x, y, radius, text } of this.#placed) {
      context.beginPath();
      context.arc(x, y, radius, 0, 2 * Math.PI);
      context.fillStyle = 'rgb(143 166 184 / 20%)';
      context.fill();
      context.strokeStyle = 'rgb(143 166 184 / 55%)';
      context.lineWidth = 1;
      context.stroke();
      context.fillStyle = mapColours.textSoft;
      context.fillText(text, x, y + 0.5);
    }
  }

  pickAt(point: ScreenPoint): Pickable | null {
    return this.#placed.find(({ x, y, radius }) => Math.hypot(point.x - x, point.y - y) <= radius) ?? null;
  }

  pickables(): Pickable[] {
    return this.#placed;
  }

  destroy(): void {
    this.#set.destroy();
  }
}
