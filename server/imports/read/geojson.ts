import type { Geometry } from 'geojson';
import { appError } from '../../errors.ts';
import { detectEncoding, type TextEncodingFound } from './detect-encoding.ts';
import { readText } from './read-text.ts';
import { rowError } from './row-error.ts';
import { splitJson, type JsonShape } from './split-json.ts';
import type { RowChunk, Source } from './source.ts';

/** Features looked at for the names of columns and layers. */
const SAMPLE_FEATURES = 6_000;
/** Property that tells the layers of one collection apart, as map tiles turned into GeoJSON have it. */
const LAYER_PROPERTY = 'layer';
const MOST_LAYERS = 30;
export const FEATURE_ID = '@id';

interface Feature {
  type?: unknown;
  id?: unknown;
  geometry?: Geometry | null;
  properties?: Record<string, unknown> | null;
}

/**
 * GeoJSON: a FeatureCollection, an array of features, or one feature a line (NDJSON, RFC 8142). Read in pieces whatever
 * its size. A property `layer` with few values makes as many source layers.
 *
 * @throws IMPORT_EMPTY, IMPORT_UNKNOWN_FORMAT (JSON that is not GeoJSON), IMPORT_BROKEN_FILE, IMPORT_UNKNOWN_LAYER
 */
export async function openGeoJson(
  path: string,
  bytesTotal: number,
  choice: { sourceLayer?: string; preferred: readonly string[] },
): Promise<Source> {
  const encoding = await detectEncoding(path);
  const { shape, datum } = await detectShape(path, encoding);
  const sample = await sampleFeatures(path, encoding, shape);
  if (sample.features === 0) throw appError('IMPORT_EMPTY');
  const sourceLayers = sample.layers;
  const sourceLayer = chooseLayer(
    sourceLayers.map(({ name }) => name),
    choice,
  );
  return {
    format: shape.kind === 'sequence' ? 'ndjson' : 'geojson',
    encoding: encoding.name,
    encodingGuessed: encoding.guessed,
    sourceLayers,
    ...(sourceLayer === undefined ? {} : { sourceLayer }),
    hasGeometry: true,
    columns: sample.columns,
    datum,
    bytesTotal,
    read(columns) {
      return {
        positions: columns.map((_, index) => index),
        chunks: readFeatures(path, encoding.name, shape, columns, sourceLayer),
      };
    },
  };
}

/** Rows of a file of features, numbered from 1; with a `sourceLayer`, only those of it. */
async function* readFeatures(
  path: string,
  encoding: TextEncodingFound['name'],
  shape: JsonShape,
  columns: string[],
  sourceLayer?: string,
): AsyncGenerator<RowChunk> {
  let number = 0;
  for await (const { objects, bytesRead } of splitJson(readText(path, encoding), shape)) {
    const geometries: (Geometry | null)[] = [];
    const chunk: RowChunk = { lines: [], cells: [], geometries, problems: [], bytesRead };
    for (const text of objects) {
      number++;
      const feature = parseFeature(text);
      if (!feature) {
        chunk.problems.push(
          rowError(number, '', 'not-a-feature', '不是 GeoJSON 要素', 'Not a GeoJSON feature', text),
        );
        continue;
      }
      const properties = feature.properties ?? {};
      if (sourceLayer !== undefined && properties[LAYER_PROPERTY] !== sourceLayer) continue;
      chunk.lines.push(number);
      chunk.cells.push(columns.map((name) => asText(name === FEATURE_ID ? feature.id : properties[name])));
      geometries.push(feature.geometry ?? null);
    }
    yield chunk;
  }
}

function parseFeature(text: string): Feature | undefined {
  try {
    const feature = JSON.parse(text) as Feature;
    return feature.type === 'Feature' ? feature : undefined;
  } catch {
    return undefined;
  }
}

export function asText(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  if (value === null || value === undefined) return undefined;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return JSON.stringify(value);
}

