import { useQuery } from '@tanstack/react-query';
import { Segmented } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { BulletinContent, BulletinSummary, Evaluation, SubjectKind } from '#contract/evaluation';
import { Panel } from '../../ui/panel.tsx';
import { StateNote } from '../../ui/state-note.tsx';
import { useErrorText } from '../access/use-error-text.ts';
import { AimsOf } from '../evaluation/aims-charts.tsx';
import { IndicatorRows } from '../evaluation/indicator-table.tsx';
import { RankingTable } from '../evaluation/ranking-table.tsx';
import { bulletinContentQuery } from './api.ts';
import styles from './bulletin-preview.module.css';

type Section =
  'units' | 'subdistricts' | 'communities' | 'classes' | 'channels' | 'gridHeads' | 'courtyardHeads';
const sections: [section: Section, by: SubjectKind][] = [
  ['units', 'unit'],
  ['subdistricts', 'subdistrict'],
  ['communities', 'community'],
  ['gridHeads', 'grid-head'],
  ['courtyardHeads', 'courtyard-head'],
  ['classes', 'class'],
  ['channels', 'channel'],
];

/** What a bulletin says, as it will be printed: its own frozen figures, not those of now. */
export function BulletinPreview({ bulletin }: { bulletin: BulletinSummary }) {
  const { t } = useTranslation(['bulletins', 'shell']);
  const errorText = useErrorText();
  const { data, error, refetch } = useQuery(bulletinContentQuery(bulletin));
  if (!data) {
    if (!error) return <StateNote kind="loading" title={t('loadingContent')} />;
    const action = { label: t('shell:retry'), run: () => void refetch() };
    return <StateNote kind="error" title={errorText(error)} action={action} />;
  }
  return <Content content={data} />;
}

function Content({ content }: { content: BulletinContent }) {
  const { t } = useTranslation(['bulletins', 'evaluation']);
  const [shown, setShown] = useState<Section>('units');
  const there = sections.filter(([section]) => content[section] !== undefined);
  const by = sections.find(([section]) => section === shown)?.[1] ?? 'unit';
  const evaluation: Evaluation | undefined = content[shown];
  return (
    <>
      <Panel
        title={t('content.ranking')}
        extra={
          <span className={styles.soft}>
            {t('content.counts', { cases: content.cases.length, contests: content.contests.length })}
          </span>
        }
      >
        <div className={styles.ranking}>
          <div className={styles.scroll}>
            <Segmented<Section>
              value={shown}
              onChange={setShown}
              options={there.map(([value, kind]) => ({ value, label: t(`evaluation:subject.${kind}`) }))}
            />
          </div>
          {evaluation && <RankingTable by={by} items={evaluation.items} />}
        </div>
      </Panel>
      <Panel title={t('evaluation:aims.title')}>
        <AimsOf aims={content.aims} form="charts" />
      </Panel>
      <Panel title={t('evaluation:indicators.title')}>
        <IndicatorRows items={content.indicators} />
      </Panel>
    </>
  );
}
