import { STEPS_PER_DEGREE } from '../grid/round-position.ts';
import type { CellIndex } from './cell-index.ts';

/**
 * Adds the cell to prepared rows on their way into the side table, so that the database joins nothing. The geometry is
 * the last column: little-endian EWKB of a point with its SRID, in hex, whose coordinates are its last 32 digits.
 */

const COORDINATE_DIGITS = 32;
const NEWLINE = 0x0a;
const TAB = 0x09;
const NULL = Buffer.from('\\N');

const NIBBLES = new Uint8Array(128);
for (const [at, digit] of [...'0123456789abcdef'].entries()) {
  NIBBLES[digit.charCodeAt(0)] = at;
  NIBBLES[digit.toUpperCase().charCodeAt(0)] = at;
}

const bytes = new Uint8Array(16);
const doubles = new Float64Array(bytes.buffer);

/** The code of the cell for the point whose hex ends before `end`. */
function codeBefore(text: Uint8Array, end: number, index: CellIndex): string | undefined {
  let from = end - COORDINATE_DIGITS;
  for (let at = 0; at < 16; at++) {
    bytes[at] = ((NIBBLES[text[from++] ?? 0] ?? 0) << 4) | (NIBBLES[text[from++] ?? 0] ?? 0);
  }
  return index.codeAt(
    Math.round((doubles[0] ?? NaN) * STEPS_PER_DEGREE),
    Math.round((doubles[1] ?? NaN) * STEPS_PER_DEGREE),
  );
}

/** COPY text, one row a line, each ending in a newline: a last column more. */
export function assignInCopyText(data: Uint8Array, index: CellIndex): Uint8Array {
  // At most a tab and fifteen digits for every row; a row is longer than its geometry.
  const out = Buffer.allocUnsafe(data.length + Math.ceil(data.length / COORDINATE_DIGITS) * 16 + 16);
  let written = 0;
  let begin = 0;
  for (let end = data.indexOf(NEWLINE); end >= 0; end = data.indexOf(NEWLINE, begin)) {
    out.set(data.subarray(begin, end), written);
    written += end - begin;
    out[written++] = TAB;
    const code = codeBefore(data, end, index);
    if (code === undefined) written += NULL.copy(out, written);
    else written += out.write(code, written, 'latin1');
    out[written++] = NEWLINE;
    begin = end + 1;
  }
  return out.subarray(0, written);
}

/** JSON, an array of arrays: a last element more. */
export function assignInJson(data: Uint8Array, index: CellIndex): Uint8Array {
  const rows = JSON.parse(Buffer.from(data).toString('utf8')) as (string | number | null)[][];
  for (const row of rows) {
    const hex = Buffer.from(String(row.at(-1) ?? ''), 'latin1');
    row.push(codeBefore(hex, hex.length, index) ?? null);
  }
  return Buffer.from(JSON.stringify(rows));
}
