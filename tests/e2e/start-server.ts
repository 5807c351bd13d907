import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { projectRoot } from '../../server/project-root.ts';

export const E2E_PORT = 18_080;

/** Starts the product as a user would, over a new data folder, and ends it by pid. */
export default async function startServer(): Promise<() => Promise<void>> {
  const dataDir = mkdtempSync(join(tmpdir(), 'gridwatch-e2e-'));
  const server = spawn(process.execPath, [join(projectRoot, 'server/start.mjs')], {
    cwd: projectRoot,
    env: { ...process.env, GRIDWATCH_DATA: dataDir, PORT: String(E2E_PORT) },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise<void>((resolve) => server.once('exit', () => resolve()));
  await new Promise<void>((resolve, reject) => {
    server.stdout.on('data', (text: Buffer) => {
      if (text.toString().includes(`:${E2E_PORT}`)) resolve();
    });
    server.once('exit', (code) => reject(new Error(`the server ended with ${code}`)));
  });
  return async () => {
    server.kill('SIGTERM');
    await ended;
    rmSync(dataDir, { recursive: true, force: true });
  };
}
