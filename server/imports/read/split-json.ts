import { appError } from '../../errors.ts';
import { limits } from './limits.ts';
import type { TextPiece } from './read-text.ts';

/** Where the wanted objects stand: at the top one after another, in a top-level array, or in the array of a member. */
export type JsonShape = { kind: 'sequence' } | { kind: 'array' } | { kind: 'member'; name: string };

const QUOTE = 34;
const BACKSLASH = 92;
/** A longer string is no member's name that is looked for. */
const LONGEST_NAME = 100;

/**
 * Text of one object after the other, without holding the file: the brackets are counted and `JSON.parse` reads the
 * pieces. Everything outside the wanted objects is skipped.
 *
 * @throws IMPORT_LINE_TOO_LONG (a feature over the limit), IMPORT_BROKEN_FILE (cut off, nested too deeply)
 */
export async function* splitJson(
  pieces: AsyncIterable<TextPiece>,
  shape: JsonShape,
): AsyncGenerator<{ objects: string[]; bytesRead: number }> {
  const state = new Splitter(shape);
  for await (const { text, bytesRead } of pieces) yield { objects: state.write(text), bytesRead };
  state.end();
}

class Splitter {
  private readonly itemDepth: number;
  private readonly memberName: string | undefined;
  private depth = 0;
  private inString = false;
  private escaped = false;
  /** Inside the array whose objects are wanted; a sequence has none. */
  private inItems: boolean;
  private finished = false;
  private count = 0;
  /** Text of the object being read, from pieces before this one. */
  private pending = '';
  private inItem = false;
  private lastString = '';
  /** Text of a member's name so far; undefined in strings that are no names. */
  private name: string | undefined;
  private keyMatches = false;

  constructor(shape: JsonShape) {
    this.itemDepth = shape.kind === 'sequence' ? 0 : shape.kind === 'array' ? 1 : 2;
    this.memberName = shape.kind === 'member' ? shape.name : undefined;
    this.inItems = shape.kind === 'sequence';
  }

  write(text: string): string[] {
    const objects: string[] = [];
    let itemStart = this.inItem ? 0 : -1;
    let at = 0;
    const length = text.length;
    while (at < length) {
      if (this.inString) {
        at = this.skipString(text, at);
        continue;
      }
      const code = text.charCodeAt(at);
      if (code === QUOTE) {
        this.inString = true;
        this.name = this.depth === 1 && !this.inItem ? '' : undefined;
      } else if (code === 123 || code === 91) {
        if (code === 123 && !this.inItem && this.inItems && this.depth === this.itemDepth) {
          this.inItem = true;
          itemStart = at;
        }
        if (code === 91) this.openArray();
        if (++this.depth > limits.jsonDepth + 2)
          throw appError('IMPORT_BROKEN_FILE', { line: this.count + 1, reason: 'NESTED_TOO_DEEPLY' });
      } else if (code === 125 || code === 93) {
        this.depth--;
        if (this.depth < 0) throw appError('IMPORT_BROKEN_FILE', { reason: 'UNBALANCED_BRACKETS' });
        if (this.inItem && this.depth === this.itemDepth) {
          objects.push(this.pending + text.slice(itemStart, at + 1));
          this.pending = '';
          this.inItem = false;
          this.count++;
          itemStart = -1;
        } else if (code === 93 && this.inItems && this.depth === this.itemDepth - 1) {
          this.inItems = false;
          this.finished = true;
        }
      } else if (code === 58 && this.depth === 1 && this.memberName) {
        this.keyMatches = this.lastString === this.memberName;
      } else if (code === 44 && this.depth === 1) {
        this.keyMatches = false;
      }
      at++;
    }
    if (this.inItem) {
      this.pending += text.slice(itemStart);
      if (this.pending.length > limits.featureCharacters)
        throw appError('IMPORT_LINE_TOO_LONG', {
          feature: this.count + 1,
          limitCharacters: limits.featureCharacters,
        });
    }
    return objects;
  }

  end(): void {
    if (this.depth !== 0 || this.inString)
      throw appError('IMPORT_BROKEN_FILE', { line: this.count + 1, reason: 'CUT_OFF' });
  }

  private openArray(): void {
    if (this.finished) return;
    if (this.memberName ? this.depth === 1 && this.keyMatches : this.depth === 0 && this.itemDepth === 1)
      this.inItems = true;
  }

  /** @returns where the string ends, or the end of the text */
  private skipString(text: string, from: number): number {
    let at = from;
    if (this.escaped) {
      this.escaped = false;
      at++;
    }
    for (;;) {
      const quote = text.indexOf('"', at);
      if (quote < 0) {
        this.escaped = endsWithEscape(text, at);
        this.gatherName(text.slice(from));
        return text.length;
      }
      let back = quote - 1;
      while (back >= at && text.charCodeAt(back) === BACKSLASH) back--;
      if ((quote - back) % 2 === 1) {
        this.inString = false;
        this.gatherName(text.slice(from, quote));
        this.lastString = this.name ?? '';
        return quote + 1;
      }
      at = quote + 1;
    }
  }

  private gatherName(text: string): void {
    if (this.name !== undefined && this.name.length <= LONGEST_NAME) this.name += text;
  }
}

function endsWithEscape(text: string, from: number): boolean {
  let back = text.length - 1;
  while (back >= from && text.charCodeAt(back) === BACKSLASH) back--;
  return (text.length - 1 - back) % 2 === 1;
}
