import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { liveClose, liveKind, parseMicros, type LiveConfig, type RingLimits } from '#contract/media';
import { encodeInit } from '../../server/media/fmp4.ts';
import { readFragments, readTrack, readUnits } from '../../server/media/read-fmp4.ts';
import { readCounterFromJpeg, runFfmpeg, writeCounterClip } from '../support/counter-video.ts';
import { startMediaServer } from '../support/media-server.ts';

const frames = 100;
const size = { width: 320, height: 180, framesPerSecond: 25, frames, keyframeEvery: 25 };
const servers = new Set<{ close(): Promise<void> }>();
let dir = '';

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'gridwatch-sample-'));
  await writeCounterClip(join(dir, 'camera-1.mp4'), size);
  await writeCounterClip(join(dir, 'reordered.mp4'), size, [
    '-c:v',
    'libx264',
    '-preset',
    'fast',
    '-bf',
    '2',
  ]);
});
afterEach(async () => {
  for (const server of servers) await server.close();
  servers.clear();
});
afterAll(() => rm(dir, { recursive: true, force: true }));

async function startServer(settings: object = {}) {
  const sources = ['camera-1', 'reordered', 'noise', 'missing'].map((clip) => ({
    id: clip,
    source: { type: 'sample' as const, clip },
  }));
  const server = await startMediaServer(sources, { dataDir: join(dir, 'data'), clipsDir: dir, ...settings });
  servers.add(server);
  return server;
}

/** Which frame of the loop the clip shows at a time. */
const frameAt = (atMicros: number) => Math.floor((atMicros % (frames * 40_000)) / 40_000);

describe('a sample camera', () => {
  it('runs in step with the wall clock, and every viewer sees the same frame at the same time', async () => {
    const server = await startServer();
    const [first, second] = [server.live('camera-1'), server.live('camera-1')];
    const units = await first.unitCount(40);
    expect(units[0]?.keyframe).toBe(true);
    for (const unit of units) expect(unit.atMicros % 40_000).toBe(0);
    const newest = units.at(-1);
    expect(Math.abs((newest?.receivedMs ?? 0) * 1000 - (newest?.atMicros ?? 0))).toBeLessThan(500_000);
    await second.until(
      () => second.units().some((unit) => unit.atMicros === newest?.atMicros),
      'the same frame',
    );
    const twin = second.units().find((unit) => unit.atMicros === newest?.atMicros);
    expect(twin?.payload.equals(newest?.payload ?? Buffer.alloc(0))).toBe(true);
  });

  it.each(['camera-1', 'reordered'])(
    'decodes the frame of any past time of %s, the same after a restart',
    async (id) => {
      const at = (Date.now() - 60_000) * 1000;
      for (const server of [await startServer(), await startServer()]) {
        for (const shift of [0, 13, 41, 997, 3999]) {
          const asked = at + shift * 1000;
          const { jpeg, atMicros } = await server.hub.stillAt(id, asked);
          expect(atMicros).toBeLessThanOrEqual(asked);
          expect(asked - atMicros).toBeLessThan(40_000);
          expect(await readCounterFromJpeg(jpeg, size.width)).toBe(frameAt(asked));
        }
      }
    },
  );

  it('names a frame by its time in milliseconds or microseconds alike', async () => {
    const server = await startServer();
    const [unit] = await server.live('camera-1').unitCount(1);
    const atMicros = unit?.atMicros ?? 0;
    for (const at of [`${atMicros}`, new Date(atMicros / 1000).toISOString()]) {
      const answer = await server.http(`camera-1/frame.jpg?at=${at}`);
      expect(parseMicros(answer.headers.get('x-gridwatch-frame-at') ?? '')).toBe(atMicros);
    }
  });

  it('gives Media Source players one playable fragment per frame', async () => {
    const server = await startServer();
    const viewer = server.live('camera-1', 'mse');
    const fragments = () => viewer.messages.filter((m) => m.kind === liveKind.fragment);
    await viewer.until(() => fragments().length >= 30, 'fragments');
    const init = viewer.messages.find((m) => m.kind === liveKind.init)?.payload ?? Buffer.alloc(0);
    const config = viewer.messages.find((m) => m.kind === liveKind.config)?.payload.toString() ?? '{}';
    const { originMicros } = JSON.parse(config) as LiveConfig;
    const { units } = readUnits(Buffer.concat([init, ...fragments().map((m) => m.payload)]), originMicros);
    expect(units.map((unit) => unit.atMicros)).toEqual(fragments().map((m) => m.atMicros));
    const sent = fragments().map((m) => m.payload);
    const decoded = await runFfmpeg(
      ['-f', 'mp4', '-i', '-', '-f', 'rawvideo', '-pix_fmt', 'gray', '-fps_mode', 'passthrough', '-'],
      [init, ...sent],
    );
    expect(decoded.length).toBe(sent.length * size.width * size.height);
  });

  it('skips a slow viewer to the next key frame instead of growing', async () => {
    await runFfmpeg([
      ...['-f', 'lavfi', '-i', 'nullsrc=s=640x360:r=25:d=4,geq=random(1)*255:128:128', '-c:v', 'libx264'],
      ...['-preset', 'ultrafast', '-tune', 'zerolatency', '-qp', '8', '-g', '25', '-pix_fmt', 'yuv420p'],
      ...['-movflags', '+frag_keyframe+empty_moov+default_base_moof', join(dir, 'noise.mp4')],
    ]);
    const server = await startServer();
    const slow = server.live('noise');
    const steady = server.live('noise');
    await slow.unitCount(1);
    slow.socket.pause();
    const stopped = steady.units().length;
    await steady.until(
      () => bytesOf(steady.units().slice(stopped)) > 24 * 1024 * 1024,
      'enough pictures',
      30_000,
    );
    slow.socket.resume();
    const newest = steady.units().at(-1)?.atMicros ?? 0;
    await slow.until(() => slow.units().some((unit) => unit.atMicros > newest), 'new pictures');
    const times = slow.units().map((unit) => unit.atMicros);
    const jump = times.findIndex((time, i) => i > 0 && time - (times[i - 1] ?? 0) > 60_000);
    expect(jump).toBeGreaterThan(0);
    expect(slow.units()[jump]?.keyframe).toBe(true);
  }, 60_000);

  it('is told from a camera that does not exist', async () => {
    const server = await startServer();
    expect(await server.live('no-such-camera').closed()).toBe(liveClose.notFound);
    expect((await server.http('no-such-camera/frame.jpg')).status).toBe(404);
    expect((await server.live('missing').state('lost')).reason).toBe('CLIP_MISSING');
  });
});

