import {
  liveHeartbeatMs,
  type LiveConfig,
  type LiveReason,
  type LiveState,
  type LiveStateMessage,
} from '#contract/media';
import { encodeFragment, encodeInit } from './fmp4.ts';
import type { AccessUnit, CodecConfig } from './h264.ts';
import type { MediaClock, MediaSource, RunningSource } from './media-source.ts';
import type { RecordingRing } from './recording-ring.ts';

/** How patient a stream is, in milliseconds. */
export interface StreamTiming {
  /** First picture after a start. */
  connectMs: number;
  /** Without a picture for this long, the camera is late… */
  lateMs: number;
  /** …and for this long, lost: the source is started anew. */
  stallMs: number;
  /** A source nobody needs any more runs on this long. */
  lingerMs: number;
  backOffMs: { first: number; most: number };
}

export const defaultTiming: StreamTiming = {
  connectMs: 15_000,
  lateMs: 1_500,
  stallMs: 5_000,
  lingerMs: 10_000,
  backOffMs: { first: 500, most: 15_000 },
};

/** Somebody who looks. Calls must not throw and must not block. */
export interface StreamViewer {
  onConfig(config: LiveConfig, init: () => Buffer): void;
  onUnit(unit: AccessUnit, fragment: () => Buffer): void;
  onState(message: LiveStateMessage): void;
  /** The stream is over: the camera's source changed, or the server stops. */
  onEnd(): void;
}

export interface StreamDeps {
  source: MediaSource;
  ring: RecordingRing | null;
  clock: MediaClock;
  timing: StreamTiming;
  onState: (state: LiveState, reason: LiveReason | undefined) => void;
}

const maxGroupBytes = 32 * 1024 * 1024;
const tickMs = 200;
const giveUp = new Set<LiveReason>(['URL_FORBIDDEN', 'CAMERA_UNKNOWN']);

/** One camera, pulled at most once, for any number of viewers and its recording. */
export class CameraStream {
  private readonly deps: StreamDeps;
  private readonly viewers = new Set<StreamViewer>();
  private readonly fragments = new WeakMap<AccessUnit, Buffer>();
  private readonly originMicros: number;
  private readonly ticker: NodeJS.Timeout;
  private recorded = false;
  private running: RunningSource | null = null;
  private state: LiveState = 'off';
  private reason: LiveReason | undefined = 'NOT_WATCHED';
  private sinceMs: number;
  private startedMs = 0;
  private retryAtMs: number | undefined;
  private unneededSinceMs: number | undefined;
  private heartbeatMs = 0;
  private attempts = 0;
  private config: CodecConfig | null = null;
  private group: AccessUnit[] = [];
  private groupBytes = 0;
  private lastUnit: { atMicros: number; receivedMs: number; stepMicros: number } | null = null;
  private sequence = 0;

  constructor(deps: StreamDeps) {
    this.deps = deps;
    this.sinceMs = deps.clock.nowMs();
    this.originMicros = (this.sinceMs - 60_000) * 1000;
    this.ticker = setInterval(() => this.tick(), tickMs);
    this.ticker.unref();
  }

  /** Everything so far of the current group of pictures arrives before this returns. */
  addViewer(viewer: StreamViewer): () => void {
    viewer.onState(this.message());
    if (this.config) {
      viewer.onConfig(this.liveConfig(this.config), this.initOf(this.config));
      for (const unit of this.group) viewer.onUnit(unit, () => this.fragmentOf(unit));
    }
    this.viewers.add(viewer);
    this.wake();
    return () => {
      this.viewers.delete(viewer);
    };
  }

  setRecorded(recorded: boolean): void {
    this.recorded = recorded;
    this.wake();
  }

  status() {
    const { state, reason, config, recorded, sinceMs } = this;
    return { state, reason, config, recorded, sinceMs, viewers: this.viewers.size };
  }

  async close(): Promise<void> {
    clearInterval(this.ticker);
    this.running?.stop();
    this.running = null;
    for (const viewer of this.viewers) viewer.onEnd();
    this.viewers.clear();
    await this.deps.ring?.endSegment();
  }

  private isNeeded(): boolean {
    return this.recorded || this.viewers.size > 0;
  }

  private wake(): void {
    if (!this.isNeeded()) return;
    this.unneededSinceMs = undefined;
    const unwatchedCodec = this.reason === 'CODEC_UNSUPPORTED' && this.viewers.size > 0;
    if (!this.running && (this.state === 'off' || unwatchedCodec) && !this.hasGivenUp()) this.start();
  }

  private hasGivenUp(): boolean {
    return this.state === 'off' && this.reason !== undefined && giveUp.has(this.reason);
  }

  private start(): void {
    this.retryAtMs = undefined;
    this.startedMs = this.deps.clock.nowMs();
    this.lastUnit = null;
    if (this.state !== 'lost') this.setState('connecting');
    const run: { current?: RunningSource } = {};
    const isCurrent = () => run.current === undefined || this.running === run.current;
    const running = this.deps.source.start(
      {
        onConfig: (config) => {
          if (isCurrent()) this.takeConfig(config);
        },
        onUnit: (unit) => {
          if (isCurrent()) this.takeUnit(unit);
        },
        onEnd: (reason) => {
          if (isCurrent()) this.lose(reason);
        },
      },
      { watched: this.viewers.size > 0 },
    );
    run.current = running;
    this.running = running;
  }

