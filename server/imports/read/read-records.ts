import { CsvError, parse, type Parser } from 'csv-parse';
import { appError } from '../../errors.ts';
import { limits } from './limits.ts';
import type { TextPiece } from './read-text.ts';

export interface Records {
  /** Line each record starts on. */
  lines: number[];
  cells: string[][];
  bytesRead: number;
}

/**
 * Records of delimited text. Text without a quotation mark has nothing to interpret: it is cut at line ends and
 * delimiters, four times as fast as a parser. From the first quotation mark on csv-parse reads, to the end of the file.
 * Empty lines are left out but counted.
 *
 * @throws IMPORT_LINE_TOO_LONG, IMPORT_BROKEN_FILE (a quotation mark that is not closed)
 */
export async function* readRecords(
  pieces: AsyncIterable<TextPiece>,
  delimiter: string,
): AsyncGenerator<Records> {
  let rest = '';
  let line = 1;
  let quoted: QuotedReader | undefined;
  let bytesRead = 0;
  for await (const piece of pieces) {
    bytesRead = piece.bytesRead;
    if (!quoted && piece.text.includes('"')) {
      quoted = readQuoted(delimiter, line);
      yield { ...(await quoted.write(rest + piece.text)), bytesRead };
      rest = '';
      continue;
    }
    if (quoted) {
      yield { ...(await quoted.write(piece.text)), bytesRead };
      continue;
    }
    const text = rest + piece.text;
    const end = lastLineEnd(text);
    if (text.length - end > limits.rowCharacters) throw tooLong(line);
    const records = cutRecords(text.slice(0, end), delimiter, line);
    rest = text.slice(end);
    line = records.nextLine;
    yield { lines: records.lines, cells: records.cells, bytesRead };
  }
  if (quoted) {
    yield { ...(await quoted.end()), bytesRead };
  } else if (rest) {
    const { lines, cells } = cutRecords(rest, delimiter, line);
    yield { lines, cells, bytesRead };
  }
}

function tooLong(line: number) {
  return appError('IMPORT_LINE_TOO_LONG', { line, limitCharacters: limits.rowCharacters });
}

/** Where the last whole line ends; a lone `\r` at the very end may be half of a line end. */
function lastLineEnd(text: string): number {
  const lineFeed = text.lastIndexOf('\n');
  return lineFeed >= 0 ? lineFeed + 1 : text.lastIndexOf('\r', text.length - 2) + 1;
}

function cutRecords(text: string, delimiter: string, firstLine: number) {
  const lines: number[] = [];
  const cells: string[][] = [];
  const separator = text.includes('\n') || !text.includes('\r') ? '\n' : '\r';
  let line = firstLine;
  let from = 0;
  while (from < text.length) {
    let to = text.indexOf(separator, from);
    if (to < 0) to = text.length;
    const end = separator === '\n' && text.charCodeAt(to - 1) === 13 ? to - 1 : to;
    if (end > from) {
      if (end - from > limits.rowCharacters) throw tooLong(line);
      lines.push(line);
      cells.push(text.slice(from, end).split(delimiter));
    }
    line++;
    from = to + 1;
  }
  return { lines, cells, nextLine: line };
}

interface QuotedReader {
  write(text: string): Promise<{ lines: number[]; cells: string[][] }>;
  end(): Promise<{ lines: number[]; cells: string[][] }>;
}

/** csv-parse behind a call that returns what the text given to it completes. */
function readQuoted(delimiter: string, firstLine: number): QuotedReader {
  let lines: number[] = [];
  let cells: string[][] = [];
  let previous = 0;
  let failure: unknown;
  const parser: Parser = parse({
    delimiter,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    max_record_size: limits.rowCharacters,
    on_record: (record: string[], info) => {
      const spanned = info.lines - previous;
      const own = spanned > 1 ? 1 + countLineEnds(record) : 1;
      lines.push(firstLine + info.lines - own);
      cells.push(record);
      previous = info.lines;
      return null;
    },
  });
  parser.on('error', (error) => (failure = error));
  const take = () => {
    if (failure) throw asAppError(failure, firstLine + previous);
    const taken = { lines, cells };
    lines = [];
    cells = [];
    return taken;
  };
  return {
    async write(text) {
      await new Promise<void>((resolve) => parser.write(text, () => resolve()));
      return take();
    },
    async end() {
      await new Promise<void>((resolve) => {
        parser.once('error', () => resolve());
        parser.once('end', resolve);
        parser.end();
        parser.resume();
      });
      return take();
    },
  };
}

function countLineEnds(record: string[]): number {
  let count = 0;
  for (const cell of record)
    for (let at = cell.indexOf('\n'); at >= 0; at = cell.indexOf('\n', at + 1)) count++;
  return count;
}

function asAppError(error: unknown, line: number): unknown {
  if (!(error instanceof CsvError)) return error;
  if (error.code === 'CSV_MAX_RECORD_SIZE') return tooLong(line);
  return appError('IMPORT_BROKEN_FILE', { line, reason: error.code });
}
