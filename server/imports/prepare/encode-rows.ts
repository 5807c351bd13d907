import type { CellIndex } from '../cell-index.ts';
import { pointAsHex, shapeAsHex, type Shape } from './ewkb.ts';

/** Gathers good rows and turns them into what the database loads. */
export interface RowEncoder {
  rows: number;
  add(line: number, values: readonly (string | null)[], shape: Shape): void;
  take(): Uint8Array;
}

/**
 * Text of PostgreSQL's COPY (`copy`), or an array of arrays (`json`); columns: line, values of the `slots`, geometry, and with `cells`
 * the code of the cell a point lies in. Finding it here costs a microsecond, where joining a million points with the
 * cells in the database costs half a minute.
 */
export function makeEncoder(form: 'copy' | 'json', slots: readonly number[], cells?: CellIndex): RowEncoder {
  return form === 'copy' ? new CopyEncoder(slots, cells) : makeJsonEncoder(slots, cells);
}

/** Hexadecimal EWKB; points, nearly all rows of a register, go the short way. */
function hexOf(shape: Shape): string {
  return shape.type === 'Point' ? pointAsHex(shape.at[0], shape.at[1]) : shapeAsHex(shape);
}

/** @param cells where positions, integers of 1e-7 degree, have their cell */
function cellOf(shape: Shape, cells: CellIndex): string | undefined {
  if (shape.type !== 'Point') return undefined;
  return cells.codeAt(Math.round(shape.at[0] * 1e7), Math.round(shape.at[1] * 1e7));
}

function makeJsonEncoder(slots: readonly number[], cells: CellIndex | undefined): RowEncoder {
  let pieces: string[] = [];
  return {
    rows: 0,
    add(line, values, shape) {
      const row = [line, ...slots.map((slot) => values[slot] ?? null), hexOf(shape)];
      if (cells) row.push(cellOf(shape, cells) ?? null);
      pieces.push(JSON.stringify(row));
      this.rows++;
    },
    take() {
      const bytes = new TextEncoder().encode(`[${pieces.join(',')}]`);
      pieces = [];
      this.rows = 0;
      return bytes;
    },
  };
}

const NEEDS_ESCAPE = /[\\\n\r\t]/;
const escapes: Record<string, string> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** A value as a column of COPY text. */
export function asCopyText(value: string | null): string {
  if (value === null) return '\\N';
  return NEEDS_ESCAPE.test(value) ? value.replace(/[\\\n\r\t]/g, (one) => escapes[one]!) : value;
}

const TAB = 9;
const NEWLINE = 10;
const POINT_HEAD = Buffer.from('0101000020e6100000', 'latin1');
const DIGITS = Buffer.from('0123456789abcdef', 'latin1');
const pair = new Float64Array(2);
const pairBytes = new Uint8Array(pair.buffer);
const START_BYTES = 1 << 20;
/** A line number, a point with its cell, and what separates them: at most. */
const POINT_ROW_BYTES = 128;

/** COPY text in bytes that grow; beside whole rows it takes one column after another, for a quicker way to make them. */
export class CopyEncoder implements RowEncoder {
  rows = 0;
  #data = Buffer.allocUnsafeSlow(START_BYTES);
  #at = 0;
  readonly #slots: readonly number[];
  readonly #cells: CellIndex | undefined;

  constructor(slots: readonly number[], cells?: CellIndex) {
    this.#slots = slots;
    this.#cells = cells;
  }

  add(line: number, values: readonly (string | null)[], shape: Shape): void {
    let row = `${line}`;
    for (const slot of this.#slots) row += `\t${asCopyText(values[slot] ?? null)}`;
    row += `\t${hexOf(shape)}`;
    if (this.#cells) row += `\t${cellOf(shape, this.#cells) ?? '\\N'}`;
    row += '\n';
    this.#reserve(row.length * 3);
    this.#at += this.#data.write(row, this.#at, 'utf8');
    this.rows++;
  }

  /** The first column of a row that is written column by column. */
  begin(line: number): void {
    this.#reserve(POINT_ROW_BYTES);
    let digits = 1;
    for (let rest = line; rest >= 10; rest = Math.floor(rest / 10)) digits++;
    let rest = line;
    for (let at = this.#at + digits - 1; at >= this.#at; at--) {
      const tens = Math.floor(rest / 10);
      this.#data[at] = 48 + rest - tens * 10;
      rest = tens;
    }
    this.#at += digits;
  }

  /** The next column, as COPY wants it. */
  column(bytes: Uint8Array, from: number, to: number): void {
    this.#reserve(POINT_ROW_BYTES + to - from);
    const data = this.#data;
    let at = this.#at;
    data[at++] = TAB;
    for (let i = from; i < to; i++) data[at++] = bytes[i]!;
    this.#at = at;
  }

  /** The last columns of a row: a point, and its cell. */
  endWithPoint(lon: number, lat: number): void {
    this.#reserve(POINT_ROW_BYTES);
    const data = this.#data;
    let at = this.#at;
    data[at++] = TAB;
    for (let i = 0; i < POINT_HEAD.length; i++) data[at++] = POINT_HEAD[i]!;
    pair[0] = lon;
    pair[1] = lat;
    for (let i = 0; i < 16; i++) {
      const byte = pairBytes[i]!;
      data[at++] = DIGITS[byte >> 4]!;
      data[at++] = DIGITS[byte & 15]!;
    }
    if (this.#cells) {
      const code = this.#cells.codeAt(Math.round(lon * 1e7), Math.round(lat * 1e7)) ?? '\\N';
      data[at++] = TAB;
      for (let i = 0; i < code.length; i++) data[at++] = code.charCodeAt(i);
    }
    data[at++] = NEWLINE;
    this.#at = at;
    this.rows++;
  }

  /** In a buffer of its own, so that it can be handed to another thread without a copy. */
  take(): Uint8Array {
    const taken = new Uint8Array(this.#data.subarray(0, this.#at));
    this.#at = 0;
    this.rows = 0;
    return taken;
  }

  #reserve(more: number): void {
    if (this.#at + more <= this.#data.length) return;
    const larger = Buffer.allocUnsafeSlow(Math.max(this.#data.length * 2, this.#at + more));
    this.#data.copy(larger, 0, 0, this.#at);
    this.#data = larger;
  }
}
