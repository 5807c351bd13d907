import type { Scope } from '#contract/access';
import {
  GONE,
  type PartColumns,
  type PartRow,
  type PartTexts,
  SEQUENCE_DIGITS,
  Texts,
} from './part-columns.ts';
import { filterOfScope, type SlotFilter } from './scope-filter.ts';
import { ScopeTotals } from './scope-totals.ts';
import { bucketAt, bucketLine, bucketOf, type SortedColumns } from './sort-columns.ts';
import { toWorld, type WorldPosition } from './world-position.ts';

/** Scopes whose totals are kept: a pass over a million parts takes some tens of milliseconds. */
const SCOPES_KEPT = 32;

/** Cells are found by squares of so many steps a side, about a tile of zoom 14. */
const CELL_SQUARE_SHIFT = 18;

/** A cell's middle and extent, in steps. */
export interface CellPlace extends WorldPosition {
  code: string;
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/**
 * All parts that are not removed, in memory: sorted by bucket once, changed in place after. What moves or is new goes
 * to the end, into buckets of its own; when there is no room left there, the whole is to be loaded anew.
 */
export class PartIndex {
  readonly texts: PartTexts;
  readonly columns: PartColumns;
  readonly majors = new Texts();
  /** Where cells stand on the map, and their number among the texts. */
  readonly cellPlaces: readonly (CellPlace & { cell: number; bytes: Uint8Array })[];
  /** Numbers of the cells whose middle lies in a square, by its row and column. */
  readonly #cellSquares = new Map<number, number[]>();
  /** How far any cell reaches from its middle. */
  #cellReach = 0;
  readonly #sorted: SortedColumns;
  readonly #added = new Map<number, number[]>();
  readonly #totals = new Map<string, { filter: SlotFilter; totals?: ScopeTotals }>();
  #majorOfClass: number[] = [];
  readonly #prefixBytes: Uint8Array[] = [];

  constructor(
    sorted: SortedColumns,
    texts: PartTexts,
    given: { majors: ReadonlyMap<string, string>; cells: readonly CellPlace[] },
  ) {
    this.#sorted = sorted;
    this.columns = sorted.columns;
    this.texts = texts;
    const ascii = new TextEncoder();
    this.cellPlaces = given.cells.map((place) => ({
      ...place,
      cell: texts.cells.numberOf(place.code),
      bytes: ascii.encode(place.code),
    }));
    this.cellPlaces.forEach(({ x, y, left, right, top, bottom }, number) => {
      const square = cellSquare(x, y);
      const others = this.#cellSquares.get(square);
      if (others) others.push(number);
      else this.#cellSquares.set(square, [number]);
      this.#cellReach = Math.max(this.#cellReach, x - left, right - x, y - top, bottom - y);
    });
    this.setMajors(given.majors);
  }

  /** Cells whose middle, or any of whose extent, lies in a square of steps, edges included. */
  cellsWithin(square: WorldPosition & { side: number }, by: 'middle' | 'extent'): PartIndex['cellPlaces'] {
    const west = square.x;
    const north = square.y;
    const east = west + square.side;
    const south = north + square.side;
    const reach = by === 'middle' ? 0 : this.#cellReach;
    const found: PartIndex['cellPlaces'][number][] = [];
    for (let y = cellLine(north - reach); y <= cellLine(south + reach); y++) {
      for (let x = cellLine(west - reach); x <= cellLine(east + reach); x++) {
        for (const number of this.#cellSquares.get(squareAt(x, y)) ?? []) {
          const place = this.cellPlaces[number] as PartIndex['cellPlaces'][number];
          const apart =
            by === 'middle'
              ? place.x < west || place.x > east || place.y < north || place.y > south
              : place.right < west || place.left > east || place.bottom < north || place.top > south;
          if (!apart) found.push(place);
        }
      }
    }
    return found;
  }

  /** Parts that are not removed. */
  count(): number {
    const { state, count } = this.columns;
    let present = 0;
    for (let slot = 0; slot < count; slot++) if (state[slot] !== GONE) present += 1;
    return present;
  }

  get sizeBytes(): number {
    return this.columns.sizeBytes + this.#sorted.keys.byteLength + this.#sorted.starts.byteLength;
  }

  /** Which major class each class belongs to. */
  setMajors(majors: ReadonlyMap<string, string>): void {
    this.#majorOfClass = [];
    for (const [id, major] of majors)
      this.#majorOfClass[this.texts.classes.numberOf(id)] = this.majors.numberOf(major);
    for (const known of this.#totals.values()) delete known.totals;
  }

  majorOf(classNumber: number): number {
    return this.#majorOfClass[classNumber] ?? this.majors.numberOf('');
  }

  filterOf(scope: Scope): SlotFilter {
    return this.#ofScope(scope).filter;
  }

  totalsOf(scope: Scope): ScopeTotals {
    const known = this.#ofScope(scope);
    this.majors.numberOf('');
    known.totals ??= new ScopeTotals(this.columns, {
      filter: known.filter,
      cellCount: this.texts.cells.values.length,
      majorOf: (classNumber) => this.majorOf(classNumber),
      majorCount: this.majors.values.length,
    });
    return known.totals;
  }

  #ofScope(scope: Scope) {
    const key = `${scope.kind}:${scope.code}`;
    const known = this.#totals.get(key) ?? { filter: filterOfScope(scope, this.columns, this.texts) };
    this.#totals.delete(key);
    this.#totals.set(key, known);
    if (this.#totals.size > SCOPES_KEPT) {
      const [oldest] = this.#totals.keys();
      if (oldest !== undefined) this.#totals.delete(oldest);
    }
    return known;
  }

