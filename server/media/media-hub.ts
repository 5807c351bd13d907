import { createHash } from 'node:crypto';
import { join } from 'node:path';
import {
  formatMicros,
  type CameraMedia,
  type CameraSource,
  type LiveReason,
  type LiveState,
} from '#contract/media';
import { appError } from '../errors.ts';
import {
  CameraStream,
  defaultTiming,
  stateTextKey,
  type StreamTiming,
  type StreamViewer,
} from './camera-stream.ts';
import type { UrlPolicy } from './camera-url.ts';
import { findFfmpeg, type Ffmpeg } from './ffmpeg.ts';
import { encodeClip } from './fmp4.ts';
import { createRunningClock } from './media-clock.ts';
import { unitsThrough, type MediaSource } from './media-source.ts';
import { RecordingRing, ringGapMicros, type CodedRun } from './recording-ring.ts';
import { rtspSource } from './rtsp-source.ts';
import { clipUnits, readClip, sampleSource, type SampleClip } from './sample-clip.ts';
import { createStillDecoder } from './still-decoder.ts';

export interface HubCamera {
  id: string;
  source: CameraSource;
  width: number;
  height: number;
}

export interface MediaLogger {
  warn(details: object, message: string): void;
}

export interface MediaHubOptions {
  /** Rings lie under `<dataDir>/ring/<camera>`. */
  dataDir: string;
  /** Sample clips are `<clipsDir>/<id>.mp4`. */
  clipsDir: string;
  ffmpegPath: string;
  clock: { now(): Date };
  logger: MediaLogger;
  /** The register's camera, `null` when there is none. */
  cameras: (id: string) => Promise<HubCamera | null>;
  policy?: UrlPolicy;
  ringMinutes?: number;
  /** Space one camera's ring may take; older minutes go first. */
  ringMaxBytes?: number;
  timing?: Partial<StreamTiming>;
}

export interface MediaStateChange {
  cameraId: string;
  state: LiveState;
  reason?: LiveReason;
}

/** `at` is the frame's own time, at or before the time asked for. */
export interface StillFrame {
  jpeg: Buffer;
  atMicros: number;
}

interface Entry {
  camera: HubCamera;
  stream: CameraStream;
  ring: RecordingRing | null;
  clip: (() => Promise<SampleClip>) | null;
}

/** Longest clip cut in one call. */
export const maxClipMicros = 600 * 1_000_000;

export type MediaHub = ReturnType<typeof createMediaHub>;

/**
 * Owns every camera's stream and recording. Times are UTC microseconds. Calls that name a camera throw
 * CAMERA_NOT_FOUND (404); those that name a time throw TIME_OUTSIDE_RING (404) with the ring's limits.
 */
