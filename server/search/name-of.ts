import { pinyin } from 'pinyin-pro';
import type { Names } from '#contract/shared';
import type { SearchableName } from './match-name.ts';

const HAN = /\p{Script=Han}/u;

/** A name ready to be searched, with the pinyin of its Chinese letters. */
export function nameOf({ zh, en }: Names, code = ''): SearchableName {
  const syllables = HAN.test(zh)
    ? pinyin(zh, { toneType: 'none', type: 'array', nonZh: 'consecutive', v: true })
    : [];
  return {
    code: code.toLowerCase(),
    zh: zh.normalize('NFKC').toLowerCase().replace(/\s+/gu, ''),
    en: en.normalize('NFKC').toLowerCase(),
    pinyin: syllables.join('').toLowerCase().replace(/\s+/gu, ''),
    initials: syllables
      .map((syllable) => syllable.charAt(0))
      .join('')
      .toLowerCase(),
  };
}
