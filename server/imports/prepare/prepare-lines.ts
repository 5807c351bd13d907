import type { PlainLines, RowChunk } from '../read/source.ts';
import { stagedColumns } from '../prepared-rows.ts';
import { CellMemo } from './cell-memo.ts';
import { asCopyText, type CopyEncoder } from './encode-rows.ts';
import { stewardSlots } from './complete-row.ts';
import { placePoint } from './fit-shape.ts';
import { readField, type ChunkPreparer, type FieldReader } from './prepare-chunk.ts';
import { Problem } from './problem.ts';
import type { ToWgs84 } from './reference-system.ts';
import type { KeyKeeper } from './repeated-keys.ts';
import { hashAscii } from './seen-keys.ts';
import type { Survey } from './survey.ts';

/**
 * Rows of parts straight from the bytes of their lines to the bytes of COPY, four times as fast as by way of strings.
 * Every value still is what the general way makes of it: it is asked once for each different cell, and gets the whole
 * row wherever something is not plain: quotation marks, a row error, a code that is not all digits, one seen before.
 */
export interface LinePreparer {
  /**
   * Prepares whole lines. Stops before a line that cannot be cut without what follows.
   * @returns where it stopped, and the number of the line there
   */
  prepare(bytes: Uint8Array, from: number, to: number, line: number): { reached: number; line: number };
  /** Whether the header, if there is one, lies behind. */
  headerRead: boolean;
  rowsRead: number;
}

interface LinePreparerInput {
  lines: PlainLines;
  preparer: ChunkPreparer;
  /** Where the columns of the preparer stand in a row. */
  positions: readonly number[];
  encoder: CopyEncoder;
  /** The columns that the encoder takes. */
  slots: readonly number[];
  keys: KeyKeeper;
  toWgs84: ToWgs84;
  survey: Survey;
  /** The general way. */
  prepareChunk: (chunk: RowChunk) => void;
}

const NEWLINE = 10;
const RETURN = 13;
const QUOTE = 34;
const NULL = Buffer.from('\\N', 'latin1');

const staged: readonly string[] = stagedColumns.parts;
const codeSlot = staged.indexOf('code');
const classSlot = staged.indexOf('class_id');

/** Undefined where the file or its mapping is not of the plain kind. */
export function makeLinePreparer(input: LinePreparerInput): LinePreparer | undefined {
  const { lines, preparer, positions, encoder, slots, keys, toWgs84, survey, prepareChunk } = input;
  const { readers, coordinates } = preparer;
  const codeReader = readers.find(({ slot }) => slot === codeSlot);
  const plain =
    coordinates !== undefined && codeReader !== undefined && codeReader.column >= 0 && !codeReader.values;
  if (!plain || readers.some(({ slot }) => slot < 0)) return undefined;

  const placeOf = (column: number) => positions[column] ?? -1;
  const codeAt = placeOf(codeReader.column);
  const lonAt = placeOf(coordinates.lon);
  const latAt = placeOf(coordinates.lat);
  const fields: (Field | undefined)[] = staged.map(() => undefined);
  for (const reader of readers)
    if (reader !== codeReader) fields[reader.slot] = new Field(reader, placeOf(reader.column));
  const starts = new Int32Array(lines.columnCount + 1);
  const texts: Uint8Array[] = staged.map(() => NULL);
  const point: [number, number] = [0, 0];

  /** Whether the row went into the encoder. @param starts of the cells, and one byte beyond the last */
  function prepareRow(bytes: Uint8Array, line: number): boolean {
    const codeFrom = starts[codeAt]!;
    const codeTo = starts[codeAt + 1]! - 1;
    if (!isPartCode(bytes, codeFrom, codeTo)) return false;
    const x = parseDecimal(bytes, starts[lonAt]!, starts[lonAt + 1]! - 1);
    const y = parseDecimal(bytes, starts[latAt]!, starts[latAt + 1]! - 1);
    if (x !== x || y !== y || placePoint(x, y, toWgs84, point) !== undefined) return false;
    for (let slot = 0; slot < fields.length; slot++) {
      const field = fields[slot];
      if (field === undefined) {
        texts[slot] = NULL;
        continue;
      }
      const text = field.textOf(bytes, starts);
      if (text === undefined) return false;
      texts[slot] = text;
    }
    if (texts[classSlot] === NULL) return false;
    for (const { code, name } of stewardSlots) {
      if (texts[code] === NULL) texts[code] = texts[name]!;
      else if (texts[name] === NULL) texts[name] = texts[code]!;
    }
    if (!keys.isNewCode(hashAscii(bytes, codeFrom, codeTo), line, point[0], point[1])) return false;
    survey.add(x, y);
    encoder.begin(line);
    for (const slot of slots) {
      const text = texts[slot]!;
      if (slot === codeSlot) encoder.column(bytes, codeFrom, codeTo);
      else encoder.column(text, 0, text.length);
    }
    encoder.endWithPoint(point[0], point[1]);
    return true;
  }

  return {
    headerRead: !lines.hasHeader,
    rowsRead: 0,
    prepare(bytes, from, to, firstLine) {
      let at = from;
      let line = firstLine;
      while (at < to) {
        const start = at;
        let cells = 0;
        let quoted = false;
        starts[0] = at;
        for (; at < to; at++) {
          const byte = bytes[at]!;
          if (byte === lines.delimiter) {
            cells++;
            if (cells < starts.length) starts[cells] = at + 1;
          } else if (byte === NEWLINE) break;
          else if (byte === QUOTE) quoted = true;
        }
        const end = at > start && bytes[at - 1] === RETURN ? at - 1 : at;
        // The last line of a file may lack its line feed.
        if (at < to) at++;
        if (end === start) {
          line++;
          continue;
        }
        const isHeader = !this.headerRead;
        if (!isHeader && !quoted && cells + 1 === lines.columnCount) {
          starts[cells + 1] = end + 1;
          if (prepareRow(bytes, line)) {
            this.rowsRead++;
            line++;
            continue;
          }
        }
        const chunk = lines.cut(decode(bytes, start, end), line);
        if (!chunk) return { reached: start, line };
        if (isHeader) this.headerRead = true;
        else {
          this.rowsRead++;
          prepareChunk(chunk);
        }
        line++;
      }
      return { reached: at, line };
    },
  };
}

