import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { dayOf } from '#clock/calendar-day';
import { clockQuery } from '../../features/clock/api.ts';
import { useServerDay } from '../../features/clock/use-server-day.ts';
import { evaluationQuery } from '../../features/evaluation/api.ts';
import styles from './open-requests.module.css';

interface QuotaLeftProps {
  unit: string;
  kind: 'postponement' | 'extension';
  /** The month in which the case is due is the one that pays. */
  dueAt: string | undefined;
}

/** What the unit has left of its quota (R6) in the month of the case's deadline, as the evaluation counts it now. */
export function QuotaLeft({ unit, kind, dueAt }: QuotaLeftProps) {
  const { t } = useTranslation('supervision');
  const today = useServerDay();
  const timeZone = useQuery(clockQuery).data?.timeZone ?? 'Asia/Shanghai';
  const month = (dueAt ? dayOf(Date.parse(dueAt), timeZone) : today).slice(0, 7);
  const { data } = useQuery(evaluationQuery(month, 'unit'));
  if (!data) return null;
  const row = data.items.find(({ subject }) => subject.code === unit);
  const quota = row?.quota?.[kind] ?? 0;
  const used = kind === 'postponement' ? (row?.postponed ?? 0) : (row?.extended ?? 0);
  return (
    <p className={styles.soft} data-quota={kind}>
      {t('quota', { month, kind: t(`quotaKind.${kind}`), quota, used, left: Math.max(0, quota - used) })}
      {used >= quota && ` ${t('quotaUsedUp')}`}
    </p>
  );
}
