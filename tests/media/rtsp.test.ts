import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { liveKind, type RingLimits } from '#contract/media';
import { readUnits } from '../../server/media/read-fmp4.ts';
import { readCounterFromJpeg, writeCounterClip } from '../support/counter-video.ts';
import { startMediaServer } from '../support/media-server.ts';
import {
  freePort,
  hasRtspServer,
  startRtspServer,
  streetRecording,
  type RtspServer,
} from '../support/rtsp-server.ts';

const quick = {
  lateMs: 600,
  stallMs: 1500,
  lingerMs: 500,
  connectMs: 8000,
  backOffMs: { first: 100, most: 400 },
};
const servers = new Set<{ close(): Promise<void> }>();
const cameras = new Set<RtspServer>();
let dir = '';
let counterClip = '';

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'gridwatch-rtsp-'));
  counterClip = join(dir, 'counter.mp4');
  const clip = { width: 640, height: 360, framesPerSecond: 25, frames: 1500, keyframeEvery: 25 };
  await writeCounterClip(counterClip, clip);
});
afterEach(async () => {
  for (const server of servers) await server.close();
  for (const camera of cameras) await camera.kill();
  servers.clear();
  cameras.clear();
});
afterAll(() => rm(dir, { recursive: true, force: true }));

async function serveClip(clip: string, options: { auth?: boolean; codec?: 'h265' } = {}) {
  const port = await freePort();
  const start = async () => {
    const camera = await startRtspServer(port, clip, options);
    cameras.add(camera);
    return camera;
  };
  return { url: `rtsp://127.0.0.1:${port}/file`, start };
}

async function startServer(url: string, settings: object = {}) {
  const dataDir = await mkdtemp(join(dir, 'data-'));
  const cameraList = [{ id: 'street', source: { type: 'rtsp' as const, url } }];
  const server = await startMediaServer(cameraList, { dataDir, clipsDir: dir, timing: quick, ...settings });
  servers.add(server);
  return server;
}

