import type { Scope } from '#contract/access';
import { PART_STATES } from './part-columns.ts';
import { SlotList, type PartIndex } from './part-index.ts';
import type { CellCounts } from './part-rows.ts';
import { PointTileWriter } from './point-tile-writer.ts';
import { cornerOfBucket } from './sort-columns.ts';
import { TILE_BUFFER, type TileAddress } from './tile-address.ts';
import {
  CLUSTERS_PER_SIDE,
  majorField,
  MOST_PARTS,
  PARTS_BY_CELL_ZOOM,
  SINGLE_PARTS_ZOOM,
  SPREAD,
} from './tile-layers.ts';
import { worldOfTile } from './world-position.ts';

/** A tile of parts from memory: the features of `partRows`, in another order. */
export function renderParts(index: PartIndex, tile: TileAddress, scope: Scope): Uint8Array {
  if (tile.z >= SINGLE_PARTS_ZOOM) return renderSingle(index, tile, scope);
  return tile.z >= PARTS_BY_CELL_ZOOM ? renderByCell(index, tile, scope) : renderClusters(index, tile, scope);
}

/** The square of a tile with its buffer. */
function shownBy(tile: TileAddress) {
  const { x, y, side, unit } = worldOfTile(tile);
  const buffer = TILE_BUFFER * unit;
  return { x: x - buffer, y: y - buffer, side: side + 2 * buffer };
}

/** For all tiles: they are made one after another. */
const scratch = new SlotList();

function renderSingle(index: PartIndex, tile: TileAddress, scope: Scope): Uint8Array {
  const see = scope.kind === 'district' ? undefined : index.filterOf(scope);
  const count = index.collectWithin(shownBy(tile), scratch, see);
  const { slots } = scratch;
  const { x: west, y: north, unit } = worldOfTile(tile);
  const { columns, texts } = index;
  const thinned = count > MOST_PARTS;
  const below = Math.floor((MOST_PARTS / count) * 2 ** 32);
  const writer = new PointTileWriter('parts', ['code', 'class', 'major', 'state', 'thinned']);
  // Class, major class and state come in a few combinations: their numbers are encoded once.
  const known: (Uint8Array | undefined)[] = [];
  const tagsOf = (classNumber: number, state: number) =>
    writer.tags([
      ...[1, writer.stringValue(texts.classes.values[classNumber] ?? '')],
      ...[2, writer.stringValue(index.majors.values[index.majorOf(classNumber)] ?? '')],
      ...[3, writer.stringValue(PART_STATES[state] ?? '')],
      ...(thinned ? [4, writer.trueValue()] : []),
    ]);
  for (let i = 0; i < count; i++) {
    const slot = slots[i] as number;
    const sequence = columns.sequence[slot] as number;
    const state = columns.state[slot] as number;
    if (thinned && state === 0 && Math.imul(sequence, SPREAD) >>> 0 >= below) continue;
    const classNumber = columns.class[slot] as number;
    const tags = (known[classNumber * PART_STATES.length + state] ??= tagsOf(classNumber, state));
    writer.codePoint(
      Math.round(((columns.x[slot] as number) - west) / unit),
      Math.round(((columns.y[slot] as number) - north) / unit),
      writer.codeValue(index.prefixBytes(columns.prefix[slot] as number), sequence),
      tags,
    );
  }
  return writer.finish();
}

function renderByCell(index: PartIndex, tile: TileAddress, scope: Scope): Uint8Array {
  const { x: west, y: north, unit } = worldOfTile(tile);
  const { cells } = index.totalsOf(scope);
  const writer = new PointTileWriter('parts', ['cell', 'n']);
  const tags = [0, 0, 1, 0];
  for (const { x, y, cell, bytes } of index.cellsWithin(shownBy(tile), 'middle')) {
    const n = cells[cell] ?? 0;
    if (n === 0) continue;
    tags[1] = writer.asciiValue(bytes);
    tags[3] = writer.integerValue(n);
    writer.feature(Math.round((x - west) / unit), Math.round((y - north) / unit), tags);
  }
  return writer.finish();
}

/** Parts per cell, of the cells that reach into a tile. */
export function countCellsWithin(index: PartIndex, tile: TileAddress, scope: Scope): CellCounts {
  const { cells } = index.totalsOf(scope);
  const counts: CellCounts = { codes: [], n: [] };
  for (const { code, cell } of index.cellsWithin(shownBy(tile), 'extent')) {
    const n = cells[cell] ?? 0;
    if (n === 0) continue;
    counts.codes.push(code);
    counts.n.push(n);
  }
  return counts;
}

interface Cluster {
  n: number;
  sumX: number;
  sumY: number;
  faulty: number;
  majors: number[];
}

function renderClusters(index: PartIndex, tile: TileAddress, scope: Scope): Uint8Array {
  const { x: west, y: north, side, unit } = worldOfTile(tile);
  const step = side / CLUSTERS_PER_SIDE;
  const clusters: (Cluster | undefined)[] = new Array<undefined>(CLUSTERS_PER_SIDE ** 2);
  for (const bucket of index.totalsOf(scope).buckets.values()) {
    if (bucket.n === 0) continue;
    const corner = cornerOfBucket(bucket.key);
    const column = Math.floor((corner.x - west) / step);
    const row = Math.floor((corner.y - north) / step);
    if (column < 0 || column >= CLUSTERS_PER_SIDE || row < 0 || row >= CLUSTERS_PER_SIDE) continue;
    const cluster = (clusters[row * CLUSTERS_PER_SIDE + column] ??= {
      n: 0,
      sumX: 0,
      sumY: 0,
      faulty: 0,
      majors: index.majors.values.map(() => 0),
    });
    cluster.n += bucket.n;
    cluster.sumX += bucket.sumX;
    cluster.sumY += bucket.sumY;
    cluster.faulty += bucket.faulty;
    for (let major = 0; major < bucket.majors.length; major++)
      cluster.majors[major] = (cluster.majors[major] ?? 0) + (bucket.majors[major] as number);
  }
  const majors = index.majors.values;
  const writer = new PointTileWriter('parts', ['n', 'faulty', ...majors.map(majorField)]);
  for (const cluster of clusters) {
    if (!cluster) continue;
    const tags = [0, writer.integerValue(cluster.n)];
    if (cluster.faulty > 0) tags.push(1, writer.integerValue(cluster.faulty));
    cluster.majors.forEach((n, major) => {
      if (n > 0) tags.push(2 + major, writer.integerValue(n));
    });
    writer.feature(
      Math.round((cluster.sumX / cluster.n - west) / unit),
      Math.round((cluster.sumY / cluster.n - north) / unit),
      tags,
    );
  }
  return writer.finish();
}
