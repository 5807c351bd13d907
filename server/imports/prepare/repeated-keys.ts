import type { ImportLayer } from '#contract/imports';
import { stagedColumns } from '../prepared-rows.ts';
import type { ReadyRow } from './prepare-chunk.ts';
import { Problem } from './problem.ts';
import { SeenKeys } from './seen-keys.ts';

export type KeyVerdict = 'new' | 'same-thing' | { earlierLine: number; key: string; field: string };

export interface KeyKeeper {
  /** Field whose value names a row, or undefined where this row has none. */
  keyOf(row: ReadyRow): { field: string; key: string } | undefined;
  /** Remembers the row; says whether the file had its key before. Rows without one get a key made from place and class. */
  check(row: ReadyRow): KeyVerdict;
  /** Remembers a row by its code, where `hashAscii` has made a number of it; false: the file had it before. */
  isNewCode(hash: number, line: number, lon: number, lat: number): boolean;
  /** Values of the nth separate piece of a row: its keys with `#n`. */
  numbered(row: ReadyRow, n: number): (string | null)[];
}

/** Fields that name a row of a layer, the strongest first. */
const keyFields: Record<ImportLayer, readonly string[]> = {
  divisions: ['code'],
  cells: ['code'],
  parts: ['code', 'source_key'],
  buildings: ['code', 'source_key'],
  roads: ['code', 'source_key'],
  cameras: ['id', 'source_key'],
  cases: ['number'],
};

const SAME_PLACE = 10;

/**
 * Finds rows of one file with the same key. The same key at the same place (within ten ten-millionths of a degree) is
 * one thing that stands in two tiles, where `pieces` says the file is made of such; elsewhere it is an error of both
 * rows. A row without any key gets `at:<lon>,<lat>` and its class as source key, so that the same file read again finds
 * the same rows.
 */
export function makeKeyKeeper(layer: ImportLayer, pieces: boolean): KeyKeeper {
  const slots: readonly string[] = stagedColumns[layer];
  const fields = keyFields[layer].map((field) => ({ field, slot: slots.indexOf(field) }));
  const sourceSlot = slots.indexOf('source_key');
  const classSlot = slots.indexOf('class_id');
  const seen = new Map(fields.map(({ field }) => [field, new SeenKeys()]));

  const keyOf = (row: ReadyRow) => {
    for (const { field, slot } of fields) {
      const key = row.values[slot];
      if (key) return { field, key };
    }
    return undefined;
  };

  function nameByPlace(row: ReadyRow, x: number, y: number): void {
    const base = `at:${x / 1e7},${y / 1e7}${classSlot >= 0 ? ` ${row.values[classSlot] ?? ''}` : ''}`;
    const keys = seen.get('source_key')!;
    let key = base;
    for (let n = 2; keys.add(key, row.line, x, y); n++) key = `${base} #${n}`;
    row.values[sourceSlot] = key;
  }

  return {
    keyOf,
    numbered: (row, n) =>
      row.values.map((value, slot) =>
        value !== null && fields.some((one) => one.slot === slot) ? `${value}#${n}` : value,
      ),
    isNewCode: (hash, line, lon, lat) =>
      seen.get('code')!.addHash(hash, line, Math.round(lon * 1e7), Math.round(lat * 1e7)) === undefined,
    check(row) {
      const [lon, lat] = anchorOf(row);
      const x = Math.round(lon * 1e7);
      const y = Math.round(lat * 1e7);
      const named = keyOf(row);
      if (!named) {
        if (sourceSlot >= 0) nameByPlace(row, x, y);
        return 'new';
      }
      const before = seen.get(named.field)!.add(named.key, row.line, x, y);
      if (!before) return 'new';
      const here = Math.abs(before.x - x) <= SAME_PLACE && Math.abs(before.y - y) <= SAME_PLACE;
      if (pieces && named.field === 'source_key' && here) return 'same-thing';
      return { earlierLine: before.line, key: named.key, field: named.field };
    },
  };
}

function anchorOf(row: ReadyRow): [number, number] {
  const shape = row.shapes[0]!;
  if (shape.type === 'Point') return shape.at;
  if (shape.type === 'LineString') return shape.line[0]!;
  return shape.type === 'Polygon' ? shape.rings[0]![0]! : shape.polygons[0]![0]![0]!;
}

export function repeatedKey(otherLine: number): Problem {
  return new Problem(
    'repeated-code',
    `与第 ${otherLine} 行的编码重复`,
    `The same code as in line ${otherLine}`,
  );
}
