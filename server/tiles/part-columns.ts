import type { PartState } from '#contract/parts';
import { toWorld } from './world-position.ts';

/** Texts by number, each once. */
export class Texts {
  readonly values: string[] = [];
  readonly #numbers = new Map<string, number>();

  numberOf(value: string): number {
    const known = this.#numbers.get(value);
    if (known !== undefined) return known;
    const number = this.values.length;
    this.values.push(value);
    this.#numbers.set(value, number);
    return number;
  }

  find(value: string): number | undefined {
    return this.#numbers.get(value);
  }
}

export const PART_STATES = ['intact', 'damaged', 'missing', 'abandoned'] as const satisfies PartState[];
/** A slot whose part is removed, or lies elsewhere now. */
export const GONE = 255;

/** The last digits of a part's code number the parts of a district and class (SPEC section 6). */
export const SEQUENCE_DIGITS = 6;

/** What a part is in the database, as far as tiles and search need it. */
export interface PartRow {
  code: string;
  class: string;
  state: string;
  cell: string;
  owner: string | null;
  maintainer: string | null;
  authority: string;
  lon: number;
  lat: number;
}

/** Texts that parts share. */
export interface PartTexts {
  /** codes without their last six digits */
  prefixes: Texts;
  classes: Texts;
  cells: Texts;
  /** owner, maintainer and authority, as `stewardsKey` writes them */
  stewards: Texts;
}

export function stewardsKey(part: Pick<PartRow, 'owner' | 'maintainer' | 'authority'>): string {
  return `${part.owner ?? ''}\u001f${part.maintainer ?? ''}\u001f${part.authority}`;
}

/** Parts as columns, 25 bytes each: position, class, state, code in two pieces, cell, stewards. */
export class PartColumns {
  readonly capacity: number;
  count = 0;
  readonly x: Uint32Array;
  readonly y: Uint32Array;
  readonly prefix: Uint16Array;
  readonly sequence: Uint32Array;
  readonly class: Uint16Array;
  readonly state: Uint8Array;
  readonly cell: Uint32Array;
  readonly stewards: Uint32Array;

  constructor(capacity: number) {
    this.capacity = capacity;
    this.x = new Uint32Array(capacity);
    this.y = new Uint32Array(capacity);
    this.prefix = new Uint16Array(capacity);
    this.sequence = new Uint32Array(capacity);
    this.class = new Uint16Array(capacity);
    this.state = new Uint8Array(capacity);
    this.cell = new Uint32Array(capacity);
    this.stewards = new Uint32Array(capacity);
  }

  get sizeBytes(): number {
    return this.capacity * 25;
  }

  write(slot: number, part: PartRow, texts: PartTexts): void {
    const { x, y } = toWorld(part);
    const cut = part.code.length - SEQUENCE_DIGITS;
    this.x[slot] = x;
    this.y[slot] = y;
    this.prefix[slot] = texts.prefixes.numberOf(part.code.slice(0, cut));
    this.sequence[slot] = Number(part.code.slice(cut));
    this.class[slot] = texts.classes.numberOf(part.class);
    const state = PART_STATES.indexOf(part.state as (typeof PART_STATES)[number]);
    this.state[slot] = state < 0 ? GONE : state;
    this.cell[slot] = texts.cells.numberOf(part.cell);
    this.stewards[slot] = texts.stewards.numberOf(stewardsKey(part));
  }

  copy(from: PartColumns, fromSlot: number, slot: number): void {
    this.x[slot] = from.x[fromSlot] as number;
    this.y[slot] = from.y[fromSlot] as number;
    this.prefix[slot] = from.prefix[fromSlot] as number;
    this.sequence[slot] = from.sequence[fromSlot] as number;
    this.class[slot] = from.class[fromSlot] as number;
    this.state[slot] = from.state[fromSlot] as number;
    this.cell[slot] = from.cell[fromSlot] as number;
    this.stewards[slot] = from.stewards[fromSlot] as number;
  }
}

/** The same rows in columns twice as large. */
export function growColumns(columns: PartColumns): PartColumns {
  const larger = new PartColumns(columns.capacity * 2);
  larger.x.set(columns.x);
  larger.y.set(columns.y);
  larger.prefix.set(columns.prefix);
  larger.sequence.set(columns.sequence);
  larger.class.set(columns.class);
  larger.state.set(columns.state);
  larger.cell.set(columns.cell);
  larger.stewards.set(columns.stewards);
  larger.count = columns.count;
  return larger;
}