  private takeConfig(config: CodecConfig): void {
    if (!this.config?.description.equals(config.description)) this.config = config;
    this.group = [];
    this.groupBytes = 0;
    for (const viewer of this.viewers)
      viewer.onConfig(this.liveConfig(this.config), this.initOf(this.config));
  }

  private takeUnit(unit: AccessUnit): void {
    const { config } = this;
    if (!config) return;
    const receivedMs = this.deps.clock.nowMs();
    const step = this.lastUnit ? unit.atMicros - this.lastUnit.atMicros : 0;
    const stepMicros = step > 0 && step < 1_000_000 ? step : (this.lastUnit?.stepMicros ?? 40_000);
    this.lastUnit = { atMicros: unit.atMicros, receivedMs, stepMicros };
    if (unit.keyframe) {
      this.group = [];
      this.groupBytes = 0;
    }
    const continues = unit.keyframe || this.group.length > 0;
    this.groupBytes += unit.data.length;
    if (this.groupBytes > maxGroupBytes) this.group = [];
    else if (continues) this.group.push(unit);
    if (continues) this.deps.ring?.append(config, unit);
    if (this.state !== 'live') this.setState('live');
    if (receivedMs - this.startedMs > 10_000) this.attempts = 0;
    for (const viewer of this.viewers) viewer.onUnit(unit, () => this.fragmentOf(unit));
  }

  private lose(reason: LiveReason): void {
    this.running?.stop();
    this.running = null;
    this.group = [];
    this.deps.ring?.endSegment().catch(() => undefined);
    if (giveUp.has(reason)) return this.setState('off', reason);
    const { first, most } = this.deps.timing.backOffMs;
    const pause = Math.min(most, first * 2 ** Math.min(this.attempts++, 10)) * (0.8 + Math.random() * 0.4);
    this.retryAtMs = this.deps.clock.nowMs() + pause;
    this.setState('lost', reason);
  }

  private tick(): void {
    const now = this.deps.clock.nowMs();
    const { timing } = this.deps;
    if (!this.isNeeded() && this.state !== 'off') {
      this.unneededSinceMs ??= now;
      if (now - this.unneededSinceMs >= timing.lingerMs) return this.rest();
    }
    if (!this.running && this.retryAtMs !== undefined && now >= this.retryAtMs) this.start();
    else if (this.running) this.watchFlow(now);
    if (now - this.heartbeatMs >= liveHeartbeatMs) this.sendState();
  }

  private watchFlow(now: number): void {
    const { timing } = this.deps;
    const silent = now - (this.lastUnit?.receivedMs ?? this.startedMs);
    if (!this.lastUnit) {
      if (silent >= timing.connectMs) this.lose('TIMED_OUT');
    } else if (silent >= Math.max(timing.stallMs, (this.lastUnit.stepMicros / 1000) * 4))
      this.lose('STALLED');
    else if (
      silent >= Math.max(timing.lateMs, (this.lastUnit.stepMicros / 1000) * 3) &&
      this.state === 'live'
    ) {
      this.setState('late', 'STALLED');
    }
  }

  private rest(): void {
    this.running?.stop();
    this.running = null;
    this.retryAtMs = undefined;
    this.attempts = 0;
    this.group = [];
    this.config = null;
    this.deps.ring?.endSegment().catch(() => undefined);
    this.setState('off', 'NOT_WATCHED');
  }

  private setState(state: LiveState, reason?: LiveReason): void {
    if (state !== this.state) this.sinceMs = this.deps.clock.nowMs();
    this.state = state;
    this.reason = reason;
    this.sendState();
    this.deps.onState(state, reason);
  }

  private sendState(): void {
    this.heartbeatMs = this.deps.clock.nowMs();
    const message = this.message();
    for (const viewer of this.viewers) viewer.onState(message);
  }

  private message(): LiveStateMessage {
    const { state, reason } = this;
    return {
      state,
      ...(reason ? { reason } : {}),
      textKey: stateTextKey(state, reason),
      sinceMicros: this.sinceMs * 1000,
      ...(this.retryAtMs === undefined ? {} : { retryAtMicros: Math.round(this.retryAtMs) * 1000 }),
      ...(this.lastUnit ? { lastFrameMicros: this.lastUnit.atMicros } : {}),
      serverNowMicros: this.deps.clock.nowMs() * 1000,
    };
  }

  private liveConfig(config: CodecConfig): LiveConfig {
    const { codec, width, height } = config;
    const description = config.description.toString('base64');
    const { timeSource } = this.deps.source;
    return { codec, description, width, height, timeSource, originMicros: this.originMicros };
  }

  private initOf(config: CodecConfig): () => Buffer {
    return () => encodeInit(config);
  }

  private fragmentOf(unit: AccessUnit): Buffer {
    const known = this.fragments.get(unit);
    if (known) return known;
    const fragment = encodeFragment([unit], {
      sequence: ++this.sequence,
      originMicros: this.originMicros,
      lastDurationMicros: this.lastUnit?.stepMicros ?? 40_000,
    });
    this.fragments.set(unit, fragment);
    return fragment;
  }
}

/** Key in the client's `media` catalogue. */
export function stateTextKey(state: LiveState, reason: LiveReason | undefined): string {
  return reason ? `reason.${reason}` : `state.${state}`;
}
