import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';

/** Names a process among all that ever worked on the jobs of a database: host, process id, and a token. */
export function nameWorker(): string {
  return `${hostname()}/${process.pid}/${randomBytes(4).toString('hex')}`;
}

/** Whether the process ran on this machine and is there no more; of other machines nothing is known: false. */
export function isGone(worker: string): boolean {
  const [host, pid] = worker.split('/');
  if (host !== hostname()) return false;
  const id = Number(pid);
  // Another token under our own process id: the id has been used again.
  if (id === process.pid) return true;
  try {
    process.kill(id, 0);
    return false;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ESRCH';
  }
}

/** Which data folder: what lies on one node's disk is worked on by that node. */
export function nameNode(dataDir: string): string {
  return `${hostname()}:${dataDir}`;
}
