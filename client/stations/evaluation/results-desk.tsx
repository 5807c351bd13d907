import { useQuery } from '@tanstack/react-query';
import { Button, Select, Tag } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SubjectKind } from '#contract/evaluation';
import { useErrorText } from '../../features/access/use-error-text.ts';
import { useMe } from '../../features/access/use-me.ts';
import { useFormats } from '../../features/clock/use-formats.ts';
import { useServerDay } from '../../features/clock/use-server-day.ts';
import { evaluationQuery } from '../../features/evaluation/api.ts';
import { EvaluationSummary } from '../../features/evaluation/evaluation-summary.tsx';
import { ForecastPanel } from '../../features/evaluation/forecast-panel.tsx';
import { FormulaPanel } from '../../features/evaluation/formula-panel.tsx';
import { countOf, type OpenFigure } from '../../features/evaluation/judgement-of.ts';
import { JudgedCases } from '../../features/evaluation/judged-cases.tsx';
import { PeriodPicker } from '../../features/evaluation/period-picker.tsx';
import { kindOfPeriod, periodOfMonth } from '../../features/evaluation/period.ts';
import { RankingTable } from '../../features/evaluation/ranking-table.tsx';
import { mapLevels, ScoreMap, type MapLevel } from '../../features/evaluation/score-map.tsx';
import { useEvaluationFormats } from '../../features/evaluation/use-evaluation-formats.ts';
import { useName } from '../../i18n/use-language.ts';
import { Panel } from '../../ui/panel.tsx';
import { StateNote } from '../../ui/state-note.tsx';
import { subjectKinds } from './evaluation-search.ts';
import styles from './results-desk.module.css';
import { useEvaluationSearch } from './use-evaluation-search.ts';

/** One period: the whole, the ranking, how a score comes about, where, and what the running month will bring. */
export function ResultsDesk() {
  const { t } = useTranslation(['evaluation', 'shell']);
  const me = useMe();
  const name = useName();
  const errorText = useErrorText();
  const formats = useFormats();
  const { period: periodText } = useEvaluationFormats();
  const month = useServerDay().slice(0, 7);
  const { period, by, mode, subject, figure, show } = useEvaluationSearch();
  const { data, error, refetch, isPlaceholderData } = useQuery(evaluationQuery(period, by));
  const [level, setLevel] = useState<MapLevel>(() => mapLevels.find((one) => one === by) ?? 'subdistrict');
  const isUnit = me.scope.kind === 'unit';
  const open: OpenFigure = (wanted, inMode, code) =>
    show({ figure: wanted, mode: inMode === 'tolerant' ? inMode : undefined, subject: code });
  const chosen = data?.items.find((row) => row.subject.code === subject);
  const row = subject === undefined ? data?.total : chosen;
  const toolbar = (
    <div className={styles.toolbar}>
      <PeriodPicker period={period} onChange={(wanted) => show({ period: wanted, figure: undefined })} />
      <Select<SubjectKind>
        className={styles.kind ?? ''}
        value={by}
        onChange={(wanted) => show({ by: wanted, subject: undefined, figure: undefined })}
        options={subjectKinds.map((value) => ({ value, label: t(`by.${value}`) }))}
        aria-label={t('byTitle')}
      />
      {data?.trial && <Tag>{t('trial')}</Tag>}
      {data && (
        <span className={styles.asOf}>
          {t('asOf', { at: formats.dateTime(Date.parse(data.asOf)) })}
          {period === periodOfMonth(month, kindOfPeriod(period)) && ` · ${t('running')}`}
        </span>
      )}
    </div>
  );
  if (!data) {
    return (
      <>
        {toolbar}
        {error ? (
          <StateNote
            kind="error"
            title={errorText(error)}
            action={{ label: t('shell:retry'), run: () => void refetch() }}
          />
        ) : (
          <StateNote kind="loading" title={t('loading')} />
        )}
      </>
    );
  }
  return (
    <>
      {toolbar}
      <div className={styles.desk} data-stale={isPlaceholderData}>
        <div className={styles.main}>
          <Panel title={`${name(data.total.subject.name)} · ${periodText(period)}`}>
            <EvaluationSummary total={data.total} onOpen={(which, inMode) => open(which, inMode)} />
          </Panel>
          <Panel
            title={t('ranking', { by: t(`by.${by}`) })}
            extra={<span className={styles.soft}>{t('minimumSample', { count: data.minimumSample })}</span>}
          >
            <RankingTable
              by={by}
              items={data.items}
              selected={subject}
              onSelect={(code) => show({ subject: code === subject ? undefined : code })}
              onOpen={open}
            />
          </Panel>
        </div>
        <aside className={styles.side} aria-label={t('details')}>
          {row && (
            <Panel
              title={t('formula.title', { subject: name(row.subject.name) })}
              extra={
                subject !== undefined && (
                  <Button size="small" type="text" onClick={() => show({ subject: undefined })}>
                    {t('wholeScope')}
                  </Button>
                )
              }
            >
              <FormulaPanel row={row} onOpen={(which, inMode) => open(which, inMode, subject)} />
            </Panel>
          )}
          {!isUnit && (
            <Panel title={t('map.title')}>
              <ScoreMap
                period={period}
                level={level}
                onLevel={setLevel}
                selected={subject}
                onSelect={(wanted, code) => show({ by: wanted, subject: code })}
              />
            </Panel>
          )}
          {period === month && (
            <Panel title={t('forecast.title')}>
              <ForecastPanel period={period} />
            </Panel>
          )}
        </aside>
      </div>
      <JudgedCases
        of={figure && { period, by, subject, figure, mode }}
        subjectName={name((chosen ?? data.total).subject.name)}
        count={figure && row ? countOf(row, figure, mode) : undefined}
        onChange={(wanted, inMode) => open(wanted, inMode, subject)}
        onClose={() => show({ figure: undefined, mode: undefined })}
      />
    </>
  );
}
