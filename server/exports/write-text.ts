import { stringify } from 'csv-stringify/sync';
import type { FeatureLayer } from './feature-layers.ts';
import { guardFormula } from './guard-formula.ts';
import type { Feature, Value } from './repository.ts';
import {
  geometryOf,
  geometryText,
  toWellKnownText,
  type Column,
  type ExportDatum,
  type Language,
} from './shape-features.ts';

export interface Wanted {
  layer: FeatureLayer;
  columns: Column[];
  datum: ExportDatum;
  language: Language;
}

type Pages = AsyncIterable<Feature[]>;

const BYTE_ORDER_MARK = '\uFEFF';

/** A FeatureCollection, a feature a line. */
export async function* writeGeoJson(pages: Pages, wanted: Wanted): AsyncGenerator<string> {
  yield '{"type":"FeatureCollection","features":[\n';
  let first = true;
  for await (const page of pages) {
    yield (first ? '' : ',\n') + page.map((feature) => toFeatureText(feature, wanted)).join(',\n');
    first = false;
  }
  yield '\n]}\n';
}

export function toFeatureText(feature: Feature, { columns, datum }: Wanted, withId = true): string {
  const properties = Object.fromEntries(columns.map(({ name, index }) => [name, feature.values[index]]));
  const id = withId ? `"id":${JSON.stringify(feature.key)},` : '';
  return `{"type":"Feature",${id}"geometry":${geometryText(feature, datum)},"properties":${JSON.stringify(properties)}}`;
}

/** With a byte order mark, for table programs that would guess another encoding. */
export async function* writeCsv(pages: Pages, wanted: Wanted): AsyncGenerator<string> {
  yield BYTE_ORDER_MARK + stringify([headingsOf(wanted)], { record_delimiter: 'windows' });
  for await (const page of pages) {
    const rows = page.map((feature) => cellsOf(feature, wanted).map(guardCell));
    yield stringify(rows, { record_delimiter: 'windows', cast: { boolean: String } });
  }
}

/** Numbers stay numbers: a negative one is no formula. */
function guardCell(value: Value): Value {
  return typeof value === 'string' ? guardFormula(value) : value;
}

export function headingsOf({ layer, columns, language }: Wanted): string[] {
  const position = { zh: ['经度', '纬度'], en: ['Longitude', 'Latitude'] }[language];
  const headings = columns.map(({ label }) => label[language]);
  if (layer.geometry === undefined) return headings;
  return [...headings, ...(layer.geometry.type === 'Point' ? position : ['WKT'])];
}

export function cellsOf(feature: Feature, { layer, columns, datum }: Wanted): Value[] {
  const cells = columns.map(({ index }) => feature.values[index] ?? null);
  if (layer.geometry === undefined) return cells;
  const shape = geometryOf(feature, datum);
  if (layer.geometry.type !== 'Point') return [...cells, shape && toWellKnownText(shape)];
  const [lon, lat] = shape?.type === 'Point' ? shape.coordinates : [];
  return [...cells, lon ?? null, lat ?? null];
}
