import { useTranslation } from 'react-i18next';
import { chooseLanguage } from '../i18n/i18n.ts';
import { useLanguage } from '../i18n/use-language.ts';
import styles from './language-switch.module.css';

/** The other language, in its own words. */
export function LanguageSwitch() {
  const language = useLanguage();
  const { t } = useTranslation('shell');
  const other = language === 'en' ? 'zh-CN' : 'en';
  return (
    <button type="button" className={styles.switch} lang={other} onClick={() => void chooseLanguage(other)}>
      <span className="visually-hidden">{t('switchLanguage')} </span>
      {other === 'en' ? 'English' : '中文'}
    </button>
  );
}
