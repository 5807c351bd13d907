import type { LonLat } from '#contract/shared';

/**
 * Where the pointer was last over the ground. Changes many times a second, so only who reads it is drawn again; it
 * stays when the pointer leaves, so that it can be copied.
 */
export class PointerStore {
  #position: LonLat | null = null;
  #listeners = new Set<() => void>();

  put(position: LonLat): void {
    this.#position = position;
    for (const listener of this.#listeners) listener();
  }

  read = (): LonLat | null => this.#position;

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };
}
