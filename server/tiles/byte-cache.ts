/** Values by key up to a total size in bytes; the one not used for longest goes first. */
export class ByteCache<Value extends { sizeBytes: number }> {
  readonly #entries = new Map<string, Value>();
  readonly #limitBytes: number;
  #usedBytes = 0;

  constructor(limitBytes: number) {
    this.#limitBytes = limitBytes;
  }

  get(key: string): Value | undefined {
    const value = this.#entries.get(key);
    if (!value) return undefined;
    this.#entries.delete(key);
    this.#entries.set(key, value);
    return value;
  }

  /** A value larger than the whole cache is not kept. */
  set(key: string, value: Value): void {
    this.#drop(key);
    if (value.sizeBytes > this.#limitBytes) return;
    this.#entries.set(key, value);
    this.#usedBytes += value.sizeBytes;
    for (const oldest of this.#entries.keys()) {
      if (this.#usedBytes <= this.#limitBytes) break;
      this.#drop(oldest);
    }
  }

  get usedBytes(): number {
    return this.#usedBytes;
  }

  #drop(key: string): void {
    const value = this.#entries.get(key);
    if (!value) return;
    this.#entries.delete(key);
    this.#usedBytes -= value.sizeBytes;
  }
}
