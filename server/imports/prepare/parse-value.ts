import { Problem } from './problem.ts';
import { normaliseName } from './suggest-mapping.ts';

/** What a value becomes; null: nothing was said. */
export type Parsed = string | null | Problem;

const notADate = new Problem('not-a-date', '不是日期', 'Not a date');

/**
 * A day as yyyy-mm-dd: ISO, 2012/3/4, 2012.3.4, 20120304, 2012年3月4日, 201203 (its first day), the day number of a
 * spreadsheet (43,831 = 2020-01-01), milliseconds since 1970 as ArcGIS writes them.
 */
export function parseDate(value: string): Parsed {
  const parts =
    /^(\d{4})[-/.年](\d{1,2})(?:[-/.月](\d{1,2})日?)?(?:[T\s].*)?月?$/.exec(value) ??
    /^(\d{4})(\d{2})(\d{2})(?:\d{6})?$/.exec(value) ??
    /^((?:19|20)\d{2})(\d{2})$/.exec(value);
  if (parts) return dayOf(Number(parts[1]), Number(parts[2]), Number(parts[3] ?? 1));
  if (/^\d{5}(\.\d+)?$/.test(value)) return serialDay(Number(value))?.slice(0, 10) ?? notADate;
  if (/^\d{12,13}$/.test(value)) return new Date(Number(value)).toISOString().slice(0, 10);
  return notADate;
}

function dayOf(year: number, month: number, day: number): Parsed {
  const date = new Date(Date.UTC(year, month - 1, day));
  const exists =
    date.getUTCMonth() === month - 1 && date.getUTCDate() === day && year >= 1800 && year <= 2200;
  return exists ? date.toISOString().slice(0, 10) : notADate;
}

/** Day 1 of a spreadsheet is 1900-01-01, and it believes in a 29 February of that year. */
function serialDay(serial: number): string | undefined {
  if (serial < 20_000 || serial > 73_050) return undefined;
  return new Date(Date.UTC(1899, 11, 30) + Math.round(serial * 86_400) * 1000).toISOString().slice(0, 19);
}

/** A moment; without an offset it is the deployment's local time, `2026-03-04T05:06:07`. */
export function parseInstant(value: string): Parsed {
  const iso =
    /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[T\s]*(\d{1,2})[:时](\d{2})(?:[:分](\d{2})(?:\.\d+)?秒?)?分?)?\s*(Z|[+-]\d{2}:?\d{2})?$/i.exec(
      value,
    );
  const compact = iso ? null : /^(\d{4})(\d{2})(\d{2})(?:(\d{2})(\d{2})(\d{2}))?$/.exec(value);
  const parts = iso ?? compact;
  if (parts) {
    const day = dayOf(Number(parts[1]), Number(parts[2]), Number(parts[3]));
    if (day instanceof Problem) return day;
    const [hour, minute, second] = [Number(parts[4] ?? 0), Number(parts[5] ?? 0), Number(parts[6] ?? 0)];
    if (hour > 23 || minute > 59 || second > 59) return notADate;
    const two = (n: number) => String(n).padStart(2, '0');
    return `${day}T${two(hour)}:${two(minute)}:${two(second)}${offset(iso?.[7])}`;
  }
  if (/^\d{5}(\.\d+)?$/.test(value)) return serialDay(Number(value)) ?? notADate;
  if (/^\d{12,13}$/.test(value)) return new Date(Number(value)).toISOString();
  return notADate;
}

function offset(text: string | undefined): string {
  if (!text) return '';
  if (/^z$/i.test(text)) return 'Z';
  return text.length === 5 ? `${text.slice(0, 3)}:${text.slice(3)}` : text;
}

const notALength = new Problem('not-a-length', '不是长度', 'Not a length');

/** Metres from `12`, `12.5 m`, `12米`, `40'`, `40 ft`, `5'6"`. @param most metres that still make sense */
export function parseMetres(value: string, most: number): Parsed {
  const parts =
    /^\+?(\d+(?:[.,]\d+)?)\s*(m|米|公尺|metres?|meters?|ft|feet|foot|英尺|'|′)?\s*(?:(\d+(?:\.\d+)?)\s*(?:"|″|in))?$/i.exec(
      value,
    );
  if (!parts) return notALength;
  const feet = parts[2] !== undefined && /^(ft|feet|foot|英尺|'|′)$/i.test(parts[2]);
  const number = Number(parts[1]!.replace(',', '.'));
  const metres = feet ? (number + Number(parts[3] ?? 0) / 12) * 0.3048 : number;
  if (!(metres > 0)) return null;
  if (metres > most) return new Problem('too-large', `超过 ${most} 米`, `More than ${most} m`);
  return String(Math.round(metres * 100) / 100);
}

export function parseInteger(least: number, most: number): (value: string) => Parsed {
  const problem = new Problem(
    'not-a-number',
    `不是 ${least} 到 ${most} 之间的整数`,
    `Not a whole number from ${least} to ${most}`,
  );
  return (value) => {
    const number = Number(value);
    return Number.isInteger(number) && number >= least && number <= most ? String(number) : problem;
  };
}

export function parseText(mostCharacters: number): (value: string) => Parsed {
  const problem = new Problem(
    'too-long',
    `超过 ${mostCharacters} 个字符`,
    `More than ${mostCharacters} characters`,
  );
  return (value) => {
    if (value.length > mostCharacters) return problem;
    return value.includes('\0') ? value.replaceAll('\0', '') || null : value;
  };
}

/** Codes must look like this; spreadsheets like to add `.0` or an apostrophe. */
export function parseCode(pattern: RegExp, zh: string, en: string): (value: string) => Parsed {
  const problem = new Problem('wrong-code', `编码应为${zh}`, `The code should be ${en}`);
  const rounded = new Problem(
    'rounded-code',
    '编码被表格软件改成了科学计数法，末几位已丢失',
    'A spreadsheet has rounded the code to scientific notation; its last digits are gone',
  );
  return (value) => {
    if (pattern.test(value)) return value;
    const bare = value.replace(/^'/, '').replace(/\.0+$/, '');
    if (pattern.test(bare)) return bare;
    return /^\d(\.\d+)?e\+?\d+$/i.test(value) ? rounded : problem;
  };
}

interface Choice {
  value: string;
  zh: string;
  en: string;
  also: readonly string[];
}

/**
 * One of few values by our word or a known other one. Another value is an error, or nothing where `leaveOut` takes note
 * of it.
 */
export function parseChoice(
  choices: readonly Choice[],
  leaveOut?: (value: string) => void,
): (value: string) => Parsed {
  const known = new Map<string, string>();
  for (const { value, zh, en, also } of choices)
    for (const word of [value, zh, en, ...also]) known.set(normaliseName(word), value);
  const problem = new Problem(
    'unknown-value',
    `可用的值：${choices.map(({ zh }) => zh).join('、')}`,
    `Values that can be used: ${choices.map(({ value }) => value).join(', ')}`,
  );
  const seen = new Map<string, Parsed>();
  return (value) => {
    let parsed = seen.get(value);
    if (parsed === undefined) {
      parsed = known.get(normaliseName(value)) ?? problem;
      if (parsed === problem && leaveOut) {
        leaveOut(value);
        parsed = null;
      }
      if (seen.size < 10_000) seen.set(value, parsed);
    }
    return parsed;
  };
}
