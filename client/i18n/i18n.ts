import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { en } from './en/en.ts';
import { zhCN } from './zh-CN/zh-cn.ts';

export const languages = ['zh-CN', 'en'] as const;
export type Language = (typeof languages)[number];

const storageKey = 'gridwatch.language';

/** The language chosen on this browser; Chinese until one is chosen. */
function firstLanguage(): Language {
  return localStorage.getItem(storageKey) === 'en' ? 'en' : 'zh-CN';
}

export async function startI18n(): Promise<void> {
  await i18next.use(initReactI18next).init({
    lng: firstLanguage(),
    fallbackLng: 'zh-CN',
    defaultNS: 'shell',
    resources: { 'zh-CN': zhCN, en },
    interpolation: { escapeValue: false },
    react: { useSuspense: false },
  });
  showLanguage(currentLanguage());
}

export function currentLanguage(): Language {
  return i18next.language === 'en' ? 'en' : 'zh-CN';
}

export async function chooseLanguage(language: Language): Promise<void> {
  localStorage.setItem(storageKey, language);
  await i18next.changeLanguage(language);
  showLanguage(language);
}

function showLanguage(language: Language): void {
  document.documentElement.lang = language;
  document.title = i18next.t('shell:product');
}
