import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { createHash } from 'node:crypto';
import type { Readable, Writable } from 'node:stream';
import { appError } from '../errors.ts';
import { passThroughArgs, type Ffmpeg } from './ffmpeg.ts';
import { encodeFlvHeader, encodeFlvPicture } from './flv.ts';
import type { CodedRun } from './recording-ring.ts';

interface Job {
  resolve: (jpeg: Buffer) => void;
  reject: (error: unknown) => void;
  timer: NodeJS.Timeout;
}

const answerMs = 8000;
const idleMs = 60_000;
/** Pictures a decoder may hold back to reorder them; H.264's own bound. */
const reorderDepth = 16;
/** Profiles without reordering: nothing is held back, nothing needs to be pushed out by further key frames. */
const baseline = 'avc1.42';
const jpegEnd = Buffer.from([0xff, 0xd9]);

/**
 * One running ffmpeg that turns groups of pictures into JPEGs. Pictures that are only needed to decode the wanted one
 * carry an odd time and are dropped before the encoder; the wanted one carries an even time.
 */
class Decoder {
  private readonly child: ChildProcessByStdio<Writable, Readable, null>;
  private readonly jobs: Job[] = [];
  private output: Buffer[] = [];
  private tail: Buffer = Buffer.alloc(0);
  private timeMs = 2;
  usedMs = Date.now();
  dead = false;

  constructor(ffmpeg: Ffmpeg, config: CodedRun['config']) {
    const input = [
      '-threads',
      '1',
      '-flags',
      'low_delay',
      '-copyts',
      '-probesize',
      '32',
      '-analyzeduration',
      '0',
      '-f',
      'flv',
    ];
    const wanted = ['-vf', "select='not(mod(pts,2))',setpts=N*100/TB", ...passThroughArgs(ffmpeg)];
    const still = [
      '-threads',
      '1',
      '-c:v',
      'mjpeg',
      '-pix_fmt',
      'yuvj420p',
      '-q:v',
      '2',
      '-flush_packets',
      '1',
      '-f',
      'image2pipe',
      'pipe:1',
    ];
    const args = [
      '-hide_banner',
      '-loglevel',
      'quiet',
      '-protocol_whitelist',
      'pipe',
      ...input,
      '-i',
      'pipe:0',
      ...wanted,
    ];
    this.child = spawn(ffmpeg.path, [...args, ...still], { stdio: ['pipe', 'pipe', 'ignore'] });
    this.child.on('error', () => this.fail());
    this.child.on('close', () => this.fail());
    this.child.stdin.on('error', () => this.fail());
    this.child.stdout.on('data', (chunk: Buffer) => this.read(chunk));
    this.child.stdin.write(encodeFlvHeader(config.description));
  }

  decode(run: CodedRun): Promise<Buffer> {
    this.usedMs = Date.now();
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => this.fail(), answerMs);
      this.jobs.push({ resolve, reject, timer });
      this.feed(run);
    });
  }

  private feed({ config, units }: CodedRun): void {
    const [first] = units;
    const last = units.at(-1);
    if (!first) return;
    const mayReorder = !config.codec.startsWith(baseline);
    const ranks = [...units].sort((a, b) => a.atMicros - b.atMicros);
    const rankOf = new Map(ranks.map((unit, rank) => [unit, rank]));
    const pushed = mayReorder ? [first, first, first] : [];
    [...units, ...pushed].forEach((unit, index) => {
      const rank = index < units.length ? (rankOf.get(unit) ?? index) : index;
      const shownMs = 2 * (rank + reorderDepth) + (index < units.length && unit === last ? 0 : 1);
      const picture = encodeFlvPicture(
        unit.data,
        unit.keyframe,
        this.timeMs + 2 * index,
        shownMs - 2 * index,
      );
      this.child.stdin.write(picture);
    });
    this.timeMs += 2 * (units.length + pushed.length + reorderDepth);
  }

  fail(): void {
    if (this.dead) return;
    this.dead = true;
    this.child.kill('SIGKILL');
    for (const job of this.jobs.splice(0)) {
      clearTimeout(job.timer);
      job.reject(appError('CAMERA_OFFLINE', { reason: 'DECODING_FAILED' }));
    }
  }

  /** JPEG data never holds the end marker, so it may be searched for; it may lie across two chunks. */
  private read(chunk: Buffer): void {
    let rest = Buffer.concat([this.tail, chunk]);
    for (let end = rest.indexOf(jpegEnd); end >= 0; end = rest.indexOf(jpegEnd)) {
      this.finish(Buffer.concat([...this.output, rest.subarray(0, end + 2)]));
      this.output = [];
      rest = rest.subarray(end + 2);
    }
    this.tail = rest.subarray(Math.max(0, rest.length - 1));
    this.output.push(rest.subarray(0, Math.max(0, rest.length - 1)));
  }

  private finish(jpeg: Buffer): void {
    const job = this.jobs.shift();
    if (!job) return;
    clearTimeout(job.timer);
    job.resolve(jpeg);
  }
}

const mostDecoders = 4;

/** Keeps a running decoder per way of coding, since a fresh ffmpeg costs 0.5–1 s. */
export function createStillDecoder(ffmpeg: () => Promise<Ffmpeg | null>) {
  const decoders = new Map<string, Decoder>();

  const dropIdle = () => {
    const byUse = [...decoders].sort(([, a], [, b]) => b.usedMs - a.usedMs);
    byUse.forEach(([key, decoder], index) => {
      if (index < mostDecoders && !decoder.dead && Date.now() - decoder.usedMs < idleMs) return;
      decoder.fail();
      decoders.delete(key);
    });
  };
  const sweeper = setInterval(dropIdle, idleMs / 4);
  sweeper.unref();

  return {
    /** The JPEG of the last unit of the run. Throws MEDIA_DECODER_MISSING (503) without ffmpeg. */
    async decode(run: CodedRun): Promise<Buffer> {
      const found = await ffmpeg();
      if (!found) throw appError('MEDIA_DECODER_MISSING');
      const key = createHash('sha256').update(run.config.description).digest('hex');
      let decoder = decoders.get(key);
      if (!decoder || decoder.dead) {
        decoder = new Decoder(found, run.config);
        decoders.set(key, decoder);
        dropIdle();
      }
      return decoder.decode(run);
    },
    close(): void {
      clearInterval(sweeper);
      for (const decoder of decoders.values()) decoder.fail();
      decoders.clear();
    },
  };
}
