/** What a cell of the file becomes, found again by its bytes: most columns of a register have few different values. */
export class CellMemo<T> {
  #keys: (Uint8Array | undefined)[] = new Array<undefined>(SLOTS);
  #values: (T | undefined)[] = new Array<undefined>(SLOTS);
  #used = 0;

  get(bytes: Uint8Array, from: number, to: number): T | undefined {
    return this.#values[this.#slotOf(bytes, from, to)];
  }

  /** Keeps it while there is room. */
  set(bytes: Uint8Array, from: number, to: number, value: T): void {
    if (this.#used * 2 >= SLOTS || to - from > LONGEST) return;
    const slot = this.#slotOf(bytes, from, to);
    this.#keys[slot] = bytes.slice(from, to);
    this.#values[slot] = value;
    this.#used++;
  }

  #slotOf(bytes: Uint8Array, from: number, to: number): number {
    let hash = 0x811c9dc5;
    for (let at = from; at < to; at++) hash = Math.imul(hash ^ bytes[at]!, 0x01000193);
    let slot = (hash ^ (hash >>> 15)) & (SLOTS - 1);
    for (;;) {
      const key = this.#keys[slot];
      if (key === undefined || isSame(key, bytes, from, to)) return slot;
      slot = (slot + 1) & (SLOTS - 1);
    }
  }
}

const SLOTS = 8_192;
const LONGEST = 256;

function isSame(key: Uint8Array, bytes: Uint8Array, from: number, to: number): boolean {
  if (key.length !== to - from) return false;
  for (let at = 0; at < key.length; at++) if (key[at] !== bytes[from + at]) return false;
  return true;
}
