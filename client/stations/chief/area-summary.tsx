import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { CaseSummary } from '#contract/cases';
import { caseCountsQuery } from '../../features/cases/api.ts';
import { countLights } from '../../features/cases/case-light.ts';
import { useNow } from '../../realtime/live-store.tsx';
import { LightMark } from '../../ui/light-mark.tsx';
import styles from './area-summary.module.css';

const lights = ['red', 'yellow', 'green'] as const;

/** How the area stands, in four figures, and the day's filings and closings of my whole area. */
export function AreaSummary({ cases }: { cases: CaseSummary[] }) {
  const { t } = useTranslation(['area', 'clock']);
  const counts = countLights(cases, useNow(1000));
  const { data } = useQuery(caseCountsQuery);
  return (
    <section className={styles.summary} aria-label={t('summary')}>
      <ul className={styles.figures}>
        <li>
          <span className={styles.figure}>{cases.length}</span>
          <span className={styles.word}>{t('open')}</span>
        </li>
        {lights.map((light) => (
          <li key={light}>
            <span className={styles.figure}>
              <LightMark light={light} size={18} label={t(`clock:light.${light}`)} />
              {counts[light]}
            </span>
            <span className={styles.word}>{t(`clock:light.${light}`)}</span>
          </li>
        ))}
      </ul>
      {data && (
        <p className={styles.today}>{t('today', { filed: data.filedToday, closed: data.closedToday })}</p>
      )}
    </section>
  );
}
