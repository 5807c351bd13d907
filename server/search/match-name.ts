/** What a name is found by; made once, when it is loaded. */
export interface SearchableName {
  /** code or id, lower case; empty when it is not one that people type */
  code: string;
  zh: string;
  /** lower case */
  en: string;
  /** of the Chinese name, without tones and spaces */
  pinyin: string;
  initials: string;
}

/** The larger the better; 0 is no match. Steps follow the order code, name, name inside, pinyin. */
export const RANK = {
  code: 1000,
  codeStart: 900,
  name: 850,
  nameStart: 800,
  wordStart: 750,
  nameInside: 700,
  initials: 600,
  initialsStart: 580,
  pinyinStart: 560,
  initialsInside: 540,
  pinyinInside: 520,
} as const;

/** What was typed, in the forms it is compared in. */
export interface Typed {
  /** NFKC, lower case, spaces single */
  text: string;
  /** without spaces */
  compact: string;
  /** Latin letters only, apostrophes and spaces dropped: may be pinyin */
  latin: string;
}

/** Control characters are dropped; full-width letters and digits become plain ones. */
export function readTyped(q: string): Typed {
  const text = q
    .normalize('NFKC')
    .replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}]+/gu, ' ')
    .replace(/\s+/gu, ' ')
    .trim()
    .toLowerCase();
  const compact = text.replaceAll(' ', '');
  const latin = compact.replaceAll("'", '');
  return { text, compact, latin: /^[a-zü]+$/u.test(latin) ? latin : '' };
}

/** How well a name fits what was typed. */
export function rankName(name: SearchableName, { text, compact, latin }: Typed): number {
  if (compact === '') return 0;
  if (name.code !== '') {
    if (name.code === compact) return RANK.code;
    if (compact.length >= 2 && name.code.startsWith(compact)) return RANK.codeStart;
  }
  if (name.zh === compact || name.en === text) return RANK.name;
  if (name.zh.startsWith(compact) || name.en.startsWith(text)) return RANK.nameStart;
  const inside = name.en.indexOf(text);
  if (inside > 0 && name.en[inside - 1] === ' ') return RANK.wordStart;
  if (name.zh.includes(compact) || (inside > 0 && text.length >= 3)) return RANK.nameInside;
  if (latin === '') return 0;
  if (name.initials === latin) return RANK.initials;
  if (latin.length >= 2 && name.initials.startsWith(latin)) return RANK.initialsStart;
  if (name.pinyin.startsWith(latin)) return RANK.pinyinStart;
  if (latin.length >= 2 && name.initials.includes(latin)) return RANK.initialsInside;
  if (latin.length >= 4 && name.pinyin.includes(latin)) return RANK.pinyinInside;
  return 0;
}