describe('asking for the past', () => {
  it('refuses a time outside the recording and says what there is', async () => {
    const server = await startServer();
    for (const at of ['2020-01-01T00:00:00Z', new Date(Date.now() + 60_000).toISOString()]) {
      const answer = await server.http(`camera-1/frame.jpg?at=${at}`);
      expect(answer.status).toBe(404);
      const body = (await answer.json()) as { code: string; details: { ring: NonNullable<RingLimits> } };
      expect(body).toMatchObject({ code: 'TIME_OUTSIDE_RING' });
      expect(Date.parse(body.details.ring.to) - Date.parse(body.details.ring.from)).toBe(600_000);
    }
  });

  it.each([
    'frame.jpg?at=yesterday-noon-1',
    'clip.mp4?from=2026-01-01T00:00:00Z',
    'frame.jpg?at=1',
    'frame.jpg?time=now',
  ])('refuses %s as input', async (path) => {
    expect((await (await startServer()).http(`camera-1/${path}`)).status).toBe(400);
  });

  it('cuts clips and keeps evidence without ffmpeg, but decodes no stills', async () => {
    const server = await startServer({ ffmpegPath: join(dir, 'no-such-ffmpeg') });
    const from = Math.floor(Date.now() / 1000 - 30) * 1_000_000;
    const still = await server.http('camera-1/frame.jpg');
    expect(still.status).toBe(503);
    expect(await still.json()).toMatchObject({ code: 'MEDIA_DECODER_MISSING' });
    const clip = Buffer.from(
      await (await server.http(`camera-1/clip.mp4?from=${from}&to=${from + 3_000_000}`)).arrayBuffer(),
    );
    const { units } = readUnits(clip);
    expect(units[0]).toMatchObject({ atMicros: 0, keyframe: true });
    expect(units.at(-1)?.atMicros).toBeGreaterThanOrEqual(3_000_000);
    const evidence = await server.hub.gopAt('camera-1', from);
    const track = readTrack(evidence);
    expect(evidence.subarray(0, 8)).toEqual(encodeInit(track.config).subarray(0, 8));
    expect(readFragments(evidence, track).flatMap((fragment) => fragment.samples)).toHaveLength(25);
  });
});

function bytesOf(units: readonly { payload: Buffer }[]): number {
  return units.reduce((sum, unit) => sum + unit.payload.length, 0);
}
