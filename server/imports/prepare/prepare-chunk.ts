import type { Geometry, Position } from 'geojson';
import type { ImportLayer, ImportMapping, RowError } from '#contract/imports';
import { appError } from '../../errors.ts';
import { rowError } from '../read/row-error.ts';
import type { RowChunk, Source } from '../read/source.ts';
import { stagedColumns, type ImportFacts } from '../prepared-rows.ts';
import { completeRow } from './complete-row.ts';
import type { Shape } from './ewkb.ts';
import { fieldParsers, type Parser } from './field-parsers.ts';
import type { ClassFinder } from './find-class.ts';
import { fitShape, noGeometry, placePoint, type Fitted } from './fit-shape.ts';
import { parseGeometry } from './parse-geometry.ts';
import { parseDegrees } from './parse-degrees.ts';
import type { Parsed } from './parse-value.ts';
import { Problem } from './problem.ts';
import type { ToWgs84 } from './reference-system.ts';
import type { Survey } from './survey.ts';
import { targetFields } from './target-fields.ts';

/** A row that is ready but for its key, which other rows may share. */
export interface ReadyRow {
  line: number;
  values: (string | null)[];
  shapes: Shape[];
}

export interface Tally {
  turned: number;
  repaired: number;
  /** Field → values that mean none of ours and were left out. */
  unmapped: Map<string, Set<string>>;
}

export interface ChunkPreparer {
  /** Columns of the file to read, in the order `prepare` wants their positions. */
  columns: string[];
  prepare(chunk: RowChunk, positions: number[], errors: RowError[], accept: (row: ReadyRow) => void): void;
  tally: Tally;
  /** What `prepare` does with a row, for a quicker way to do it. */
  readers: readonly FieldReader[];
  /** Numbers of the columns with the coordinates among `columns`; absent where rows have a geometry. */
  coordinates: { lon: number; lat: number } | undefined;
}

export interface FieldReader {
  name: string;
  /** Where in the values of a row it goes; −1: only helps to work others out. */
  slot: number;
  /** Number of the column among `columns`; −1: the same for every row. */
  column: number;
  constant: string | null;
  values: Record<string, string> | undefined;
  parse: Parser;
}

export interface PreparerInput {
  layer: ImportLayer;
  mapping: ImportMapping;
  source: Source;
  facts: ImportFacts;
  classes: ClassFinder;
  toWgs84: ToWgs84;
  survey: Survey;
}

/**
 * Compiles a mapping into a function over rows.
 *
 * @throws IMPORT_MAPPING_INCOMPLETE (a required field or the position has no column, a constant cannot be taken),
 *   IMPORT_UNKNOWN_COLUMN
 */
export function makeChunkPreparer(input: PreparerInput): ChunkPreparer {
  const { layer, mapping, source, facts, toWgs84, survey } = input;
  checkMapping(layer, mapping, source);
  const slots: readonly string[] = stagedColumns[layer];
  const tally: Tally = { turned: 0, repaired: 0, unmapped: new Map() };
  const parsers = fieldParsers(layer, facts, input.classes, (field, value) =>
    noteUnmapped(tally, field, value),
  );
  const columns: string[] = [];
  const columnNumber = (name: string) => {
    const known = columns.indexOf(name);
    return known >= 0 ? known : columns.push(name) - 1;
  };
  const edition = Number(mapping['class_edition']?.constant) || undefined;
  if (edition && 'class_id' in parsers) parsers['class_id'] = (value) => input.classes.find(value, edition);

  const readers: FieldReader[] = [];
  for (const { name } of targetFields[layer]) {
    const rule = mapping[name];
    if (!rule || name === 'lon' || name === 'lat' || name === 'geometry' || name === 'class_edition')
      continue;
    const parse =
      parsers[name] ?? ((value: string): Parsed => (value.length > 400 ? value.slice(0, 400) : value));
    readers.push({
      name,
      slot: slots.indexOf(name),
      column: rule.column === undefined ? -1 : columnNumber(rule.column),
      constant: rule.column === undefined ? parseConstant(name, rule.constant ?? '', parse) : null,
      values: rule.values && Object.keys(rule.values).length > 0 ? rule.values : undefined,
      parse,
    });
  }
  const lonColumn = mapping['lon']?.column;
  const latColumn = mapping['lat']?.column;
  const geometryColumn = mapping['geometry']?.column;
  const lonAt = lonColumn === undefined || lonColumn.startsWith('@') ? -1 : columnNumber(lonColumn);
  const latAt = latColumn === undefined || latColumn.startsWith('@') ? -1 : columnNumber(latColumn);
  const geometryAt =
    geometryColumn === undefined || geometryColumn === '@geometry' ? -1 : columnNumber(geometryColumn);
  const helpers: Record<string, string | null> = {};
  const districtCodeAt = layer === 'divisions' ? slots.indexOf('code') : -1;
  const point: [number, number] = [0, 0];

  function place(chunk: RowChunk, row: number, positions: number[]): Fitted | Problem {
    const cells = chunk.cells[row]!;
    if (lonAt >= 0 && latAt >= 0) {
      const x = parseDegrees(cells[positions[lonAt]!]);
      const y = parseDegrees(cells[positions[latAt]!]);
      if (x === undefined || y === undefined) return noPosition;
      survey.add(x, y);
      return placePoint(x, y, toWgs84, point) ?? { shapes: [{ type: 'Point', at: [point[0], point[1]] }] };
    }
    let geometry: Geometry | null | undefined = chunk.geometries?.[row];
    if (geometryAt >= 0) {
      const text = cells[positions[geometryAt]!];
      geometry = text?.trim() ? parseGeometry(text) : null;
      if (geometry === undefined) return notAGeometry;
    }
    if (!geometry) return noGeometry;
    surveyGeometry(geometry, survey);
    return fitShape(geometry, layer, toWgs84);
  }

  return {
    columns,
    tally,
    readers,
    coordinates: lonAt >= 0 && latAt >= 0 ? { lon: lonAt, lat: latAt } : undefined,
    prepare(chunk, positions, errors, accept) {
      for (const problem of chunk.problems) errors.push(problem);
      for (let row = 0; row < chunk.lines.length; row++) {
        const line = chunk.lines[row]!;
        const cells = chunk.cells[row]!;
        const values: (string | null)[] = new Array<string | null>(slots.length).fill(null);
        let good = true;
        for (const reader of readers) {
          const cell = cells[positions[reader.column]!];
          const value = reader.column < 0 ? reader.constant : readField(reader, cell);
          if (value instanceof Problem) {
            errors.push(asRowError(line, reader.name, value, cell?.trim()));
            good = false;
            continue;
          }
          if (reader.slot >= 0) values[reader.slot] = value;
          else helpers[reader.name] = value;
        }
        const problem = completeRow(layer, values, helpers);
        if (good && problem) {
          errors.push(asRowError(line, problem.field, problem.problem));
          good = false;
        }
        if (districtCodeAt >= 0 && values[districtCodeAt] === facts.districtCode)
          surveyGeometry(chunk.geometries?.[row], survey, true);
        const placed = place(chunk, row, positions);
        if (placed instanceof Problem) {
          errors.push(asRowError(line, 'geometry', placed, describePlace(cells, positions, lonAt, latAt)));
          continue;
        }
        if (!good) continue;
        if (placed.turned) tally.turned++;
        if (placed.repaired) tally.repaired++;
        accept({ line, values, shapes: placed.shapes });
      }
    },
  };
}

