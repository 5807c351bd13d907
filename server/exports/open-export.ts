import { createReadStream, mkdirSync, rmSync, statSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { v7 as uuid } from 'uuid';
import { dayOf } from '#clock/calendar-day';
import { appendAudit } from '../access/audit.ts';
import type { SessionUser } from '../access/session-user.ts';
import type { Context } from '../context.ts';
import { appError } from '../errors.ts';
import { featureLayers, type LayerFilter, type LayerId } from './feature-layers.ts';
import type { Feature } from './repository.ts';
import { readFeatures } from './service.ts';
import { columnsOf, type ExportDatum, type Language } from './shape-features.ts';
import { writeGeoPackage } from './write-geopackage.ts';
import { writeCsv, writeGeoJson, type Wanted } from './write-text.ts';
import { writeXlsx } from './write-xlsx.ts';

export type ExportFormat = 'geojson' | 'csv' | 'xlsx' | 'gpkg';

export const MEDIA_TYPES: Readonly<Record<ExportFormat, string>> = {
  geojson: 'application/geo+json',
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  gpkg: 'application/geopackage+sqlite3',
};

/** Files made on the disk first; more of them at once would starve everybody else. */
const MOST_FILES_AT_ONCE = 2;

export interface ExportRequest {
  layer: LayerId;
  format: ExportFormat;
  filter: LayerFilter;
  datum: ExportDatum;
  language: Language;
  requestId: string;
  /** The caller hung up. */
  signal: AbortSignal;
}

export interface OpenedExport {
  fileName: string;
  plainFileName: string;
  sizeBytes?: number;
  body: Readable;
}

/** Makes exports; what a process that was killed left behind is removed first. */
export function exporter(context: Context) {
  const { db, clock, config } = context;
  const scratch = join(config.dataDir, `exports-${hostname()}`);
  rmSync(scratch, { recursive: true, force: true });
  let files = 0;

  /**
   * Reads nothing ahead of the caller and stops when they hang up. Rows that change meanwhile may be either.
   * @throws INVALID_INPUT for a filter the layer does not take; EXPORT_TOO_LARGE; BUSY
   */
  return async function openExport(user: SessionUser, request: ExportRequest): Promise<OpenedExport> {
    const layer = featureLayers[request.layer];
    const unknown = Object.keys(request.filter).find(
      (name) => !layer.filters.includes(name as keyof LayerFilter),
    );
    if (unknown !== undefined) {
      const problems = [{ path: `/${unknown}`, message: `is no filter of ${layer.id}` }];
      throw appError('INVALID_INPUT', { where: 'querystring', problems });
    }
    const { language, datum, format } = request;
    const wanted: Wanted = { layer, columns: columnsOf(layer, language), datum, language };
    const at = clock.now();
    const conditions = layer.conditions(request.filter, at);
    const pages = await primed(readFeatures(db, layer, { scope: user.scope, conditions }));
    await appendAudit(db, {
      at,
      userId: user.id,
      username: user.username,
      action: 'export',
      subject: layer.id,
      details: { format, filter: request.filter, datum },
      requestId: request.requestId,
    });
    const day = dayOf(at.getTime(), config.timeZone);
    const named = {
      fileName: `${layer.title[language]}-${day}.${format}`,
      plainFileName: `${layer.id}-${day}.${format}`,
    };
    if (format === 'csv') return { ...named, body: Readable.from(writeCsv(pages, wanted)) };
    if (format === 'geojson') return { ...named, body: Readable.from(writeGeoJson(pages, wanted)) };
    return { ...named, ...(await makeFile(pages, wanted, request)) };
  };

  async function makeFile(
    pages: AsyncIterable<Feature[]>,
    wanted: Wanted,
    { format, signal }: ExportRequest,
  ) {
    if (files >= MOST_FILES_AT_ONCE) throw appError('BUSY');
    files += 1;
    const folder = join(scratch, uuid());
    const remove = () => rmSync(folder, { recursive: true, force: true });
    try {
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      const path = format === 'xlsx' ? join(folder, 'export.xlsx') : undefined;
      if (path !== undefined) await writeXlsx(until(signal, pages), wanted, path);
      const made = path ?? (await writeGeoPackage(until(signal, pages), wanted, { folder, signal }));
      const body = createReadStream(made);
      body.once('close', remove);
      return { body, sizeBytes: statSync(made).size };
    } catch (error) {
      remove();
      throw error;
    } finally {
      files -= 1;
    }
  }
}

/** Reads the first page at once, so that what is wrong is an answer and not a torn file. */
async function primed(pages: AsyncGenerator<Feature[]>): Promise<AsyncGenerator<Feature[]>> {
  const first = await pages.next();
  return (async function* () {
    if (first.done) return;
    yield first.value;
    yield* pages;
  })();
}

/** The pages until the caller hangs up. */
async function* until(signal: AbortSignal, pages: AsyncIterable<Feature[]>): AsyncGenerator<Feature[]> {
  for await (const page of pages) {
    signal.throwIfAborted();
    yield page;
  }
}
