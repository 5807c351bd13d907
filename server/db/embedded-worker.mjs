/**
 * The embedded engine: PGlite + PostGIS behind a PostgreSQL wire socket, in a thread of its own because
 * WebAssembly PostgreSQL blocks the event loop while it works. The socket is a file in a folder of its own
 * (mode 700), so no other user of the machine reaches it. Plain JavaScript, because a worker thread has no
 * TypeScript loader of its own.
 */
import { parentPort, workerData } from 'node:worker_threads';
import { PGlite } from '@electric-sql/pglite';
import { postgis } from '@electric-sql/pglite-postgis';
import { PGLiteSocketServer } from '@electric-sql/pglite-socket';

/**
 * @typedef {object} WorkerInput
 * @property {string} [dataDir] folder of the database; undefined keeps it in memory
 * @property {string} socketPath
 * @property {Uint8Array} [loadFrom] a tarball made by `dumpDataDir`, to start a new database from
 */

/** @type {WorkerInput} */
const input = workerData;
const port = parentPort;
if (!port) throw new Error('the embedded database runs in a worker thread');

const db = await PGlite.create({
  ...(input.dataDir ? { dataDir: input.dataDir } : {}),
  ...(input.loadFrom ? { loadDataDir: new Blob([input.loadFrom]) } : {}),
  extensions: { postgis },
});
const server = new PGLiteSocketServer({ db, path: input.socketPath, maxConnections: 32 });
await server.start();
port.postMessage({ kind: 'ready' });

port.on('message', async (message) => {
  if (message.kind === 'dump') {
    const dump = await db.dumpDataDir('none');
    const bytes = new Uint8Array(await dump.arrayBuffer());
    port.postMessage({ kind: 'dump', bytes }, [bytes.buffer]);
    return;
  }
  await server.stop();
  await db.close();
  port.postMessage({ kind: 'stopped' });
  port.close();
});
