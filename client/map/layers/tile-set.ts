import type { Primitive, PrimitiveCollection } from '@cesium/engine';
import { tileKey, type TileAddress } from '../tiles/tile-grid.ts';

/** What a tile puts on the map; null when it has nothing to show. */
type Drawable = Pick<Primitive, 'show'> | null;

interface TileSetOptions {
  collection: PrimitiveCollection;
  /** At most so many tiles stay in memory beside those that are shown. */
  kept: number;
  load: (tile: TileAddress) => Promise<Drawable>;
  changed: () => void;
}

interface Held {
  drawable: Drawable;
  wanted: boolean;
}

/**
 * Things of tiles on the map: loads what is wanted, hides what is not, and gives back the longest unused beyond a
 * limit, so that days of wandering cost no memory.
 */
export class TileSet {
  #held = new Map<string, Held>();
  #loading = new Set<string>();
  #wanted = new Set<string>();
  #destroyed = false;
  readonly #options: TileSetOptions;

  constructor(options: TileSetOptions) {
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

  destroy(): void {
    this.#destroyed = true;
    for (const key of this.#held.keys()) this.#drop(key);
  }

  #show(held: Held, wanted: boolean): boolean {
    if (held.wanted === wanted) return false;
    held.wanted = wanted;
    if (held.drawable) held.drawable.show = wanted;
    return true;
  }

  async #load(tile: TileAddress): Promise<void> {
    const key = tileKey(tile);
    const held = this.#held.get(key);
    if (held) {
      this.#held.delete(key);
      this.#held.set(key, held);
      return;
    }
    if (this.#loading.has(key)) return;
    this.#loading.add(key);
    try {
      const drawable = await this.#options.load(tile);
      if (this.#destroyed) return;
      const wanted = this.#wanted.has(key);
      if (drawable) {
        drawable.show = wanted;
        this.#options.collection.add(drawable);
      }
      this.#held.set(key, { drawable, wanted });
      if (drawable && wanted) this.#options.changed();
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
    if (drawable) this.#options.collection.remove(drawable);
    this.#held.delete(key);
  }
}
