import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { Type, type Static, type TSchema } from 'typebox';
import { Value } from 'typebox/value';
import { projectRoot } from '../project-root.ts';
import { parseCsv } from './parse-csv.ts';

const unzip = promisify(gunzip);
const folder = join(projectRoot, 'data');

/** The properties of a GeoJSON feature, and its geometry as GeoJSON text. */
export type FeatureRow<T extends TSchema> = Static<T> & { geometry: string };

const Feature = Type.Object({ properties: Type.Unknown(), geometry: Type.Unknown() });

/** Features of `data/qilihe/<layer>.ndjson.gz`, their properties checked. */
export async function readFeatures<T extends TSchema>(
  layer: string,
  properties: T,
): Promise<FeatureRow<T>[]> {
  const packed = await readFile(join(folder, 'qilihe', `${layer}.ndjson.gz`));
  const lines = (await unzip(packed)).toString('utf8').split('\n');
  return lines
    .filter((line) => line !== '')
    .map((line, index) => {
      const place = `${layer}, line ${index + 1}`;
      const feature = check(Feature, JSON.parse(line), place);
      const checked = check(properties, feature.properties, place);
      return Object.assign({ geometry: JSON.stringify(feature.geometry) }, checked);
    });
}

/** Rows of `data/<file>`, checked. Values arrive as text and are converted; empty fields are absent. */
export async function readTable<T extends TSchema>(file: string, row: T): Promise<Static<T>[]> {
  const rows = parseCsv(await readFile(join(folder, file), 'utf8'));
  return rows.map((given, index) => {
    const filled = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== ''));
    return check(row, Value.Convert(row, filled), `${file}, row ${index + 1}`);
  });
}

/** `data/<file>`, checked. */
export async function readJson<T extends TSchema>(file: string, schema: T): Promise<Static<T>> {
  return check(schema, JSON.parse(await readFile(join(folder, file), 'utf8')), file);
}

function check<T extends TSchema>(schema: T, value: unknown, place: string): Static<T> {
  if (Value.Check(schema, value)) return value;
  const [first] = Value.Errors(schema, value);
  throw new Error(`data/${place}: ${first?.instancePath ?? ''} ${first?.message ?? 'is wrong'}`);
}
