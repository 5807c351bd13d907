import { chmodSync, closeSync, mkdirSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomBytes } from 'node:crypto';
import { Worker } from 'node:worker_threads';
import { openDatabase, type Database } from './database.ts';

export interface EmbeddedOptions {
  /** Folder the database lives in; undefined keeps it in memory (tests). */
  dataDir?: string;
  /** A tarball made by `dump()`, to start a new database from. */
  loadFrom?: Uint8Array;
}

export interface EmbeddedDatabase extends Database {
  /** The whole database as a tarball, for starting others from. */
  dump(): Promise<Uint8Array>;
  /** How another client reaches it, while it is open. */
  connection: { host: string; port: number; user: string; database: string };
}

/** Another process holds the data folder. */
export class DataFolderInUse extends Error {
  constructor(folder: string, pid: number) {
    super(`the data folder ${folder} is in use by process ${pid}`);
  }
}

/**
 * Opens PGlite + PostGIS in a worker thread and a `pg` pool on it.
 * @throws DataFolderInUse when a living process holds the folder.
 */
export async function openEmbedded({ dataDir, loadFrom }: EmbeddedOptions): Promise<EmbeddedDatabase> {
  const release = dataDir ? lockFolder(dataDir) : () => undefined;
  const socketDir = makeSocketFolder(dataDir);
  const port = 5432;
  const socketPath = join(socketDir, `.s.PGSQL.${port}`);
  const worker = new Worker(new URL('./embedded-worker.mjs', import.meta.url), {
    workerData: { dataDir, loadFrom, socketPath },
  });

  try {
    await nextMessage(worker, 'ready');
  } catch (error) {
    release();
    rmSync(socketDir, { recursive: true, force: true });
    throw error;
  }
  const connection = { host: socketDir, port, user: 'postgres', database: 'postgres' };
  const database = openDatabase({
    engine: 'embedded',
    connection: { ...connection, ssl: false },
    async afterClose() {
      const stopped = nextMessage(worker, 'stopped');
      worker.postMessage({ kind: 'stop' });
      await stopped;
      await worker.terminate();
      rmSync(socketDir, { recursive: true, force: true });
      release();
    },
  });
  return {
    ...database,
    connection,
    async dump() {
      const answer = nextMessage<{ bytes: Uint8Array }>(worker, 'dump');
      worker.postMessage({ kind: 'dump' });
      return (await answer).bytes;
    },
  };
}

function nextMessage<T>(worker: Worker, kind: string): Promise<T> {
  return new Promise((resolve, reject) => {
    const settle = (done: () => void) => {
      worker.off('message', onMessage);
      worker.off('error', onError);
      worker.off('exit', onExit);
      done();
    };
    const onMessage = (message: { kind: string }) => {
      if (message.kind === kind) settle(() => resolve(message as T));
    };
    const onError = (error: Error) => settle(() => reject(error));
    const onExit = (code: number) =>
      settle(() => reject(new Error(`the embedded database ended with code ${code}`)));
    worker.on('message', onMessage);
    worker.on('error', onError);
    worker.on('exit', onExit);
  });
}

/** A socket path may hold about 100 bytes: beside the data when that is short enough, else under the system's. */
function makeSocketFolder(dataDir: string | undefined): string {
  const folder =
    dataDir && dataDir.length < 70
      ? `${dataDir}.socket`
      : join(tmpdir(), `gridwatch-${process.pid}-${randomBytes(6).toString('hex')}`);
  // What a killed process left behind; nobody else is here, the folder is ours.
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { mode: 0o700 });
  return folder;
}

/** Takes the folder for this process; a lock left by a process that is gone is taken over. */
function lockFolder(dataDir: string): () => void {
  mkdirSync(dataDir, { recursive: true });
  chmodSync(dataDir, 0o700);
  const path = `${dataDir}.lock`;
  for (;;) {
    try {
      const file = openSync(path, 'wx', 0o600);
      writeSync(file, String(process.pid));
      closeSync(file);
      return () => rmSync(path, { force: true });
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
      const holder = Number(readFileSync(path, 'utf8'));
      if (holder && isAlive(holder)) throw new DataFolderInUse(dataDir, holder);
      rmSync(path, { force: true });
    }
  }
}

function isAlive(pid: number): boolean {
  if (pid === process.pid) return true;
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
