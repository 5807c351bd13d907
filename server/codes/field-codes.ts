import type { Edition } from '#contract/codes';
import { minorLength, type ClassDigits } from './class-id.ts';

/** What a code of the field can stand for by its digits alone (SPEC section 6). */
export type FieldCode =
  | { form: 'division'; level: 'district' | 'subdistrict' | 'community'; code: string }
  | { form: 'cell'; community: string; sequence: number }
  | { form: 'part'; editions: Edition[]; district: string; major: string; minor: string; sequence: number }
  | { form: 'event'; editions: Edition[]; district: string; major: string; minor: string }
  | { form: 'class'; classes: ClassDigits[] };

export const MOST_CELLS = 999;
export const MOST_PARTS = 999_999;

const OLD: Edition[] = [2007, 2013];
const NEW: Edition[] = [2026];
const LEVELS = { 6: 'district', 9: 'subdistrict', 12: 'community' } as const;

/**
 * Reads a code by its length: division 6, 9 or 12 digits, cell 15, part 16 (before 2026) or 17, event 10 or 11, class
 * 4 or 5 (of either kind) or a class id. Undefined when it has none of these forms.
 */
export function readFieldCode(code: string): FieldCode | undefined {
  const id = /^(?:(2007|2013|2026):)?([PE])?([0-9]{2})([0-9]{2,3})$/.exec(code);
  if (id) return readClass(id);
  if (!/^[0-9]+$/.test(code)) return undefined;
  switch (code.length) {
    case 6:
    case 9:
    case 12:
      return { form: 'division', level: LEVELS[code.length], code };
    case 15:
      return { form: 'cell', community: code.slice(0, 12), sequence: Number(code.slice(12)) };
    case 16:
    case 17:
      return {
        form: 'part',
        editions: code.length === 16 ? OLD : NEW,
        district: code.slice(0, 6),
        major: code.slice(6, 8),
        minor: code.slice(8, -6),
        sequence: Number(code.slice(-6)),
      };
    case 10:
    case 11:
      return {
        form: 'event',
        editions: code.length === 10 ? OLD : NEW,
        district: code.slice(0, 6),
        major: code.slice(6, 8),
        minor: code.slice(8),
      };
    default:
      return undefined;
  }
}

function readClass([, prefix, letter, major = '', minor = '']: RegExpExecArray): FieldCode | undefined {
  const fits = minor.length === 3 ? NEW : OLD;
  // With a kind letter and no edition it is an id of the active set.
  const editions = prefix !== undefined ? [Number(prefix) as Edition] : letter !== undefined ? NEW : fits;
  const kinds =
    letter === undefined ? (['part', 'event'] as const) : ([letter === 'P' ? 'part' : 'event'] as const);
  const classes = editions
    .filter((edition) => minorLength(edition) === minor.length)
    .flatMap((edition) => kinds.map((kind) => ({ edition, kind, major, minor })));
  return classes.length === 0 ? undefined : { form: 'class', classes };
}

/** @throws RangeError when the community has no such sequence (1–999) */
export function makeCellCode(community: string, sequence: number): string {
  return digits(community, 12, 'community') + padded(sequence, 3, MOST_CELLS);
}

/** A part's code in the edition of its class: 17 digits in 2026, 16 before. @throws RangeError */
export function makePartCode(
  district: string,
  { edition, major, minor }: ClassDigits,
  sequence: number,
): string {
  return makeEventCode(district, { edition, kind: 'event', major, minor }) + padded(sequence, 6, MOST_PARTS);
}

/** District and class: 11 digits in 2026, 10 before. @throws RangeError */
export function makeEventCode(district: string, { edition, major, minor }: ClassDigits): string {
  return (
    digits(district, 6, 'district') +
    digits(major, 2, 'major class') +
    digits(minor, minorLength(edition), 'minor class')
  );
}

function digits(text: string, length: number, what: string): string {
  if (text.length !== length || !/^[0-9]+$/.test(text)) {
    throw new RangeError(`${what} must be ${length} digits, not "${text}"`);
  }
  return text;
}

function padded(sequence: number, length: number, most: number): string {
  if (!Number.isInteger(sequence) || sequence < 1 || sequence > most) {
    throw new RangeError(`sequence must be from 1 to ${most}, not ${sequence}`);
  }
  return String(sequence).padStart(length, '0');
}
