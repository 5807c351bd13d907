import { parse as parseSync } from 'csv-parse/sync';
import { appError } from '../../errors.ts';
import { detectEncoding } from './detect-encoding.ts';
import { limits } from './limits.ts';
import { cutLine, readRecords, type Records } from './read-records.ts';
import { readText } from './read-text.ts';
import { rowError } from './row-error.ts';
import type { PlainLines, RowChunk, Source } from './source.ts';

const DELIMITERS = [',', '\t', ';', '|'] as const;
const HEAD_LINES = 50;

/**
 * CSV, TSV and their kin, in any encoding `detectEncoding` knows. The delimiter is the one that cuts the first lines
 * into the same number of columns, more of them winning. A first line with numbers in it is data, not a header.
 *
 * @throws IMPORT_EMPTY, IMPORT_NO_COLUMNS
 */
export async function openDelimited(path: string, bytesTotal: number): Promise<Source> {
  const encoding = await detectEncoding(path);
  const head = await readHeadLines(path, encoding.name);
  if (!head.trim()) throw appError('IMPORT_EMPTY');
  const found = detectDelimiter(head);
  if (!found) throw appError('IMPORT_NO_COLUMNS', { firstLine: head.split(/\r?\n/, 1)[0]!.slice(0, 200) });
  const hasHeader = !looksLikeData(found.first);
  const columns = hasHeader ? nameColumns(found.first) : found.first.map((_, index) => `column ${index + 1}`);
  if (columns.length > limits.columns)
    throw appError('IMPORT_NO_COLUMNS', { columns: columns.length, limit: limits.columns });

  const readFrom: PlainLines['readFrom'] = ({ byte, line, headerRead }) =>
    readRows(path, encoding.name, found.delimiter, columns.length, {
      byte,
      line,
      skipHeader: hasHeader && !headerRead,
    });
  const source: Source = {
    format: 'csv',
    encoding: encoding.name,
    encodingGuessed: encoding.guessed,
    sourceLayers: [],
    hasGeometry: false,
    columns,
    bytesTotal,
    // Bytes of other encodings may look like a delimiter inside a character.
    ...(encoding.name === 'utf-8'
      ? {
          plainLines: {
            path,
            delimiter: found.delimiter.charCodeAt(0),
            columnCount: columns.length,
            hasHeader,
            cut(text: string, line: number) {
              const cells = cutLine(text, found.delimiter);
              return cells && toChunk({ lines: [line], cells: [cells], bytesRead: 0 }, columns.length);
            },
            readFrom,
          },
        }
      : {}),
    read(wanted) {
      return {
        positions: wanted.map((name) => columns.indexOf(name)),
        chunks: readFrom({ byte: 0, line: 1, headerRead: false }),
      };
    },
  };
  return source;
}

async function* readRows(
  path: string,
  encoding: Parameters<typeof readText>[1],
  delimiter: string,
  columnCount: number,
  start: { byte: number; line: number; skipHeader: boolean },
): AsyncGenerator<RowChunk> {
  let { skipHeader } = start;
  for await (const records of readRecords(readText(path, encoding, start.byte), delimiter, start.line)) {
    if (skipHeader && records.lines.length > 0) {
      skipHeader = false;
      records.lines.shift();
      records.cells.shift();
    }
    yield toChunk(records, columnCount);
  }
}

function toChunk(records: Records, columnCount: number): RowChunk {
  const chunk: RowChunk = { lines: [], cells: [], problems: [], bytesRead: records.bytesRead };
  for (let i = 0; i < records.cells.length; i++) {
    const cells = records.cells[i]!;
    if (cells.length !== columnCount && !isPadding(cells, columnCount)) {
      chunk.problems.push(wrongCount(records.lines[i]!, cells.length, columnCount));
      continue;
    }
    chunk.lines.push(records.lines[i]!);
    chunk.cells.push(cells);
  }
  return chunk;
}

/** Spreadsheets leave empty cells off, or add some, at the end of a line. */
function isPadding(cells: string[], columnCount: number): boolean {
  if (cells.length < columnCount) return false;
  for (let i = columnCount; i < cells.length; i++) if (cells[i]) return false;
  return true;
}

function wrongCount(line: number, found: number, expected: number) {
  return rowError(
    line,
    '',
    'wrong-column-count',
    `该行有 ${found} 列，表头有 ${expected} 列`,
    `The line has ${found} columns, the header ${expected}`,
  );
}

async function readHeadLines(path: string, encoding: Parameters<typeof readText>[1]): Promise<string> {
  for await (const { text } of readText(path, encoding)) return text;
  return '';
}

/** @returns undefined where no delimiter makes at least two columns of the first line. */
function detectDelimiter(head: string): { delimiter: string; first: string[] } | undefined {
  let best: { delimiter: string; first: string[]; score: number } | undefined;
  const text = head.slice(0, 256 * 1024);
  const complete = text.length < head.length ? text.slice(0, text.lastIndexOf('\n') + 1) || text : text;
  for (const delimiter of DELIMITERS) {
    const rows = parseHead(complete, delimiter);
    const first = rows[0];
    if (!first || first.length < 2) continue;
    const same = rows.filter((row) => row.length === first.length).length / rows.length;
    const score = same * 1000 + first.length;
    if (!best || score > best.score) best = { delimiter, first, score };
  }
  return best;
}

function parseHead(text: string, delimiter: string): string[][] {
  const rows: string[][] = [];
  try {
    parseSync(text, {
      delimiter,
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
      to: HEAD_LINES,
      on_record: (record: string[]) => {
        rows.push(record);
        return null;
      },
    });
  } catch {
    // The piece may end inside quotes; the rows up to there are what is wanted.
  }
  return rows;
}

function looksLikeData(first: string[]): boolean {
  const numbers = first.filter((cell) => /^-?\d+(\.\d+)?$/.test(cell.trim())).length;
  return numbers >= 2 || (numbers === 1 && first.length <= 3);
}

/** Names as they stand; empty ones get a number, repeated ones a suffix. */
function nameColumns(header: string[]): string[] {
  const seen = new Map<string, number>();
  return header.map((cell, index) => {
    const name = cell.trim() || `column ${index + 1}`;
    const count = (seen.get(name) ?? 0) + 1;
    seen.set(name, count);
    return count === 1 ? name : `${name} (${count})`;
  });
}
