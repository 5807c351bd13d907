import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CalendarDay } from '#clock/calendar-day';
import { StateNote } from '../../ui/state-note.tsx';
import { ErrorNote } from '../access/error-note.tsx';
import { useServerDay } from '../clock/use-server-day.ts';
import { useImportYear, workingYearQuery } from './api.ts';
import { ChangesList } from './changes-list.tsx';
import { DayEditor } from './day-editor.tsx';
import { daysBetween, emptyDraft, facesOfYear, isEmpty, type DayFace, type Draft } from './draft.ts';
import { RulesEditor } from './rules-editor.tsx';
import { SaveEdit } from './save-edit.tsx';
import styles from './working-time.module.css';
import { YearCalendar } from './year-calendar.tsx';

/** When clocks run: the days of a year, hours by season, weekly rest and when lights turn yellow. */
export function WorkingTimeDesk() {
  const { t } = useTranslation('working-time');
  const today = useServerDay();
  const [year, setYear] = useState(() => Number(today.slice(0, 4)));
  const [draft, setDraft] = useState<Draft>(emptyDraft);
  const [selection, setSelection] = useState<{ first: CalendarDay; last: CalendarDay }>();
  const { data, isError, refetch } = useQuery(workingYearQuery(year));
  const importYear = useImportYear();
  const show = (next: number) => {
    setYear(next);
    setSelection(undefined);
  };
  if (isError) {
    return (
      <StateNote kind="error" title={t('failed')} action={{ label: t('again'), run: () => void refetch() }} />
    );
  }
  if (!data) return <StateNote kind="loading" title={t('loading')} />;

  const faces = facesOfYear(data, draft);
  const selected = selection ? daysBetween(selection.first, selection.last) : [];
  const focus = selection?.last ?? (faces.has(today) ? today : `${year}-01-01`);
  const setDays = (works: DayFace['works'], name: string) => {
    const days = new Map(draft.days);
    for (const day of selected) days.set(day, { works, name });
    setDraft({ ...draft, days });
  };
  return (
    <div className={styles.desk}>
      <div className={styles.main}>
        <div className={styles.bar}>
          <Button onClick={() => show(year - 1)} disabled={year <= 2004} aria-label={t('earlier')}>
            ‹
          </Button>
          <h2 className={styles.title}>{t('year', { year })}</h2>
          <Button
            onClick={() => show(year + 1)}
            disabled={year >= Number(today.slice(0, 4)) + 10}
            aria-label={t('later')}
          >
            ›
          </Button>
          <ul className={styles.legend} aria-label={t('legend')}>
            {(['work', 'rest', 'holiday', 'make-up'] as const).map((kind) => (
              <li key={kind} data-kind={kind}>
                {t(`kind.${kind}`)}
              </li>
            ))}
          </ul>
          <Button
            className={styles.push ?? ''}
            loading={importYear.isPending}
            disabled={!isEmpty(draft)}
            title={t('importHint')}
            onClick={() => importYear.mutate({ year, expectedVersion: data.version })}
          >
            {t('import', { year })}
          </Button>
        </div>
        <ErrorNote error={importYear.error} />
        {!data.known && (
          <p className={styles.warning} role="status">
            {t('unknownYear', { year })}
          </p>
        )}
        {data.guessedDeadlines > 0 && (
          <p className={styles.warning} role="status">
            {t('guessed', { count: data.guessedDeadlines })}
          </p>
        )}
        <YearCalendar
          year={year}
          faces={faces}
          today={today}
          selected={new Set(selected)}
          focus={focus}
          onSelect={(day, extend) =>
            setSelection({ first: extend && selection ? selection.first : day, last: day })
          }
        />
      </div>
      <aside className={styles.side} aria-label={t('edit')}>
        <DayEditor
          key={selected.join()}
          faces={selected.flatMap((day) => faces.get(day) ?? [])}
          onChange={setDays}
        />
        <SaveEdit draft={draft} version={data.version} onDone={() => setDraft(emptyDraft)} />
        <RulesEditor key={data.version} year={data} draft={draft} onChange={setDraft} />
        <ChangesList />
      </aside>
    </div>
  );
}
