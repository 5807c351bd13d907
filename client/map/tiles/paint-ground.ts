import { mercatorWidthMetres, fromMercator } from '../earth.ts';
import { mapColours as colours, mapFont } from '../map-style.ts';
import type { GroundStyle, MercatorPath, OverviewDrawing } from './messages.ts';
import { tilesOver, type TileAddress } from './tile-grid.ts';
import type { TileShape, VectorTiles } from './vector-tiles.ts';

const PATIENCE_MS = 1_500;
/** From this level on the surfaces of streets are there; before it their middle lines are drawn. */
const STREETS_FROM = 15;

interface Source {
  layer: 'buildings' | 'surfaces' | 'cells' | 'parts';
  /** Painted from the first to the last of these levels of the ground. */
  levels: [number, number];
  /** The levels at which the shapes are read. */
  zooms: [number, number];
  /** How strongly a style wants it; 0: not read at all. */
  strength: (style: GroundStyle) => number;
  paint: (pen: Pen, shapes: TileShape[]) => void;
}

/** Bottom first. Below zoom 15 cells and parts are counts. */
const sources: Source[] = [
  {
    layer: 'cells',
    levels: [14, 15],
    zooms: [14, 14],
    strength: (s) => (s.filled ? s.parts : 0),
    paint: paintPartDensity,
  },
  { layer: 'surfaces', levels: [15, 22], zooms: [15, 15], strength: (s) => s.roads, paint: paintSurfaces },
  {
    layer: 'buildings',
    levels: [13, 22],
    zooms: [14, 15],
    strength: (s) => (s.filled ? s.buildings : 0),
    paint: paintBuildings,
  },
  { layer: 'cells', levels: [15, 22], zooms: [15, 15], strength: (s) => s.cells, paint: paintCells },
  { layer: 'parts', levels: [16, 16], zooms: [14, 14], strength: (s) => s.parts, paint: paintPartCounts },
];

/** A canvas whose units are pixels of the painted tile, and how large they are. */
interface Pen {
  context: OffscreenCanvasRenderingContext2D;
  size: number;
  level: number;
  metresPerPixel: number;
  /** Adds the paths of a shape that touches the tile; false when it does not touch. */
  trace: (shape: TileShape, close: boolean) => boolean;
  /** Writes at a point of the source tile. */
  write: (text: string, x: number, y: number) => void;
}

/**
 * Draws one tile of the ground: divisions and roads of the overview at once, streets, blocks and cells from vector
 * tiles. Rows run from south to north, as the graphics card wants an `ImageBitmap`.
 */
export async function paintGround(
  tiles: VectorTiles,
  overview: OverviewDrawing | null,
  { tile, sizePixels, style }: { tile: TileAddress; sizePixels: number; style: GroundStyle },
): Promise<{ image: ImageBitmap; complete: boolean }> {
  const wanted = sources.filter(
    ({ levels: [from, to], strength }) => tile.z >= from && tile.z <= to && strength(style) > 0,
  );
  let complete = true;
  const read = await Promise.all(
    wanted.map(async ({ layer, zooms: [coarsest, finest], strength, paint }) => {
      const zoom = Math.max(coarsest, Math.min(finest, tile.z));
      const parts = await Promise.all(
        tilesOver(tile, zoom).map(async (address) => {
          try {
            return { address, layer: await soonEnough(tiles.read(layer, address)) };
          } catch {
            // Drawn without it now; the map draws it anew when told that the tile is not complete.
            complete = false;
            return null;
          }
        }),
      );
      return { paint, strength: strength(style), parts: parts.filter((part) => part !== null) };
    }),
  );
  const canvas = new OffscreenCanvas(sizePixels, sizePixels);
  const context = canvas.getContext('2d', { alpha: !style.filled });
  if (!context) throw new Error('no 2D canvas');
  context.setTransform(1, 0, 0, -1, 0, sizePixels);
  const paintOverview = overview ? startOverview(context, overview, tile, sizePixels) : null;
  if (style.filled) paintOverview?.ground();
  if (tile.z < STREETS_FROM) {
    context.globalAlpha = style.roads;
    if (style.roads > 0) paintOverview?.roads();
  }
  for (const { paint, strength, parts } of read) {
    context.globalAlpha = strength;
    for (const { address, layer } of parts)
      paint(penOn(context, tile, sizePixels, address, layer.extent), layer.shapes);
  }
  context.globalAlpha = style.divisions;
  if (style.divisions > 0) paintOverview?.lines();
  return { image: canvas.transferToImageBitmap(), complete };
}

/** A sharp ground without its houses is better than a blurred one: what takes longer is drawn later. */
function soonEnough<T>(reading: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('too late')), PATIENCE_MS);
    reading.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}

function metresPerPixelOf(tile: TileAddress, size: number): number {
  const { lat } = fromMercator(0.5, (tile.y + 0.5) / 2 ** tile.z);
  return mercatorWidthMetres(lat) / 2 ** tile.z / size;
}