  /** Gathers the slots of the parts inside a square of steps, edges included, that may be seen; gives their number. */
  collectWithin(
    square: WorldPosition & { side: number },
    into: SlotList,
    see: SlotFilter | undefined,
  ): number {
    const { x: west, y: north } = square;
    const east = west + square.side;
    const south = north + square.side;
    const { x, y, state } = this.columns;
    const { keys, starts } = this.#sorted;
    let count = 0;
    const take = (from: number, end: number) => {
      into.reserve(count + end - from);
      const { slots } = into;
      for (let slot = from; slot < end; slot++) {
        const px = x[slot] as number;
        const py = y[slot] as number;
        if (px >= west && px <= east && py >= north && py <= south && state[slot] !== GONE)
          slots[count++] = slot;
      }
    };
    for (let row = bucketLine(north); row <= bucketLine(south); row++) {
      const firstKey = firstAtLeast(keys, bucketAt(bucketLine(west), row));
      const endKey = firstAtLeast(keys, bucketAt(bucketLine(east), row) + 1);
      // Slots of neighbouring buckets follow each other.
      if (firstKey < endKey) take(starts[firstKey] as number, starts[endKey] as number);
      if (this.#added.size === 0) continue;
      for (let column = bucketLine(west); column <= bucketLine(east); column++)
        for (const slot of this.#added.get(bucketAt(column, row)) ?? []) take(slot, slot + 1);
    }
    if (!see) return count;
    const { slots } = into;
    let seen = 0;
    for (let i = 0; i < count; i++) if (see(slots[i] as number)) slots[seen++] = slots[i] as number;
    return seen;
  }

  /**
   * Takes in parts as they are now, known or new, removed ones too. False: there is no room left, and the index is to
   * be made anew.
   */
  apply(rows: readonly PartRow[]): boolean {
    const slots = this.findSlots(rows.map(({ code }) => code));
    return rows.every((row) => this.#applyOne(row, slots.get(row.code)));
  }

  #applyOne(row: PartRow, slot: number | undefined): boolean {
    const { columns } = this;
    if (slot === undefined) return row.state === 'removed' || this.#append(row);
    const { x, y } = toWorld(row);
    this.#count(slot, -1);
    if (bucketOf(columns.x[slot] as number, columns.y[slot] as number) === bucketOf(x, y)) {
      columns.write(slot, row, this.texts);
      this.#count(slot, 1);
      return true;
    }
    // The slot keeps its old position: that is the bucket it stands in.
    columns.state[slot] = GONE;
    return row.state === 'removed' || this.#append(row);
  }

  #append(row: PartRow): boolean {
    const { columns } = this;
    const slot = columns.count;
    if (slot >= columns.capacity) return false;
    columns.count += 1;
    columns.write(slot, row, this.texts);
    const key = bucketOf(columns.x[slot] as number, columns.y[slot] as number);
    const others = this.#added.get(key);
    if (others) others.push(slot);
    else this.#added.set(key, [slot]);
    this.#count(slot, 1);
    return true;
  }

  #count(slot: number, sign: 1 | -1): void {
    for (const { totals } of this.#totals.values()) totals?.add(this.columns, slot, sign);
  }

  /**
   * Where parts of these codes are, moved ones at their last place. One pass over the sequence numbers, a millisecond
   * for a million: cheaper than a table of all codes would be to keep.
   */
  findSlots(codes: readonly string[]): Map<string, number> {
    const wanted = new Set(codes);
    const numbers = new Uint8Array(10 ** SEQUENCE_DIGITS);
    for (const code of codes) numbers[Number(code.slice(-SEQUENCE_DIGITS))] = 1;
    const found = new Map<string, number>();
    const { sequence, count } = this.columns;
    for (let slot = 0; slot < count; slot++) {
      if (numbers[sequence[slot] as number] === 0) continue;
      const code = this.codeAt(slot);
      if (wanted.has(code)) found.set(code, slot);
    }
    return found;
  }

  /** A code's first digits as ASCII. */
  prefixBytes(prefix: number): Uint8Array {
    return (this.#prefixBytes[prefix] ??= new TextEncoder().encode(this.texts.prefixes.values[prefix] ?? ''));
  }

  codeAt(slot: number): string {
    const prefix = this.texts.prefixes.values[this.columns.prefix[slot] as number] ?? '';
    return prefix + String(this.columns.sequence[slot]).padStart(SEQUENCE_DIGITS, '0');
  }
}

/** Slots one after another, with room for more; used again for the next tile. */
export class SlotList {
  slots = new Uint32Array(4096);

  reserve(count: number): void {
    if (count <= this.slots.length) return;
    const larger = new Uint32Array(Math.max(count, this.slots.length * 2));
    larger.set(this.slots);
    this.slots = larger;
  }
}

function cellLine(step: number): number {
  return Math.floor(step / 2 ** CELL_SQUARE_SHIFT);
}

function squareAt(column: number, row: number): number {
  return row * 2 ** (32 - CELL_SQUARE_SHIFT) + column;
}

function cellSquare(x: number, y: number): number {
  return squareAt(cellLine(x), cellLine(y));
}

function firstAtLeast(keys: Float64Array, wanted: number): number {
  let low = 0;
  let high = keys.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((keys[middle] as number) < wanted) low = middle + 1;
    else high = middle;
  }
  return low;
}
