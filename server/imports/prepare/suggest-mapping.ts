import type { ImportLayer, ImportMapping, SourceColumn } from '#contract/imports';
import { targetFields } from './target-fields.ts';

/** What the values of a column look like; a name alone may mislead. */
export interface ColumnSample extends SourceColumn {
  /** Values of the first rows that have one. */
  values: string[];
}

/** Columns worked out of tags say it better than the tags. */
const WORKED_OUT = 60;

/** `GLBJ_BSM`, `glbj bsm` and `GLBJBSM` are one name. */
export function normaliseName(name: string): string {
  const leading = name.startsWith('@') ? '@' : '';
  return (
    leading +
    name
      .normalize('NFKC')
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]/gu, '')
  );
}

/**
 * Which column goes to which field: by name, unless the values speak against it; then by the values alone. A column
 * serves one field; the better match gets it.
 */
export function suggestMapping(
  layer: ImportLayer,
  columns: ColumnSample[],
  context: { hasGeometry: boolean; knowsClass(value: string): boolean },
): ImportMapping {
  const candidates: { field: string; column: string; score: number }[] = [];
  for (const plan of targetFields[layer])
    for (const column of columns) {
      const rank = plan.names.indexOf(normaliseName(column.name));
      const fits = fitsContent(plan.name, column.values, context);
      if (fits === 'no') continue;
      if (rank >= 0)
        candidates.push({
          field: plan.name,
          column: column.name,
          score:
            100 -
            rank +
            (fits === 'yes' ? 50 : 0) +
            20 * column.filled +
            (column.name.startsWith('@') ? WORKED_OUT : 0),
        });
      else if (fits === 'yes' && byContentAlone.has(plan.name))
        candidates.push({ field: plan.name, column: column.name, score: 20 + column.filled });
    }
  candidates.sort((a, b) => b.score - a.score);
  const mapping: ImportMapping = {};
  const used = new Set<string>();
  for (const { field, column } of candidates) {
    if (mapping[field] || used.has(column)) continue;
    mapping[field] = { column };
    used.add(column);
  }
  settlePosition(mapping, context.hasGeometry);
  deriveClass(mapping, layer, columns);
  return mapping;
}

/** Fields whose values are so peculiar that a column of any name may be theirs. */
const byContentAlone = new Set(['code', 'class_id', 'geometry']);

type Fit = 'yes' | 'maybe' | 'no';

function fitsContent(
  field: string,
  values: string[],
  { knowsClass }: { knowsClass(value: string): boolean },
): Fit {
  if (values.length === 0) return 'maybe';
  const share = (test: (value: string) => boolean) => values.filter(test).length / values.length;
  if (field === 'lon') return fitsNumber(values, 180);
  if (field === 'lat') return fitsNumber(values, 90);
  if (field === 'geometry') {
    const shapes = share((value) =>
      /^\s*(SRID=\d+;)?\s*(MULTI)?(POINT|LINESTRING|POLYGON)\b|^\s*\{\s*"(type|coordinates)"/i.test(value),
    );
    return shapes > 0.5 ? 'yes' : 'no';
  }
  if (field === 'code') {
    const digits = share((value) => /^\d{15,17}$/.test(value.trim()));
    return digits > 0.9 ? 'yes' : 'maybe';
  }
  if (field === 'class_id') {
    if (share((value) => /^\d{16,17}$/.test(value.trim())) > 0.5) return 'no';
    const known = share(knowsClass);
    return known > 0.8 ? 'yes' : known === 0 && values.length > 20 ? 'no' : 'maybe';
  }
  if (/_date$|_until$|_at$/.test(field)) return share((value) => /\d/.test(value)) > 0.5 ? 'maybe' : 'no';
  if (/_metres$|^levels$/.test(field)) return share((value) => /^\s*[\d.]/.test(value)) > 0.5 ? 'yes' : 'no';
  if (/_code$/.test(field)) return share((value) => value.length <= 40) > 0.9 ? 'maybe' : 'no';
  return 'maybe';
}

/** Degrees go before metres and feet, so that `point_x` in State-Plane feet loses against `longitude`. */
function fitsNumber(values: string[], most: number): Fit {
  let numbers = 0;
  let degrees = 0;
  for (const value of values) {
    const number = Number(value);
    if (!value.trim() || !Number.isFinite(number)) continue;
    numbers++;
    if (Math.abs(number) <= most && value.includes('.')) degrees++;
  }
  if (numbers < values.length * 0.5) return 'no';
  return degrees > numbers * 0.5 ? 'yes' : 'maybe';
}

/** One way to say where a thing is: longitude with latitude, else the geometry. */
function settlePosition(mapping: ImportMapping, hasGeometry: boolean): void {
  if (hasGeometry) {
    delete mapping.lon;
    delete mapping.lat;
    mapping.geometry = { column: '@geometry' };
    return;
  }
  if (mapping.lon && mapping.lat) {
    if ('geometry' in mapping) delete mapping.geometry;
  } else {
    delete mapping.lon;
    delete mapping.lat;
  }
}

/** A part's code says its class. A file of hydrants says so in the names of its columns or not at all. */
function deriveClass(mapping: ImportMapping, layer: ImportLayer, columns: ColumnSample[]): void {
  if (layer !== 'parts' || mapping.class_id) return;
  const code = mapping.code?.column;
  const values = columns.find((column) => column.name === code)?.values ?? [];
  if (code && values.some((value) => /^\d{16,17}$/.test(value.trim()))) mapping.class_id = { column: code };
}
