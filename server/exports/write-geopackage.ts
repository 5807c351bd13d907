import { createWriteStream } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Worker } from 'node:worker_threads';
import { appError } from '../errors.ts';
import type { Feature } from './repository.ts';
import { toFeatureText, type Wanted } from './write-text.ts';

/** GDAL holds the whole file in memory while it writes it: about 1 kB a feature. */
const MOST_FEATURES = 300_000;

/**
 * A GeoPackage of one layer, made by GDAL in a thread of its own from a file of features, a line each.
 * @param folder scratch, where both files are put
 * @returns the path of the package
 * @throws EXPORT_TOO_LARGE
 */
export async function writeGeoPackage(
  pages: AsyncIterable<Feature[]>,
  wanted: Wanted,
  { folder, signal }: { folder: string; signal: AbortSignal },
): Promise<string> {
  const source = join(folder, `${wanted.layer.id}.geojsonl`);
  await pipeline(Readable.from(lines(pages, wanted)), createWriteStream(source), { signal });
  await convert(source, wanted, { folder, signal });
  return join(folder, `${wanted.layer.id}.gpkg`);
}

async function* lines(pages: AsyncIterable<Feature[]>, wanted: Wanted): AsyncGenerator<string> {
  let count = 0;
  for await (const page of pages) {
    count += page.length;
    if (count > MOST_FEATURES) throw appError('EXPORT_TOO_LARGE', { format: 'gpkg', most: MOST_FEATURES });
    yield page.map((feature) => `${toFeatureText(feature, wanted, false)}\n`).join('');
  }
}

/** GDAL's own files, as it wants them: relative to where the process runs. */
function gdalFolder(): string {
  const entry = createRequire(import.meta.url).resolve('gdal3.js/node');
  return relative(process.cwd(), join(dirname(entry), 'dist', 'package'));
}

function convert(
  source: string,
  { layer, datum }: Wanted,
  { folder, signal }: { folder: string; signal: AbortSignal },
): Promise<void> {
  const worker = new Worker(new URL('./geopackage-worker.mjs', import.meta.url), {
    workerData: {
      gdalFolder: gdalFolder(),
      source,
      folder,
      name: datum === 'wgs84' ? layer.id : `${layer.id}_${datum}`,
      file: layer.id,
      geometryType: layer.geometry?.type.toUpperCase() ?? 'NONE',
    },
    execArgv: [],
  });
  const stop = () => void worker.terminate();
  signal.addEventListener('abort', stop, { once: true });
  return new Promise<void>((resolve, reject) => {
    worker.once('error', reject);
    worker.once('exit', (code) => {
      if (code === 0) resolve();
      else
        reject(
          signal.aborted ? (signal.reason as Error) : new Error(`writing a GeoPackage ended with ${code}`),
        );
    });
  }).finally(() => signal.removeEventListener('abort', stop));
}
