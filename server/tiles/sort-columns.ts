import { setImmediate as nextTurn } from 'node:timers/promises';
import { PartColumns } from './part-columns.ts';
import type { WorldPosition } from './world-position.ts';

/** Parts lie in buckets, the tiles of this zoom, row by row: those of a row of a larger tile are one range. */
export const BUCKET_ZOOM = 17;
const BUCKET_SHIFT = 32 - BUCKET_ZOOM;
const BUCKETS_PER_ROW = 2 ** BUCKET_ZOOM;

/** Rows handled before others get a turn. */
const BATCH = 100_000;

export function bucketOf(x: number, y: number): number {
  return (y >>> BUCKET_SHIFT) * BUCKETS_PER_ROW + (x >>> BUCKET_SHIFT);
}

/** Number of the bucket column or row of a step. */
export function bucketLine(step: number): number {
  return Math.floor(step / 2 ** BUCKET_SHIFT);
}

export function bucketAt(column: number, row: number): number {
  return row * BUCKETS_PER_ROW + column;
}

/** The north-west corner of a bucket. */
export function cornerOfBucket(key: number): WorldPosition {
  return {
    x: (key % BUCKETS_PER_ROW) * 2 ** BUCKET_SHIFT,
    y: Math.floor(key / BUCKETS_PER_ROW) * 2 ** BUCKET_SHIFT,
  };
}

/** Columns in the order of buckets; bucket `keys[i]` has the slots `starts[i]` … `starts[i + 1] - 1`. */
export interface SortedColumns {
  columns: PartColumns;
  keys: Float64Array;
  starts: Uint32Array;
}

/** A counting sort, with room for more at the end: linear, and it lets others run in between. */
export async function sortColumns(loaded: PartColumns, room: number): Promise<SortedColumns> {
  const counts = new Map<number, number>();
  await inBatches(loaded.count, (slot) => {
    const key = bucketOf(loaded.x[slot] as number, loaded.y[slot] as number);
    counts.set(key, (counts.get(key) ?? 0) + 1);
  });
  const keys = Float64Array.from(counts.keys()).sort();
  const starts = new Uint32Array(keys.length + 1);
  const next = new Map<number, number>();
  keys.forEach((key, index) => {
    const start = starts[index] as number;
    next.set(key, start);
    starts[index + 1] = start + (counts.get(key) as number);
  });
  const columns = new PartColumns(loaded.count + room);
  columns.count = loaded.count;
  await inBatches(loaded.count, (from) => {
    const key = bucketOf(loaded.x[from] as number, loaded.y[from] as number);
    const slot = next.get(key) as number;
    next.set(key, slot + 1);
    columns.copy(loaded, from, slot);
  });
  return { columns, keys, starts };
}

async function inBatches(count: number, visit: (slot: number) => void): Promise<void> {
  for (let from = 0; from < count; from += BATCH) {
    const to = Math.min(count, from + BATCH);
    for (let slot = from; slot < to; slot++) visit(slot);
    await nextTurn();
  }
}
