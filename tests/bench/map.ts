/**
 * The map with the sample district and 5,000 cases beside bare Cesium: time of a frame, and time to the first whole
 * picture. In a real browser with software GL, where every millisecond is the processor's.
 */
import { fork } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { chromium, type Browser } from '@playwright/test';
import react from '@vitejs/plugin-react';
import { build } from 'vite';
import { TestClient } from '../support/test-client.ts';
import { percentile, type BenchSection } from './bench-row.ts';

const CASES = 5_000;
/** Parts and cells of the sample, each one point for the bare page. */
const PARTS_AND_CELLS = 23_323 + 7_032;
const FRAMES = 40;
const VISITS = 3;
const PATIENCE_MS = 180_000;
const VIEWPORT = { width: 1280, height: 720 };
const CHROMIUM_ARGS = [
  '--headless=new',
  '--no-sandbox',
  '--use-gl=angle',
  '--use-angle=swiftshader',
  '--enable-unsafe-swiftshader',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
];
const pageFolder = fileURLToPath(new URL('./map-page', import.meta.url));
const cesiumFolder = fileURLToPath(new URL('../../node_modules/@cesium/engine', import.meta.url));
const contentTypes: Record<string, string> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
  '.wasm': 'application/wasm',
};

export async function mapSummary(): Promise<BenchSection> {
  const folder = mkdtempSync(join(tmpdir(), 'gridwatch-map-bench-'));
  await buildPages(folder);
  const product = fork(fileURLToPath(new URL('./realtime-server.ts', import.meta.url)), {
    execArgv: ['--import', 'tsx'],
  });
  const ended = new Promise((resolve) => product.once('exit', resolve));
  let pages: Server | undefined;
  let browser: Browser | undefined;
  try {
    const { origin } = await new Promise<{ origin: string }>((resolve, reject) => {
      product.once('message', (message) => resolve(message as { origin: string }));
      product.once('exit', (code) => reject(new Error(`the product ended with ${code}`)));
    });
    const operator = new TestClient(origin);
    await operator.enter('operator');
    pages = await servePages(folder, operator);
    const { port } = pages.address() as AddressInfo;
    browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: CHROMIUM_ARGS });
    return await measure(browser, `http://127.0.0.1:${port}`);
  } finally {
    await browser?.close();
    pages?.close();
    product.kill('SIGTERM');
    await ended;
    rmSync(folder, { recursive: true, force: true });
  }
}

async function measure(browser: Browser, origin: string): Promise<BenchSection> {
  const empty = await visitBare(browser, `${origin}/bare.html`);
  const points = await visitBare(browser, `${origin}/bare.html?points=${PARTS_AND_CELLS + CASES}`);
  const map = await visitMap(browser, `${origin}/index.html?cases=${CASES}`);
  const added = (map.frame - empty.frame) / (points.frame - empty.frame);
  return {
    title: 'Map',
    how: `Chromium with software GL at ${VIEWPORT.width}×${VIEWPORT.height}, half resolution; ${FRAMES} frames of the built-up district, each waited for; median of ${VISITS} visits for the first picture. Bare: Cesium with nothing, and with ${PARTS_AND_CELLS + CASES} \`PointPrimitiveCollection\` points.`,
    rows: [
      { what: 'frame of an empty globe, p50', measured: ms(empty.frame) },
      {
        what: `frame with the sample's layers and ${CASES} cases, p50`,
        measured: ms(map.frame),
        bare: ms(points.frame),
        ratio: `${added.toFixed(2)} of the added time`,
        budget: '≤ 0.8',
      },
      {
        what: 'first whole picture',
        measured: ms(map.picture),
        bare: ms(empty.picture),
        ratio: (map.picture / empty.picture).toFixed(2),
        budget: '≤ 2',
      },
    ],
  };
}

interface Visit {
  /** Milliseconds: a frame's median, and from navigation to the first whole picture. */
  frame: number;
  picture: number;
}

async function visitBare(browser: Browser, url: string): Promise<Visit> {
  return visitTimes(async () => {
    const page = await browser.newPage({ viewport: VIEWPORT });
    await page.goto(url);
    const picture = await page.waitForFunction(() => window.__bare?.drawn && performance.now(), undefined, {
      timeout: PATIENCE_MS,
    });
    const times = await page.evaluate((count) => window.__bare?.timeFrames(count) ?? [], FRAMES);
    const visit = { picture: Number(await picture.jsonValue()), frame: percentile(times, 50) };
    await page.close();
    return visit;
  });
}

async function visitMap(browser: Browser, url: string): Promise<Visit> {
  return visitTimes(async () => {
    const page = await browser.newPage({ viewport: VIEWPORT });
    await page.goto(url);
    const picture = await page.waitForFunction(
      () => window.__gridwatchMap?.ready && performance.now(),
      undefined,
      { timeout: PATIENCE_MS },
    );
    await page.evaluate(() => window.__gridwatchMap?.idle());
    const times = await page.evaluate((count) => window.__gridwatchMap?.timeFrames(count) ?? [], FRAMES);
    const visit = { picture: Number(await picture.jsonValue()), frame: percentile(times, 50) };
    await page.close();
    return visit;
  });
}

async function visitTimes(visit: () => Promise<Visit>): Promise<Visit> {
  const visits: Visit[] = [];
  for (let n = 0; n < VISITS; n += 1) visits.push(await visit());
  return {
    frame: percentile(
      visits.map(({ frame }) => frame),
      50,
    ),
    picture: percentile(
      visits.map(({ picture }) => picture),
      50,
    ),
  };
}

async function buildPages(outDir: string): Promise<void> {
  await build({
    root: pageFolder,
    configFile: false,
    logLevel: 'silent',
    define: { CESIUM_BASE_URL: JSON.stringify('/cesium/') },
    plugins: [react()],
    build: {
      outDir,
      emptyOutDir: true,
      target: 'es2022',
      chunkSizeWarningLimit: 6_000,
      rolldownOptions: { input: [join(pageFolder, 'index.html'), join(pageFolder, 'bare.html')] },
    },
  });
}

/** The built pages, and everything below /api from the product, signed in. */
async function servePages(folder: string, operator: TestClient): Promise<Server> {
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const path = request.url ?? '/';
    if (path.startsWith('/api/')) {
      const from = await fetch(`${operator.origin}${path}`, { headers: { cookie: operator.cookie } });
      const body = Buffer.from(await from.arrayBuffer());
      response.writeHead(from.status, { 'content-type': from.headers.get('content-type') ?? 'text/plain' });
      response.end(body);
      return;
    }
    const file = fileOf(folder, new URL(path, 'http://localhost').pathname);
    const body = await readFile(file);
    response.writeHead(200, { 'content-type': contentTypes[extname(file)] ?? 'application/octet-stream' });
    response.end(body);
  };
  const server = createServer((request, response) => {
    answer(request, response).catch(() => response.writeHead(404).end());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

/** Cesium's workers and tables lie where it is installed, everything else where it was built. */
function fileOf(folder: string, path: string): string {
  const [, part = '', ...rest] = /^\/cesium\/([A-Za-z]+)\/(.*)$/.exec(path) ?? [];
  if (part === '') return join(folder, path);
  return join(cesiumFolder, part === 'Assets' ? 'Source' : 'Build', part, ...rest);
}

function ms(value: number): string {
  return `${value.toFixed(value < 100 ? 1 : 0)} ms`;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) console.table((await mapSummary()).rows);
