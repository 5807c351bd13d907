import { LeftOutlined, RightOutlined } from '@ant-design/icons';
import { Button, Segmented, Select } from 'antd';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Period } from '#contract/evaluation';
import { useServerDay } from '../clock/use-server-day.ts';
import {
  changeKind,
  kindOfPeriod,
  monthsOfPeriod,
  periodKinds,
  stepPeriod,
  type PeriodKind,
} from './period.ts';
import styles from './period-picker.module.css';
import { useEvaluationFormats } from './use-evaluation-formats.ts';

/** How many of each kind can be chosen from the list; the arrows go farther. */
const listed: Record<PeriodKind, number> = { month: 24, quarter: 12, year: 5 };

interface PeriodPickerProps {
  period: Period;
  onChange: (period: Period) => void;
}

/** A month, a quarter or a year; none that has not begun. */
export function PeriodPicker({ period, onChange }: PeriodPickerProps) {
  const { t } = useTranslation('evaluation');
  const formats = useEvaluationFormats();
  const month = useServerDay().slice(0, 7);
  const kind = kindOfPeriod(period);
  const next = stepPeriod(period, 1);
  const options = useMemo(() => {
    const periods: Period[] = [];
    let one = changeKind(month, kind, month);
    while (periods.length < listed[kind]) {
      periods.push(one);
      one = stepPeriod(one, -1);
    }
    if (!periods.includes(period)) periods.push(period);
    return periods.map((value) => ({ value, label: formats.period(value) }));
  }, [kind, month, period, formats]);
  return (
    <div className={styles.picker} role="group" aria-label={t('period.title')}>
      <Segmented<PeriodKind>
        value={kind}
        onChange={(wanted) => onChange(changeKind(period, wanted, month))}
        options={periodKinds.map((value) => ({ value, label: t(`period.kind.${value}`) }))}
      />
      <div className={styles.steps}>
        <Button
          icon={<LeftOutlined />}
          aria-label={t('period.earlier')}
          onClick={() => onChange(stepPeriod(period, -1))}
        />
        <Select
          className={styles.select ?? ''}
          value={period}
          onChange={onChange}
          options={options}
          aria-label={t('period.title')}
        />
        <Button
          icon={<RightOutlined />}
          aria-label={t('period.later')}
          disabled={monthsOfPeriod(next).first > month}
          onClick={() => onChange(next)}
        />
      </div>
    </div>
  );
}
