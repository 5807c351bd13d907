import { liveKind, type LiveConfig } from '#contract/media';
import { fetchUnits } from './fetch-units.ts';
import { stepTarget } from './frame-times.ts';
import type { PictureMessage } from './live-connection.ts';
import { encodeStill, type LivePlayer, type PlayerEvents, type ShownFrame } from './live-player.ts';
import { UnitHistory } from './unit-history.ts';

/** Decoded pictures kept around a stepped-to frame; RGBA at full resolution, so a count alone would not bound it. */
const steppingBytes = 96 * 1024 * 1024;
/** Undecoded pictures beyond which the decoder skips to the next key frame, when that comes. */
const mostQueued = 30;
const mostFailures = 3;

/** Decodes with WebCodecs and draws the newest picture; nothing is decoded while the tab is hidden. */
export class WebCodecsPlayer implements LivePlayer {
  readonly element = document.createElement('canvas');
  private readonly cameraId: string;
  private readonly events: PlayerEvents;
  private readonly history = new UnitHistory();
  private readonly context: CanvasRenderingContext2D | null;
  private decoder: VideoDecoder | null = null;
  private config: VideoDecoderConfig | null = null;
  private description = '';
  private newest: VideoFrame | null = null;
  private animation: number | undefined;
  private frame: ShownFrame | null = null;
  private paused = false;
  private needsKeyframe = true;
  private failures = 0;
  private stepped = new Map<number, ImageBitmap>();
  private stepping: Promise<void> = Promise.resolve();

  constructor(cameraId: string, events: PlayerEvents) {
    this.cameraId = cameraId;
    this.events = events;
    this.context = this.element.getContext('2d', { alpha: false });
    document.addEventListener('visibilitychange', this.onVisibility);
  }

  takeConfig(config: LiveConfig): void {
    const same = config.description === this.description;
    this.description = config.description;
    this.config = {
      codec: config.codec,
      codedWidth: config.width,
      codedHeight: config.height,
      description: Uint8Array.from(atob(config.description), (char) => char.charCodeAt(0)),
      optimizeForLatency: true,
    };
    if (!same) this.history.clear();
    this.resetDecoder();
  }

  takePicture(message: PictureMessage): void {
    if (message.kind !== liveKind.unit) return;
    this.history.push(message);
    if (this.paused || document.hidden) return;
    if (message.keyframe) {
      if ((this.decoder?.decodeQueueSize ?? 0) > mostQueued) this.resetDecoder();
      this.needsKeyframe = false;
    }
    if (!this.needsKeyframe) this.decode(message);
  }

  shown(): ShownFrame | null {
    return this.frame;
  }

  pause(): void {
    this.paused = true;
  }

  goLive(): void {
    this.dropStepped();
    this.paused = false;
    this.resume();
  }

  step(by: { frames: number } | { micros: number }): Promise<void> {
    this.stepping = this.stepping.then(() => this.stepNow(by)).catch(() => undefined);
    return this.stepping;
  }

  async captureStill(): Promise<{ jpeg: Blob; atMicros: number }> {
    if (!this.frame) throw new Error('there is no picture yet');
    const { atMicros } = this.frame;
    return { jpeg: await encodeStill(this.element), atMicros };
  }

  close(): void {
    document.removeEventListener('visibilitychange', this.onVisibility);
    if (this.animation !== undefined) cancelAnimationFrame(this.animation);
    if (this.decoder && this.decoder.state !== 'closed') this.decoder.close();
    this.decoder = null;
    this.config = null;
    this.newest?.close();
    this.newest = null;
    this.dropStepped();
    this.history.clear();
  }

  private readonly onVisibility = () => {
    if (!document.hidden && !this.paused) this.resume();
  };

  /** Catches up from the last key frame; only the newest of these pictures is drawn. */
  private resume(): void {
    this.resetDecoder();
    const group = this.history.groupThrough();
    this.needsKeyframe = group.length === 0;
    for (const unit of group) this.decode(unit);
  }

  private resetDecoder(): void {
    if (this.decoder && this.decoder.state !== 'closed') this.decoder.close();
    this.decoder = null;
    this.needsKeyframe = true;
  }

