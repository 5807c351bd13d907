import { readFile } from 'node:fs/promises';
import type { AccessUnit, CodecConfig } from './h264.ts';
import type { MediaClock, MediaSource } from './media-source.ts';
import { readFragments, readTrack } from './read-fmp4.ts';

interface ClipFrame {
  /** Decode time from the start of the clip, microseconds, whole milliseconds. */
  offsetMicros: number;
  compositionMicros: number;
  keyframe: boolean;
  data: Buffer;
}

/** A clip that loops in real time: its position is the wall clock modulo its duration, so every viewer and every restart agrees. */
export interface SampleClip {
  config: CodecConfig;
  durationMicros: number;
  frames: readonly ClipFrame[];
}

const wholeMillis = (micros: number) => Math.round(micros / 1000) * 1000;

/** Reads a fragmented MP4. Throws RangeError when it holds no H.264 or does not start with a key frame. */
export function parseClip(bytes: Buffer): SampleClip {
  const track = readTrack(bytes);
  if (track.lengthBytes !== 4) throw new RangeError('the clip must use 4-byte NAL lengths');
  const samples = readFragments(bytes, track).flatMap((fragment) => fragment.samples);
  const [first] = samples;
  const last = samples.at(-1);
  if (!first?.keyframe || !last) throw new RangeError('the clip does not start with a key frame');
  const toMicros = (time: number) => wholeMillis((time * 1_000_000) / track.timescale);
  const lead = first.composition;
  const frames = samples.map((sample) => ({
    offsetMicros: toMicros(sample.decodeTime - first.decodeTime),
    compositionMicros: toMicros(sample.composition - lead),
    keyframe: sample.keyframe,
    data: bytes.subarray(sample.offset, sample.offset + sample.size),
  }));
  const step =
    samples.length > 1 ? (last.decodeTime - first.decodeTime) / (samples.length - 1) : track.timescale;
  const durationMicros = toMicros(last.decodeTime - first.decodeTime + (last.duration || step));
  return { config: track.config, durationMicros, frames };
}

export async function readClip(path: string): Promise<SampleClip> {
  return parseClip(await readFile(path));
}

/** Frames are counted from the epoch on: frame n of the endless loop. */
export function unitOfClip(clip: SampleClip, n: number): AccessUnit {
  const { frames } = clip;
  const loop = Math.floor(n / frames.length);
  const frame = frames[n - loop * frames.length];
  if (!frame) throw new RangeError('a clip needs frames');
  const decodeMicros = loop * clip.durationMicros + frame.offsetMicros;
  return {
    atMicros: decodeMicros + frame.compositionMicros,
    compositionMicros: frame.compositionMicros,
    keyframe: frame.keyframe,
    data: frame.data,
  };
}

/** The last frame whose decode time is at or before `atMicros`. */
export function frameNumberAt(clip: SampleClip, atMicros: number): number {
  const loop = Math.floor(atMicros / clip.durationMicros);
  const position = atMicros - loop * clip.durationMicros;
  let low = 0;
  let high = clip.frames.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((clip.frames[middle]?.offsetMicros ?? 0) <= position) low = middle;
    else high = middle - 1;
  }
  return loop * clip.frames.length + low;
}

/** Frame number of the key frame that frame n depends on. */
export function keyframeBefore(clip: SampleClip, n: number): number {
  let key = n;
  while (!clip.frames[key % clip.frames.length]?.keyframe) key--;
  return key;
}

/** Units from the key frame at or before `fromMicros` up to the end of the group that shows `toMicros`, or just to it. */
export function clipUnits(
  clip: SampleClip,
  fromMicros: number,
  toMicros: number,
  wholeGroup: boolean,
): AccessUnit[] {
  const units: AccessUnit[] = [];
  const last = frameNumberAt(clip, toMicros);
  for (let n = keyframeBefore(clip, frameNumberAt(clip, fromMicros)); ; n++) {
    const unit = unitOfClip(clip, n);
    if (n > last && (!wholeGroup || unit.keyframe)) return units;
    units.push(unit);
  }
}

/** Plays the clip in step with the wall clock. The first frames handed out are the current group of pictures so far. */
export function sampleSource(load: () => Promise<SampleClip>, clock: MediaClock): MediaSource {
  return {
    timeSource: 'capture',
    start(sink) {
      let timer: NodeJS.Timeout | undefined;
      let stopped = false;
      const play = (clip: SampleClip, next: number) => {
        if (stopped) return;
        let n = next;
        const nowMicros = clock.nowMs() * 1000;
        const behind = frameNumberAt(clip, nowMicros);
        if (behind - n > clip.frames.length) n = keyframeBefore(clip, behind);
        for (; n <= behind; n++) sink.onUnit(unitOfClip(clip, n));
        const due = unitOfClip(clip, n);
        const waitMs = (due.atMicros - due.compositionMicros) / 1000 - clock.nowMs();
        timer = setTimeout(() => play(clip, n), Math.max(1, Math.ceil(waitMs)));
      };
      load().then(
        (clip) => {
          if (stopped) return;
          sink.onConfig(clip.config);
          play(clip, keyframeBefore(clip, frameNumberAt(clip, clock.nowMs() * 1000)));
        },
        (error: unknown) => {
          if (stopped) return;
          const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
          sink.onEnd(missing ? 'CLIP_MISSING' : 'CLIP_INVALID');
        },
      );
      return {
        stop() {
          stopped = true;
          clearTimeout(timer);
        },
      };
    },
  };
}
