import type { Scope } from '#contract/access';
import type { LonLat } from '#contract/shared';
import { GONE, SEQUENCE_DIGITS } from './part-columns.ts';
import type { PartIndex } from './part-index.ts';
import { toWorld } from './world-position.ts';

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

/** Codes of the parts of some classes that lie nearest to a point. */
export function findNearestOfClasses(
  index: PartIndex,
  scope: Scope,
  given: { classes: readonly string[]; near: LonLat; limit: number },
): string[] {
  const { columns, texts } = index;
  const wanted = new Uint8Array(texts.classes.values.length);
  for (const id of given.classes) {
    const number = texts.classes.find(id);
    if (number !== undefined) wanted[number] = 1;
  }
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