/** A column of the file, or what is the same for every row, as COPY wants it. */
class Field {
  readonly #reader: FieldReader;
  readonly #place: number;
  readonly #constant: Uint8Array | undefined;
  readonly #memo = new CellMemo<Uint8Array>();

  constructor(reader: FieldReader, place: number) {
    this.#reader = reader;
    this.#place = place;
    if (reader.column < 0) this.#constant = textOf(reader.constant);
  }

  /** Undefined: the cell is an error. */
  textOf(bytes: Uint8Array, starts: Int32Array): Uint8Array | undefined {
    if (this.#constant) return this.#constant;
    const from = starts[this.#place]!;
    const to = starts[this.#place + 1]! - 1;
    const known = this.#memo.get(bytes, from, to);
    if (known) return known;
    const parsed = readField(this.#reader, decode(bytes, from, to));
    if (parsed instanceof Problem) return undefined;
    const text = textOf(parsed);
    this.#memo.set(bytes, from, to, text);
    return text;
  }
}

function decode(bytes: Uint8Array, from: number, to: number): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset + from, to - from).toString('utf8');
}

function textOf(value: string | null): Uint8Array {
  return value === null ? NULL : Buffer.from(asCopyText(value), 'utf8');
}

/** Sixteen or seventeen digits, as the parser of codes takes them unchanged. */
function isPartCode(bytes: Uint8Array, from: number, to: number): boolean {
  if (to - from !== 16 && to - from !== 17) return false;
  for (let at = from; at < to; at++) if (bytes[at]! < 48 || bytes[at]! > 57) return false;
  return true;
}

const POWERS = Array.from({ length: 16 }, (_, n) => 10 ** n);

/**
 * A plain decimal number of at most fifteen digits, exactly as `Number` reads it: both the digits and the power of ten
 * are whole numbers that a double holds, so one division rounds once. NaN for anything else.
 */
export function parseDecimal(bytes: Uint8Array, from: number, to: number): number {
  let at = from;
  const negative = bytes[at] === 45;
  if (negative) at++;
  let digits = 0;
  let value = 0;
  let point = -1;
  for (; at < to; at++) {
    const byte = bytes[at]!;
    if (byte >= 48 && byte <= 57) {
      value = value * 10 + byte - 48;
      digits++;
    } else if (byte === 46 && point < 0) point = digits;
    else return NaN;
  }
  if (digits === 0 || digits > 15) return NaN;
  const size = point < 0 ? value : value / POWERS[digits - point]!;
  return negative ? -size : size;
}