describe.skipIf(!hasRtspServer())('an RTSP camera (needs python3-gi and gir1.2-gst-rtsp-server)', () => {
  it('heals when the camera is killed and comes back, while the viewer stays connected', async () => {
    const clip = streetRecording() ?? counterClip;
    const { url, start } = await serveClip(clip);
    const camera = await start();
    const server = await startServer(url);
    const viewer = server.live('street');
    await viewer.unitCount(10);
    expect(viewer.units()[0]?.keyframe).toBe(true);
    const seenStates = viewer.states().length;

    await camera.kill();
    const lost = await viewer.state('lost', seenStates);
    expect(lost.reason).toBeDefined();
    const before = viewer.units().length;

    await start();
    await viewer.unitCount(before + 10);
    expect(viewer.units()[before]?.keyframe).toBe(true);
    expect(viewer.states().at(-1)?.state).toBe('live');
    const times = viewer.units().map((unit) => unit.atMicros);
    expect(times).toEqual([...new Set(times)].sort((a, b) => a - b));
    expect(times.every((time) => time % 1000 === 0)).toBe(true);
  });

  it('pulls once for many viewers, who all get the stream from the last key frame at once', async () => {
    const { url, start } = await serveClip(counterClip);
    await start();
    const server = await startServer(url);
    const first = server.live('street');
    await first.unitCount(40);
    const second = server.live('street');
    await second.unitCount(5);
    const shared = second.units()[0];
    expect(shared?.keyframe).toBe(true);
    expect(first.units().some((unit) => unit.atMicros === shared?.atMicros)).toBe(true);
    expect((await server.hub.status('street')).viewers).toBe(2);
  });

  it('gives the very frame of a time back as JPEG, as clip and as evidence', async () => {
    const { url, start } = await serveClip(counterClip);
    await start();
    const server = await startServer(url);
    const viewer = server.live('street');
    const units = await viewer.unitCount(60);
    const framed = units[37];
    const still = await server.http(
      `street/frame.jpg?at=${new Date((framed?.atMicros ?? 0) / 1000).toISOString()}`,
    );
    expect(still.status).toBe(200);
    expect(still.headers.get('x-gridwatch-frame-at')).toBe(
      new Date((framed?.atMicros ?? 0) / 1000).toISOString(),
    );
    const first = await readCounterFromJpeg(await stillOf(server, units[0]?.atMicros ?? 0), 640);
    expect(await readCounterFromJpeg(Buffer.from(await still.arrayBuffer()), 640)).toBe(first + 37);

    const evidence = readUnits(await server.hub.gopAt('street', framed?.atMicros ?? 0));
    expect(evidence.units[0]?.keyframe).toBe(true);
    expect(evidence.units.some((unit) => framed?.payload.equals(unit.data))).toBe(true);

    const clip = await server.http(`street/clip.mp4?from=${units[5]?.atMicros}&to=${units[45]?.atMicros}`);
    const cut = readUnits(Buffer.from(await clip.arrayBuffer()));
    expect(cut.units.at(-1)?.data.equals(units[45]?.payload ?? Buffer.alloc(0))).toBe(true);
  });

  it('keeps its recording through a SIGKILL of the process', async () => {
    const { url, start } = await serveClip(counterClip);
    await start();
    const dataDir = await mkdtemp(join(dir, 'killed-'));
    const program = join(import.meta.dirname, 'record-process.ts');
    const recorder = spawn(process.execPath, ['--import', 'tsx', program, dataDir, url], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const killed = once(recorder, 'exit');
    let text = '';
    for await (const chunk of recorder.stdout) {
      text += String(chunk);
      const line = text.trim().split('\n').at(-2);
      const ring = line ? (JSON.parse(line) as RingLimits) : null;
      if (ring && Date.parse(ring.to) - Date.parse(ring.from) > 4000) break;
    }
    recorder.kill('SIGKILL');
    await killed;

    const server = await startServer(url, { dataDir });
    const { ring } = await server.hub.status('street');
    const [from, to] = [Date.parse(ring?.from ?? ''), Date.parse(ring?.to ?? '')];
    expect(to - from).toBeGreaterThanOrEqual(2500);
    expect(await readCounterFromJpeg(await stillOf(server, from * 1000), 640)).toBeGreaterThanOrEqual(0);
    // A camera may send its first second at once, so the pace is checked behind it.
    const a = await readCounterFromJpeg(await stillOf(server, to * 1000 - 1_000_000), 640);
    const b = await readCounterFromJpeg(await stillOf(server, to * 1000), 640);
    expect(Math.abs((b - a) * 40 - 1000)).toBeLessThanOrEqual(120);
  });

  it('says that the camera refuses the password, and never logs it', async () => {
    const { url, start } = await serveClip(counterClip, { auth: true });
    await start();
    const secret = url.replace('rtsp://', 'rtsp://camera:wr0ng-pass@');
    const server = await startServer(secret);
    const viewer = server.live('street');
    const lost = await viewer.state('lost');
    expect(lost).toMatchObject({
      reason: 'AUTHENTICATION_REFUSED',
      textKey: 'reason.AUTHENTICATION_REFUSED',
    });
    const everything = JSON.stringify([server.warnings, viewer.states(), await server.hub.status('street')]);
    expect(everything).not.toContain('wr0ng-pass');
  });

  it('transcodes another codec while it is watched', async () => {
    const clip = join(dir, 'hevc.mp4');
    await writeCounterClip(
      clip,
      { width: 320, height: 180, framesPerSecond: 25, frames: 250, keyframeEvery: 25 },
      ['-c:v', 'libx265', '-preset', 'ultrafast'],
    );
    const { url, start } = await serveClip(clip, { codec: 'h265' });
    await start();
    const server = await startServer(url);
    const viewer = server.live('street');
    const config = await viewer.until(
      () => viewer.messages.find((m) => m.kind === liveKind.config),
      'a configuration',
    );
    expect(JSON.parse(config.payload.toString())).toMatchObject({ width: 320, height: 180 });
    await viewer.unitCount(10);
  });
});

async function stillOf(
  server: Awaited<ReturnType<typeof startMediaServer>>,
  atMicros: number,
): Promise<Buffer> {
  return (await server.hub.stillAt('street', atMicros)).jpeg;
}

describe('an RTSP camera that cannot work', () => {
  it('is off and not retried when its URL is forbidden', async () => {
    for (const url of ['file:///etc/passwd', 'rtsp://127.0.0.1/live']) {
      const server = await startServer(url, { policy: { privateRanges: 'deny' } });
      const viewer = server.live('street');
      const off = await viewer.until(
        () => viewer.states().find((one) => one.reason === 'URL_FORBIDDEN'),
        'the refusal',
      );
      expect(off.state).toBe('off');
      expect(off.retryAtMicros).toBeUndefined();
    }
  });

  it('is lost with a reason and a time of retry when nobody listens there', async () => {
    const server = await startServer(`rtsp://127.0.0.1:${await freePort()}/live`);
    const lost = await server.live('street').state('lost');
    expect(lost.reason).toBe('CONNECTION_REFUSED');
    expect(lost.retryAtMicros).toBeGreaterThan(lost.sinceMicros);
  });

  it('says that ffmpeg is missing', async () => {
    const server = await startServer('rtsp://127.0.0.1:9/live', { ffmpegPath: join(dir, 'no-such-ffmpeg') });
    expect((await server.live('street').state('lost')).reason).toBe('FFMPEG_MISSING');
  });

  it('has no recording to look into', async () => {
    const server = await startServer('rtsp://127.0.0.1:9/live');
    const answer = await server.http('street/frame.jpg');
    expect(answer.status).toBe(404);
    expect(await answer.json()).toMatchObject({ code: 'TIME_OUTSIDE_RING', details: { ring: null } });
  });
});
