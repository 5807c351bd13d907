import type { ImportLayer, ImportWarning, RowError } from '#contract/imports';
import type { CellIndex } from '../cell-index.ts';
import { readByteLines } from '../read/read-byte-lines.ts';
import type { RowChunk, Source } from '../read/source.ts';
import { stagedColumns, type PreparationRequest, type PreparedBatch } from '../prepared-rows.ts';
import { CopyEncoder, makeEncoder, type RowEncoder } from './encode-rows.ts';
import type { Inspected } from './inspect-source.ts';
import { mergePieces } from './merge-pieces.ts';
import { asRowError, makeChunkPreparer, type ReadyRow, type Tally } from './prepare-chunk.ts';
import { makeLinePreparer } from './prepare-lines.ts';
import { makeKeyKeeper, repeatedKey, type KeyKeeper } from './repeated-keys.ts';
import { SeenKeys } from './seen-keys.ts';
import { Survey } from './survey.ts';

/**
 * Every row of the file once, as batches of good rows and of errors. The last batch brings the warnings about the file
 * as a whole that `inspectSource` could not know from its first rows.
 *
 * A code that occurs twice is an error of both rows. The first of them has been handed on by then: its error comes with
 * the batch of the second, and whoever loads the rows drops the line it names.
 *
 * @param wanted the columns, and whether every point gets the code of its cell as a last one
 * @throws IMPORT_MAPPING_INCOMPLETE, IMPORT_UNKNOWN_COLUMN, IMPORT_BROKEN_FILE, IMPORT_LINE_TOO_LONG
 */
export async function* prepareSource(
  source: Source,
  request: PreparationRequest,
  { inspection, classes, toWgs84 }: Inspected,
  wanted: { columns?: readonly string[]; cells?: CellIndex } = {},
): AsyncGenerator<PreparedBatch> {
  const { layer, facts } = request;
  const { mapping, datum } = inspection;
  const survey = new Survey();
  const preparer = makeChunkPreparer({ layer, mapping, source, facts, classes, toWgs84, survey });
  const keyKeeper = makeKeyKeeper(layer, source.hasGeometry);
  const mergeable = source.hasGeometry && (layer === 'buildings' || layer === 'roads');
  const pieces = mergeable
    ? await countPieces(source, mapping['source_key']?.column)
    : new Map<string, number>();
  const slots = slotsOf(layer, wanted.columns);
  const encoder = makeEncoder(request.form, slots, wanted.cells);
  const output = new Output(encoder, keyKeeper, pieces);
  let bytesRead = 0;
  const prepareChunk = (chunk: RowChunk) =>
    preparer.prepare(chunk, positions, output.errors, (row) => output.accept(row));
  const { positions, chunks } = source.read(preparer.columns);
  const { plainLines } = source;
  const quick =
    plainLines && layer === 'parts' && encoder instanceof CopyEncoder
      ? makeLinePreparer({
          lines: plainLines,
          preparer,
          positions,
          encoder,
          slots,
          keys: keyKeeper,
          toWgs84,
          survey,
          prepareChunk,
        })
      : undefined;
  let rest: AsyncIterable<RowChunk> | undefined = chunks;
  if (plainLines && quick) {
    rest = undefined;
    let line = 1;
    for await (const piece of readByteLines(plainLines.path)) {
      const done = quick.prepare(piece.bytes, piece.from, piece.to, line);
      line = done.line;
      bytesRead = piece.offset + done.reached;
      output.rowsRead = quick.rowsRead;
      if (output.encoder.rows > 0 || output.errors.length > 0) yield batch([]);
      if (done.reached < piece.to || piece.from === piece.to) {
        rest = plainLines.readFrom({ byte: bytesRead, line, headerRead: quick.headerRead });
        break;
      }
    }
  }
  for await (const chunk of rest ?? []) {
    bytesRead = chunk.bytesRead;
    output.rowsRead += chunk.lines.length + chunk.problems.length;
    prepareChunk(chunk);
    if (output.encoder.rows > 0 || output.errors.length > 0) yield batch([]);
  }
  output.finish();
  const known = new Set(inspection.warnings.map(({ code }) => code));
  const judged = survey.judge({
    layer,
    datum: source.converted && datum.startsWith('EPSG:') ? 'wgs84' : datum,
    toWgs84,
    ...(facts.districtBounds ? { bounds: facts.districtBounds } : {}),
  });
  yield batch(
    [...judged, ...describeTally(preparer.tally, output.merged)].filter(({ code }) => !known.has(code)),
  );

  function batch(warnings: ImportWarning[]): PreparedBatch {
    const errors = output.errors;
    output.errors = [];
    const rows = output.encoder.rows;
    const data = output.encoder.take();
    return {
      data,
      rows,
      rowsRead: output.rowsRead,
      bytesRead,
      bytesTotal: source.bytesTotal,
      errors,
      warnings,
    };
  }
}

