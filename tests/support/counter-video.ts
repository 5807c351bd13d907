import { spawn } from 'node:child_process';
import { once } from 'node:events';

/**
 * Pictures that carry a number a machine can read back after lossy coding: 48 black or white squares in two rows,
 * most significant first, on a moving grey texture.
 */
export const counterBits = 48;
export const counterSquare = 12;
const perRow = 24;

/** A YUV 4:2:0 frame (planes one after the other) that shows `value`. */
export function paintCounter(width: number, height: number, value: number): Buffer {
  const frame = Buffer.alloc((width * height * 3) / 2, 128);
  for (let y = 0; y < height; y++) {
    const row = y * width;
    for (let x = 0; x < width; x++) frame[row + x] = 64 + ((x + y + value) & 127);
  }
  stampCounter(frame, width, value);
  return frame;
}

/** Draws only the squares. */
export function stampCounter(frame: Buffer, width: number, value: number): void {
  const bits = BigInt(value);
  for (let bit = 0; bit < counterBits; bit++) {
    const luma = (bits >> BigInt(counterBits - 1 - bit)) & 1n ? 235 : 16;
    const left = (bit % perRow) * counterSquare;
    const top = Math.floor(bit / perRow) * counterSquare;
    for (let y = top; y < top + counterSquare; y++)
      frame.fill(luma, y * width + left, y * width + left + counterSquare);
  }
}

/** Reads the number back from a luma plane of the same size. */
export function readCounter(luma: Uint8Array, width: number): number {
  let value = 0;
  for (let bit = 0; bit < counterBits; bit++) {
    const left = (bit % perRow) * counterSquare + counterSquare / 2;
    const top = Math.floor(bit / perRow) * counterSquare + counterSquare / 2;
    value = value * 2 + ((luma[top * width + left] ?? 0) > 128 ? 1 : 0);
  }
  return value;
}

/** Runs ffmpeg to its end; throws with its messages when it fails. */
export async function runFfmpeg(
  args: readonly string[],
  input?: AsyncIterable<Buffer> | Iterable<Buffer>,
): Promise<Buffer> {
  const child = spawn('ffmpeg', ['-hide_banner', '-loglevel', 'error', '-y', ...args], { stdio: 'pipe' });
  const output: Buffer[] = [];
  const messages: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => output.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => messages.push(chunk));
  child.stdin.on('error', () => undefined);
  const ended = once(child, 'close');
  for await (const chunk of input ?? []) {
    if (!child.stdin.write(chunk)) await Promise.race([once(child.stdin, 'drain'), ended]);
  }
  child.stdin.end();
  const [code] = (await ended) as [number | null];
  if (code !== 0) throw new Error(`ffmpeg failed: ${Buffer.concat(messages).toString()}`);
  return Buffer.concat(output);
}

export interface CounterClip {
  width: number;
  height: number;
  framesPerSecond: number;
  frames: number;
  keyframeEvery: number;
}

/** Writes a fragmented H.264 MP4 whose frame n shows n. */
export async function writeCounterClip(
  path: string,
  clip: CounterClip,
  codecArgs?: readonly string[],
): Promise<void> {
  const { width, height, framesPerSecond, frames, keyframeEvery } = clip;
  const pictures = function* () {
    for (let n = 0; n < frames; n++) yield paintCounter(width, height, n);
  };
  const input = [
    '-f',
    'rawvideo',
    '-pix_fmt',
    'yuv420p',
    '-s',
    `${width}x${height}`,
    '-r',
    `${framesPerSecond}`,
    '-i',
    '-',
  ];
  const codec = codecArgs ?? ['-c:v', 'libx264', '-preset', 'ultrafast', '-tune', 'zerolatency'];
  const groups = ['-g', `${keyframeEvery}`, '-keyint_min', `${keyframeEvery}`];
  const output = ['-movflags', '+frag_keyframe+empty_moov+default_base_moof', '-f', 'mp4', path];
  await runFfmpeg([...input, ...codec, ...groups, ...output], pictures());
}

/** The number shown by a JPEG of a counter picture. */
export async function readCounterFromJpeg(jpeg: Buffer, width: number): Promise<number> {
  const grey = await runFfmpeg(['-f', 'mjpeg', '-i', '-', '-f', 'rawvideo', '-pix_fmt', 'gray', '-'], [jpeg]);
  return readCounter(grey, width);
}
