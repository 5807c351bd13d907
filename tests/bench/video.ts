import { chromium } from '@playwright/test';
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'vite';
import { startMediaServer } from '../support/media-server.ts';
import { percentile, type BenchSection } from './bench-row.ts';
import { freePort, startRtspServer } from '../support/rtsp-server.ts';
import type {} from './video-page.ts';

const size = { width: 1280, height: 720, framesPerSecond: 25 };
const measuredFrames = 60;
const cpuSeconds = 10;
const ticksPerSecond = 100;

const chromiumPath = '/usr/bin/chromium';
const chromiumArgs = [
  ...['--no-sandbox', '--use-gl=angle', '--use-angle=swiftshader', '--enable-unsafe-swiftshader'],
  ...['--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run'],
  ...['--autoplay-policy=no-user-gesture-required'],
];

/** CPU seconds used so far by the ffmpeg children of this process. */
async function ffmpegSeconds(): Promise<number> {
  let ticks = 0;
  for (const pid of (await readdir('/proc')).filter((name) => /^\d+$/.test(name))) {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    if (!stat.includes('(ffmpeg)') || Number(fields[1]) !== process.pid) continue;
    ticks += Number(fields[11]) + Number(fields[12]);
  }
  return ticks / ticksPerSecond;
}

const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Percent of one core over a while. */
async function measureCpu() {
  const before = { ffmpeg: await ffmpegSeconds(), server: process.cpuUsage() };
  await wait(cpuSeconds * 1000);
  const used = process.cpuUsage(before.server);
  return {
    ffmpeg: (((await ffmpegSeconds()) - before.ffmpeg) / cpuSeconds) * 100,
    server: ((used.user + used.system) / 1e6 / cpuSeconds) * 100,
  };
}

async function bundlePage(): Promise<string> {
  const entry = join(import.meta.dirname, 'video-page.ts');
  const result = await build({
    configFile: false,
    logLevel: 'error',
    build: { write: false, lib: { entry, formats: ['es'], fileName: 'page' } },
  });
  const [first] = Array.isArray(result) ? result : [result];
  if (!first || !('output' in first)) throw new Error('the page was not built');
  return first.output[0].code;
}

/** A 720p camera over RTSP with a clock burnt into its pictures: CPU of pulling it, and delay from clock to screen. */
export async function videoSummary(): Promise<BenchSection> {
  const dir = await mkdtemp(join(tmpdir(), 'gridwatch-bench-'));
  const [rtspPort, rtpPort] = [await freePort(), await freePort()];
  const program = join(import.meta.dirname, 'clock-source.ts');
  const numbers = [size.width, size.height, size.framesPerSecond, rtpPort].map(String);
  const source = spawn(process.execPath, ['--import', 'tsx', program, ...numbers], { stdio: 'inherit' });
  const camera = await startRtspServer(rtspPort, join(dir, 'none.mp4'), { rtpPort });
  const url = `rtsp://127.0.0.1:${rtspPort}/live`;
  const server = await startMediaServer([{ id: 'clock', source: { type: 'rtsp', url } }], {
    dataDir: dir,
    clipsDir: dir,
    routes: {
      '/': ['text/html', '<!doctype html><script type="module" src="/page.js"></script>'],
      '/page.js': ['text/javascript', await bundlePage()],
    },
  });
  const browser = await chromium.launch({
    ...(existsSync(chromiumPath) ? { executablePath: chromiumPath } : {}),
    args: chromiumArgs,
  });
  try {
    await server.hub.record(['clock']);
    const viewer = server.live('clock');
    await viewer.unitCount(25);
    viewer.close();
    const cpu = await measureCpu();
    const page = await browser.newPage();
    await page.goto(`http://127.0.0.1:${server.port}/`);
    await page.waitForFunction(() => 'measureDelays' in window);
    const measure = (mode: 'webcodecs' | 'mse') =>
      page.evaluate(([chosen, count]) => window.measureDelays('clock', chosen, count), [
        mode,
        measuredFrames,
      ] as const);
    const delayRow = async (mode: 'webcodecs' | 'mse', budget: string) => {
      const delays = await measure(mode);
      const measured = `p50 ${percentile(delays, 50)} ms, p95 ${percentile(delays, 95)} ms`;
      return { what: `glass to glass, ${mode}`, measured, budget };
    };
    return {
      title: 'Live video over RTSP',
      how: 'One 1280×720 camera at 25 pictures/s with a clock burnt in, relayed by a GStreamer RTSP server, pulled by stream copy, read off the canvas in Chromium (software GL) on the same machine.',
      rows: [
        { what: 'ffmpeg per camera', measured: `${cpu.ffmpeg.toFixed(1)} % of a core`, budget: '≤ 2 %' },
        { what: 'server process, recording it', measured: `${cpu.server.toFixed(1)} % of a core` },
        await delayRow('webcodecs', 'p95 ≤ 150 ms'),
        await delayRow('mse', 'p95 ≤ 300 ms'),
      ],
    };
  } finally {
    await browser.close();
    await server.close();
    await camera.kill();
    source.kill('SIGTERM');
    await rm(dir, { recursive: true, force: true });
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const summary = await videoSummary();
  process.stdout.write(`${JSON.stringify(summary, null, 2)}\n`);
  process.exit(0);
}
