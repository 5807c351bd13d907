import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { secondsPerWorkingDay } from '#clock/limits';
import { useLanguage } from '../../i18n/use-language.ts';
import { clockQuery } from './api.ts';

export interface Formats {
  /** 14:05:09 */
  time: (epochMs: number) => string;
  /** 14:05 */
  minute: (epochMs: number) => string;
  /** 11-22 14:05:09 */
  dateTime: (epochMs: number) => string;
  /** 11月22日 周日 */
  day: (epochMs: number) => string;
  /** 14:05 today, else with its weekday or date. */
  nearTime: (epochMs: number, now: number) => string;
  /** 3 分钟前 */
  ago: (epochMs: number, now: number) => string;
  /** Seconds of a clock's own time; a working day has 6.5 h. */
  duration: (seconds: number, axis: 'natural' | 'working') => string;
}

/** Times of day are those of the deployment's time zone, not of the browser's. */
export function useFormats(): Formats {
  const language = useLanguage();
  const { t } = useTranslation('clock');
  const timeZone = useQuery(clockQuery).data?.timeZone ?? 'Asia/Shanghai';
  return useMemo(() => {
    const format = (options: Intl.DateTimeFormatOptions) => {
      const formatter = new Intl.DateTimeFormat(language, { timeZone, hourCycle: 'h23', ...options });
      return (epochMs: number) => formatter.format(epochMs);
    };
    const time = format({ hour: '2-digit', minute: '2-digit', second: '2-digit' });
    const minute = format({ hour: '2-digit', minute: '2-digit' });
    const date = format({ month: '2-digit', day: '2-digit' });
    const day = format({ month: 'short', day: 'numeric', weekday: 'short' });
    const weekday = format({ weekday: 'short' });
    const relative = new Intl.RelativeTimeFormat(language, { numeric: 'auto', style: 'short' });
    return {
      time,
      minute,
      day,
      dateTime: (at) => `${date(at)} ${time(at)}`,
      nearTime: (at, now) => {
        if (day(at) === day(now)) return minute(at);
        return `${Math.abs(at - now) < 6 * 86_400_000 ? weekday(at) : date(at)} ${minute(at)}`;
      },
      ago: (at, now) => {
        const seconds = Math.min(0, Math.round((at - now) / 1000));
        if (seconds > -5) return t('justNow');
        if (seconds > -60) return relative.format(seconds, 'second');
        if (seconds > -3600) return relative.format(Math.trunc(seconds / 60), 'minute');
        if (seconds > -86_400) return relative.format(Math.trunc(seconds / 3600), 'hour');
        return relative.format(Math.trunc(seconds / 86_400), 'day');
      },
      duration: (seconds, axis) => {
        const perDay = axis === 'working' ? secondsPerWorkingDay : 86_400;
        const days = Math.floor(seconds / perDay);
        const hours = Math.floor((seconds % perDay) / 3600);
        const minutes = Math.floor(((seconds % perDay) % 3600) / 60);
        if (days > 0) {
          const whole = t(axis === 'working' ? 'workDays' : 'days', { count: days });
          return hours > 0 ? `${whole} ${t('hours', { count: hours })}` : whole;
        }
        if (hours > 0) {
          const whole = t('hours', { count: hours });
          return minutes > 0 ? `${whole} ${t('minutes', { count: minutes })}` : whole;
        }
        if (seconds >= 600) return t('minutes', { count: minutes });
        return `${String(minutes).padStart(2, '0')}:${String(Math.floor(seconds % 60)).padStart(2, '0')}`;
      },
    };
  }, [language, timeZone, t]);
}
