import { parse } from 'csv-parse/sync';
import type { TableError } from '#contract/rules';
import type { Names } from '#contract/shared';
import { appError } from '../errors.ts';

/** A column of a table of rules, and what its fields may hold. */
export interface Column {
  name: string;
  kind: 'text' | 'number' | 'integer' | 'boolean' | 'day' | readonly string[];
  /** May be empty; the table may also come without the column. */
  optional?: boolean;
}

/** Values by column in their plain form: `true`, `2`, `2026-10-16`, empty for none; a column that is not there says nothing. */
export type Values = Record<string, string>;

export interface GivenRow {
  line: number;
  values: Values;
}

/** What spreadsheets take for a formula when a field begins so. */
const FORMULA = /^'*[=+\-@\t\r＝＋－＠]/u;
const BOM = '\ufeff';

/** CSV for spreadsheets: UTF-8 with a mark, CRLF, and no field that would be run as a formula. */
export function writeTable(columns: readonly Column[], rows: readonly Values[]): string {
  const line = (fields: readonly string[]) => fields.map(writeField).join(',');
  const names = columns.map(({ name }) => name);
  return `${BOM}${[names, ...rows.map((row) => names.map((name) => row[name] ?? ''))].map(line).join('\r\n')}\r\n`;
}

function writeField(value: string): string {
  const safe = FORMULA.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) || safe.trim() !== safe ? `"${safe.replaceAll('"', '""')}"` : safe;
}

function readField(value: string): string {
  return value.startsWith("'") && FORMULA.test(value) ? value.slice(1) : value;
}

/** The text of the upload: UTF-8, or GB18030 as Chinese spreadsheets save it. */
function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('gb18030').decode(bytes);
  }
}

/**
 * The rows of a table as it was handed in, each value in its plain form, and what is wrong with the other rows.
 * @throws INVALID_INPUT when it is no table with these columns at all
 */
export function readTable(
  columns: readonly Column[],
  bytes: Uint8Array,
): { rows: GivenRow[]; errors: TableError[] } {
  const [header, ...records] = parseRecords(bytes);
  const names = header?.fields.map((name) => name.trim()) ?? [];
  requireColumns(columns, names);
  const rows: GivenRow[] = [];
  const errors: TableError[] = [];
  for (const { fields, line } of records) {
    if (fields.length !== names.length) {
      errors.push({
        line,
        reason: {
          zh: `应有 ${names.length} 列，实有 ${fields.length} 列`,
          en: `${names.length} fields expected, ${fields.length} found`,
        },
      });
      continue;
    }
    const values: Values = {};
    const before = errors.length;
    for (const column of columns) {
      const index = names.indexOf(column.name);
      if (index < 0) continue;
      const read = readValue(column, readField(fields[index] ?? '').trim());
      if ('wrong' in read) errors.push({ line, field: column.name, reason: read.wrong });
      else values[column.name] = read.value;
    }
    if (errors.length === before) rows.push({ line, values });
  }
  return { rows, errors };
}

function parseRecords(bytes: Uint8Array): { fields: string[]; line: number }[] {
  try {
    const parsed: unknown = parse(decode(bytes), {
      bom: true,
      record_delimiter: ['\r\n', '\n', '\r'],
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
      max_record_size: 100_000,
    });
    return (parsed as { record: string[]; info: { lines: number } }[])
      .map(({ record, info }) => ({ fields: record, line: info.lines }))
      .filter(({ fields }) => fields.some((field) => field.trim() !== ''));
  } catch (error) {
    throw appError('INVALID_INPUT', { problem: error instanceof Error ? error.message : String(error) });
  }
}

function requireColumns(columns: readonly Column[], names: readonly string[]): void {
  const known = new Set(columns.map(({ name }) => name));
  const missing = columns.filter(({ name, optional }) => !optional && !names.includes(name));
  const unknown = names.filter((name) => !known.has(name));
  const twice = names.filter((name, index) => names.indexOf(name) !== index);
  if (missing.length === 0 && unknown.length === 0 && twice.length === 0) return;
  throw appError('INVALID_INPUT', {
    missingColumns: missing.map(({ name }) => name),
    unknownColumns: unknown,
    repeatedColumns: twice,
  });
}

