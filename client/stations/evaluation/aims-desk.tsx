import { useTranslation } from 'react-i18next';
import { AimsCharts } from '../../features/evaluation/aims-charts.tsx';
import { IndicatorTable } from '../../features/evaluation/indicator-table.tsx';
import { PeriodPicker } from '../../features/evaluation/period-picker.tsx';
import { monthsOfPeriod } from '../../features/evaluation/period.ts';
import { useEvaluationFormats } from '../../features/evaluation/use-evaluation-formats.ts';
import { useServerDay } from '../../features/clock/use-server-day.ts';
import { Panel } from '../../ui/panel.tsx';
import styles from './aims-desk.module.css';
import { useEvaluationSearch } from './use-evaluation-search.ts';

/** The seven aims over a year, and every indicator of the period. */
export function AimsDesk() {
  const { t } = useTranslation('evaluation');
  const formats = useEvaluationFormats();
  const month = useServerDay().slice(0, 7);
  const { period, show } = useEvaluationSearch();
  const { last } = monthsOfPeriod(period);
  return (
    <div className={styles.desk}>
      <PeriodPicker period={period} onChange={(wanted) => show({ period: wanted })} />
      <Panel title={t('aims.title')}>
        <AimsCharts last={last < month ? last : month} />
      </Panel>
      <Panel title={t('indicators.of', { period: formats.period(period) })}>
        <IndicatorTable period={period} />
      </Panel>
    </div>
  );
}
