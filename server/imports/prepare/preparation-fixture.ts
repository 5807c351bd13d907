import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import type { ImportLayer, ImportOptions, ImportWarning, RowError } from '#contract/imports';
import { openSource } from '../read/open-source.ts';
import type { ImportFacts, Inspection, PreparationRequest, PreparedBatch } from '../prepared-rows.ts';
import { inspectSource } from './inspect-source.ts';
import { prepareSource } from './prepare-source.ts';
import { openPreparation } from './open-preparation.ts';

function readTable(name: string): Record<string, string>[] {
  return parse(readFileSync(new URL(`../../../data/dictionary/${name}`, import.meta.url)), { columns: true });
}

/** Facts of the sample district, for tests. */
export function sampleFacts(): ImportFacts {
  const became = new Map(readTable('crosswalk-2013-2026.csv').map((row) => [row['from'], row['to']]));
  return {
    classes: readTable('classes.csv').map((row) => ({
      id: row['id']!,
      edition: Number(row['edition']),
      kind: row['kind'] as 'part' | 'event',
      nameZh: row['minor_zh']!,
      nameEn: row['minor_en']!,
      ...(became.get(row['id']) ? { became: became.get(row['id'])! } : {}),
    })),
    units: [{ code: 'enforcement', nameZh: '综合执法局', nameEn: 'Enforcement' }],
    districtBounds: [103.61592, 35.84114, 103.91077, 36.10285],
    districtCode: '620103',
    today: '2026-11-22',
  };
}

export interface Prepared {
  inspection: Inspection;
  /** [line, …columns, EWKB] */
  rows: (string | number | null)[][];
  errors: RowError[];
  warnings: ImportWarning[];
}

/** Scratch files of one test. */
export function openWorkshop() {
  const folder = mkdtempSync(join(tmpdir(), 'gridwatch-preparation-'));
  return {
    folder,
    write(name: string, content: string | Uint8Array): string {
      const path = join(folder, name);
      writeFileSync(path, content);
      return path;
    },
    close: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** Reads a whole file in this thread, where a test does not ask about the other one. */
export async function prepareFile(
  path: string,
  layer: ImportLayer,
  workFolder: string,
  options: ImportOptions = {},
  facts: ImportFacts = sampleFacts(),
): Promise<Prepared> {
  const request = makeRequest(path, layer, workFolder, options, facts);
  const source = await openSource({ ...request, ...options });
  const inspected = await inspectSource(source, request);
  return gather(inspected.inspection, prepareSource(source, request, inspected));
}

/** The same through a thread of its own. */
export async function prepareFileInThread(
  path: string,
  layer: ImportLayer,
  workFolder: string,
  options: ImportOptions = {},
): Promise<Prepared> {
  const preparation = await openPreparation(makeRequest(path, layer, workFolder, options, sampleFacts()));
  try {
    return await gather(preparation.inspection, preparation.batches());
  } finally {
    await preparation.stop();
  }
}

function makeRequest(
  path: string,
  layer: ImportLayer,
  workFolder: string,
  options: ImportOptions,
  facts: ImportFacts,
): PreparationRequest {
  return { path, fileName: path.split('/').at(-1)!, layer, options, facts, form: 'json', workFolder };
}

async function gather(inspection: Inspection, batches: AsyncIterable<PreparedBatch>): Promise<Prepared> {
  const prepared: Prepared = { inspection, rows: [], errors: [], warnings: [...inspection.warnings] };
  for await (const batch of batches) {
    prepared.rows.push(...(JSON.parse(Buffer.from(batch.data).toString()) as Prepared['rows']));
    prepared.errors.push(...batch.errors);
    prepared.warnings.push(...batch.warnings);
  }
  return prepared;
}
