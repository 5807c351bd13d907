import { GONE, type PartColumns } from './part-columns.ts';
import type { SlotFilter } from './scope-filter.ts';
import { bucketOf } from './sort-columns.ts';

/** Parts of a bucket added up. Sums of steps stay exact: 10^6 × 2^32 < 2^53. */
export interface BucketTotal {
  key: number;
  n: number;
  sumX: number;
  sumY: number;
  /** of them, those in another state than intact */
  faulty: number;
  /** by number of the major class */
  majors: Int32Array;
}

/** What a scope sees, added up by bucket and by cell; kept right one part at a time. */
export class ScopeTotals {
  readonly buckets = new Map<number, BucketTotal>();
  cells: Int32Array;
  readonly #filter: SlotFilter;
  readonly #majorOf: (classNumber: number) => number;
  readonly #majorCount: number;

  constructor(
    columns: PartColumns,
    given: {
      filter: SlotFilter;
      cellCount: number;
      majorOf: (classNumber: number) => number;
      majorCount: number;
    },
  ) {
    this.#filter = given.filter;
    this.#majorOf = given.majorOf;
    this.#majorCount = given.majorCount;
    this.cells = new Int32Array(given.cellCount);
    for (let slot = 0; slot < columns.count; slot++) this.add(columns, slot, 1);
  }

  /** Counts the part in a slot in, or out. */
  add(columns: PartColumns, slot: number, sign: 1 | -1): void {
    const state = columns.state[slot] as number;
    if (state === GONE || !this.#filter(slot)) return;
    const x = columns.x[slot] as number;
    const y = columns.y[slot] as number;
    const total = this.#bucket(bucketOf(x, y));
    total.n += sign;
    total.sumX += sign * x;
    total.sumY += sign * y;
    if (state !== 0) total.faulty += sign;
    const major = this.#majorOf(columns.class[slot] as number);
    total.majors[major] = (total.majors[major] as number) + sign;
    const cell = columns.cell[slot] as number;
    if (cell >= this.cells.length) {
      const longer = new Int32Array(cell + 1024);
      longer.set(this.cells);
      this.cells = longer;
    }
    this.cells[cell] = (this.cells[cell] as number) + sign;
  }

  #bucket(key: number): BucketTotal {
    const known = this.buckets.get(key);
    if (known) return known;
    const made = { key, n: 0, sumX: 0, sumY: 0, faulty: 0, majors: new Int32Array(this.#majorCount) };
    this.buckets.set(key, made);
    return made;
  }
}
