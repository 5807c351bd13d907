import { buildMesh } from './building-mesh.ts';
import { findCell } from './find-cell.ts';
import type { OverviewDrawing, TileQuestion, TileTaskName, TileTasks } from './messages.ts';
import { paintGround } from './paint-ground.ts';
import { readParts } from './read-parts.ts';
import { VectorTiles } from './vector-tiles.ts';

/** Everything that reads, decodes and draws tiles happens here, so that no frame waits for it. */
const tiles = new VectorTiles(self.location.origin);
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
    const transfer = answer
      ? [answer.positions.buffer, answer.colours.buffer, answer.wall.buffer, answer.indices.buffer]
      : [];
    return { answer, transfer };
  },
  async parts({ tile }) {
    const answer = readParts(tile, await tiles.read('parts', tile));
    return { answer, transfer: [answer.positions.buffer] };
  },
  async cell(request) {
    return { answer: await findCell(tiles, request), transfer: [] };
  },
};

async function answer<K extends TileTaskName>({ id, task, request }: TileQuestion<K>): Promise<void> {
  try {
    const done = await tasks[task](request);
    self.postMessage({ id, answer: done.answer }, { transfer: done.transfer });
  } catch (error) {
    self.postMessage({ id, error: error instanceof Error ? error.message : String(error) });
  }
}

self.addEventListener('message', (event: MessageEvent<TileQuestion>) => void answer(event.data));
