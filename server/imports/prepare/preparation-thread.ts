import { parentPort, workerData } from 'node:worker_threads';
import { AppError, type ErrorCode } from '../../errors.ts';
import { buildCellIndex } from '../cell-index.ts';
import { unpackCells } from '../packed-cells.ts';
import { openSource } from '../read/open-source.ts';
import type { Inspection, PreparationRequest, PreparedBatch, WantedColumns } from '../prepared-rows.ts';
import { inspectSource } from './inspect-source.ts';
import { prepareSource } from './prepare-source.ts';

/** What the thread says. */
export type FromThread =
  | { kind: 'inspected'; inspection: Inspection }
  | { kind: 'batch'; batch: PreparedBatch }
  | { kind: 'done' }
  | { kind: 'failed'; code?: ErrorCode; details?: unknown; message: string };

/** What it is told: begin; one batch has been taken. */
export type ToThread = { kind: 'start'; wanted: WantedColumns } | { kind: 'taken' };

/** Batches on their way that nobody has taken yet; with about half a megabyte of text each, this bounds the memory. */
const MOST_UNDERWAY = 4;

const port = parentPort;
if (!port) throw new Error('files are prepared in a worker thread');
const say = (message: FromThread, transfer: ArrayBuffer[] = []) => port.postMessage(message, transfer);

let underway = 0;
let wake: (() => void) | undefined;
let start: (wanted: WantedColumns) => void = () => undefined;
const started = new Promise<WantedColumns>((resolve) => (start = resolve));
port.on('message', (message: ToThread) => {
  if (message.kind === 'start') return start(message.wanted);
  underway--;
  wake?.();
});

try {
  const request = workerData as PreparationRequest;
  const { options } = request;
  const source = await openSource({
    path: request.path,
    fileName: request.fileName,
    layer: request.layer,
    workFolder: request.workFolder,
    ...(options.sourceLayer === undefined ? {} : { sourceLayer: options.sourceLayer }),
    ...(options.datum === undefined ? {} : { datum: options.datum }),
  });
  const inspected = await inspectSource(source, request);
  say({ kind: 'inspected', inspection: inspected.inspection });
  const { cells, columns } = await started;
  const wanted = {
    ...(columns ? { columns } : {}),
    ...(cells ? { cells: buildCellIndex(unpackCells(cells)) } : {}),
  };
  for await (const batch of prepareSource(source, request, inspected, wanted)) {
    while (underway >= MOST_UNDERWAY) await new Promise<void>((resolve) => (wake = resolve));
    underway++;
    say({ kind: 'batch', batch }, [batch.data.buffer as ArrayBuffer]);
  }
  say({ kind: 'done' });
} catch (error) {
  say(
    error instanceof AppError
      ? { kind: 'failed', code: error.code, details: error.details, message: error.message }
      : { kind: 'failed', message: error instanceof Error ? (error.stack ?? error.message) : String(error) },
  );
} finally {
  port.close();
}