export function createMediaHub(options: MediaHubOptions) {
  const clock = createRunningClock(options.clock);
  const keepMs = (options.ringMinutes ?? 10) * 60_000;
  const timing = { ...defaultTiming, ...options.timing };
  const policy = options.policy ?? { privateRanges: 'allow' };
  const entries = new Map<string, Promise<Entry>>();
  const clips = new Map<string, Promise<SampleClip>>();
  const listeners = new Set<(change: MediaStateChange) => void>();
  let closed = false;
  let found: { ffmpeg: Promise<Ffmpeg | null>; atMs: number } | undefined;

  /** Looks again every half minute while it is missing, so that installing it needs no restart. */
  const ffmpeg = async (): Promise<Ffmpeg | null> => {
    const known = await found?.ffmpeg;
    if (known || (found && Date.now() - found.atMs < 30_000)) return known ?? null;
    found = { ffmpeg: findFfmpeg(options.ffmpegPath), atMs: Date.now() };
    return found.ffmpeg;
  };
  const stills = createStillDecoder(ffmpeg);

  const loadClip = (id: string): Promise<SampleClip> => {
    const known = clips.get(id);
    if (known) return known;
    const loading = readClip(join(options.clipsDir, `${id}.mp4`));
    clips.set(id, loading);
    loading.catch(() => clips.delete(id));
    return loading;
  };

  const openRing = (cameraId: string): Promise<RecordingRing> => {
    const safe = /^[A-Za-z0-9_-]{1,64}$/.test(cameraId);
    const folder = safe ? cameraId : createHash('sha256').update(cameraId).digest('hex');
    return RecordingRing.open({
      dir: join(options.dataDir, 'ring', folder),
      keepMs,
      maxBytes: options.ringMaxBytes ?? 2 * 1024 ** 3,
      nowMs: clock.nowMs,
      log: (message) => options.logger.warn({ cameraId }, message),
    });
  };

  const openEntry = async (cameraId: string): Promise<Entry> => {
    const camera = await options.cameras(cameraId);
    if (!camera) throw appError('CAMERA_NOT_FOUND', { cameraId });
    const { source } = camera;
    const sample = source.type === 'sample';
    const clip = sample ? () => loadClip(source.clip) : null;
    const ring = sample ? null : await openRing(cameraId);
    const log = (message: string) => options.logger.warn({ cameraId }, message);
    const media: MediaSource =
      source.type === 'sample'
        ? sampleSource(() => loadClip(source.clip), clock)
        : rtspSource(source.url, { ffmpeg, policy, clock, log });
    const onState = (state: LiveState, reason: LiveReason | undefined) => {
      for (const listener of listeners) listener({ cameraId, state, ...(reason ? { reason } : {}) });
    };
    return { camera, ring, clip, stream: new CameraStream({ source: media, ring, clock, timing, onState }) };
  };

  const entryOf = (cameraId: string): Promise<Entry> => {
    if (closed) throw appError('CAMERA_OFFLINE', { cameraId });
    const known = entries.get(cameraId);
    if (known) return known;
    const opening = openEntry(cameraId);
    entries.set(cameraId, opening);
    opening.catch(() => entries.delete(cameraId));
    return opening;
  };

  const limitsOf = (entry: Entry): { fromMicros: number; toMicros: number } | null => {
    if (entry.ring) return entry.ring.limits();
    const nowMs = clock.nowMs();
    return { fromMicros: (nowMs - keepMs) * 1000, toMicros: nowMs * 1000 };
  };

  const ringOf = (entry: Entry) => {
    const limits = limitsOf(entry);
    return limits && { from: formatMicros(limits.fromMicros), to: formatMicros(limits.toMicros) };
  };

  const outside = (entry: Entry) =>
    appError('TIME_OUTSIDE_RING', { cameraId: entry.camera.id, ring: ringOf(entry) });

  const runOf = async (entry: Entry, from: number, to: number, wholeGroup: boolean): Promise<CodedRun> => {
    const limits = limitsOf(entry);
    if (!limits || from > limits.toMicros + ringGapMicros || from < limits.fromMicros) throw outside(entry);
    const last = Math.min(to, limits.toMicros);
    const clip = entry.clip && (await entry.clip().catch(() => null));
    if (entry.clip && !clip)
      throw appError('CAMERA_OFFLINE', { cameraId: entry.camera.id, reason: 'CLIP_MISSING' });
    if (clip) return { config: clip.config, units: clipUnits(clip, Math.min(from, last), last, wholeGroup) };
    const run = await entry.ring?.read(from, Math.max(from, last), wholeGroup).catch((error: unknown) => {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
      throw error;
    });
    if (!run) throw outside(entry);
    return run;
  };

  const frameAt = async (cameraId: string, atMicros: number): Promise<CodedRun & { atMicros: number }> => {
    const entry = await entryOf(cameraId);
    const group = await runOf(entry, atMicros, atMicros, true);
    const units = unitsThrough(group.units, atMicros);
    const last = units?.at(-1);
    if (!units || !last) throw outside(entry);
    return { config: group.config, units, atMicros: last.atMicros };
  };

  return {
    /** Calls the viewer at once with the state and the current group of pictures; the returned function ends it. */
    async watch(cameraId: string, viewer: StreamViewer): Promise<() => void> {
      const { stream } = await entryOf(cameraId);
      return stream.addViewer(viewer);
    },

    /** Exactly these cameras are pulled and recorded all the time. Unknown ones and sample cameras are passed over. */
    async record(cameraIds: readonly string[]): Promise<void> {
      const wanted = new Set(cameraIds);
      for (const id of wanted) await entryOf(id).catch(() => undefined);
      for (const opening of entries.values()) {
        const entry = await opening.catch(() => null);
        if (entry?.ring) entry.stream.setRecorded(wanted.has(entry.camera.id));
      }
    },

    /** The camera's source changed or it was removed: its stream ends, viewers connect anew. */
    async refresh(cameraId: string): Promise<void> {
      const entry = await entries.get(cameraId)?.catch(() => null);
      entries.delete(cameraId);
      await entry?.stream.close();
    },

    async status(cameraId: string): Promise<CameraMedia> {
      const entry = await entryOf(cameraId);
      const { state, reason, config, recorded, sinceMs, viewers } = entry.stream.status();
      const clip = await entry.clip?.().catch(() => null);
      const coded = config ?? clip?.config;
      return {
        cameraId,
        sourceType: entry.camera.source.type,
        state,
        ...(reason ? { reason } : {}),
        textKey: stateTextKey(state, reason),
        since: new Date(sinceMs).toISOString(),
        viewers,
        recorded,
        ring: ringOf(entry),
        ...(coded ? { codec: coded.codec, width: coded.width, height: coded.height } : {}),
        timeSource: entry.clip ? 'capture' : 'receive',
      };
    },

    frameAt,

    /** The frame at or before that time as JPEG. Throws MEDIA_DECODER_MISSING (503) without ffmpeg. */
    async stillAt(cameraId: string, atMicros: number): Promise<StillFrame> {
      const frame = await frameAt(cameraId, atMicros);
      return { jpeg: await stills.decode(frame), atMicros: frame.atMicros };
    },

    /** The whole group of pictures that holds the frame at that time, as MP4: the evidence kept with a framing. */
    async gopAt(cameraId: string, atMicros: number): Promise<Buffer> {
      const { config, units } = await runOf(await entryOf(cameraId), atMicros, atMicros, true);
      return encodeClip(config, units, lastStep(units));
    },

    /** Access units from the key frame at or before `from` to `to`, for players that step back. */
    async unitsBetween(cameraId: string, fromMicros: number, toMicros: number): Promise<CodedRun> {
      return runOf(await entryOf(cameraId), fromMicros, toMicros, true);
    },

    /** MP4 from the key frame at or before `from` to `to`, without decoding. Its first frame's time comes with it. */
    async clipBetween(cameraId: string, fromMicros: number, toMicros: number) {
      const { config, units } = await runOf(await entryOf(cameraId), fromMicros, toMicros, false);
      return {
        mp4: encodeClip(config, units, lastStep(units)),
        fromMicros: units[0]?.atMicros ?? fromMicros,
      };
    },

    /** Hears every change of every camera's state until the returned function is called. */
    onStateChange(listener: (change: MediaStateChange) => void): () => void {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },

    nowMicros: () => clock.nowMs() * 1000,

    async close(): Promise<void> {
      closed = true;
      stills.close();
      const open = [...entries.values()];
      entries.clear();
      for (const opening of open) await opening.then((entry) => entry.stream.close()).catch(() => undefined);
    },
  };
}

function lastStep(units: CodedRun['units']): number {
  const last = units.at(-1);
  const before = units.at(-2);
  return last && before ? Math.max(1000, last.atMicros - before.atMicros) : 40_000;
}
