import { open, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { isUtf8 } from 'node:buffer';
import { basename, dirname, extname, join } from 'node:path';
import type { Geometry } from 'geojson';
import type { ImportFormat } from '#contract/imports';
import { appError } from '../../errors.ts';
import { openForeign, type LayerInfo } from './gdal.ts';
import { asText, chooseLayer, FEATURE_ID } from './geojson.ts';
import { limits } from './limits.ts';
import { readText } from './read-text.ts';
import { rowError } from './row-error.ts';
import { splitJson } from './split-json.ts';
import type { RowChunk, Source } from './source.ts';

/** Features converted at a time: keeps the scratch text under about 100 MB. */
const PIECE_FEATURES = 100_000;

export interface ForeignRequest {
  format: Extract<ImportFormat, 'shapefile' | 'geopackage'>;
  /** One file per layer for shapefiles; one file for a GeoPackage. */
  files: { path: string; name: string }[];
  workFolder: string;
  sourceLayer?: string;
  datum?: string;
  preferred: readonly string[];
}

/**
 * Shapefiles and GeoPackages, by GDAL: features come out a piece at a time as GeoJSON lines, in WGS 84 where the file
 * says what it is in and nobody says otherwise.
 *
 * @throws IMPORT_BROKEN_FILE, IMPORT_EMPTY, IMPORT_TOO_LARGE, IMPORT_UNKNOWN_LAYER
 */
export async function openForeignSource(request: ForeignRequest): Promise<Source> {
  const { format, files } = request;
  let bytesTotal = 0;
  const layers: { path: string; info: LayerInfo }[] = [];
  for (const { path, name } of files) {
    const bytes = await weigh(path, format);
    if (bytes > limits.foreignBytes)
      throw appError('IMPORT_TOO_LARGE', { bytes, limitBytes: limits.foreignBytes });
    bytesTotal += bytes;
    if (format === 'shapefile') await nameEncoding(path);
    const file = await openForeign(path, request.workFolder, openOptions(format));
    for (const info of file.layers)
      layers.push({ path, info: format === 'shapefile' ? { ...info, name } : info });
    await file.close();
  }
  if (layers.length === 0) throw appError('IMPORT_EMPTY');
  const names = layers.map(({ info }) => info.name);
  const chosen = chooseLayer(names, request)!;
  const { path, info } = layers.find((layer) => layer.info.name === chosen)!;
  if (info.featureCount === 0) throw appError('IMPORT_EMPTY', { sourceLayer: chosen });
  const reference = readReference(info);
  const geometryColumn = info.geometryFields?.[0];
  const overridden = request.datum?.startsWith('EPSG:') === true || !reference;
  return {
    format,
    sourceLayers: layers.map((layer) => ({
      name: layer.info.name,
      ...(layer.info.featureCount !== undefined && layer.info.featureCount >= 0
        ? { rows: layer.info.featureCount }
        : {}),
    })),
    sourceLayer: chosen,
    hasGeometry: geometryColumn !== undefined && geometryColumn.type !== 'None',
    columns: [
      ...(format === 'geopackage' ? [FEATURE_ID] : []),
      ...(info.fields ?? []).map(({ name }) => name),
    ],
    ...(reference ? { datum: reference } : {}),
    converted: !overridden,
    needsReference: !reference,
    bytesTotal,
    read(columns) {
      return {
        positions: columns.map((_, index) => index),
        chunks: readPieces({
          path,
          layer: format === 'shapefile' ? basename(path, extname(path)) : chosen,
          format,
          columns,
          bytesTotal,
          rows: info.featureCount ?? 0,
          workFolder: request.workFolder,
          raw: overridden,
        }),
      };
    },
  };
}

interface PieceRequest {
  path: string;
  layer: string;
  format: ImportFormat;
  columns: string[];
  bytesTotal: number;
  rows: number;
  workFolder: string;
  /** Coordinates as they stand in the file. */
  raw: boolean;
}

/** GDAL does not write over a file, and two readers may be open. */
let pieces = 0;

async function* readPieces(request: PieceRequest): AsyncGenerator<RowChunk> {
  const file = await openForeign(request.path, request.workFolder, openOptions(request.format));
  let number = 0;
  try {
    for (let piece = 0; ; piece++) {
      const sql = `select * from "${request.layer.replaceAll('"', '""')}" limit ${PIECE_FEATURES} offset ${piece * PIECE_FEATURES}`;
      const text = await file.write(
        [
          '-sql',
          sql,
          ...(request.raw ? ['-a_srs', 'EPSG:4326'] : []),
          '-lco',
          'COORDINATE_PRECISION=9',
          ...(request.format === 'geopackage' ? ['-preserve_fid'] : []),
        ],
        `piece-${++pieces}`,
      );
      const before = number;
      try {
        for await (const chunk of readGeoJsonLines(text, request.columns, () => ++number)) {
          const share = number / Math.max(request.rows, number);
          chunk.bytesRead = Math.min(request.bytesTotal, Math.round(share * request.bytesTotal));
          yield chunk;
        }
      } finally {
        await rm(text, { force: true });
      }
      if (number - before < PIECE_FEATURES) return;
    }
  } finally {
    await file.close();
  }
}

/** Features of a text GDAL wrote; `null` geometries are kept, so that their rows are told of. */
async function* readGeoJsonLines(
  path: string,
  columns: string[],
  nextNumber: () => number,
): AsyncGenerator<RowChunk> {
  for await (const { objects, bytesRead } of splitJson(readText(path, 'utf-8'), { kind: 'sequence' })) {
    const geometries: (Geometry | null)[] = [];
    const chunk: RowChunk = { lines: [], cells: [], geometries, problems: [], bytesRead };
    for (const text of objects) {
      const number = nextNumber();
      try {
        const feature = JSON.parse(text) as {
          id?: unknown;
          geometry: Geometry | null;
          properties: Record<string, unknown> | null;
        };
        chunk.lines.push(number);
        chunk.cells.push(
          columns.map((name) => asText(name === FEATURE_ID ? feature.id : feature.properties?.[name])),
        );
        geometries.push(feature.geometry);
      } catch {
        chunk.problems.push(
          rowError(number, '', 'not-a-feature', '要素无法读取', 'The feature cannot be read', text),
        );
      }
    }
    yield chunk;
  }
}

function openOptions(format: ImportFormat): string[] {
  return format === 'shapefile' ? ['ADJUST_TYPE=YES'] : [];
}

/** `wgs84` for what is that to a centimetre; `EPSG:n`; `wgs84` too where it has no number, because it is converted. */
function readReference(info: LayerInfo): string | undefined {
  const system = info.geometryFields?.[0]?.coordinateSystem;
  if (!system?.wkt) return undefined;
  const id = system.projjson?.id;
  if (/^(ENGCRS|LOCAL_CS)/i.test(system.wkt)) return undefined;
  if (id?.authority !== 'EPSG' || id.code === 4326 || id.code === 4490) return 'wgs84';
  return `EPSG:${id.code}`;
}

/** All files of a shapefile count. */
async function weigh(path: string, format: ImportFormat): Promise<number> {
  if (format !== 'shapefile') return (await stat(path)).size;
  const stem = basename(path, extname(path));
  let bytes = 0;
  for (const name of await readdir(dirname(path)))
    if (basename(name, extname(name)) === stem) bytes += (await stat(join(dirname(path), name))).size;
  return bytes;
}

/** A dbf without `.cpg` says nothing useful of its encoding: UTF-8 if its text is that, else GBK. */
async function nameEncoding(shp: string): Promise<void> {
  const stem = shp.slice(0, -extname(shp).length);
  const names = await readdir(dirname(shp));
  if (names.includes(`${basename(stem)}.cpg`) || !names.includes(`${basename(stem)}.dbf`)) return;
  const file = await open(`${stem}.dbf`);
  try {
    const head = Buffer.alloc(32);
    await file.read(head, 0, 32, 0);
    const bytes = Buffer.alloc(4 * 2 ** 20);
    const { bytesRead } = await file.read(bytes, 0, bytes.length, head.readUInt16LE(8));
    // The last character may be cut.
    const text = bytes.subarray(0, Math.max(0, bytesRead - 4));
    await writeFile(`${stem}.cpg`, isUtf8(text) ? 'UTF-8' : 'GBK');
  } finally {
    await file.close();
  }
}
