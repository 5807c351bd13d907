import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** The ffmpeg found at start: some options changed their names between versions. */
export interface Ffmpeg {
  path: string;
  major: number;
  minor: number;
}

const run = promisify(execFile);

/** `null` when there is no working ffmpeg at that path. Unnumbered builds count as recent. */
export async function findFfmpeg(path: string): Promise<Ffmpeg | null> {
  try {
    const { stdout } = await run(path, ['-version'], { timeout: 10_000 });
    const match = /^ffmpeg version n?(\d+)\.(\d+)/.exec(stdout);
    return { path, major: Number(match?.[1] ?? 99), minor: Number(match?.[2] ?? 0) };
  } catch {
    return null;
  }
}

/** Every decoded picture is written, none doubled or dropped. */
export function passThroughArgs({ major, minor }: Ffmpeg): string[] {
  return major > 5 || (major === 5 && minor >= 1) ? ['-fps_mode', 'passthrough'] : ['-vsync', '0'];
}

/** Gives up on a silent RTSP server, so that no child outlives a killed parent. */
export function rtspTimeoutArgs({ major }: Ffmpeg, seconds: number): string[] {
  return [major >= 5 ? '-timeout' : '-stimeout', `${seconds * 1_000_000}`];
}
