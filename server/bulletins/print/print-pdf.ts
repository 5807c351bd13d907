import { Worker } from 'node:worker_threads';
import type { PrintRequest } from './define-document.ts';

/** The bulletin as a PDF with its fonts in it, A4. Laid out in a thread of its own, which ends with it. */
export function printPdf(request: PrintRequest): Promise<Buffer> {
  const worker = new Worker(new URL('./pdf-worker.mjs', import.meta.url), {
    workerData: request,
    execArgv: [],
  });
  return new Promise<Buffer>((resolve, reject) => {
    worker.once('message', (bytes: Uint8Array) => {
      resolve(Buffer.from(bytes));
    });
    worker.once('error', reject);
    worker.once('exit', (code) => reject(new Error(`printing a bulletin ended with ${code}`)));
  });
}
