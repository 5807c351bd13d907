import { spawn } from 'node:child_process';
import type { LiveReason } from '#contract/media';
import { redactUrl, resolveCameraUrl, type UrlPolicy } from './camera-url.ts';
import { rtspTimeoutArgs, type Ffmpeg } from './ffmpeg.ts';
import { createFlvReader } from './flv.ts';
import { configInUnit, splitNals, type CodecConfig } from './h264.ts';
import type { MediaClock, MediaSource, SourceSink } from './media-source.ts';
import { createReceiveTimeline } from './receive-timeline.ts';

export interface RtspDeps {
  ffmpeg: () => Promise<Ffmpeg | null>;
  policy: UrlPolicy;
  clock: MediaClock;
  log: (message: string) => void;
}

const protocols = 'rtsp,rtsps,rtp,srtp,tcp,tls';
const silenceSeconds = 15;

function pullArgs(url: string, ffmpeg: Ffmpeg, transcode: boolean): string[] {
  const input = [
    '-rtsp_transport',
    'tcp',
    '-allowed_media_types',
    'video',
    ...rtspTimeoutArgs(ffmpeg, silenceSeconds),
  ];
  const quick = ['-analyzeduration', '1000000', '-probesize', '1000000'];
  const encoder = [
    'libx264',
    '-preset',
    'ultrafast',
    '-tune',
    'zerolatency',
    '-g',
    '50',
    '-pix_fmt',
    'yuv420p',
  ];
  const output = ['-flush_packets', '1', '-f', 'flv', '-flvflags', 'no_duration_filesize', 'pipe:1'];
  return [
    ...['-hide_banner', '-nostats', '-nostdin', '-loglevel', 'info', '-protocol_whitelist', protocols],
    ...input,
    ...quick,
    ...['-i', url, '-map', '0:v:0', '-c:v', ...(transcode ? encoder : ['copy'])],
    ...output,
  ];
}

const faults: readonly [RegExp, LiveReason][] = [
  [/401 Unauthorized|403 Forbidden|authorization failed/i, 'AUTHENTICATION_REFUSED'],
  [/404 (Stream )?Not Found|454 Session|Server returned 4/i, 'STREAM_NOT_FOUND'],
  [/Connection refused/i, 'CONNECTION_REFUSED'],
  [/No route to host|Network is unreachable|Failed to resolve|Name or service/i, 'HOST_UNREACHABLE'],
  [/timed out|Operation timed/i, 'TIMED_OUT'],
  [/matches no streams|does not contain any stream/i, 'NO_VIDEO'],
  [/Invalid data found|Protocol not found|not on whitelist|Could not write header/i, 'SOURCE_FAILED'],
];

function faultIn(messages: string): LiveReason {
  return faults.find(([pattern]) => pattern.test(messages))?.[1] ?? 'SOURCE_ENDED';
}

/** Runs one ffmpeg. `onForeign` says that the camera does not speak H.264, before a transcoding run is tried. */
function pull(
  url: string,
  ffmpeg: Ffmpeg,
  transcode: boolean,
  deps: RtspDeps,
  sink: SourceSink,
  onForeign: () => void,
): { stop(): void } {
  const child = spawn(ffmpeg.path, pullArgs(url, ffmpeg, transcode), { stdio: ['ignore', 'pipe', 'pipe'] });
  let messages = '';
  let foreign = false;
  let ended = false;
  let sets: CodecConfig | null = null;
  const stamp = createReceiveTimeline();

  const end = (reason: LiveReason) => {
    if (ended) return;
    ended = true;
    child.kill('SIGKILL');
    if (reason !== 'FFMPEG_MISSING' && messages) deps.log(redactUrl(messages.slice(-600)));
    if (foreign && !transcode) onForeign();
    else sink.onEnd(reason);
  };

  const changeConfig = (config: CodecConfig) => {
    if (sets && sets.description.equals(config.description)) return;
    sets = config;
    sink.onConfig(config);
  };

  const read = createFlvReader({
    onConfig: changeConfig,
    onPicture({ decodeMs, compositionMs, keyframe, data }) {
      if (keyframe) {
        const repeated = configInUnit(splitNals(data));
        const changed = repeated && (repeated.width !== sets?.width || repeated.height !== sets.height);
        if (changed) changeConfig(repeated);
      }
      const atMs = stamp(deps.clock.nowMs(), decodeMs) + compositionMs;
      sink.onUnit({ atMicros: atMs * 1000, compositionMicros: compositionMs * 1000, keyframe, data });
    },
    onForeignCodec() {
      foreign = true;
      end('CODEC_UNSUPPORTED');
    },
  });

  child.stdout.on('data', (chunk: Buffer) => {
    if (ended) return;
    try {
      read(chunk);
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      messages += error.message;
      end('SOURCE_FAILED');
    }
  });
  child.stderr.on('data', (chunk: Buffer) => {
    messages = (messages + chunk.toString()).slice(-8192);
    const codec = /Stream #0.*: Video: (\w+)/.exec(messages)?.[1];
    if (codec && codec !== 'h264') foreign = true;
  });
  child.on('error', () => end('FFMPEG_MISSING'));
  child.on('close', () => end(faultIn(messages)));
  return {
    stop() {
      ended = true;
      child.kill('SIGKILL');
    },
  };
}

/**
 * Pulls an RTSP camera over TCP through an ffmpeg child process, copying H.264. Another codec is transcoded, but only
 * while somebody watches; otherwise the source ends with CODEC_UNSUPPORTED.
 */
export function rtspSource(url: string, deps: RtspDeps): MediaSource {
  let transcode = false;
  return {
    timeSource: 'receive',
    start(sink, { watched }) {
      let stopped = false;
      let running: { stop(): void } | undefined;
      const end = (reason: LiveReason) => {
        if (!stopped) sink.onEnd(reason);
      };
      const open = async () => {
        const ffmpeg = await deps.ffmpeg();
        if (!ffmpeg) return end('FFMPEG_MISSING');
        const address = await resolveCameraUrl(url, deps.policy);
        const begin = () => {
          if (stopped) return;
          if (transcode && !watched) return end('CODEC_UNSUPPORTED');
          running = pull(address, ffmpeg, transcode, deps, sink, () => {
            transcode = true;
            begin();
          });
        };
        begin();
      };
      open().catch((error: unknown) => {
        const code = error instanceof Error && 'code' in error ? error.code : undefined;
        end(code === 'SOURCE_REFUSED' ? 'URL_FORBIDDEN' : 'HOST_UNREACHABLE');
      });
      return {
        stop() {
          stopped = true;
          running?.stop();
        },
      };
    },
  };
}