async function detectShape(
  path: string,
  encoding: TextEncodingFound,
): Promise<{ shape: JsonShape; datum?: string }> {
  let head = '';
  for await (const { text } of readText(path, encoding.name)) {
    head = text;
    break;
  }
  const trimmed = stripSeparators(head);
  if (trimmed.startsWith('[')) return { shape: { kind: 'array' } };
  const firstLine = trimmed.split(/\r?\n/, 1)[0]!;
  if (head.trimStart().startsWith(RECORD_SEPARATOR) || parseFeature(firstLine))
    return { shape: { kind: 'sequence' } };
  const datum = datumOfCrs(head.slice(0, 65_536));
  if (/"features"\s*:/.test(head) || /"type"\s*:\s*"FeatureCollection"/.test(head))
    return { shape: { kind: 'member', name: 'features' }, ...(datum ? { datum } : {}) };
  if (/"type"\s*:\s*"Feature"/.test(head)) return { shape: { kind: 'sequence' } };
  throw appError('IMPORT_UNKNOWN_FORMAT', { looksLike: 'json', begins: trimmed.slice(0, 120) });
}

/** RFC 8142 puts a record separator before every text. */
const RECORD_SEPARATOR = String.fromCharCode(30);

function stripSeparators(text: string): string {
  let at = 0;
  while (at < text.length && (text[at] === RECORD_SEPARATOR || text[at]!.trim() === '')) at++;
  return text.slice(at);
}

/** The `crs` member of GeoJSON 2008, which many programs still write. */
function datumOfCrs(head: string): string | undefined {
  const name = /"crs"\s*:\s*\{[^}]*"name"\s*:\s*"([^"]+)"/.exec(head)?.[1];
  if (!name) return undefined;
  if (/CRS84/i.test(name)) return 'wgs84';
  const code = /EPSG(?:::?|:[^:]*:)(\d{4,6})$/i.exec(name)?.[1];
  return code === '4326' ? 'wgs84' : code ? `EPSG:${code}` : undefined;
}

async function sampleFeatures(path: string, encoding: TextEncodingFound, shape: JsonShape) {
  const columns = new Set<string>();
  const layers = new Map<string, number>();
  let features = 0;
  let hasId = false;
  let ended = true;
  for await (const { objects } of splitJson(readText(path, encoding.name), shape)) {
    for (const text of objects) {
      const feature = parseFeature(text);
      features++;
      if (!feature) continue;
      if (feature.id !== undefined && feature.id !== null) hasId = true;
      for (const name of Object.keys(feature.properties ?? {})) columns.add(name);
      const layer = feature.properties?.[LAYER_PROPERTY];
      if (typeof layer === 'string') layers.set(layer, (layers.get(layer) ?? 0) + 1);
    }
    if (features >= SAMPLE_FEATURES) {
      ended = false;
      break;
    }
  }
  const layered = [...layers.values()].reduce((sum, count) => sum + count, 0);
  const hasLayers = features > 0 && layered === features && layers.size > 1 && layers.size <= MOST_LAYERS;
  return {
    features,
    columns: [...(hasId ? [FEATURE_ID] : []), ...columns],
    layers: hasLayers
      ? [...layers]
          .map(([name, rows]) => (ended ? { name, rows } : { name }))
          .sort((a, b) => a.name.localeCompare(b.name))
      : [],
  };
}

/**
 * The layer asked for; else the only one; else the first preferred one that is there.
 *
 * @throws IMPORT_UNKNOWN_LAYER where there is none of that name, or several and none preferred
 */
export function chooseLayer(
  names: string[],
  { sourceLayer, preferred }: { sourceLayer?: string; preferred: readonly string[] },
): string | undefined {
  if (names.length === 0) return undefined;
  if (sourceLayer !== undefined) {
    if (!names.includes(sourceLayer))
      throw appError('IMPORT_UNKNOWN_LAYER', { sourceLayer, sourceLayers: names });
    return sourceLayer;
  }
  if (names.length === 1) return names[0];
  for (const wanted of preferred) {
    const found = names.find((name) => name.toLowerCase().includes(wanted));
    if (found !== undefined) return found;
  }
  throw appError('IMPORT_UNKNOWN_LAYER', { sourceLayers: names });
}
