import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const script = join(dirname(fileURLToPath(import.meta.url)), 'rtsp-server.py');
const root = join(dirname(script), '..', '..');

/** Debian's python, the one that sees python3-gi. */
const python = '/usr/bin/python3';

/** Whether python3-gi and gir1.2-gst-rtsp-server are installed. */
export function hasRtspServer(): boolean {
  const probe =
    "import gi; gi.require_version('GstRtspServer', '1.0'); from gi.repository import GstRtspServer";
  return spawnSync(python, ['-c', probe]).status === 0;
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

export interface RtspServer {
  kill(): Promise<void>;
}

/** Serves a clip at `rtsp://127.0.0.1:<port>/file`; see rtsp-server.py. */
export async function startRtspServer(
  port: number,
  clip: string,
  options: { rtpPort?: number; auth?: boolean; codec?: 'h264' | 'h265' } = {},
): Promise<RtspServer> {
  const args = [script, `${port}`, clip, ...(options.rtpPort ? [`${options.rtpPort}`] : [])];
  const env = {
    ...process.env,
    RTSP_CODEC: options.codec ?? 'h264',
    ...(options.auth ? { RTSP_AUTH: '1' } : {}),
  };
  const child = spawn(python, args, { stdio: ['ignore', 'pipe', 'inherit'], env });
  const ended = once(child, 'exit');
  const first = await Promise.race([once(child.stdout, 'data'), ended.then(() => null)]);
  if (!first) throw new Error('the RTSP server did not start');
  return {
    async kill() {
      child.kill('SIGKILL');
      await ended;
    },
  };
}

/** The real street recording beside the repository, when it is there. */
export function streetRecording(): string | null {
  const shared = process.env.GRIDWATCH_SHARED ?? join(root, '..', 'shared');
  const path = join(shared, 'realdata', 'video', 'car-detection.mp4');
  return existsSync(path) ? path : null;
}