/** What a cell of the file says about a field. */
export function readField({ values, parse }: FieldReader, cell: string | undefined): Parsed {
  const text = cell?.trim();
  if (!text) return null;
  const meant = values?.[text] ?? text;
  return meant === '' ? null : parse(meant);
}

const MOST_UNMAPPED = 50;

function noteUnmapped({ unmapped }: Tally, field: string, value: string): void {
  const values = unmapped.get(field) ?? new Set<string>();
  if (values.size < MOST_UNMAPPED) values.add(value.slice(0, 60));
  unmapped.set(field, values);
}

const noPosition = new Problem(
  'no-position',
  '没有坐标，或坐标不是数值',
  'There is no position, or it is not a number',
);
const notAGeometry = new Problem(
  'not-a-geometry',
  '不是 WKT 或 GeoJSON 几何',
  'Neither WKT nor a GeoJSON geometry',
);

export function asRowError(line: number, field: string, problem: Problem, value?: string): RowError {
  return rowError(line, field, problem.reason, problem.message.zh, problem.message.en, value);
}

function describePlace(
  cells: (string | undefined)[],
  positions: number[],
  lonAt: number,
  latAt: number,
): string | undefined {
  return lonAt >= 0 && latAt >= 0
    ? `${cells[positions[lonAt]!] ?? ''}, ${cells[positions[latAt]!] ?? ''}`
    : undefined;
}

function checkMapping(layer: ImportLayer, mapping: ImportMapping, source: Source): void {
  const fields = targetFields[layer];
  const unknownFields = Object.keys(mapping).filter((name) => !fields.some((field) => field.name === name));
  const unknownColumns = Object.values(mapping)
    .map(({ column }) => column)
    .filter((column): column is string => column !== undefined)
    .filter(
      (column) =>
        !source.columns.includes(column) && !(source.hasGeometry && /^@(geometry|lon|lat)$/.test(column)),
    );
  if (unknownFields.length > 0 || unknownColumns.length > 0)
    throw appError('IMPORT_UNKNOWN_COLUMN', { fields: unknownFields, columns: unknownColumns });
  const missing = fields
    .filter(({ name, required }) => required && !mapping[name] && name !== 'geometry')
    .map(({ name }) => name);
  if (!mapping['geometry'] && !(mapping['lon'] && mapping['lat'])) missing.push('geometry');
  if (missing.length > 0) throw appError('IMPORT_MAPPING_INCOMPLETE', { missing });
}

function parseConstant(field: string, text: string, parse: Parser): string | null {
  const parsed = text.trim() ? parse(text.trim()) : null;
  if (parsed instanceof Problem)
    throw appError('IMPORT_MAPPING_INCOMPLETE', { field, reason: parsed.reason, message: parsed.message });
  return parsed;
}

/** Two far corners are as good as all of them for telling where a geometry is. */
function surveyGeometry(geometry: Geometry | null | undefined, survey: Survey, district = false): void {
  if (!geometry || geometry.type === 'GeometryCollection') return;
  if (geometry.type === 'Point') {
    const [x, y] = geometry.coordinates;
    if (typeof x === 'number' && typeof y === 'number') survey.add(x, y);
    return;
  }
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
  const visit = (value: unknown): void => {
    if (!Array.isArray(value)) return;
    if (typeof value[0] === 'number') {
      const [x, y] = value as Position;
      west = Math.min(west, x!);
      south = Math.min(south, y!);
      east = Math.max(east, x!);
      north = Math.max(north, y!);
    } else for (const inner of value) visit(inner);
  };
  visit(geometry.coordinates);
  const add = district ? survey.addDistrict.bind(survey) : survey.add.bind(survey);
  add(west, south);
  add(east, north);
}
