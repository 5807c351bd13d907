import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { resumesAt } from '#clock/work-axis';
import { useNow } from '../../realtime/live-store.tsx';
import { clockQuery } from './api.ts';
import { useFormats } from './use-formats.ts';
import { useWorkAxis } from './use-work-axis.ts';
import styles from './working-state.module.css';

/** The time of the centre, and whether its working clocks run. */
export function WorkingState({ large = false }: { large?: boolean }) {
  const now = useNow(1000);
  const axis = useWorkAxis();
  const formats = useFormats();
  const { t } = useTranslation('clock');
  const warning = useQuery(clockQuery).data?.warning;
  const isInside = axis && now >= axis.startsAt && now <= axis.endsAt;
  const resumes = isInside ? resumesAt(axis, now) : null;
  return (
    <div className={styles.state} data-large={large}>
      {large && <span className={styles.day}>{formats.day(now)}</span>}
      <time className={styles.time}>{large ? formats.time(now) : formats.minute(now)}</time>
      {isInside && (
        <span className={styles.work}>
          {resumes === null ? (
            t('working')
          ) : (
            <>
              <span className={styles.long}>{t('resting')}</span>
              {t('resumes', { at: formats.nearTime(resumes, now) })}
            </>
          )}
        </span>
      )}
      {warning && (
        <span className={styles.warning} title={t('calendarWarningHint')}>
          {t('calendarWarning', { years: warning.split(':')[1] ?? '' })}
        </span>
      )}
    </div>
  );
}
