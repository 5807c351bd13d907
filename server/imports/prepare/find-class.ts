import type { ImportFacts } from '../prepared-rows.ts';
import { Problem } from './problem.ts';
import { normaliseName } from './suggest-mapping.ts';

type Class = ImportFacts['classes'][number];

export interface ClassFinder {
  /** Id of the class of 2026 a value means; whatever edition it was written in. */
  find(value: string, edition?: number): string | Problem;
  knows(value: string): boolean;
}

/**
 * Finds classes by id, by class code (5 digits in 2026, 4 before), by part code (17 and 16 digits) or event code (11 and
 * 10), by Chinese or English name of any edition, or by a common word for it (`words`).
 *
 * Four digits are of 2013 unless only 2007 has them or `edition` says so. Names go by the newest edition that has them;
 * what was renamed between two editions is found under both names.
 */
export function makeClassFinder(
  classes: readonly Class[],
  kinds: readonly Class['kind'][],
  words: ReadonlyMap<string, string>,
): ClassFinder {
  const wanted = classes.filter(({ kind }) => kinds.includes(kind));
  const byId = new Map(wanted.map((one) => [one.id, one]));
  const byCode = new Map<string, Class[]>();
  const byName = new Map<string, Class[]>();
  for (const one of [...wanted].sort((a, b) => b.edition - a.edition)) {
    push(byCode, one.id.replace(/^\d+:/, '').slice(1), one);
    for (const name of new Set([normaliseName(one.nameZh), normaliseName(one.nameEn)]))
      push(byName, name, one);
  }

  const search = (value: string, edition?: number): string | Problem => {
    const id = value.toUpperCase();
    const exact = byId.get(value) ?? byId.get(id);
    if (exact) return asCurrent(exact);
    if (/^\d+$/.test(value)) return searchDigits(value, edition);
    const lettered = /^[PE](\d{4,5})$/.exec(id);
    if (lettered) return searchDigits(lettered[1]!, edition);
    const named = byName.get(normaliseName(value));
    if (named)
      return firstCurrent(edition ? named.filter((one) => one.edition === edition).concat(named) : named);
    const word = words.get(normaliseName(value));
    const meant = word === undefined ? undefined : byId.get(word);
    if (meant) return asCurrent(meant);
    return unknown(value, wanted);
  };

  function searchDigits(value: string, edition?: number): string | Problem {
    const shape = digitShapes[value.length];
    const code = shape ? value.slice(shape.from, shape.to) : value;
    const found = (byCode.get(code) ?? []).filter(({ kind }) => !shape?.kind || kind === shape.kind);
    if (found.length === 0) return unknown(code, wanted);
    const asked = edition === undefined ? undefined : found.find((one) => one.edition === edition);
    const same = found.filter((one) => one.edition === (asked ?? found[0]!).edition);
    if (same.length > 1)
      return new Problem(
        'ambiguous-class',
        `${code} 既是部件又是事件代码，请写成 P${code} 或 E${code}`,
        `${code} is the code of a part and of an event; write P${code} or E${code}`,
      );
    return asCurrent(asked ?? found[0]!);
  }

  const cache = new Map<string, string | Problem>();
  const find = (value: string, edition?: number): string | Problem => {
    const key = edition === undefined ? value : `${edition} ${value}`;
    const cached = cache.get(key);
    if (cached !== undefined) return cached;
    const found = search(value.trim(), edition);
    if (cache.size < 50_000) cache.set(key, found);
    return found;
  };
  return { find, knows: (value) => typeof find(value) === 'string' };
}

/** Where the class stands in codes of each length, and what kind it then is. */
const digitShapes: Record<number, { from: number; to: number; kind?: Class['kind'] }> = {
  17: { from: 6, to: 11, kind: 'part' },
  16: { from: 6, to: 10, kind: 'part' },
  11: { from: 6, to: 11, kind: 'event' },
  10: { from: 6, to: 10, kind: 'event' },
};

function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}

function asCurrent(one: Class): string | Problem {
  if (one.edition === 2026) return one.id;
  if (one.became) return one.became;
  return new Problem(
    'class-without-successor',
    `${one.edition} 年版的“${one.nameZh}”在 2026 年版没有唯一的对应类别，请为该值指定类别`,
    `“${one.nameEn}” of ${one.edition} has no single successor in 2026; say which class the value means`,
  );
}

function firstCurrent(list: Class[]): string | Problem {
  for (const one of list) {
    const current = asCurrent(one);
    if (typeof current === 'string') return current;
  }
  return asCurrent(list[0]!);
}

function unknown(value: string, classes: readonly Class[]): Problem {
  const near = nearestNames(value, classes);
  return new Problem(
    'unknown-class',
    `没有“${shorten(value)}”这个类别${near.length ? `，相近的有：${near.map((one) => `${one.nameZh}（${one.id}）`).join('、')}` : ''}`,
    `There is no class “${shorten(value)}”${near.length ? `; near it: ${near.map((one) => `${one.nameEn} (${one.id})`).join(', ')}` : ''}`,
  );
}

function shorten(value: string): string {
  return value.length > 40 ? `${value.slice(0, 40)}…` : value;
}

/** Three classes of 2026 that share most pairs of letters (Dice's coefficient), or digits at the front. */
function nearestNames(value: string, classes: readonly Class[]): Class[] {
  const name = normaliseName(value).slice(0, 60);
  const digits = /^\d+$/.test(name);
  return classes
    .filter(({ edition }) => edition === 2026)
    .map((one) => ({
      one,
      score: digits
        ? commonPrefix(name, one.id.slice(1)) / 5
        : Math.max(likeness(name, normaliseName(one.nameZh)), likeness(name, normaliseName(one.nameEn))),
    }))
    .filter(({ score }) => score > 0.2)
    .sort((a, b) => b.score - a.score)
    .slice(0, 3)
    .map(({ one }) => one);
}

function commonPrefix(a: string, b: string): number {
  let n = 0;
  while (n < a.length && a[n] === b[n]) n++;
  return n;
}

function likeness(a: string, b: string): number {
  const pairs = (text: string) => {
    const list = new Set<string>();
    for (let i = 0; i < text.length; i++) {
      list.add(text.slice(i, i + 2));
      // A Chinese character says as much as a few letters.
      if (text.charCodeAt(i) > 0x2e80) list.add(text[i]!);
    }
    return list;
  };
  const [left, right] = [pairs(a), pairs(b)];
  let shared = 0;
  for (const pair of left) if (right.has(pair)) shared++;
  return left.size + right.size === 0 ? 0 : (2 * shared) / (left.size + right.size);
}
