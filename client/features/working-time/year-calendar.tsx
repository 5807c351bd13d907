import { useMemo, useRef, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { addDays, weekdayOf, type CalendarDay } from '#clock/calendar-day';
import { useLanguage } from '../../i18n/use-language.ts';
import type { DayFace } from './draft.ts';
import styles from './year-calendar.module.css';

interface YearCalendarProps {
  year: number;
  faces: ReadonlyMap<CalendarDay, DayFace>;
  today: CalendarDay;
  selected: ReadonlySet<CalendarDay>;
  focus: CalendarDay;
  /** `extend`: from the day selected first to this one. */
  onSelect: (day: CalendarDay, extend: boolean) => void;
}

const steps: Record<string, number> = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 };

/** Twelve months at a glance. One day is in the tab order; arrows move, with Shift they select on. */
export function YearCalendar({ year, faces, today, selected, focus, onSelect }: YearCalendarProps) {
  const { t } = useTranslation('working-time');
  const language = useLanguage();
  const ref = useRef<HTMLDivElement>(null);
  const texts = useMemo(() => {
    const format = (options: Intl.DateTimeFormatOptions) => {
      const formatter = new Intl.DateTimeFormat(language, { timeZone: 'UTC', ...options });
      return (day: CalendarDay) => formatter.format(Date.parse(`${day}T00:00:00Z`));
    };
    return {
      month: format({ month: 'long' }),
      weekday: format({ weekday: 'narrow' }),
      full: format({ year: 'numeric', month: 'long', day: 'numeric', weekday: 'long' }),
    };
  }, [language]);

  const move = (event: KeyboardEvent) => {
    const step = steps[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const day = addDays(focus, step);
    if (!faces.has(day)) return;
    onSelect(day, event.shiftKey);
    ref.current?.querySelector<HTMLButtonElement>(`[data-day="${day}"]`)?.focus();
  };

  const months = Array.from({ length: 12 }, (_, index) => `${year}-${String(index + 1).padStart(2, '0')}`);
  return (
    <div className={styles.year} ref={ref} onKeyDown={move} role="group" aria-label={t('calendar', { year })}>
      {months.map((month) => {
        const days = [...faces.values()].filter(({ day }) => day.startsWith(month));
        // Weeks begin on Monday.
        const offset = (weekdayOf(`${month}-01`) + 6) % 7;
        return (
          <section key={month} className={styles.month} aria-label={texts.month(`${month}-01`)}>
            <h3 className={styles.name}>{texts.month(`${month}-01`)}</h3>
            <div className={styles.days}>
              {Array.from({ length: 7 }, (_, index) => (
                <span key={index} className={styles.weekday} aria-hidden="true">
                  {texts.weekday(addDays('2024-01-01', index))}
                </span>
              ))}
              {days.map(({ day, kind, name, edited }, index) => (
                <button
                  key={day}
                  type="button"
                  className={styles.day}
                  style={index === 0 ? { gridColumnStart: offset + 1 } : undefined}
                  data-day={day}
                  data-kind={kind}
                  data-edited={edited}
                  data-today={day === today}
                  aria-pressed={selected.has(day)}
                  aria-label={[texts.full(day), t(`kind.${kind}`), name, edited ? t('unsaved') : '']
                    .filter(Boolean)
                    .join(' · ')}
                  title={[t(`kind.${kind}`), name].filter(Boolean).join(' · ')}
                  tabIndex={day === focus ? 0 : -1}
                  onClick={(event) => onSelect(day, event.shiftKey)}
                >
                  {Number(day.slice(8))}
                  {(kind === 'holiday' || kind === 'make-up') && (
                    <span className={styles.mark} aria-hidden="true">
                      {t(`mark.${kind}`)}
                    </span>
                  )}
                </button>
              ))}
            </div>
          </section>
        );
      })}
    </div>
  );
}