const WRONG: Record<'empty' | 'number' | 'integer' | 'boolean' | 'day', Names> = {
  empty: { zh: '不能为空', en: 'must not be empty' },
  number: { zh: '不是数字', en: 'is not a number' },
  integer: { zh: '不是整数', en: 'is not a whole number' },
  boolean: { zh: '应为 true 或 false', en: 'must be true or false' },
  day: { zh: '不是日期（应如 2026-10-16）', en: 'is not a day such as 2026-10-16' },
};

const MOST_CHARACTERS = 4000;

function readValue({ kind, optional }: Column, text: string): { value: string } | { wrong: Names } {
  if (text === '') return optional ? { value: '' } : { wrong: WRONG.empty };
  if (text.includes('\0'))
    return { wrong: { zh: '含有无效字符', en: 'holds a character that cannot be kept' } };
  if (text.length > MOST_CHARACTERS) {
    return {
      wrong: { zh: `超过 ${MOST_CHARACTERS} 字`, en: `is longer than ${MOST_CHARACTERS} characters` },
    };
  }
  if (kind === 'text') return { value: text };
  if (kind === 'boolean') {
    const lower = text.toLowerCase();
    return lower === 'true' || lower === 'false' ? { value: lower } : { wrong: WRONG.boolean };
  }
  if (kind === 'number') {
    const number = Number(text);
    return Number.isFinite(number) ? { value: String(number) } : { wrong: WRONG.number };
  }
  if (kind === 'integer') {
    const number = Number(text);
    return Number.isInteger(number) && Math.abs(number) < 2 ** 31
      ? { value: String(number) }
      : { wrong: WRONG.integer };
  }
  if (kind === 'day') return readDay(text);
  return kind.includes(text)
    ? { value: text }
    : { wrong: { zh: `应为 ${kind.join('、')} 之一`, en: `must be one of ${kind.join(', ')}` } };
}

/** `2026-10-16`, or as spreadsheets rewrite it: `2026/10/16`, `2026/1/5`. */
function readDay(text: string): { value: string } | { wrong: Names } {
  const [, year = '', month = '', day = ''] = /^([12]\d{3})[-/](\d{1,2})[-/](\d{1,2})$/.exec(text) ?? [];
  const value = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  const at = Date.parse(`${value}T00:00:00Z`);
  const exists = !Number.isNaN(at) && new Date(at).toISOString().startsWith(value);
  return exists ? { value } : { wrong: WRONG.day };
}

export interface TableDifference {
  added: GivenRow[];
  /** Rows whose key is known and that differ in these columns. */
  changed: { row: GivenRow; before: Values; fields: string[] }[];
  unchanged: number;
  /** Keys that are known and not in the table. */
  missing: string[];
  errors: TableError[];
}

/** Compares what was handed in with what is known, by key. A row without a key, or with one nobody knows, is new. */
export function compareTable(
  key: string,
  columns: readonly Column[],
  known: ReadonlyMap<string, Values>,
  given: readonly GivenRow[],
): TableDifference {
  const difference: TableDifference = { added: [], changed: [], unchanged: 0, missing: [], errors: [] };
  const seen = new Map<string, number>();
  for (const row of given) {
    const code = row.values[key] ?? '';
    const first = seen.get(code);
    if (code !== '' && first !== undefined) {
      difference.errors.push({
        line: row.line,
        field: key,
        reason: { zh: `与第 ${first} 行重复`, en: `is that of line ${first} too` },
      });
      continue;
    }
    if (code !== '') seen.set(code, row.line);
    const before = known.get(code);
    if (!before) {
      difference.added.push(row);
      continue;
    }
    const fields = columns
      .map(({ name }) => name)
      .filter((name) => row.values[name] !== undefined && (before[name] ?? '') !== row.values[name]);
    if (fields.length === 0) difference.unchanged += 1;
    else difference.changed.push({ row, before, fields });
  }
  difference.missing = [...known.keys()].filter((code) => !seen.has(code));
  return difference;
}
