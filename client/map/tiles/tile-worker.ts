import { buildMesh, type PrismLook } from './building-mesh.ts';
import { findBuildingAt } from './find-building.ts';
import { findCell } from './find-cell.ts';
import type { BuildingMesh, OverviewDrawing, TileQuestion, TileTaskName, TileTasks } from './messages.ts';
import { paintGround } from './paint-ground.ts';
import { CellPalette, paintLights } from './paint-lights.ts';
import { readPartCounts, readParts } from './read-parts.ts';
import { VectorTiles } from './vector-tiles.ts';

/** Everything that reads, decodes and draws tiles happens here, so that no frame waits for it. */
const tiles = new VectorTiles(self.location.origin);
const palette = new CellPalette();
let overview: OverviewDrawing | null = null;

type Answer<K extends TileTaskName> = { answer: TileTasks[K]['answer']; transfer: Transferable[] };
const tasks: { [K in TileTaskName]: (request: TileTasks[K]['request']) => Promise<Answer<K>> } = {
  async overview(drawing) {
    overview = drawing;
    return { answer: null, transfer: [] };
  },
  async paint(request) {
    const answer = await paintGround(tiles, overview, request);
    return { answer, transfer: [answer.image] };
  },
  async buildings({ tile }) {
    const answer = buildMesh(tile, await tiles.read('buildings', tile));
    return { answer, transfer: buffersOf(answer) };
  },
  async parts({ tile }) {
    const answer = readParts(tile, await tiles.read('parts', tile));
    return { answer, transfer: [answer.positions.buffer] };
  },
  async 'part-counts'({ tile }) {
    const answer = readPartCounts(tile, await tiles.read('parts', tile));
    return { answer, transfer: [answer.positions.buffer, answer.counts.buffer] };
  },
  async 'forget-parts'() {
    tiles.forget('parts');
    return { answer: null, transfer: [] };
  },
  async lights(colours) {
    palette.use(colours);
    return { answer: null, transfer: [] };
  },
  async 'paint-lights'(request) {
    const answer = await paintLights(tiles, palette, request);
    return { answer, transfer: [answer.image] };
  },
  async columns({ tile }) {
    const answer = buildMesh(tile, await tiles.read('cells', tile), ({ properties }) =>
      lookOfColumn(palette.of(properties['code'])),
    );
    return { answer, transfer: buffersOf(answer) };
  },
  async 'building-at'(request) {
    return { answer: await findBuildingAt(tiles, request), transfer: [] };
  },
  async cell(request) {
    return { answer: await findCell(tiles, request), transfer: [] };
  },
};

function buffersOf(mesh: BuildingMesh | null): Transferable[] {
  return mesh ? [mesh.positions.buffer, mesh.colours.buffer, mesh.wall.buffer, mesh.indices.buffer] : [];
}

function lookOfColumn(of: { colour: number; height: number } | undefined): PrismLook | null {
  if (!of || of.height <= 0) return null;
  const channel = (shift: number) => (of.colour >>> shift) & 255;
  const colour = [channel(0), channel(8), channel(16)] as const;
  return { heightMetres: of.height, roof: colour, wall: colour };
}

async function answer<K extends TileTaskName>({ id, task, request }: TileQuestion<K>): Promise<void> {
  try {
    const done = await tasks[task](request);
    self.postMessage({ id, answer: done.answer }, { transfer: done.transfer });
  } catch (error) {
    self.postMessage({ id, error: error instanceof Error ? error.message : String(error) });
  }
}

self.addEventListener('message', (event: MessageEvent<TileQuestion>) => void answer(event.data));
