import type { ClassEntry } from '#contract/dictionary';

/** A class with how well it answers the words; smaller is better. */
function rankOf(entry: ClassEntry, words: string, recent: readonly string[]): number {
  const { id, name, pinyin, majorName } = entry;
  const code = id.toLowerCase();
  const recently = recent.indexOf(id);
  const nearness = recently === -1 ? 0.5 : recently / 100;
  if (words === '') return nearness;
  const english = name.en.toLowerCase();
  if (name.zh === words || code === words || code.slice(1) === words || pinyin === words) return nearness;
  if (name.zh.startsWith(words) || pinyin.startsWith(words)) return 1 + nearness;
  if (code.startsWith(words) || code.slice(1).startsWith(words) || english.startsWith(words))
    return 2 + nearness;
  if (name.zh.includes(words) || english.includes(` ${words}`)) return 3 + nearness;
  if (pinyin.includes(words) || english.includes(words)) return 4 + nearness;
  if (majorName.zh.includes(words) || majorName.en.toLowerCase().includes(words)) return 5 + nearness;
  if (isSubsequence(words, name.zh)) return 6 + nearness;
  return Number.POSITIVE_INFINITY;
}

/**
 * Type-ahead over the dictionary: by Chinese name, initials of its pinyin, code with or without its kind letter, or
 * English name. Recently used classes (ids, newest first) come first among equals, and alone when nothing is typed.
 */
export function searchClasses(
  entries: readonly ClassEntry[],
  typed: string,
  recent: readonly string[],
  most = 8,
): ClassEntry[] {
  const words = typed.trim().toLowerCase();
  return entries
    .map((entry) => ({ entry, rank: rankOf(entry, words, recent) }))
    .filter(({ rank }) => Number.isFinite(rank))
    .sort(
      (a, b) =>
        a.rank - b.rank ||
        a.entry.name.zh.length - b.entry.name.zh.length ||
        (a.entry.id < b.entry.id ? -1 : 1),
    )
    .slice(0, most)
    .map(({ entry }) => entry);
}

/** Are the characters in the text, in this order. */
function isSubsequence(characters: string, text: string): boolean {
  let from = 0;
  for (const character of characters) {
    from = text.indexOf(character, from) + 1;
    if (from === 0) return false;
  }
  return true;
}
