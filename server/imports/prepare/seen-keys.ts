/**
 * Keys already seen, with the line and place they were seen at: a million take 24 to 48 MB in typed arrays, outside the
 * garbage collector's way. Keys are told apart by 53 bits of hash; two different ones among a million meet with a
 * chance of 1 : 18,000, and are then reported as a repeated code, which a person would look at.
 */
export class SeenKeys {
  private slots = 1 << 12;
  private used = 0;
  private keys = new Float64Array(this.slots);
  private lines = new Uint32Array(this.slots);
  private places = new Int32Array(this.slots * 2);

  /** @returns line and place of the first row with the key, or undefined, and then it is remembered */
  add(key: string, line: number, x = 0, y = 0): { line: number; x: number; y: number } | undefined {
    return this.addHash(hash53(key), line, x, y);
  }

  /** The same with what `hashAscii` makes of the key. */
  addHash(
    hash: number,
    line: number,
    x: number,
    y: number,
  ): { line: number; x: number; y: number } | undefined {
    if (this.used * 2 > this.slots) this.grow();
    let slot = hash & (this.slots - 1);
    for (;;) {
      const held = this.keys[slot]!;
      if (held === 0) break;
      if (held === hash)
        return { line: this.lines[slot]!, x: this.places[slot * 2]!, y: this.places[slot * 2 + 1]! };
      slot = slot + 1 === this.slots ? 0 : slot + 1;
    }
    this.keys[slot] = hash;
    this.lines[slot] = line;
    this.places[slot * 2] = x;
    this.places[slot * 2 + 1] = y;
    this.used++;
    return undefined;
  }

  private grow(): void {
    const { keys, lines, places, slots } = this;
    this.slots = slots * 2;
    this.keys = new Float64Array(this.slots);
    this.lines = new Uint32Array(this.slots);
    this.places = new Int32Array(this.slots * 2);
    for (let from = 0; from < slots; from++) {
      const key = keys[from]!;
      if (key === 0) continue;
      let slot = key & (this.slots - 1);
      while (this.keys[slot] !== 0) slot = slot + 1 === this.slots ? 0 : slot + 1;
      this.keys[slot] = key;
      this.lines[slot] = lines[from]!;
      this.places[slot * 2] = places[from * 2]!;
      this.places[slot * 2 + 1] = places[from * 2 + 1]!;
    }
  }
}

/** cyrb53 (public domain): two 32-bit mixes side by side; never 0. */
function hash53(text: string): number {
  let a = 0xdeadbeef;
  let b = 0x41c6ce57;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    a = Math.imul(a ^ code, 2654435761);
    b = Math.imul(b ^ code, 1597334677);
  }
  return finish(a, b);
}

/** What `hash53` gives for a text of ASCII characters that stands in bytes. */
export function hashAscii(bytes: Uint8Array, from: number, to: number): number {
  let a = 0xdeadbeef;
  let b = 0x41c6ce57;
  for (let i = from; i < to; i++) {
    const code = bytes[i]!;
    a = Math.imul(a ^ code, 2654435761);
    b = Math.imul(b ^ code, 1597334677);
  }
  return finish(a, b);
}

function finish(first: number, second: number): number {
  let a = first;
  let b = second;
  a = Math.imul(a ^ (a >>> 16), 2246822507) ^ Math.imul(b ^ (b >>> 13), 3266489909);
  b = Math.imul(b ^ (b >>> 16), 2246822507) ^ Math.imul(a ^ (a >>> 13), 3266489909);
  return 4294967296 * (2097151 & b) + (a >>> 0) || 1;
}
