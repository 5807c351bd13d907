import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useLanguage } from '../../i18n/use-language.ts';

export interface Measures {
  /** 1,234 */
  number: (value: number) => string;
  /** 12 米, 1.2 千米 */
  distance: (metres: number) => string;
  /** 9,876 平方米 */
  area: (squareMetres: number) => string;
  /** 36.06132, 103.78123: latitude first, as people say it. */
  position: (position: { lon: number; lat: number }) => string;
}

/** Figures of the ground with their units, in the language of the screen. */
export function useMeasures(): Measures {
  const language = useLanguage();
  const { t } = useTranslation('register');
  return useMemo(() => {
    const whole = new Intl.NumberFormat(language, { maximumFractionDigits: 0 });
    const fine = new Intl.NumberFormat(language, { maximumFractionDigits: 1 });
    return {
      number: (value) => whole.format(value),
      distance: (metres) =>
        metres < 950
          ? t('part.metres', { value: (metres < 10 ? fine : whole).format(metres) })
          : t('part.kilometres', { value: fine.format(metres / 1000) }),
      area: (squareMetres) => t('cell.squareMetres', { value: whole.format(squareMetres) }),
      position: ({ lon, lat }) => `${lat.toFixed(6)}, ${lon.toFixed(6)}`,
    };
  }, [language, t]);
}
