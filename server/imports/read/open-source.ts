import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { ImportLayer } from '#contract/imports';
import { appError } from '../../errors.ts';
import { openDelimited } from './delimited.ts';
import { openGeoJson } from './geojson.ts';
import { limits } from './limits.ts';
import { recogniseFile } from './recognise-file.ts';
import type { Source } from './source.ts';
import { unpackGzip } from './unpack.ts';

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
  let path = request.path;
  let bytes = await sizeOf(path);
  let kind = await recogniseFile(path, bytes);
  if (kind === 'gzip') {
    const target = join(request.workFolder, 'unpacked');
    await unpackGzip(path, bytes, target);
    path = target;
    bytes = await sizeOf(path);
    kind = await recogniseFile(path, bytes);
    if (kind === 'gzip') throw appError('IMPORT_ARCHIVE_REFUSED', { reason: 'NESTED' });
  }
  if (bytes > limits.textBytes) throw appError('IMPORT_TOO_LARGE', { bytes, limitBytes: limits.textBytes });
  if (kind === 'delimited') return openDelimited(path, bytes);
  if (kind === 'json')
    return openGeoJson(path, bytes, {
      ...(request.sourceLayer === undefined ? {} : { sourceLayer: request.sourceLayer }),
      preferred: preferredLayers[request.layer],
    });
  throw appError('IMPORT_UNKNOWN_FORMAT', { looksLike: kind });
}

async function sizeOf(path: string): Promise<number> {
  return (await stat(path)).size;
}
