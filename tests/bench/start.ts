/** How long `npm start` takes on an installed and built checkout, until the line that says where to go. */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { projectRoot } from '../../server/project-root.ts';
import type { BenchSection } from './bench-row.ts';

const PORT = 18_085;

export async function startSummary(): Promise<BenchSection> {
  const dataDir = mkdtempSync(join(tmpdir(), 'gridwatch-start-'));
  try {
    const first = await start(dataDir);
    const second = await start(dataDir);
    const show = (ms: number) => `${(ms / 1000).toFixed(1)} s`;
    return {
      title: 'Start',
      how: 'From `npm start` on an installed and built checkout to the line that says where to go; the embedded database with the sample district.',
      rows: [
        { what: 'first start (new database)', measured: show(first), budget: '≤ 20 s' },
        { what: 'second start', measured: show(second), budget: '≤ 8 s' },
      ],
    };
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
}

async function start(dataDir: string): Promise<number> {
  const started = performance.now();
  const server = spawn('npm', ['start'], {
    cwd: projectRoot,
    env: { ...process.env, GRIDWATCH_DATA: dataDir, PORT: String(PORT) },
    stdio: ['ignore', 'pipe', 'ignore'],
    detached: true,
  });
  const ended = new Promise((resolve) => server.once('exit', resolve));
  await new Promise<void>((resolve, reject) => {
    server.stdout.on('data', (text: Buffer) => {
      if (text.toString().includes(`:${PORT}`)) resolve();
    });
    server.once('exit', (code) => reject(new Error(`npm start ended with ${code}`)));
  });
  const took = performance.now() - started;
  // npm, the starter and the server are one process group.
  process.kill(-(server.pid ?? 0), 'SIGTERM');
  await ended;
  return took;
}
