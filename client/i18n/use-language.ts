import { useTranslation } from 'react-i18next';
import type { Names } from '#contract/shared';
import type { Language } from './i18n.ts';

export function useLanguage(): Language {
  const { i18n } = useTranslation();
  return i18n.language === 'en' ? 'en' : 'zh-CN';
}

/** Picks a name in the language of the screen; a missing one falls back to the other. */
export function useName(): (names: Names) => string {
  const language = useLanguage();
  return (names) => (language === 'en' ? names.en || names.zh : names.zh || names.en);
}
