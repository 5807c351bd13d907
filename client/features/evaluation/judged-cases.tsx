import { useInfiniteQuery } from '@tanstack/react-query';
import { Button, Drawer, Segmented, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { EvaluationMode, Figure } from '#contract/evaluation';
import { PanelBoundary } from '../../ui/panel-boundary.tsx';
import { StateNote } from '../../ui/state-note.tsx';
import { useErrorText } from '../access/use-error-text.ts';
import { judgedCasesQuery, type FigureOf } from './api.ts';
import { JudgedCaseItem } from './judged-case-item.tsx';
import styles from './judged-cases.module.css';
import { figures, modes } from './judgement-of.ts';
import { useEvaluationFormats } from './use-evaluation-formats.ts';

interface JudgedCasesProps {
  /** Absent: closed. */
  of: FigureOf | undefined;
  /** Whose number it is. */
  subjectName: string;
  /** The number itself, where the screen knows it. */
  count?: number | undefined;
  onChange: (figure: Figure, mode: EvaluationMode) => void;
  onClose: () => void;
}

/** The cases behind a number, each with the sentence why it counts as it does. */
export function JudgedCases({ of, subjectName, count, onChange, onClose }: JudgedCasesProps) {
  const { t } = useTranslation('evaluation');
  const formats = useEvaluationFormats();
  return (
    <Drawer
      open={of !== undefined}
      onClose={onClose}
      size="min(760px, 100vw)"
      destroyOnHidden
      closable={{ 'aria-label': t('close') }}
      title={
        of && (
          <span className={styles.title}>
            {subjectName} · {formats.period(of.period)}
          </span>
        )
      }
      styles={{ body: { padding: 0 } }}
    >
      {of && (
        <PanelBoundary>
          <div className={styles.choice}>
            <Select<Figure>
              className={styles.figure ?? ''}
              value={of.figure}
              onChange={(figure) => onChange(figure, of.mode)}
              options={figures.map((value) => ({ value, label: t(`figure.${value}`) }))}
              aria-label={t('figureTitle')}
            />
            <Segmented<EvaluationMode>
              value={of.mode}
              onChange={(mode) => onChange(of.figure, mode)}
              options={modes.map((value) => ({ value, label: t(`mode.${value}`) }))}
            />
            {count !== undefined && (
              <span className={styles.count}>
                {t('cases.count', { count: count, number: formats.count(count) })}
              </span>
            )}
          </div>
          <List of={of} />
        </PanelBoundary>
      )}
    </Drawer>
  );
}

function List({ of }: { of: FigureOf }) {
  const { t } = useTranslation(['evaluation', 'shell']);
  const errorText = useErrorText();
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(
    judgedCasesQuery(of),
  );
  if (!data) {
    if (!error) return <StateNote kind="loading" title={t('cases.loading')} />;
    const action = { label: t('shell:retry'), run: () => void refetch() };
    return <StateNote kind="error" title={errorText(error)} action={action} />;
  }
  const items = data.pages.flatMap((page) => page.items);
  if (items.length === 0)
    return <StateNote kind="empty" title={t('cases.none')} hint={t('cases.noneHint')} />;
  return (
    <>
      <ul className={styles.list}>
        {items.map((one) => (
          <JudgedCaseItem key={one.caseId} one={one} />
        ))}
      </ul>
      {hasNextPage && (
        <div className={styles.more}>
          <Button block size="large" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
            {t('cases.more')}
          </Button>
        </div>
      )}
    </>
  );
}
