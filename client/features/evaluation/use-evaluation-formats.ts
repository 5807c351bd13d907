import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Period } from '#contract/evaluation';
import { useLanguage } from '../../i18n/use-language.ts';
import { kindOfPeriod } from './period.ts';

/** What is shown where nothing is due (SPEC section 5). */
export const NOTHING = '—';

export interface EvaluationFormats {
  /** A fraction as per cent, to a tenth: 0.8512 → 85.1%. */
  rate: (fraction: number | null) => string;
  /** To a hundredth. */
  score: (score: number | null) => string;
  count: (count: number) => string;
  /** A number of an indicator or an aim. */
  value: (value: number | null, type: 'rate' | 'count' | 'score' | 'quota') => string;
  /** Hours and minutes of a clock's own time, which is not said here: days would be ambiguous. */
  hours: (seconds: number) => string;
  period: (period: Period) => string;
}

export function useEvaluationFormats(): EvaluationFormats {
  const language = useLanguage();
  const { t } = useTranslation('evaluation');
  return useMemo(() => {
    const plain = new Intl.NumberFormat(language, { maximumFractionDigits: 0 });
    const loose = new Intl.NumberFormat(language, { maximumFractionDigits: 2 });
    const hundredth = new Intl.NumberFormat(language, {
      minimumFractionDigits: 2,
      maximumFractionDigits: 2,
    });
    const percent = new Intl.NumberFormat(language, {
      style: 'percent',
      minimumFractionDigits: 1,
      maximumFractionDigits: 1,
    });
    const rate = (fraction: number | null) => (fraction === null ? NOTHING : percent.format(fraction));
    const score = (value: number | null) => (value === null ? NOTHING : hundredth.format(value));
    return {
      rate,
      score,
      count: (count) => plain.format(count),
      value: (value, type) => {
        if (value === null) return NOTHING;
        if (type === 'rate') return percent.format(value);
        return type === 'score' ? hundredth.format(value) : loose.format(value);
      },
      hours: (seconds) => {
        const minutes = Math.round(seconds / 60);
        const rest = minutes % 60;
        const whole = Math.floor(minutes / 60);
        if (whole === 0) return t('time.minutes', { minutes: rest });
        return rest === 0
          ? t('time.hours', { hours: plain.format(whole) })
          : t('time.hoursMinutes', { hours: plain.format(whole), minutes: rest });
      },
      period: (period) => {
        const year = period.slice(0, 4);
        switch (kindOfPeriod(period)) {
          case 'year':
            return t('period.yearOf', { year });
          case 'quarter':
            return t('period.quarterOf', { year, quarter: period.slice(6) });
          case 'month':
            return new Intl.DateTimeFormat(language, {
              year: 'numeric',
              month: language === 'en' ? 'short' : 'long',
              timeZone: 'UTC',
            }).format(Date.parse(`${period}-01T00:00:00Z`));
        }
      },
    };
  }, [language, t]);
}
