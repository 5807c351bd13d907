import type { Scope } from '#contract/access';
import type { LonLat } from '#contract/shared';
import { GONE, SEQUENCE_DIGITS } from './part-columns.ts';
import { SlotList, type PartIndex } from './part-index.ts';
import { toWorld, type WorldPosition } from './world-position.ts';

/** Codes of parts that end so, the nearest to a point first. One pass: a millisecond or two for a million. */
export function findByEnding(
  index: PartIndex,
  scope: Scope,
  { ending, near, limit }: { ending: string; near: LonLat | undefined; limit: number },
): string[] {
  const digits = ending.slice(-SEQUENCE_DIGITS);
  const rest = ending.slice(0, -SEQUENCE_DIGITS);
  const wanted = Number(digits);
  const modulus = 10 ** digits.length;
  const { columns, texts } = index;
  const fits = texts.prefixes.values.map((prefix) => prefix.endsWith(rest));
  const see = index.filterOf(scope);
  const nearest = new Nearest(index, near, limit);
  for (let slot = 0; slot < columns.count; slot++) {
    if ((columns.sequence[slot] as number) % modulus !== wanted) continue;
    if (columns.state[slot] === GONE || !fits[columns.prefix[slot] as number] || !see(slot)) continue;
    nearest.offer(slot);
  }
  return nearest.codes();
}

/** Codes of the parts of some classes within so many degrees of a line, the nearest to a point first. */
export function findBesideLine(
  index: PartIndex,
  scope: Scope,
  given: {
    classes: readonly string[];
    line: readonly LonLat[];
    degrees: number;
    near: LonLat;
    limit: number;
  },
): string[] {
  const { columns } = index;
  const wanted = classTable(index, given.classes);
  const see = scope.kind === 'district' ? undefined : index.filterOf(scope);
  const nearest = new Nearest(index, given.near, given.limit);
  const offered = new Set<number>();
  const corners = given.line.map(toWorld);
  const across = given.degrees / DEGREES_PER_STEP;
  for (let at = 0; at < corners.length - 1; at++) {
    const a = corners[at] as WorldPosition;
    const b = corners[at + 1] as WorldPosition;
    // A degree of latitude has more steps than one of longitude.
    const squeeze = Math.cos(((given.line[at]?.lat ?? 0) * Math.PI) / 180);
    const down = across / squeeze;
    const west = Math.min(a.x, b.x) - across;
    const north = Math.min(a.y, b.y) - down;
    const side = Math.max(Math.max(a.x, b.x) + across - west, Math.max(a.y, b.y) + down - north);
    const count = index.collectWithin({ x: west, y: north, side }, scratch, see);
    for (let i = 0; i < count; i++) {
      const slot = scratch.slots[i] as number;
      if (wanted[columns.class[slot] as number] === 0 || offered.has(slot)) continue;
      const point = { x: columns.x[slot] as number, y: columns.y[slot] as number };
      if (stepsFromSegment(point, a, b, squeeze) > across) continue;
      offered.add(slot);
      nearest.offer(slot);
    }
  }
  return nearest.codes();
}

const DEGREES_PER_STEP = 360 / 2 ** 32;
const scratch = new SlotList();

/** Steps of longitude, with those of latitude squeezed to the same degrees. */
function stepsFromSegment(point: WorldPosition, a: WorldPosition, b: WorldPosition, squeeze: number): number {
  const px = point.x - a.x;
  const py = (point.y - a.y) * squeeze;
  const dx = b.x - a.x;
  const dy = (b.y - a.y) * squeeze;
  const length = dx * dx + dy * dy;
  const along = length === 0 ? 0 : Math.max(0, Math.min(1, (px * dx + py * dy) / length));
  return Math.hypot(px - along * dx, py - along * dy);
}

/** 1 for the numbers of these classes. */
function classTable({ texts }: PartIndex, classes: readonly string[]): Uint8Array {
  const wanted = new Uint8Array(texts.classes.values.length);
  for (const id of classes) {
    const number = texts.classes.find(id);
    if (number !== undefined) wanted[number] = 1;
  }
  return wanted;
}

/** Codes of the parts of some classes that lie nearest to a point. */
export function findNearestOfClasses(
  index: PartIndex,
  scope: Scope,
  given: { classes: readonly string[]; near: LonLat; limit: number },
): string[] {
  const { columns } = index;
  const wanted = classTable(index, given.classes);
  const see = index.filterOf(scope);
  const nearest = new Nearest(index, given.near, given.limit);
  for (let slot = 0; slot < columns.count; slot++) {
    if (wanted[columns.class[slot] as number] === 0 || columns.state[slot] === GONE || !see(slot)) continue;
    nearest.offer(slot);
  }
  return nearest.codes();
}

/** The nearest few of what is offered; the Mercator map keeps angles, so near there is near on the ground. */
class Nearest {
  readonly #index: PartIndex;
  readonly #from: { x: number; y: number } | undefined;
  readonly #limit: number;
  readonly #best: { slot: number; squared: number }[] = [];

  constructor(index: PartIndex, near: LonLat | undefined, limit: number) {
    this.#index = index;
    this.#from = near && toWorld(near);
    this.#limit = limit;
  }

  offer(slot: number): void {
    const best = this.#best;
    const { columns } = this.#index;
    const dx = this.#from ? (columns.x[slot] as number) - this.#from.x : 0;
    const dy = this.#from ? (columns.y[slot] as number) - this.#from.y : 0;
    const squared = dx * dx + dy * dy;
    if (best.length === this.#limit && squared >= (best.at(-1)?.squared ?? 0)) return;
    const at = best.findIndex((other) => other.squared > squared);
    best.splice(at < 0 ? best.length : at, 0, { slot, squared });
    if (best.length > this.#limit) best.pop();
  }

  codes(): string[] {
    return this.#best.map(({ slot }) => this.#index.codeAt(slot));
  }
}
