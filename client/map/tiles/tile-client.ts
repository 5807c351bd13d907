import type { TileAnswer, TileQuestion, TileTaskName, TileTasks } from './messages.ts';

interface Waiting {
  resolve: (answer: unknown) => void;
  reject: (reason: Error) => void;
}

function startWorker(): Worker {
  return new Worker(new URL('./tile-worker.ts', import.meta.url), { type: 'module' });
}

/** Started before there is a map, for the first one. */
let spare: Worker | null = null;
let wasWarmed = false;

/** Lets the worker read and compile its code meanwhile; once for a page. */
export function warmTileWorker(): void {
  if (wasWarmed) return;
  wasWarmed = true;
  spare = startWorker();
}

function takeWorker(): Worker {
  wasWarmed = true;
  const worker = spare ?? startWorker();
  spare = null;
  return worker;
}

/** Asks the tile worker. One worker for a map; `destroy` ends it and rejects what waits. */
export class TileClient {
  readonly #worker = takeWorker();
  #waiting = new Map<number, Waiting>();
  #nextId = 1;

  constructor() {
    this.#worker.addEventListener('message', ({ data }: MessageEvent<TileAnswer>) => {
      const waiting = this.#waiting.get(data.id);
      this.#waiting.delete(data.id);
      if ('error' in data) waiting?.reject(new Error(data.error));
      else waiting?.resolve(data.answer);
    });
    this.#worker.addEventListener('error', (event) => this.#rejectAll(event.message));
  }

  /** How many questions are not answered yet. */
  get pending(): number {
    return this.#waiting.size;
  }

  ask<K extends TileTaskName>(
    task: K,
    request: TileTasks[K]['request'],
    transfer: Transferable[] = [],
  ): Promise<TileTasks[K]['answer']> {
    const id = this.#nextId++;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve: (value) => resolve(value as TileTasks[K]['answer']), reject });
      const question: TileQuestion<K> = { id, task, request };
      this.#worker.postMessage(question, transfer);
    });
  }

  destroy(): void {
    this.#worker.terminate();
    this.#rejectAll('the map was closed');
  }

  #rejectAll(reason: string): void {
    for (const { reject } of this.#waiting.values()) reject(new Error(reason));
    this.#waiting.clear();
  }
}
