import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { SceneDescription } from './scene-description.ts';

export interface FrameSink {
  write(rgba: Buffer): Promise<void>;
  close(): Promise<void>;
}

const KILOBITS_PER_SECOND = 880;

/**
 * H.264 main profile without B-frames in fragmented MP4, one keyframe and one fragment per second, as the sample
 * cameras are played: no ffmpeg is needed where they are shown.
 */
export function encodeClip(path: string, { camera, framesPerSecond }: SceneDescription): FrameSink {
  return openFfmpeg([
    ...rawInput(camera, framesPerSecond),
    ...['-vf', 'scale=out_color_matrix=bt709:out_range=tv,format=yuv420p'],
    ...['-c:v', 'libx264', '-profile:v', 'main', '-preset', 'slow', '-crf', '21', '-bf', '0'],
    ...['-maxrate', `${KILOBITS_PER_SECOND}k`, '-bufsize', `${KILOBITS_PER_SECOND * 2}k`],
    ...['-g', String(framesPerSecond), '-keyint_min', String(framesPerSecond), '-sc_threshold', '0'],
    ...['-colorspace', 'bt709', '-color_primaries', 'bt709', '-color_trc', 'bt709', '-color_range', 'tv'],
    ...['-threads', '2', '-an', '-movflags', '+frag_keyframe+empty_moov+default_base_moof', path],
  ]);
}

export function encodeStill(path: string, size: { width: number; height: number }): FrameSink {
  return openFfmpeg([...rawInput(size, 1), '-frames:v', '1', '-update', '1', path]);
}

function rawInput({ width, height }: { width: number; height: number }, rate: number): string[] {
  return [
    '-f',
    'rawvideo',
    '-pix_fmt',
    'rgba',
    '-s',
    `${width}x${height}`,
    '-r',
    String(rate),
    '-i',
    'pipe:0',
  ];
}

function openFfmpeg(options: readonly string[]): FrameSink {
  const ffmpeg = spawn('ffmpeg', ['-hide_banner', '-loglevel', 'error', '-y', ...options], {
    stdio: ['pipe', 'inherit', 'inherit'],
  });
  const ended = new Promise<number | null>((resolve, reject) => {
    ffmpeg.once('exit', resolve);
    ffmpeg.once('error', reject);
  });
  return {
    async write(rgba) {
      if (!ffmpeg.stdin.write(rgba)) await once(ffmpeg.stdin, 'drain');
    },
    async close() {
      ffmpeg.stdin.end();
      const code = await ended;
      if (code !== 0) throw new Error(`ffmpeg ended with ${code}`);
    },
  };
}
