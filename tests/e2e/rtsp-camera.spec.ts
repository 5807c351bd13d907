import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, type Locator } from '@playwright/test';
import type { Camera, Projection } from '#contract/cameras';
import type { CaseDetail } from '#contract/cases';
import type { FramingResult } from '#contract/reports';
import type { Box } from '#contract/shared';
import type { Static } from 'typebox';
import { doAct, expectStatus, sendToCollector, uploadPhoto } from '../support/case-story.ts';
import { runFfmpeg } from '../support/counter-video.ts';
import {
  freePort,
  hasRtspServer,
  startRtspServer,
  streetRecording,
  type RtspServer,
} from '../support/rtsp-server.ts';
import type { TestClient } from '../support/test-client.ts';
import { choiceOf, drawRectangle, expectLive, tileOf } from './draw-rectangle.ts';
import { clientOf, enterAs } from './enter-as.ts';
import { metresBetween } from './ground-truth.ts';

const cameraName = '停车场摄像机';
const picture = { width: 768, height: 432 };

test('a real car seen over RTSP becomes a closed case, and the picture heals by itself', async ({
  browser,
}) => {
  test.skip(!hasRtspServer(), 'python3-gi and gir1.2-gst-rtsp-server-1.0 are not installed');
  test.setTimeout(300_000);
  const dir = mkdtempSync(join(tmpdir(), 'gridwatch-rtsp-'));
  const recording = streetRecording();
  if (!recording) {
    test.info().annotations.push({
      type: 'generated clip',
      description:
        'realdata/video/car-detection.mp4 is missing: set GRIDWATCH_SHARED to the folder of realdata',
    });
  }
  const clip = recording ?? (await writeMovingCar(join(dir, 'car.mp4')));
  const rtspPort = await freePort();
  const rtpPort = await freePort();
  const relay = startRelay(clip, rtpPort);
  let rtsp: RtspServer | undefined;
  try {
    rtsp = await startRtspServer(rtspPort, clip, { rtpPort });
    const admin = await clientOf('admin');
    const camera = await addCamera(admin, `rtsp://127.0.0.1:${rtspPort}/live`);
    const page = await enterAs(browser, 'operator', { viewport: { width: 1600, height: 900 } });
    await page.goto(`/operator?layout=1&cameras=${camera.id}`);
    const tile = tileOf(page, cameraName);
    await expectLive(tile);

    const filed = await test.step('a car is framed on the picture it is on', async () => {
      const box = await pauseOnCar(tile);
      await drawRectangle(tile, box);
      const { dialog, classes } = choiceOf(page);
      await classes.fill('E09009');
      await expect(dialog.getByRole('option').first()).toContainText('机动车乱停放');
      await expect(page.getByRole('region', { name: '框选位置' })).toContainText('车行道');
      const answered = page.waitForResponse(
        (response) => new URL(response.url()).pathname === '/api/v1/framings' && response.ok(),
      );
      await classes.press('Shift+Enter');
      const result = (await (await answered).json()) as FramingResult;
      await expect(page.getByRole('status').filter({ hasText: '已立案派遣' })).toBeVisible();
      if (!result.case) throw new Error('no case was filed');
      expect(metresBetween(result.ground, camera.position)).toBeLessThan(25);
      return result.case;
    });
    expect(filed.unit?.code, 'a car on the carriageway').toBe('police');
    expect(filed.cameraId).toBe(camera.id);
    await test.step('it goes through to the end', () => closeCase(filed));

    await test.step('the camera dies: the tile says so, and that it tries again', async () => {
      await tile.getByRole('button', { name: '回到实时' }).click();
      await expectLive(tile);
      await page.evaluate(() => Object.assign(window, { stillTheSamePage: true }));
      await rtsp?.kill();
      await expect(tile.getByRole('status')).toContainText('无画面', { timeout: 60_000 });
      await expect(tile.getByRole('status')).toContainText(/重试/);
    });
    await test.step('the camera is back: the tile heals without a reload', async () => {
      rtsp = await startRtspServer(rtspPort, clip, { rtpPort });
      await expectLive(tile);
      expect(await page.evaluate(() => 'stillTheSamePage' in window)).toBe(true);
    });
    await page.context().close();
  } finally {
    await rtsp?.kill();
    relay.kill('SIGKILL');
    await once(relay, 'exit').catch(() => undefined);
    rmSync(dir, { recursive: true, force: true });
  }
});

