import type { ClassEntry } from '#contract/dictionary';

/**
 * Classes found by what somebody types: Chinese name, English name, initials of the Chinese name, or code with or
 * without its kind letter. The best first: the whole code, then names and initials that begin so, then the rest;
 * within each, by id.
 */
export function matchClasses(classes: readonly ClassEntry[], typed: string): ClassEntry[] {
  const text = typed.trim().toLowerCase();
  if (text === '') return [...classes];
  return classes
    .map((entry) => ({ entry, rank: rankOf(entry, text) }))
    .filter(({ rank }) => rank < UNRELATED)
    .sort((a, b) => a.rank - b.rank || (a.entry.id < b.entry.id ? -1 : 1))
    .map(({ entry }) => entry);
}

const UNRELATED = 4;

function rankOf({ id, name, pinyin }: ClassEntry, text: string): number {
  const code = id.toLowerCase();
  const digits = code.replace(/^.*[a-z]/, '');
  const english = name.en.toLowerCase();
  if (code === text || digits === text || name.zh === text) return 0;
  if (name.zh.startsWith(text) || pinyin.startsWith(text) || code.startsWith(text) || digits.startsWith(text))
    return 1;
  if (name.zh.includes(text) || english.startsWith(text)) return 2;
  if (pinyin.includes(text) || english.includes(text)) return 3;
  return UNRELATED;
}
