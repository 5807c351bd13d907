import type { CellColours } from './messages.ts';
import { tilesOver, type TileAddress } from './tile-grid.ts';
import type { VectorTiles } from './vector-tiles.ts';

/** The levels that have cells. */
const COARSEST = 13;
const FINEST = 15;
/** Farther out a cell is less than a pixel. */
const PAINTED_FROM = 10;

/** Which colour a cell has; none when it says nothing. */
export class CellPalette {
  #colours = new Map<string, { colour: number; height: number }>();

  use({ codes, colours, heights }: CellColours): void {
    this.#colours = new Map(
      codes.map((code, n) => [code, { colour: colours[n] ?? 0, height: heights[n] ?? 0 }]),
    );
  }

  of(code: unknown): { colour: number; height: number } | undefined {
    return this.#colours.get(String(code));
  }

  get isEmpty(): boolean {
    return this.#colours.size === 0;
  }
}

/** One picture of the cells' colours, seen through where a cell has none. Rows run from south to north. */
export async function paintLights(
  tiles: VectorTiles,
  palette: CellPalette,
  { tile, sizePixels: size }: { tile: TileAddress; sizePixels: number },
): Promise<{ image: ImageBitmap; complete: boolean }> {
  const canvas = new OffscreenCanvas(size, size);
  const context = canvas.getContext('2d');
  if (!context) throw new Error('no 2D canvas');
  context.setTransform(1, 0, 0, -1, 0, size);
  let complete = true;
  const zoom = Math.max(COARSEST, Math.min(FINEST, tile.z));
  const sources = tile.z < PAINTED_FROM || palette.isEmpty ? [] : tilesOver(tile, zoom);
  for (const source of sources) {
    const layer = await tiles.read('cells', source).catch(() => null);
    if (!layer) {
      complete = false;
      continue;
    }
    const ratio = 2 ** (tile.z - source.z);
    const scale = (ratio * size) / layer.extent;
    const [left, top] = [(source.x * ratio - tile.x) * size, (source.y * ratio - tile.y) * size];
    const paths = new Map<number, Path2D>();
    for (const shape of layer.shapes) {
      const colour = palette.of(shape.properties['code'])?.colour ?? 0;
      if (colour === 0) continue;
      if (shape.maxX * scale + left < 0 || shape.minX * scale + left > size) continue;
      if (shape.maxY * scale + top < 0 || shape.minY * scale + top > size) continue;
      let path = paths.get(colour);
      if (!path) paths.set(colour, (path = new Path2D()));
      for (const ring of shape.paths) {
        path.moveTo((ring[0] ?? 0) * scale + left, (ring[1] ?? 0) * scale + top);
        for (let at = 2; at < ring.length; at += 2)
          path.lineTo((ring[at] ?? 0) * scale + left, (ring[at + 1] ?? 0) * scale + top);
        path.closePath();
      }
    }
    context.save();
    // Cells of a neighbouring tile reach over the border: each tile paints its own square.
    context.beginPath();
    context.rect(left, top, ratio * size, ratio * size);
    context.clip();
    for (const [colour, path] of paths) {
      context.fillStyle = cssOf(colour);
      context.fill(path, 'evenodd');
    }
    context.restore();
  }
  return { image: canvas.transferToImageBitmap(), complete };
}

function cssOf(colour: number): string {
  const channel = (shift: number) => (colour >>> shift) & 255;
  return `rgb(${channel(0)} ${channel(8)} ${channel(16)} / ${channel(24) / 255})`;
}
