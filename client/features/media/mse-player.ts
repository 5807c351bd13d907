import { liveKind, type LiveConfig } from '#contract/media';
import { fetchUnits } from './fetch-units.ts';
import { stepTarget } from './frame-times.ts';
import type { PictureMessage } from './live-connection.ts';
import { encodeStill, type LivePlayer, type PlayerEvents, type ShownFrame } from './live-player.ts';

const keepSeconds = 90;
/** Farther behind than this the player jumps; nearer, it runs a little faster until it has caught up. */
const jumpSeconds = 0.8;
const chaseSeconds = 0.12;
const chaseMs = 100;

/** Media Source with one fragment per frame, chasing the live edge: for pages without WebCodecs, such as plain HTTP. */
export class MsePlayer implements LivePlayer {
  readonly element = document.createElement('video');
  private readonly cameraId: string;
  private readonly events: PlayerEvents;
  private source: MediaSource | null = null;
  private buffer: SourceBuffer | null = null;
  private queue: Uint8Array<ArrayBuffer>[] = [];
  private times: number[] = [];
  private config: LiveConfig | null = null;
  private frame: ShownFrame | null = null;
  private paused = false;
  private callback = 0;
  private readonly chaser: number;

  constructor(cameraId: string, events: PlayerEvents) {
    this.cameraId = cameraId;
    this.events = events;
    this.element.muted = true;
    this.element.playsInline = true;
    this.element.disablePictureInPicture = true;
    this.chaser = window.setInterval(() => this.chase(), chaseMs);
    this.watchFrames();
  }

  takeConfig(config: LiveConfig): void {
    const same =
      this.config?.description === config.description && this.config.originMicros === config.originMicros;
    this.config = config;
    if (!same) this.open(config);
  }

  takePicture(message: PictureMessage): void {
    if (message.kind === liveKind.fragment) {
      const last = this.times.at(-1);
      if (last === undefined || message.atMicros > last) this.times.push(message.atMicros);
    } else if (message.kind !== liveKind.init) return;
    this.queue.push(message.data);
    this.feed();
  }

  shown(): ShownFrame | null {
    return this.frame;
  }

  pause(): void {
    this.paused = true;
    this.element.pause();
  }

  goLive(): void {
    this.paused = false;
    this.chase();
  }

  async step(by: { frames: number } | { micros: number }): Promise<void> {
    if (!this.frame || !this.config || !this.paused) return;
    const { originMicros } = this.config;
    let index = stepTarget(this.times, this.frame.atMicros, by);
    const first = this.times[0];
    if (index < 0 && first !== undefined) {
      const reach = 'micros' in by ? -by.micros : 1_000_000;
      const range = { fromMicros: first - reach, toMicros: first - 1000, mode: 'mse' as const, originMicros };
      const older = await fetchUnits(this.cameraId, range);
      const fresh = older.filter((one) => one.kind === liveKind.fragment && one.atMicros < first);
      this.times = [...fresh.map((one) => one.atMicros), ...this.times];
      this.queue.push(...fresh.map((one) => one.data));
      this.feed();
      index = Math.max(0, stepTarget(this.times, this.frame.atMicros, by));
    }
    const target = this.times[index];
    if (target === undefined || target === this.frame.atMicros) return;
    const drawn = new Promise((resolve) => this.element.requestVideoFrameCallback(resolve));
    this.element.currentTime = (target - originMicros) / 1_000_000 + 0.001;
    await Promise.race([drawn, new Promise((resolve) => window.setTimeout(resolve, 1000))]);
  }

  /** The picture and its time are taken in one frame callback, so they belong together. */
  async captureStill(): Promise<{ jpeg: Blob; atMicros: number }> {
    if (!this.paused) {
      await new Promise((resolve) => this.element.requestVideoFrameCallback(resolve));
    }
    if (!this.frame) throw new Error('there is no picture yet');
    const { atMicros, width, height } = this.frame;
    const canvas = document.createElement('canvas');
    canvas.width = width;
    canvas.height = height;
    canvas.getContext('2d', { alpha: false })?.drawImage(this.element, 0, 0, width, height);
    return { jpeg: await encodeStill(canvas), atMicros };
  }

  close(): void {
    window.clearInterval(this.chaser);
    this.element.cancelVideoFrameCallback(this.callback);
    this.element.pause();
    this.buffer = null;
    this.source = null;
    URL.revokeObjectURL(this.element.src);
    this.element.removeAttribute('src');
    this.element.load();
  }

  private open(config: LiveConfig): void {
    const type = `video/mp4; codecs="${config.codec}"`;
    if (!('MediaSource' in window) || !MediaSource.isTypeSupported(type)) return this.events.onUnplayable();
    const source = new MediaSource();
    this.source = source;
    this.buffer = null;
    this.queue = [];
    this.times = [];
    URL.revokeObjectURL(this.element.src);
    this.element.src = URL.createObjectURL(source);
    source.addEventListener('sourceopen', () => {
      if (source !== this.source) return;
      const buffer = source.addSourceBuffer(type);
      buffer.addEventListener('updateend', () => this.feed());
      this.buffer = buffer;
      this.feed();
    });
  }

  private feed(): void {
    const { buffer, source } = this;
    if (!buffer || buffer.updating || source?.readyState !== 'open') return;
    const { buffered } = buffer;
    const newest = buffered.length > 0 ? buffered.end(buffered.length - 1) : 0;
    if (!this.paused && buffered.length > 0 && newest - buffered.start(0) > keepSeconds * 1.5) {
      const upTo = newest - keepSeconds;
      const origin = this.config?.originMicros ?? 0;
      this.times = this.times.filter((time) => (time - origin) / 1_000_000 >= upTo);
      return buffer.remove(0, upTo);
    }
    if (this.queue.length === 0) return;
    const parts = this.queue.splice(0);
    const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.byteLength, 0));
    let offset = 0;
    for (const part of parts) {
      bytes.set(part, offset);
      offset += part.byteLength;
    }
    try {
      buffer.appendBuffer(bytes);
    } catch {
      if (this.config) this.open(this.config);
    }
  }

  private chase(): void {
    const { element } = this;
    const { buffered } = element;
    if (this.paused || buffered.length === 0 || document.hidden) return;
    const edge = buffered.end(buffered.length - 1);
    const behind = edge - element.currentTime;
    if (behind > jumpSeconds || element.currentTime < buffered.start(buffered.length - 1)) {
      element.currentTime = Math.max(buffered.start(buffered.length - 1), edge - 0.05);
    }
    element.playbackRate = behind > chaseSeconds ? Math.min(1.5, 1 + behind) : 1;
    if (element.paused) element.play().catch(() => undefined);
  }

  private watchFrames(): void {
    this.callback = this.element.requestVideoFrameCallback((_now, { mediaTime, width, height }) => {
      const at = (this.config?.originMicros ?? 0) + mediaTime * 1_000_000;
      const index = this.times.findLastIndex((time) => time <= at + 2000);
      this.frame = { atMicros: this.times[index] ?? Math.round(at), width, height };
      this.events.onFrame(this.frame);
      this.watchFrames();
    });
  }
}