  private decode(unit: PictureMessage): void {
    if (!this.config) return;
    if (!this.decoder) {
      const decoder = new VideoDecoder({
        output: (frame) => this.takeFrame(frame, decoder),
        error: () => this.fail(decoder),
      });
      try {
        decoder.configure(this.config);
      } catch {
        return this.events.onUnplayable();
      }
      this.decoder = decoder;
    }
    this.decoder.decode(chunkOf(unit));
  }

  private fail(decoder: VideoDecoder): void {
    if (decoder !== this.decoder) return;
    this.decoder = null;
    this.needsKeyframe = true;
    if (++this.failures >= mostFailures) this.events.onUnplayable();
  }

  private takeFrame(frame: VideoFrame, decoder: VideoDecoder): void {
    if (this.paused || decoder !== this.decoder) return frame.close();
    this.failures = 0;
    this.newest?.close();
    this.newest = frame;
    this.animation ??= requestAnimationFrame(() => {
      this.animation = undefined;
      const { newest } = this;
      this.newest = null;
      if (!newest) return;
      if (!this.paused) this.draw(newest, newest.timestamp, newest.displayWidth, newest.displayHeight);
      newest.close();
    });
  }

  private draw(picture: CanvasImageSource, atMicros: number, width: number, height: number): void {
    if (this.element.width !== width || this.element.height !== height) {
      this.element.width = width;
      this.element.height = height;
    }
    this.context?.drawImage(picture, 0, 0);
    this.frame = { atMicros, width, height };
    this.events.onFrame(this.frame);
  }

  private async stepNow(by: { frames: number } | { micros: number }): Promise<void> {
    if (!this.frame || !this.paused) return;
    let times = this.history.times();
    let index = stepTarget(times, this.frame.atMicros, by);
    if (index < 0 && times[0] !== undefined) {
      const reach = 'micros' in by ? -by.micros : 1_000_000;
      const toMicros = times[0] - 1000;
      const range = { fromMicros: toMicros - reach, toMicros, mode: 'webcodecs' as const };
      this.history.prepend(await fetchUnits(this.cameraId, range));
      times = this.history.times();
      index = Math.max(0, stepTarget(times, this.frame.atMicros, by));
    }
    const target = times[index];
    if (target === undefined) return;
    if (!this.stepped.has(target)) await this.decodeAround(target);
    const picture = this.stepped.get(target);
    if (picture && this.paused) this.draw(picture, target, picture.width, picture.height);
  }

  /** Decodes the group of pictures up to a frame and keeps its last ones, so that further steps are instant. */
  private async decodeAround(atMicros: number): Promise<void> {
    if (!this.config) return;
    this.dropStepped();
    const copies: Promise<[number, ImageBitmap]>[] = [];
    const group = this.history.groupThrough(atMicros);
    const { codedWidth = 1920, codedHeight = 1080 } = this.config;
    const room = Math.max(4, Math.floor(steppingBytes / (codedWidth * codedHeight * 4)));
    const keepFrom = group.at(-room)?.atMicros ?? 0;
    const decoder = new VideoDecoder({
      output(frame) {
        if (frame.timestamp < keepFrom) return frame.close();
        const { timestamp } = frame;
        copies.push(
          createImageBitmap(frame)
            .then((copy): [number, ImageBitmap] => [timestamp, copy])
            .finally(() => frame.close()),
        );
      },
      error: () => undefined,
    });
    decoder.configure({ ...this.config, optimizeForLatency: false });
    for (const unit of group) decoder.decode(chunkOf(unit));
    await decoder.flush();
    decoder.close();
    this.stepped = new Map(await Promise.all(copies));
  }

  private dropStepped(): void {
    for (const picture of this.stepped.values()) picture.close();
    this.stepped.clear();
  }
}

function chunkOf({ keyframe, atMicros, data }: PictureMessage): EncodedVideoChunk {
  return new EncodedVideoChunk({ type: keyframe ? 'key' : 'delta', timestamp: atMicros, data });
}
