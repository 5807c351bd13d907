import { Type, type Static } from 'typebox';

/** An id of a clip under `data/<sample>/clips`, never a path. */
export const ClipId = Type.String({ pattern: '^[a-z0-9][a-z0-9-]{0,63}$' });

/** Where the pictures of a camera come from. The URL of an `rtsp` source may carry credentials: it never leaves the server unredacted. */
export const CameraSource = Type.Union([
  Type.Object({ type: Type.Literal('sample'), clip: ClipId }, { additionalProperties: false }),
  Type.Object(
    { type: Type.Literal('rtsp'), url: Type.String({ minLength: 8, maxLength: 2048 }) },
    { additionalProperties: false },
  ),
]);
export type CameraSource = Static<typeof CameraSource>;

/** `connecting`: no picture yet; `late`: pictures come, but behind; `lost`: no picture, retrying; `off`: nobody asked for it, or it cannot work. */
export const LiveState = Type.Union([
  Type.Literal('connecting'),
  Type.Literal('live'),
  Type.Literal('late'),
  Type.Literal('lost'),
  Type.Literal('off'),
]);
export type LiveState = Static<typeof LiveState>;

/** Why a camera is not live. Each has a text `media:reason.<CODE>` in the client's catalogue. */
export const LiveReason = Type.Union([
  Type.Literal('STALLED'),
  Type.Literal('SOURCE_ENDED'),
  Type.Literal('SOURCE_FAILED'),
  Type.Literal('CONNECTION_REFUSED'),
  Type.Literal('HOST_UNREACHABLE'),
  Type.Literal('TIMED_OUT'),
  Type.Literal('AUTHENTICATION_REFUSED'),
  Type.Literal('STREAM_NOT_FOUND'),
  Type.Literal('NO_VIDEO'),
  Type.Literal('CODEC_UNSUPPORTED'),
  Type.Literal('FFMPEG_MISSING'),
  Type.Literal('CLIP_MISSING'),
  Type.Literal('CLIP_INVALID'),
  Type.Literal('URL_FORBIDDEN'),
  Type.Literal('CAMERA_UNKNOWN'),
  Type.Literal('NOT_WATCHED'),
]);
export type LiveReason = Static<typeof LiveReason>;

/** `receive`: when the server got the frame; `capture`: when the frame was true (sample clips, sources that carry it). */
export const TimeSource = Type.Union([Type.Literal('receive'), Type.Literal('capture')]);
export type TimeSource = Static<typeof TimeSource>;

export const LiveMode = Type.Union([Type.Literal('webcodecs'), Type.Literal('mse')]);
export type LiveMode = Static<typeof LiveMode>;

/**
 * Wire kind 1. `description` is the base64 of an AVCDecoderConfigurationRecord (ISO/IEC 14496-15 §5.3.3.1);
 * `originMicros` is the UTC time of media time zero in the fragments of mode `mse`.
 */
export const LiveConfig = Type.Object({
  codec: Type.String(),
  description: Type.String(),
  width: Type.Integer(),
  height: Type.Integer(),
  timeSource: TimeSource,
  originMicros: Type.Integer(),
});
export type LiveConfig = Static<typeof LiveConfig>;

/** Wire kind 5, sent on every change and as heartbeat. Times are UTC microseconds. */
export const LiveStateMessage = Type.Object({
  state: LiveState,
  reason: Type.Optional(LiveReason),
  textKey: Type.String(),
  sinceMicros: Type.Integer(),
  retryAtMicros: Type.Optional(Type.Integer()),
  lastFrameMicros: Type.Optional(Type.Integer()),
  serverNowMicros: Type.Integer(),
});
export type LiveStateMessage = Static<typeof LiveStateMessage>;

const Instant = Type.String({ format: 'date-time' });

/** The stretch of the past that can still be asked for; `null` when nothing is kept. */
export const RingLimits = Type.Union([Type.Object({ from: Instant, to: Instant }), Type.Null()]);
export type RingLimits = Static<typeof RingLimits>;

export const CameraMedia = Type.Object({
  cameraId: Type.String(),
  sourceType: Type.Union([Type.Literal('sample'), Type.Literal('rtsp')]),
  state: LiveState,
  reason: Type.Optional(LiveReason),
  textKey: Type.String(),
  since: Instant,
  viewers: Type.Integer(),
  recorded: Type.Boolean(),
  ring: RingLimits,
  codec: Type.Optional(Type.String()),
  width: Type.Optional(Type.Integer()),
  height: Type.Optional(Type.Integer()),
  timeSource: TimeSource,
});
export type CameraMedia = Static<typeof CameraMedia>;

/** First byte of a live message. */
export const liveKind = { config: 1, unit: 2, init: 3, fragment: 4, state: 5 } as const;
export type LiveKind = (typeof liveKind)[keyof typeof liveKind];

/** u8 kind, u8 keyframe, u64 big-endian UTC microseconds, then the payload. */
export const liveHeaderBytes = 10;

/** The server sends a state message at least this often; a viewer that hears nothing for three of them reconnects. */
export const liveHeartbeatMs = 2000;

/** Close codes of the live socket: an unknown camera is not retried, a restart is. */
export const liveClose = { goingAway: 1001, notFound: 4404, tooSlow: 4408 } as const;

export interface LiveHeader {
  kind: number;
  keyframe: boolean;
  atMicros: number;
}

export function encodeLiveHeader(kind: LiveKind, keyframe: boolean, atMicros: number): Uint8Array {
  const header = new Uint8Array(liveHeaderBytes);
  const view = new DataView(header.buffer);
  view.setUint8(0, kind);
  view.setUint8(1, keyframe ? 1 : 0);
  view.setBigUint64(2, BigInt(atMicros));
  return header;
}

/** Throws RangeError when the message is shorter than its header. */
export function decodeLiveHeader(message: DataView): LiveHeader {
  return {
    kind: message.getUint8(0),
    keyframe: message.getUint8(1) === 1,
    atMicros: Number(message.getBigUint64(2)),
  };
}

const instantPattern = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?(Z|[+-]\d\d:\d\d)$/;

/** UTC microseconds of an RFC 3339 instant (up to microseconds) or of a plain count of microseconds; NaN when it is neither. */
export function parseMicros(text: string): number {
  if (/^\d{15,16}$/.test(text)) return Number(text);
  const match = instantPattern.exec(text);
  if (!match) return Number.NaN;
  const [, seconds = '', fraction = '', zone = ''] = match;
  return Date.parse(seconds + zone) * 1000 + Number(fraction.padEnd(6, '0').slice(0, 6));
}

/** RFC 3339 UTC with milliseconds. Frame times are whole milliseconds, so nothing is lost. */
export function formatMicros(micros: number): string {
  return new Date(Math.floor(micros / 1000)).toISOString();
}
