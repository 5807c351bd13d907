import { copyFile, link, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { ImportLayer } from '#contract/imports';
import { appError } from '../../errors.ts';
import { openDelimited } from './delimited.ts';
import { openGeoJson } from './geojson.ts';
import { openForeignSource } from './foreign.ts';
import { limits } from './limits.ts';
import { openOsm } from './osm.ts';
import { recogniseFile } from './recognise-file.ts';
import type { Source } from './source.ts';
import { unpackGzip, unpackZip } from './unpack.ts';

export interface SourceRequest {
  path: string;
  fileName: string;
  layer: ImportLayer;
  sourceLayer?: string;
  /** The reference system somebody named; it goes before what the file says. */
  datum?: string;
  workFolder: string;
}

/** Words in the names of layers that fit, best first. */
const preferredLayers: Record<ImportLayer, readonly string[]> = {
  divisions: ['division', 'district', 'community', 'boundar', 'admin', '社区', '街道', '区划'],
  cells: ['cell', 'grid', '网格'],
  parts: ['part', 'asset', 'component', '部件', 'poi', 'point'],
  buildings: ['building', '建筑', '房屋', '楼'],
  roads: ['road', 'street', 'highway', '道路', 'line'],
  cameras: ['camera', '摄像', '监控', 'point'],
  cases: ['case', '案件', 'point'],
};

/**
 * Recognises a file and makes it readable; packed ones are unpacked into the work folder first.
 *
 * @throws IMPORT_EMPTY, IMPORT_UNKNOWN_FORMAT, IMPORT_BROKEN_FILE, IMPORT_TOO_LARGE, IMPORT_ARCHIVE_REFUSED,
 *   IMPORT_NO_COLUMNS, IMPORT_UNKNOWN_LAYER
 */
export async function openSource(request: SourceRequest): Promise<Source> {
  return openAt(request, request.path, 0);
}

/** An archive in an archive is opened once: `.csv.gz` in a zip, a zip that was gzipped. */
const MOST_NESTED = 2;

async function openAt(request: SourceRequest, at: string, depth: number): Promise<Source> {
  const { layer, workFolder } = request;
  const preferred = preferredLayers[layer];
  const choice = {
    ...(request.sourceLayer === undefined ? {} : { sourceLayer: request.sourceLayer }),
    preferred,
  };
  let path = at;
  const bytes = await sizeOf(path);
  const kind = await recogniseFile(path, bytes);
  if ((kind === 'gzip' || kind === 'zip') && depth >= MOST_NESTED)
    throw appError('IMPORT_ARCHIVE_REFUSED', { reason: 'NESTED' });
  if (kind === 'gzip') {
    const target = join(workFolder, `unpacked-${depth}`);
    await unpackGzip(path, bytes, target);
    return openAt(request, target, depth + 1);
  }
  if (kind === 'zip') return openZip(request, path, bytes, depth);
  if (bytes > limits.textBytes) throw appError('IMPORT_TOO_LARGE', { bytes, limitBytes: limits.textBytes });
  if (kind === 'delimited') return openDelimited(path, bytes);
  if (kind === 'json') return openGeoJson(path, bytes, choice);
  if (kind === 'shapefile')
    throw appError('IMPORT_UNKNOWN_FORMAT', { looksLike: 'shapefile', missing: '.dbf, .shx, .prj' });
  // GDAL goes by the extension where two formats begin alike.
  path = await withExtension(
    path,
    workFolder,
    kind === 'geopackage' ? '.gpkg' : kind === 'osm-pbf' ? '.osm.pbf' : '.osm',
  );
  if (kind === 'geopackage')
    return openForeignSource({
      format: 'geopackage',
      files: [{ path, name: request.fileName }],
      ...request,
      ...choice,
    });
  return openOsm(path, bytes, layer, workFolder);
}

/** What a zip holds: shapefiles, all of them layers of one file; else the one file that can be imported. */
async function openZip(request: SourceRequest, path: string, bytes: number, depth: number): Promise<Source> {
  const entries = await unpackZip(path, bytes, request.workFolder);
  const shapes = entries.filter(({ path }) => path.endsWith('.shp'));
  if (shapes.length > 0)
    return openForeignSource({
      format: 'shapefile',
      files: shapes.map(({ path, name }) => ({ path, name: name.replace(/\.shp$/i, '') })),
      ...request,
      preferred: preferredLayers[request.layer],
    });
  const files = entries.filter(({ path }) => !/\.(dbf|shx|prj|cpg|qix)$/.test(path));
  if (files.length !== 1)
    throw appError('IMPORT_ARCHIVE_REFUSED', {
      reason: files.length === 0 ? 'NOTHING_TO_IMPORT' : 'SEVERAL_FILES',
      entries: files.slice(0, 20).map(({ name }) => name),
    });
  return openAt(request, files[0]!.path, depth + 1);
}

async function withExtension(path: string, workFolder: string, extension: string): Promise<string> {
  if (path.toLowerCase().endsWith(extension)) return path;
  const second = join(workFolder, `source${extension}`);
  await rm(second, { force: true });
  await linkOrCopy(path, second);
  return second;
}

/** A second name for the file; across file systems that takes a copy, because GDAL's file system knows no symbolic links that lead out of it. */
async function linkOrCopy(path: string, name: string): Promise<void> {
  try {
    await link(path, name);
  } catch {
    await copyFile(path, name);
  }
}

async function sizeOf(path: string): Promise<number> {
  return (await stat(path)).size;
}
