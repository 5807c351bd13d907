import { Worker } from 'node:worker_threads';
import { appError } from '../../errors.ts';
import type {
  Inspection,
  Preparation,
  PreparationRequest,
  PreparedBatch,
  WantedColumns,
} from '../prepared-rows.ts';
import type { FromThread, ToThread } from './preparation-thread.ts';

/** Old-generation memory of the thread; what does not fit ends the thread, not the server. */
const MOST_MEGABYTES = 2_048;
/** Room for what lives as long as a batch, so that it is gone before it is moved among the old. */
const YOUNG_MEGABYTES = 64;

/**
 * Opens a file in a thread of its own and looks at its first rows. Whoever opens one calls `stop`, also after the last
 * batch and after a failure of `batches`.
 *
 * @throws AppError of a code IMPORT_… where the file cannot be read
 */
export async function openPreparation(request: PreparationRequest): Promise<Preparation> {
  const worker = new Worker(new URL('./preparation-worker.mjs', import.meta.url), {
    workerData: request,
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: MOST_MEGABYTES, maxYoungGenerationSizeMb: YOUNG_MEGABYTES },
  });
  const mailbox = new Mailbox(worker);
  let inspection: Inspection;
  try {
    const first = await mailbox.next();
    if (first.kind !== 'inspected') throw new Error(`the thread began with ${first.kind}`);
    inspection = first.inspection;
  } catch (error) {
    await worker.terminate();
    throw error;
  }
  const tell = (message: ToThread) => worker.postMessage(message);
  const stop = async () => {
    mailbox.close();
    await worker.terminate();
  };

  async function* batches(wanted: WantedColumns = {}): AsyncGenerator<PreparedBatch> {
    tell({ kind: 'start', wanted });
    try {
      for (;;) {
        const message = await mailbox.next();
        if (message.kind === 'done' || message.kind === 'closed') return;
        if (message.kind !== 'batch') throw new Error(`the thread said ${message.kind}`);
        yield message.batch;
        tell({ kind: 'taken' });
      }
    } finally {
      await stop();
    }
  }
  return { inspection, batches, stop };
}

type Answer = Exclude<FromThread, { kind: 'failed' }> | { kind: 'closed' };

/** Messages of the thread in order; its failures and its death become rejections. */
class Mailbox {
  private readonly messages: FromThread[] = [];
  private failure: unknown;
  private closed = false;
  private wake: (() => void) | undefined;

  constructor(worker: Worker) {
    worker.on('message', (message: FromThread) => {
      this.messages.push(message);
      this.wake?.();
    });
    worker.on('error', (error: Error & { code?: string }) => {
      this.fail(
        error.code === 'ERR_WORKER_OUT_OF_MEMORY'
          ? appError('IMPORT_TOO_LARGE', { memoryMegabytes: MOST_MEGABYTES })
          : error,
      );
    });
    worker.on('exit', (code) =>
      this.fail(new Error(`the thread that reads the file ended with code ${code}`)),
    );
  }

  close(): void {
    this.closed = true;
    this.wake?.();
  }

  async next(): Promise<Answer> {
    for (;;) {
      const message = this.messages.shift();
      if (message?.kind === 'failed')
        throw message.code ? appError(message.code, message.details) : new Error(message.message);
      if (message) return message;
      if (this.closed) return { kind: 'closed' };
      if (this.failure) throw this.failure;
      await new Promise<void>((resolve) => (this.wake = resolve));
    }
  }

  private fail(error: unknown): void {
    this.failure ??= error;
    this.wake?.();
  }
}
