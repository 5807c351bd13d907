import type { Primitive, PrimitiveCollection } from '@cesium/engine';
import { tileKey, type TileAddress } from '../tiles/tile-grid.ts';

/** What a tile puts on the map. */
type Drawable = Pick<Primitive, 'show'>;

interface TileSetOptions<D extends Drawable> {
  /** Where it goes; without one it is only kept. */
  collection?: PrimitiveCollection;
  /** At most so many tiles stay in memory beside those that are shown. */
  kept: number;
  /** Null when the tile has nothing to show. */
  load: (tile: TileAddress) => Promise<D | null>;
  changed: () => void;
}

interface Held<D> {
  tile: TileAddress;
  drawable: D | null;
  wanted: boolean;
  generation: number;
}

/**
 * Things of tiles on the map: loads what is wanted, hides what is not, and gives back the longest unused beyond a
 * limit, so that days of wandering cost no memory.
 */
export class TileSet<D extends Drawable = Drawable> {
  #held = new Map<string, Held<D>>();
  #loading = new Set<string>();
  #wanted = new Set<string>();
  #destroyed = false;
  #generation = 0;
  readonly #options: TileSetOptions<D>;

  constructor(options: TileSetOptions<D>) {
    this.#options = options;
  }

  want(tiles: readonly TileAddress[]): void {
    this.#wanted = new Set(tiles.map(tileKey));
    let changed = false;
    for (const [key, held] of this.#held) changed = this.#show(held, this.#wanted.has(key)) || changed;
    for (const tile of tiles) void this.#load(tile);
    this.#dropOldest();
    if (changed) this.#options.changed();
  }

  /** What is shown now. */
  *shown(): Generator<D> {
    for (const { wanted, drawable } of this.#held.values()) if (wanted && drawable) yield drawable;
  }

  /** Everything that is kept. */
  *all(): Generator<D> {
    for (const { drawable } of this.#held.values()) if (drawable) yield drawable;
  }

  /** Tiles that are wanted and not there yet. */
  get pending(): number {
    return this.#loading.size;
  }

  /** Makes everything anew; what is shown stays until its successor is there. */
  reload(): void {
    this.#generation += 1;
    for (const [key, held] of this.#held) if (!held.wanted) this.#drop(key);
    // Loading puts a tile last, which an iterator would come to again.
    for (const { tile } of [...this.#held.values()]) void this.#load(tile);
  }

  /** The same for some tiles. */
  reloadWhere(concerned: (tile: TileAddress, drawable: D | null) => boolean): void {
    for (const held of [...this.#held.values()])
      if (concerned(held.tile, held.drawable)) {
        held.generation = -1;
        void this.#load(held.tile);
      }
  }

  destroy(): void {
    this.#destroyed = true;
    for (const key of this.#held.keys()) this.#drop(key);
  }

  #show(held: Held<D>, wanted: boolean): boolean {
    if (held.wanted === wanted) return false;
    held.wanted = wanted;
    if (held.drawable) held.drawable.show = wanted;
    return true;
  }

  async #load(tile: TileAddress): Promise<void> {
    const key = tileKey(tile);
    const held = this.#held.get(key);
    const generation = this.#generation;
    if (held) {
      this.#held.delete(key);
      this.#held.set(key, held);
      if (held.generation === generation) return;
    }
    if (this.#loading.has(key)) return;
    this.#loading.add(key);
    try {
      const drawable = await this.#options.load(tile);
      if (this.#destroyed) return;
      const wanted = this.#wanted.has(key);
      if (drawable) {
        drawable.show = wanted;
        this.#options.collection?.add(drawable);
      }
      const before = this.#held.get(key)?.drawable;
      if (before) this.#options.collection?.remove(before);
      this.#held.set(key, { tile, drawable, wanted, generation });
      if ((drawable || before) && wanted) this.#options.changed();
      if (generation !== this.#generation) queueMicrotask(() => void this.#load(tile));
    } catch {
      // Not held, so the next movement of the camera asks again.
    } finally {
      this.#loading.delete(key);
    }
  }

  #dropOldest(): void {
    for (const [key, { wanted }] of this.#held) {
      if (this.#held.size <= this.#options.kept) return;
      if (!wanted) this.#drop(key);
    }
  }

  #drop(key: string): void {
    const drawable = this.#held.get(key)?.drawable;
    if (drawable) this.#options.collection?.remove(drawable);
    this.#held.delete(key);
  }
}