/** Where the wanted columns stand among the values of a row. */
function slotsOf(layer: ImportLayer, columns: readonly string[] | undefined): number[] {
  const staged: readonly string[] = stagedColumns[layer];
  return (columns ?? staged).map((name) => staged.indexOf(name));
}

/** Where ready rows go: pieces of one thing wait for each other, repeated codes become errors, the rest is encoded. */
class Output {
  errors: RowError[] = [];
  rowsRead = 0;
  /** Things that came in several pieces, and the pieces. */
  merged = { things: 0, pieces: 0 };
  readonly encoder: RowEncoder;
  private readonly keys: KeyKeeper;
  private readonly pieces: Map<string, number>;
  private readonly waiting = new Map<string, { rows: ReadyRow[]; missing: number }>();
  private readonly reported = new Set<number>();

  constructor(encoder: RowEncoder, keys: KeyKeeper, pieces: Map<string, number>) {
    this.encoder = encoder;
    this.keys = keys;
    this.pieces = pieces;
  }

  accept(row: ReadyRow): void {
    const named = this.pieces.size > 0 ? this.keys.keyOf(row) : undefined;
    const count = named?.field === 'source_key' ? this.pieces.get(named.key) : undefined;
    if (!named || count === undefined) return this.keep(row);
    const held = this.waiting.get(named.key) ?? { rows: [], missing: count };
    held.rows.push(row);
    held.missing--;
    this.waiting.set(named.key, held);
    if (held.missing === 0) this.release(named.key, held.rows);
  }

  /** Pieces whose others turned out to be errors. */
  finish(): void {
    for (const [key, { rows }] of [...this.waiting]) this.release(key, rows);
  }

  private release(key: string, rows: ReadyRow[]): void {
    this.waiting.delete(key);
    if (rows.length > 1) {
      this.merged.things++;
      this.merged.pieces += rows.length;
    }
    this.keep(rows.length > 1 ? mergePieces(rows) : rows[0]!);
  }

  private keep(row: ReadyRow): void {
    const verdict = this.keys.check(row);
    if (verdict === 'same-thing') {
      this.merged.things++;
      this.merged.pieces += 2;
      return;
    }
    if (verdict !== 'new') {
      this.errors.push(asRowError(row.line, verdict.field, repeatedKey(verdict.earlierLine), verdict.key));
      if (!this.reported.has(verdict.earlierLine)) {
        this.reported.add(verdict.earlierLine);
        this.errors.push(asRowError(verdict.earlierLine, verdict.field, repeatedKey(row.line), verdict.key));
      }
      return;
    }
    for (const [index, shape] of row.shapes.entries())
      this.encoder.add(row.line, index === 0 ? row.values : this.keys.numbered(row, index + 1), shape);
  }
}

/** Keys that occur more than once, with how often: one quick look through the file before it is read in earnest. */
async function countPieces(source: Source, keyColumn: string | undefined): Promise<Map<string, number>> {
  const repeated = new Map<string, number>();
  if (keyColumn === undefined) return repeated;
  const seen = new SeenKeys();
  const { positions, chunks } = source.read([keyColumn]);
  for await (const { cells } of chunks)
    for (const row of cells) {
      const key = row[positions[0]!]?.trim();
      if (key && seen.add(key, 1)) repeated.set(key, (repeated.get(key) ?? 1) + 1);
    }
  return repeated;
}

function describeTally(tally: Tally, merged: { things: number; pieces: number }): ImportWarning[] {
  const warnings: ImportWarning[] = [];
  if (tally.turned > 0)
    warnings.push({
      code: 'MIXED_GEOMETRY',
      message: {
        zh: `${tally.turned} 个线或面取其代表点`,
        en: `${tally.turned} lines or polygons are represented by a point`,
      },
      blocking: false,
      details: { rows: tally.turned },
    });
  if (merged.things > 0)
    warnings.push({
      code: 'MERGED_PIECES',
      message: {
        zh: `${merged.pieces} 个重复编号的图块合并为 ${merged.things} 个对象`,
        en: `${merged.pieces} pieces with repeated ids were merged into ${merged.things} things`,
      },
      blocking: false,
      details: merged,
    });
  if (tally.repaired > 0)
    warnings.push({
      code: 'REPAIRED_GEOMETRY',
      message: {
        zh: `修复了 ${tally.repaired} 个自相交的轮廓`,
        en: `${tally.repaired} outlines that crossed themselves were repaired`,
      },
      blocking: false,
      details: { rows: tally.repaired },
    });
  if (tally.unmapped.size > 0) {
    const values = Object.fromEntries([...tally.unmapped].map(([field, set]) => [field, [...set]]));
    const list = Object.values(values).flat().slice(0, 10).join(', ');
    warnings.push({
      code: 'UNMAPPED_VALUES',
      message: {
        zh: `有些值没有对应，已留空：${list}`,
        en: `Some values mean nothing here and were left empty: ${list}`,
      },
      blocking: false,
      details: values,
    });
  }
  return warnings;
}
