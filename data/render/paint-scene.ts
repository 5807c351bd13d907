import type { IncomingMessage } from 'node:http';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from '@playwright/test';
import { createServer } from 'vite';
import type { PictureBox } from '#geometry/camera-model';
import type { SceneDescription } from './scene-description.ts';

export interface PaintedBox {
  id: string;
  box: PictureBox;
  cut: boolean;
  foot: readonly [east: number, north: number];
}

/** What the page measured in its scene graph. */
export interface Painted {
  objects: (PaintedBox & { visible: number })[];
  moving: { seconds: number; boxes: (PaintedBox & { model: string })[] }[];
}

export interface Quality {
  skySamples: number;
  sunSamples: number;
  oversize: number;
}

const BROWSER = [
  '--no-sandbox',
  '--headless=new',
  '--use-gl=angle',
  '--use-angle=swiftshader',
  '--enable-unsafe-swiftshader',
  '--ignore-gpu-blocklist',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-default-apps',
  '--disable-sync',
  '--no-first-run',
];

/**
 * Opens the page of `page/` in a headless Chromium with software GL, hands it the scene and takes its frames one
 * by one (RGBA rows from the top). Throws what the page threw.
 */
export async function paintScene(
  scene: SceneDescription,
  frames: number,
  quality: Quality,
  onFrame: (rgba: Buffer) => Promise<void>,
): Promise<Painted> {
  const frameBytes = scene.camera.width * scene.camera.height * 4;
  const cache = mkdtempSync(join(tmpdir(), 'clip-renderer-'));
  let finish: (painted: Painted) => void = () => undefined;
  let fail: (error: Error) => void = () => undefined;
  const painted = new Promise<Painted>((resolve, reject) => ([finish, fail] = [resolve, reject]));
  const server = await createServer({
    configFile: false,
    root: fileURLToPath(new URL('page/', import.meta.url)),
    cacheDir: cache,
    logLevel: 'warn',
    optimizeDeps: { include: ['three', 'three/addons/utils/BufferGeometryUtils.js'] },
    server: {
      host: '127.0.0.1',
      port: 5199,
      hmr: false,
      fs: { allow: [fileURLToPath(new URL('../../', import.meta.url))] },
    },
    plugins: [
      {
        name: 'scene-and-frames',
        configureServer({ middlewares }) {
          middlewares.use((request, response, next) => {
            const answer = async (): Promise<string | undefined> => {
              if (request.url === '/job.json') return JSON.stringify({ scene, frames, ...quality });
              if (request.method !== 'POST') return undefined;
              const body = await readBody(request);
              if (request.url === '/frames') {
                for (let at = 0; at < body.length; at += frameBytes)
                  await onFrame(body.subarray(at, at + frameBytes));
              }
              if (request.url === '/say') process.stdout.write(`${scene.cameraId} ${body.toString()}\n`);
              else if (request.url === '/truth') finish(JSON.parse(body.toString()) as Painted);
              else if (request.url === '/failed') fail(new Error(body.toString()));
              return '';
            };
            answer().then((text) => (text === undefined ? next() : response.end(text)), next);
          });
        },
      },
    ],
  });
  await server.listen();
  const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: BROWSER });
  try {
    const page = await browser.newPage({ viewport: { width: 320, height: 200 } });
    page.on('pageerror', fail);
    page.on('console', (message) => {
      if (message.type() === 'error') process.stderr.write(`${scene.cameraId} page: ${message.text()}\n`);
    });
    page.on('crash', () => fail(new Error('the page crashed')));
    await page.goto(server.resolvedUrls?.local[0] ?? 'http://127.0.0.1:5199/');
    return await painted;
  } finally {
    await browser.close();
    await server.close();
    rmSync(cache, { recursive: true, force: true });
  }
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of request as AsyncIterable<Uint8Array>) chunks.push(chunk);
  return Buffer.concat(chunks);
}
