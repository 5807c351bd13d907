import { useTranslation } from 'react-i18next';
import { ApiError } from './fetch-json.ts';

/** Says an error in the language of the screen, by its code. */
export function useErrorText(): (error: unknown) => string {
  const { t, i18n } = useTranslation('errors');
  return (error) => {
    const code = error instanceof ApiError ? error.code : 'UNKNOWN';
    return isKnownCode(code) ? t(code) : t('UNKNOWN');
  };

  function isKnownCode(code: string): code is 'UNKNOWN' {
    return i18n.exists(code, { ns: 'errors' });
  }
}
