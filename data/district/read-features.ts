import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import type { Feature, Geometry } from 'geojson';

export type SampleLayer = 'divisions' | 'cells' | 'roads' | 'surfaces' | 'buildings' | 'parts';

/** The committed text of a file under data/qilihe, decompressed. */
export function readSampleText(name: string): string {
  const bytes = readFileSync(new URL(`../qilihe/${name}`, import.meta.url));
  return (name.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
}

/** The features of a layer of the sample district; the caller knows its geometry and properties. */
export function readFeatures<G extends Geometry, P>(layer: SampleLayer): Feature<G, P>[] {
  const lines = readSampleText(`${layer}.ndjson.gz`).trimEnd().split('\n');
  return lines.map((line) => JSON.parse(line) as Feature<G, P>);
}