/** Plays the clip without end as RTP, as a camera's own encoder would. */
function startRelay(clip: string, rtpPort: number) {
  const source = ['-re', '-stream_loop', '-1', '-i', clip];
  const target = [
    '-map',
    '0:v:0',
    '-c',
    'copy',
    '-bsf:v',
    'h264_mp4toannexb,dump_extra=freq=keyframe',
    '-f',
    'rtp',
    `rtp://127.0.0.1:${rtpPort}?pkt_size=1300`,
  ];
  return spawn('ffmpeg', ['-v', 'error', '-nostdin', ...source, ...target], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}

/** A white car's box that crosses dark, grainy ground; coded as cameras do, without frames out of order. */
async function writeMovingCar(file: string): Promise<string> {
  const { width, height } = picture;
  await runFfmpeg([
    ...['-f', 'lavfi', '-i', `color=c=0x404448:s=${width}x${height}:r=12.5:d=24`],
    ...['-f', 'lavfi', '-i', 'color=c=0xf0f0f0:s=150x120:r=12.5:d=24'],
    ...['-filter_complex', "overlay=x='60+40*mod(t,12)':y=180,noise=alls=8:allf=t"],
    ...['-c:v', 'libx264', '-g', '25', '-bf', '0', '-b:v', '1M'],
    ...['-pix_fmt', 'yuv420p', '-y', file],
  ]);
  return file;
}

/** A camera over the carriageway of camera 1’s street, looking along it, calibrated by pairs of picture and ground. */
async function addCamera(admin: TestClient, url: string): Promise<Camera> {
  // The near end of a dash of the second lane line, as picked by hand on camera 1.
  const position = { lon: 103.7650126, lat: 36.0801049 };
  const added = await admin.post<Camera>('/cameras', {
    name: cameraName,
    source: { type: 'rtsp', url },
    position,
    ...picture,
    rangeMetres: 60,
  });
  const camera = expectStatus(added, 201);
  const calibrate = async (body: object) =>
    expectStatus(await admin.call('PUT', `/cameras/${camera.id}/calibration`, body), 200);
  await calibrate({
    pose: { heightMetres: 6, headingDegrees: 124, pitchDegrees: -50, rollDegrees: 0 },
    horizontalFovDegrees: 60,
  });
  const pairs = [];
  for (const [u, v] of [0.1, 0.5, 0.9].flatMap((u) => [0.1, 0.5, 0.9].map((v) => [u, v] as const))) {
    const answer = await admin.post<Static<typeof Projection>>(`/cameras/${camera.id}/project`, { u, v });
    pairs.push({ u, v, ...expectStatus(answer, 200).ground });
  }
  await calibrate({ pairs });
  return camera;
}

/** Pauses on a picture with a bright car on the dark ground, and gives the rectangle around it. */
async function pauseOnCar(tile: Locator): Promise<Box> {
  let box: Box | null = null;
  await expect(async () => {
    await expect.poll(() => brightPartOf(tile), { timeout: 60_000, intervals: [100] }).not.toBeNull();
    await tile.getByRole('button', { name: '暂停' }).click();
    box = await brightPartOf(tile);
    if (!box) await tile.getByRole('button', { name: '回到实时' }).click();
    expect(box).not.toBeNull();
  }).toPass({ timeout: 150_000 });
  if (!box) throw new Error('no car came');
  return box;
}

/** The rectangle around what is much brighter than the ground, when that is as large as a car. */
function brightPartOf(tile: Locator): Promise<Box | null> {
  return tile.locator('canvas, video').evaluate((element) => {
    const [columns, rows] = [64, 36];
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [columns, rows];
    const context = canvas.getContext('2d');
    if (!context || !(element instanceof HTMLCanvasElement || element instanceof HTMLVideoElement))
      return null;
    context.drawImage(element, 0, 0, columns, rows);
    const { data } = context.getImageData(0, 0, columns, rows);
    const bright: [number, number][] = [];
    for (let at = 0; at < columns * rows; at += 1) {
      if ((data[at * 4 + 1] ?? 0) > 150) bright.push([at % columns, Math.floor(at / columns)]);
    }
    if (bright.length < 80) return null;
    const xs = bright.map(([x]) => x);
    const ys = bright.map(([, y]) => y);
    const [left, top] = [Math.min(...xs), Math.min(...ys)];
    const [right, bottom] = [Math.max(...xs) + 1, Math.max(...ys) + 1];
    return {
      x: left / columns,
      y: top / rows,
      width: (right - left) / columns,
      height: (bottom - top) / rows,
    };
  });
}

async function closeCase(filed: CaseDetail): Promise<void> {
  if (!filed.unit) throw new Error('nobody is responsible for the car');
  const unit = await clientOf(`unit-${filed.unit.code}`);
  const clerk = await clientOf('clerk');
  const photos = [await uploadPhoto(unit)];
  const handled = await doAct(unit, filed, 'feedback', { photos });
  const collector = await clientOf('collector');
  const sent = await sendToCollector(clerk, collector, handled);
  const checked = await doAct(collector, sent, 'check', { passed: true });
  const closed = await doAct(clerk, checked, 'close');
  expect(closed.stage).toBe('closed');
}