function penOn(
  context: OffscreenCanvasRenderingContext2D,
  tile: TileAddress,
  size: number,
  source: TileAddress,
  extent: number,
): Pen {
  const ratio = 2 ** (tile.z - source.z);
  const scale = (ratio * size) / extent;
  const offsetX = (source.x * ratio - tile.x) * size;
  const offsetY = (source.y * ratio - tile.y) * size;
  const margin = 24 / scale;
  const [west, north] = [-offsetX / scale - margin, -offsetY / scale - margin];
  const [east, south] = [(size - offsetX) / scale + margin, (size - offsetY) / scale + margin];
  return {
    context,
    size,
    level: tile.z,
    metresPerPixel: metresPerPixelOf(tile, size),
    trace({ minX, minY, maxX, maxY, paths }, close) {
      if (maxX < west || minX > east || maxY < north || minY > south) return false;
      for (const path of paths) {
        context.moveTo((path[0] ?? 0) * scale + offsetX, (path[1] ?? 0) * scale + offsetY);
        for (let at = 2; at < path.length; at += 2)
          context.lineTo((path[at] ?? 0) * scale + offsetX, (path[at + 1] ?? 0) * scale + offsetY);
        if (close) context.closePath();
      }
      return true;
    },
    write(text, x, y) {
      if (x < west || x > east || y < north || y > south) return;
      context.fillText(text, x * scale + offsetX, y * scale + offsetY);
    },
  };
}

function paintSurfaces(pen: Pen, shapes: TileShape[]): void {
  for (const kind of ['footway', 'carriageway'] as const) {
    pen.context.beginPath();
    for (const shape of shapes) if (shape.properties['kind'] === kind) pen.trace(shape, true);
    pen.context.fillStyle = colours[kind];
    pen.context.fill();
  }
}

/** A faint wash: where the parts are. */
function paintPartDensity(pen: Pen, shapes: TileShape[]): void {
  const steps = [
    [1, 0.02],
    [4, 0.04],
    [9, 0.065],
    [17, 0.095],
  ] as const;
  steps.forEach(([from, alpha], n) => {
    const below = steps[n + 1]?.[0] ?? Infinity;
    pen.context.beginPath();
    for (const shape of shapes) {
      const count = Number(shape.properties['n'] ?? 0);
      if (count >= from && count < below) pen.trace(shape, true);
    }
    pen.context.fillStyle = `rgb(${colours.partCount} / ${alpha})`;
    pen.context.fill();
  });
}

/** How many parts a cell has, in its middle. */
function paintPartCounts(pen: Pen, shapes: TileShape[]): void {
  pen.context.font = `500 13px ${mapFont}`;
  pen.context.textAlign = 'center';
  pen.context.textBaseline = 'middle';
  pen.context.fillStyle = colours.count;
  for (const { properties, paths } of shapes) {
    const [x, y] = paths[0] ?? [];
    if (x !== undefined && y !== undefined) pen.write(String(properties['n']), x, y);
  }
}

function paintBuildings(pen: Pen, shapes: TileShape[]): void {
  pen.context.beginPath();
  for (const shape of shapes) pen.trace(shape, true);
  pen.context.fillStyle = colours.building;
  pen.context.fill('evenodd');
  if (pen.level < 15) return;
  pen.context.strokeStyle = colours.buildingLine;
  pen.context.lineWidth = 1;
  pen.context.stroke();
}

function paintCells(pen: Pen, shapes: TileShape[]): void {
  pen.context.beginPath();
  for (const shape of shapes) pen.trace(shape, true);
  pen.context.strokeStyle = colours.cellLine;
  pen.context.lineWidth = pen.level >= 17 ? 1.5 : 1;
  pen.context.stroke();
}

function startOverview(
  context: OffscreenCanvasRenderingContext2D,
  overview: OverviewDrawing,
  tile: TileAddress,
  size: number,
) {
  const scale = size * 2 ** tile.z;
  const [left, top] = [tile.x * size, tile.y * size];
  const metresPerPixel = metresPerPixelOf(tile, size);
  const trace = (path: MercatorPath) => {
    for (let at = 0; at < path.length; at += 2) {
      const x = (path[at] ?? 0) * scale - left;
      const y = (path[at + 1] ?? 0) * scale - top;
      if (at === 0) context.moveTo(x, y);
      else context.lineTo(x, y);
    }
  };
  const stroke = (paths: MercatorPath[], colour: string, width: number) => {
    context.beginPath();
    for (const path of paths) trace(path);
    context.strokeStyle = colour;
    context.lineWidth = width;
    context.stroke();
  };
  const fill = (rings: MercatorPath[], colour: string) => {
    context.beginPath();
    for (const ring of rings) trace(ring);
    context.fillStyle = colour;
    context.fill('evenodd');
  };
  context.lineJoin = 'round';
  context.lineCap = 'round';
  return {
    ground() {
      context.fillStyle = colours.outside;
      context.fillRect(0, 0, size, size);
      fill(overview.district, colours.district);
      for (const { builtUp, rings } of overview.subdistricts) if (builtUp) fill(rings, colours.builtUp);
    },
    roads() {
      for (const main of [false, true]) {
        const colour = main ? colours.mainCarriageway : colours.carriageway;
        for (const road of overview.roads)
          if (road.main === main)
            stroke(
              [road.path],
              colour,
              Math.max(road.widthMetres / metresPerPixel, main ? 1.6 : tile.z >= 12 ? 1 : 0.5),
            );
      }
    },
    lines() {
      if (tile.z >= 12) stroke(overview.communities, colours.communityLine, tile.z >= 15 ? 2 : 1);
      const rings = overview.subdistricts.flatMap((one) => one.rings);
      stroke(rings, colours.subdistrictLine, tile.z >= 14 ? 2 : 1.3);
      stroke(overview.district, colours.districtLine, tile.z >= 13 ? 3 : 2);
    },
  };
}
