import type { ImportMapping, ImportWarning } from '#contract/imports';
import type { RowChunk, Source } from '../read/source.ts';
import type { Inspection, PreparationRequest } from '../prepared-rows.ts';
import type { ClassFinder } from './find-class.ts';
import { makeLayerClassFinder } from './field-parsers.ts';
import { makeChunkPreparer } from './prepare-chunk.ts';
import { classOfFileName, readClassWords } from './class-words.ts';
import { definitionOf, isGeographic, toWgs84From, type ToWgs84 } from './reference-system.ts';
import { appError } from '../../errors.ts';
import { describeSystem } from '../read/gdal.ts';
import { normaliseName, suggestMapping, type ColumnSample } from './suggest-mapping.ts';
import { Survey } from './survey.ts';
import { targetFields } from './target-fields.ts';

const SAMPLE_ROWS = 1_000;
const SAMPLES = 5;
const SAMPLE_CHARACTERS = 60;

export interface Inspected {
  inspection: Inspection;
  classes: ClassFinder;
  toWgs84: ToWgs84;
}

/**
 * Looks at the first thousand rows: columns with samples, a mapping (the one asked for, else the suggested one), the
 * datum, and what can be said already about the positions.
 *
 * @throws IMPORT_UNKNOWN_REFERENCE_SYSTEM
 */
export async function inspectSource(source: Source, request: PreparationRequest): Promise<Inspected> {
  const { layer, facts, options } = request;
  const words = readClassWords();
  const classes = makeLayerClassFinder(layer, facts, words);
  const sample = await readSample(source);
  const mapping = options.mapping ?? suggest(source, request, sample, classes, words);
  const datum = chooseDatum(source, options.datum, mapping);
  const own = source.converted && !/^(gcj02|bd09)$/.test(datum) ? 'wgs84' : datum;
  const toWgs84 = toWgs84From(own, await lookUpSystem(own, request.workFolder));
  const warnings = [
    ...sourceWarnings(source, options.datum),
    ...judgeSample(source, request, sample, { mapping, datum, toWgs84, classes }),
  ];
  return {
    inspection: {
      format: source.format,
      ...(source.encoding === undefined ? {} : { encoding: source.encoding }),
      sourceLayers: source.sourceLayers,
      ...(source.sourceLayer === undefined ? {} : { sourceLayer: source.sourceLayer }),
      columns: sample.columns.map(({ name, samples, filled }) => ({ name, samples, filled })),
      fields: targetFields[layer].map(({ names: _, ...field }) => field),
      mapping,
      datum,
      warnings,
    },
    classes,
    toWgs84,
  };
}

interface Sample {
  columns: ColumnSample[];
  chunks: RowChunk[];
}

async function readSample(source: Source): Promise<Sample> {
  const { positions, chunks } = source.read(source.columns);
  const kept: RowChunk[] = [];
  let rows = 0;
  for await (const chunk of chunks) {
    const room = SAMPLE_ROWS - rows;
    kept.push({
      ...chunk,
      lines: chunk.lines.slice(0, room),
      cells: chunk.cells.slice(0, room),
      ...(chunk.geometries ? { geometries: chunk.geometries.slice(0, room) } : {}),
      problems: [],
    });
    rows += chunk.lines.length;
    if (rows >= SAMPLE_ROWS) break;
  }
  const taken = kept.reduce((sum, { lines }) => sum + lines.length, 0);
  const columns = source.columns.map((name, index) => {
    const values: string[] = [];
    const different = new Set<string>();
    for (const { cells } of kept)
      for (const row of cells) {
        const value = row[positions[index]!]?.trim();
        if (!value) continue;
        values.push(value);
        if (different.size < SAMPLES) different.add(value.slice(0, SAMPLE_CHARACTERS));
      }
    return { name, values, samples: [...different], filled: taken === 0 ? 0 : values.length / taken };
  });
  // Cells stand where `positions` says; the judge reads them by the columns' own order.
  for (const chunk of kept) chunk.cells = chunk.cells.map((row) => positions.map((at) => row[at]));
  return { columns, chunks: kept };
}

function suggest(
  source: Source,
  { layer, fileName }: PreparationRequest,
  { columns }: Sample,
  classes: ClassFinder,
  words: ReadonlyMap<string, string>,
): ImportMapping {
  const mapping = suggestMapping(layer, columns, {
    hasGeometry: source.hasGeometry,
    knowsClass: classes.knows,
  });
  if (layer === 'parts' && !mapping['class_id']) {
    const constant = classOfFileName(fileName, words);
    if (constant) mapping['class_id'] = { constant };
  }
  return mapping;
}

/** What somebody said; what the file says; what the name of the column with the longitude says; WGS 84. */
function chooseDatum(source: Source, asked: string | undefined, mapping: ImportMapping): string {
  if (asked) return asked;
  if (source.datum) return source.datum;
  const name = normaliseName(mapping['lon']?.column ?? '');
  if (/gcj|火星|高德/.test(name)) return 'gcj02';
  return /bd09|百度|^bd/.test(name) ? 'bd09' : 'wgs84';
}

/** Ellipsoids whose datums lie within two metres of WGS 84; others need a shift that the registry's WKT leaves out. */
const NEAR_WGS84 = /SPHEROID\["(GRS_1980|WGS_1984|CGCS2000)/i;

/** @throws IMPORT_UNKNOWN_REFERENCE_SYSTEM where reading it would be off by a hundred metres unnoticed */
async function lookUpSystem(datum: string, workFolder: string): Promise<string | undefined> {
  if (isGeographic(datum) || definitionOf(datum)) return undefined;
  const definition = await describeSystem(datum, workFolder);
  if (definition && !NEAR_WGS84.test(definition))
    throw appError('IMPORT_UNKNOWN_REFERENCE_SYSTEM', { datum, reason: 'DATUM_SHIFT_UNKNOWN' });
  return definition;
}

function sourceWarnings(source: Source, asked: string | undefined): ImportWarning[] {
  const warnings: ImportWarning[] = [];
  if (source.encodingGuessed && source.encoding)
    warnings.push({
      code: 'GUESSED_ENCODING',
      message: {
        zh: `文件不是 UTF-8，按 ${source.encoding} 读取`,
        en: `The file is not UTF-8; it is read as ${source.encoding}`,
      },
      blocking: false,
      details: { encoding: source.encoding },
    });
  if (source.needsReference && !asked)
    warnings.push({
      code: 'NO_REFERENCE_SYSTEM',
      message: {
        zh: '文件没有说明坐标系（缺少 .prj），请指定',
        en: 'The file does not say its reference system (no .prj); name it',
      },
      blocking: true,
    });
  return warnings;
}

/** Positions of the sample; a mapping that is not complete yet says nothing about them. */
function judgeSample(
  source: Source,
  { layer, facts }: PreparationRequest,
  { columns, chunks }: Sample,
  {
    mapping,
    datum,
    toWgs84,
    classes,
  }: { mapping: ImportMapping; datum: string; toWgs84: ToWgs84; classes: ClassFinder },
): ImportWarning[] {
  const survey = new Survey();
  try {
    const preparer = makeChunkPreparer({ layer, mapping, source, facts, classes, toWgs84, survey });
    const positions = preparer.columns.map((name) => columns.findIndex((column) => column.name === name));
    for (const chunk of chunks) preparer.prepare(chunk, positions, [], () => undefined);
  } catch {
    return [];
  }
  return survey.judge({
    layer,
    datum: source.converted && datum.startsWith('EPSG:') ? 'wgs84' : datum,
    toWgs84,
    ...(facts.districtBounds ? { bounds: facts.districtBounds } : {}),
  });
}
