import { readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { appError } from '../../errors.ts';

/** What is used of gdal3.js; its own types describe the browser. */
interface Gdal {
  open(path: string, options?: string[]): Promise<{ datasets: Dataset[]; errors: unknown[] }>;
  close(dataset: Dataset): Promise<void>;
  ogr2ogr(dataset: Dataset, options: string[], outputName: string): Promise<{ real: string }>;
}

interface Dataset {
  pointer: number;
  path: string;
  info?: { layers?: LayerInfo[] };
}

export interface LayerInfo {
  name: string;
  featureCount?: number;
  fields?: { name: string; type: string }[];
  geometryFields?: {
    type?: string;
    coordinateSystem?: {
      wkt?: string;
      projjson?: { type?: string; name?: string; id?: { authority: string; code: number } };
    };
  }[];
}

/** A file open in GDAL. */
export interface ForeignFile {
  layers: LayerInfo[];
  /** Writes features as GeoJSON lines in WGS 84; returns the path of the text. */
  write(options: string[], name: string): Promise<string>;
  close(): Promise<void>;
}

let loading: Promise<Gdal> | undefined;

/**
 * Opens a Shapefile, GeoPackage or OSM file with GDAL compiled to WebAssembly. It reads and writes the real file system,
 * so a file is not held in memory; it works in this thread without pause, so the thread must have nothing else to do.
 *
 * @param outputFolder where everything is written; the first call decides it for the life of the thread
 * @throws IMPORT_BROKEN_FILE
 */
export async function openForeign(
  path: string,
  outputFolder: string,
  openOptions: string[] = [],
): Promise<ForeignFile> {
  loading ??= load(outputFolder);
  const gdal = await loading;
  const dataset = await openDataset(gdal, path, openOptions);
  return {
    layers: dataset.info?.layers ?? [],
    async write(options, name) {
      try {
        const { real } = await gdal.ogr2ogr(dataset, ['-f', 'GeoJSONSeq', ...options], name);
        return real;
      } catch (error) {
        throw broken(error);
      }
    },
    close: () => gdal.close(dataset),
  };
}

async function openDataset(gdal: Gdal, path: string, options: string[]): Promise<Dataset> {
  try {
    const { datasets, errors } = await gdal.open(path, options);
    if (!datasets[0]) throw errors[0];
    return datasets[0];
  } catch (error) {
    throw broken(error);
  }
}

/** GDAL rejects with `[{no, message}]` or `{no, message}`. */
function broken(error: unknown) {
  const first = (Array.isArray(error) ? error[0] : error) as { message?: unknown } | undefined;
  const message =
    typeof first?.message === 'string' ? first.message.slice(0, 300) : String(error).slice(0, 300);
  return appError('IMPORT_BROKEN_FILE', { reason: 'GDAL', message });
}

async function load(dest: string): Promise<Gdal> {
  const require = createRequire(import.meta.url);
  const entry = require.resolve('gdal3.js/node.js');
  const initialise = require(entry) as (config: object) => Promise<Gdal>;
  // It puts "./" before the path of its data, so that has to be relative.
  const path = relative(process.cwd(), join(dirname(entry), 'dist/package'));
  return initialise({
    path,
    dest,
    useWorker: false,
    logHandler: () => undefined,
    errorHandler: () => undefined,
  });
}

/**
 * WKT of a reference system from the registry GDAL brings; undefined where it has none. It comes without the shift to
 * WGS 84, so whoever uses it has to look at the ellipsoid.
 */
export async function describeSystem(datum: string, outputFolder: string): Promise<string | undefined> {
  const anywhere = join(outputFolder, 'anywhere.geojson');
  await writeFile(
    anywhere,
    '{"type":"Feature","properties":{"n":1},"geometry":{"type":"Point","coordinates":[0,0]}}',
  );
  loading ??= load(outputFolder);
  const gdal = await loading;
  const dataset = await openDataset(gdal, anywhere, []);
  const name = `system-${datum.replace(/\D/g, '')}`;
  try {
    const { real } = await gdal.ogr2ogr(dataset, ['-f', 'ESRI Shapefile', '-a_srs', datum], name);
    return await readFile(real.replace(/\.shp$/, '.prj'), 'utf8');
  } catch {
    return undefined;
  } finally {
    await gdal.close(dataset);
    await rm(anywhere, { force: true });
    for (const extension of ['shp', 'shx', 'dbf', 'prj', 'cpg'])
      await rm(join(outputFolder, `${name}.${extension}`), { force: true });
  }
}
