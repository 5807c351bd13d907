/**
 * The map beside bare Cesium: time of a frame, time to the first whole picture and memory of the page. With the sample
 * district, and with a made-up city of 40,000 cells and up to a million parts: far out where parts are counts, in the
 * middle where every one is a point, close in where they are icons. In a real browser with software GL, where every
 * millisecond is the processor's.
 */
import { fork } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { chromium, type Browser, type Page } from '@playwright/test';
import react from '@vitejs/plugin-react';
import { build } from 'vite';
import { TestClient } from '../support/test-client.ts';
import { percentile, type BenchRow, type BenchSection } from './bench-row.ts';
import { city, makeCity, type City } from './map-city.ts';

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
  let pages: Pages | undefined;
  let browser: Browser | undefined;
  try {
    const { origin } = await new Promise<{ origin: string }>((resolve, reject) => {
      product.once('message', (message) => resolve(message as { origin: string }));
      product.once('exit', (code) => reject(new Error(`the product ended with ${code}`)));
    });
    const operator = new TestClient(origin);
    await operator.enter('operator');
    pages = await servePages(folder, operator);
    const { port } = pages.server.address() as AddressInfo;
    browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: CHROMIUM_ARGS });
    return await measure(browser, `http://127.0.0.1:${port}`, pages);
  } finally {
    await browser?.close();
    pages?.server.close();
    product.kill('SIGTERM');
    await ended;
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Where the made-up city is looked at from: the middle, which is dense. */
const centre = { lon: (city.west + city.east) / 2, lat: (city.south + city.north) / 2 };
const views = [
  { name: 'district', range: 16_000, pitch: -60, drawn: 'counts' },
  { name: 'quarter', range: 3_000, pitch: -55, drawn: 'points' },
  { name: 'street', range: 220, pitch: -50, drawn: 'icons' },
] as const;
const SIZES = [10_000, 200_000, 1_000_000];
/** Half the side of the square of parts that the map loads around the middle of such a view, at most. */
const loadedMetres = (range: number) => Math.min(5_200, 250 + range * 0.95);

async function measure(browser: Browser, origin: string, pages: Pages): Promise<BenchSection> {
  const empty = await visitBare(browser, `${origin}/bare.html`);
  const points = await visitBare(browser, `${origin}/bare.html?points=${PARTS_AND_CELLS + CASES}`);
  const map = await visitMap(browser, `${origin}/index.html?cases=${CASES}`);
  const rows: BenchRow[] = [
    { what: 'frame of an empty globe, p50', measured: ms(empty.frame) },
    compareFrames(`frame with the sample's layers and ${CASES} cases, p50`, map, points, empty),
    {
      what: 'first whole picture, sample',
      measured: ms(map.picture),
      bare: ms(empty.picture),
      ratio: (map.picture / empty.picture).toFixed(2),
      budget: '≤ 2',
    },
  ];
  for (const size of SIZES) rows.push(...(await measureCity(browser, origin, pages, size)));
  return {
    title: 'Map',
    how: `Chromium with software GL at ${VIEWPORT.width}×${VIEWPORT.height}, half resolution; ${FRAMES} frames, each waited for; median of ${VISITS} visits for the first picture. Bare: Cesium with nothing, and with as many \`PointPrimitiveCollection\` points: of the sample all parts, cells and cases; of the made-up city those parts that the map has loaded for the view (for the district all parts) and its cases, seen from the same place. The city has 40,000 cells, ${CASES} cases and no buildings; its tiles are made in the bench.`,
    rows,
  };
}

async function measureCity(
  browser: Browser,
  origin: string,
  pages: Pages,
  size: number,
): Promise<BenchRow[]> {
  const made = makeCity(size);
  pages.city = made;
  const rows: BenchRow[] = [];
  try {
    for (const { name, range, pitch, drawn } of views) {
      // Growth is read from one view that draws every part; the others are measured at the size of the budget.
      if (size !== 200_000 && name !== 'quarter') continue;
      const at = `${centre.lon},${centre.lat},${range},0,${pitch}`;
      const radius = loadedMetres(range);
      const [dLat, dLon] = [radius / 111_000, radius / (111_000 * Math.cos((centre.lat * Math.PI) / 180))];
      const box =
        name === 'district'
          ? ([city.west, city.south, city.east, city.north] as const)
          : ([centre.lon - dLon, centre.lat - dLat, centre.lon + dLon, centre.lat + dLat] as const);
      const count = name === 'district' ? size + 40_000 : made.partsWithin(...box);
      const look = `at=${at}&box=${box.join()}`;
      const empty = await visitBare(browser, `${origin}/bare.html?${look}`);
      const bare = await visitBare(browser, `${origin}/bare.html?${look}&points=${count + CASES}`);
      const map = await visitMap(browser, `${origin}/index.html?full&at=${at}&cases=${CASES}`);
      const what = `${size.toLocaleString('en')} parts, ${name} (${drawn}; ${count.toLocaleString('en')} bare points)`;
      rows.push(
        compareFrames(`${what}: frame, p50`, map, bare, empty),
        {
          what: `${what}: first whole picture`,
          measured: ms(map.picture),
          bare: ms(empty.picture),
          ratio: (map.picture / empty.picture).toFixed(2),
          budget: '≤ 2',
        },
        {
          what: `${what}: memory of the page's scripts`,
          measured: megabytes(map.heapBytes),
          bare: megabytes(bare.heapBytes),
        },
      );
    }
  } finally {
    pages.city = undefined;
  }
  return rows;
}

function compareFrames(what: string, map: Visit, bare: Visit, empty: Visit): BenchRow {
  const added = (map.frame - empty.frame) / (bare.frame - empty.frame);
  // Of few points the added time drowns in the noise of a frame.
  const tells = bare.frame - empty.frame > 0.15 * empty.frame;
  return {
    what,
    measured: ms(map.frame),
    bare: `${ms(bare.frame)} (empty ${ms(empty.frame)})`,
    ratio: tells
      ? `${added.toFixed(2)} of the added time`
      : `+${ms(map.frame - empty.frame)} against +${ms(bare.frame - empty.frame)}`,
    budget: '≤ 0.8',
  };
}

function megabytes(bytes: number): string {
  return `${(bytes / 2 ** 20).toFixed(0)} MB`;
}

interface Visit {
  /** Milliseconds: a frame's median, and from navigation to the first whole picture. */
  frame: number;
  picture: number;
  /** Of the page and its worker's messages after a collection, where the browser tells it. */
  heapBytes: number;
}

/** What the page asks for and who answers: the product, or the made-up city for its tiles. */
interface Pages {
  server: Server;
  city: City | undefined;
}

async function visitBare(browser: Browser, url: string): Promise<Visit> {
  return visitTimes(async () => {
    const page = await browser.newPage({ viewport: VIEWPORT });
    await page.goto(url);
    const picture = await page.waitForFunction(() => window.__bare?.drawn && performance.now(), undefined, {
      timeout: PATIENCE_MS,
    });
    const times = await page.evaluate((count) => window.__bare?.timeFrames(count) ?? [], FRAMES);
    const visit = {
      picture: Number(await picture.jsonValue()),
      frame: percentile(times, 50),
      heapBytes: await heapOf(page),
    };
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
    const visit = {
      picture: Number(await picture.jsonValue()),
      frame: percentile(times, 50),
      heapBytes: await heapOf(page),
    };
    await page.close();
    return visit;
  });
}

async function heapOf(page: Page): Promise<number> {
  const session = await page.context().newCDPSession(page);
  await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  await session.detach();
  return usedSize;
}

async function visitTimes(visit: () => Promise<Visit>): Promise<Visit> {
  const visits: Visit[] = [];
  for (let n = 0; n < VISITS; n += 1) visits.push(await visit());
  const middle = (of: (visit: Visit) => number) => percentile(visits.map(of), 50);
  return {
    frame: middle(({ frame }) => frame),
    picture: middle(({ picture }) => picture),
    heapBytes: middle(({ heapBytes }) => heapBytes),
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
async function servePages(folder: string, operator: TestClient): Promise<Pages> {
  const tiles = new Map<string, Uint8Array>();
  let made: City | undefined;
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const path = request.url ?? '/';
    const tile = pages.city && /^\/api\/v1\/tiles\/([a-z]+)\/(\d+)\/(\d+)\/(\d+)\.mvt$/.exec(path);
    if (pages.city && tile) {
      if (made !== pages.city) tiles.clear();
      made = pages.city;
      const [, layer = '', z, x, y] = tile;
      // Made once: the first visit of several pays for it.
      const bytes = tiles.get(path) ?? made.tile(layer, { z: Number(z), x: Number(x), y: Number(y) });
      tiles.set(path, bytes);
      response.writeHead(bytes.length === 0 ? 204 : 200, { 'content-type': 'application/x-protobuf' });
      response.end(bytes);
      return;
    }
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
  const pages: Pages = { server, city: undefined };
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return pages;
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
