import { appendFile, mkdir, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { AccessUnit, CodecConfig } from './h264.ts';
import {
  encodeSegmentHead,
  encodeStored,
  readStored,
  scanSegment,
  type StoredFragment,
} from './ring-segment.ts';

export interface RingOptions {
  dir: string;
  keepMs: number;
  maxBytes: number;
  nowMs: () => number;
  log: (message: string) => void;
}

export interface CodedRun {
  config: CodecConfig;
  /** Decode order, key frame first. */
  units: AccessUnit[];
}

interface Segment {
  path: string;
  config: CodecConfig;
  bytes: number;
  toMicros: number;
}

interface Chunk {
  segment: Segment;
  keyframe: boolean;
  fromMicros: number;
  toMicros: number;
  /** In memory until it is on disk, then `stored`. */
  units?: AccessUnit[];
  stored?: StoredFragment;
}

const flushMicros = 1_000_000;
const segmentMicros = 10_000_000;
const guessedFrameMicros = 40_000;

/** A frame this much older than the time asked for is no longer "the frame at that time": the camera was away. */
export const ringGapMicros = 5_000_000;

/**
 * The last minutes of one camera: fragments appended to segment files, their index in memory, rebuilt from the files
 * after a crash. At most a second of pictures lives in memory only.
 */
export class RecordingRing {
  private readonly options: RingOptions;
  private readonly chunks: Chunk[] = [];
  private segment: Segment | null = null;
  private sequence = 0;
  private writing: Promise<void> = Promise.resolve();
  private lastFaultMs = -Infinity;

  constructor(options: RingOptions) {
    this.options = options;
  }

  /** Reads what an earlier process left. */
  static async open(options: RingOptions): Promise<RecordingRing> {
    const ring = new RecordingRing(options);
    await mkdir(options.dir, { recursive: true });
    const names = (await readdir(options.dir)).filter((name) => /^\d{15,16}\.mp4$/.test(name)).sort();
    for (const name of names) {
      const path = join(options.dir, name);
      const found = await scanSegment(path);
      if (!found) {
        await rm(path, { force: true });
        continue;
      }
      const { size } = await stat(path);
      const toMicros = Math.max(...found.fragments.map((fragment) => fragment.toMicros));
      const segment: Segment = { path, config: found.config, bytes: size, toMicros };
      for (const stored of found.fragments) {
        const { keyframe, fromMicros } = stored;
        ring.chunks.push({ segment, keyframe, fromMicros, toMicros: stored.toMicros, stored });
      }
    }
    ring.prune();
    return ring;
  }

  /** `null` when nothing is kept. */
  limits(): { fromMicros: number; toMicros: number } | null {
    this.prune();
    const first = this.chunks.find((chunk) => chunk.keyframe);
    const last = this.chunks.at(-1);
    return first && last ? { fromMicros: first.fromMicros, toMicros: last.toMicros } : null;
  }

  append(config: CodecConfig, unit: AccessUnit): void {
    const open = this.chunks.at(-1);
    const pending = open?.units && !open.stored && open.segment === this.segment ? open : undefined;
    const continues =
      pending &&
      !unit.keyframe &&
      unit.atMicros - pending.fromMicros < flushMicros &&
      this.segment?.config === config;
    if (continues && pending.units) {
      pending.units.push(unit);
      pending.toMicros = Math.max(pending.toMicros, unit.atMicros);
      return;
    }
    if (pending) this.write(pending);
    if (
      unit.keyframe &&
      (!this.segment || this.segment.config !== config || this.isFull(this.segment, unit))
    ) {
      this.startSegment(config, unit);
    }
    const { segment } = this;
    if (!segment || segment.config !== config) return;
    const { atMicros, keyframe } = unit;
    this.chunks.push({ segment, keyframe, fromMicros: atMicros, toMicros: atMicros, units: [unit] });
  }

  /** The stream broke off: what comes next starts a new segment. */
  async endSegment(): Promise<void> {
    const open = this.chunks.at(-1);
    if (open?.segment === this.segment && open?.units && !open.stored) this.write(open);
    this.segment = null;
    await this.writing;
  }

  /**
   * Units from the key frame at or before `fromMicros` up to `toMicros`; with `wholeGroup` up to the end of the group
   * that shows `toMicros`. `null` when that time is not kept.
   */
  async read(fromMicros: number, toMicros: number, wholeGroup: boolean): Promise<CodedRun | null> {
    this.prune();
    const start = this.chunks.findLastIndex((chunk) => chunk.keyframe && chunk.fromMicros <= fromMicros);
    const first = this.chunks[start];
    if (!first) return null;
    const units: AccessUnit[] = [];
    const run = this.chunks.slice(start);
    for (const [index, chunk] of run.entries()) {
      if (chunk.segment.config !== first.segment.config && !this.sameConfig(chunk, first)) break;
      if (index > 0 && chunk.fromMicros > toMicros && (!wholeGroup || chunk.keyframe)) break;
      units.push(...(await this.load(chunk)));
    }
    const shown = Math.max(
      ...units.filter((unit) => unit.atMicros <= fromMicros).map((unit) => unit.atMicros),
    );
    if (!(fromMicros - shown <= ringGapMicros)) return null;
    if (wholeGroup) return { config: first.segment.config, units };
    const end = units.findLastIndex((unit) => unit.atMicros <= toMicros);
    return { config: first.segment.config, units: units.slice(0, end + 1) };
  }

  private sameConfig(a: Chunk, b: Chunk): boolean {
    return a.segment.config.description.equals(b.segment.config.description);
  }

  private async load(chunk: Chunk): Promise<AccessUnit[]> {
    if (chunk.units) return [...chunk.units];
    return chunk.stored ? readStored(chunk.segment.path, chunk.segment.config, chunk.stored) : [];
  }

  private isFull(segment: Segment, unit: AccessUnit): boolean {
    const first = this.chunks.find((chunk) => chunk.segment === segment);
    return first !== undefined && unit.atMicros - first.fromMicros >= segmentMicros;
  }

  private startSegment(config: CodecConfig, unit: AccessUnit): void {
    const clockWentBack = this.chunks.findIndex((chunk) => chunk.toMicros >= unit.atMicros);
    if (clockWentBack >= 0) this.chunks.splice(clockWentBack);
    const path = join(this.options.dir, `${String(unit.atMicros).padStart(16, '0')}.mp4`);
    this.segment = { path, config, bytes: 0, toMicros: unit.atMicros };
    this.prune();
  }

  private write(chunk: Chunk): void {
    const { units, segment } = chunk;
    if (!units) return;
    this.writing = this.writing.then(async () => {
      try {
        const last = units.at(-1);
        const before = units.at(-2);
        const step = last && before ? Math.max(1000, last.atMicros - before.atMicros) : guessedFrameMicros;
        const fragment = encodeStored(units, ++this.sequence, step);
        const head = segment.bytes === 0 ? encodeSegmentHead(segment.config) : Buffer.alloc(0);
        await appendFile(segment.path, Buffer.concat([head, fragment]));
        const { keyframe, fromMicros, toMicros } = chunk;
        chunk.stored = {
          offset: segment.bytes + head.length,
          length: fragment.length,
          keyframe,
          fromMicros,
          toMicros,
        };
        segment.bytes += head.length + fragment.length;
        segment.toMicros = toMicros;
        delete chunk.units;
      } catch (error) {
        this.dropUnwritten(chunk, error);
      }
    });
  }

  private dropUnwritten(chunk: Chunk, error: unknown): void {
    const index = this.chunks.indexOf(chunk);
    if (index >= 0) this.chunks.splice(index, 1);
    if (chunk.segment === this.segment) this.segment = null;
    const now = this.options.nowMs();
    if (now - this.lastFaultMs < 60_000) return;
    this.lastFaultMs = now;
    this.options.log(
      `recording cannot be written: ${error instanceof Error ? error.message : String(error)}`,
    );
  }

  /** Drops whole segments from the old end: too old, or over the space allowed. */
  private prune(): void {
    const oldest = (this.options.nowMs() - this.options.keepMs) * 1000;
    const segments = [...new Set(this.chunks.map((chunk) => chunk.segment))];
    let bytes = segments.reduce((sum, segment) => sum + segment.bytes, 0);
    for (const segment of segments) {
      if (segment === this.segment) break;
      if (segment.toMicros >= oldest && bytes <= this.options.maxBytes) break;
      bytes -= segment.bytes;
      const kept = this.chunks.findIndex((chunk) => chunk.segment !== segment);
      this.chunks.splice(0, kept < 0 ? this.chunks.length : kept);
      this.writing = this.writing.then(() => rm(segment.path, { force: true }));
    }
  }
}
