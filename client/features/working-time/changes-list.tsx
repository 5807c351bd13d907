import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { WorkingTimeChange, WorkingTimeDifference } from '#contract/working-time';
import { ErrorNote } from '../access/error-note.tsx';
import { Ago } from '../clock/ago.tsx';
import { workingTimeChangesQuery } from './api.ts';
import { toTime } from './draft.ts';
import styles from './working-time.module.css';

/** Who changed working time, when, from what to what, and why. */
export function ChangesList() {
  const { t } = useTranslation('working-time');
  const { data, error } = useQuery(workingTimeChangesQuery);
  return (
    <section className={styles.block}>
      <h3 className={styles.head}>{t('history')}</h3>
      <ErrorNote error={error} />
      {data?.length === 0 && <p className={styles.soft}>{t('noHistory')}</p>}
      <ol className={styles.changes}>
        {data?.map((change) => (
          <li key={change.id}>
            <p className={styles.line}>
              <strong>{change.actor}</strong>
              <Ago at={change.at} />
            </p>
            <p>{change.reason}</p>
            <ChangeLines change={change} />
          </li>
        ))}
      </ol>
    </section>
  );
}

const MOST_DAYS = 6;

function ChangeLines({ change: { before, after } }: { change: WorkingTimeChange }) {
  const { t } = useTranslation('working-time');
  const works = (one: boolean | null | undefined) =>
    t(one === null || one === undefined ? 'followsWeek' : one ? 'works' : 'rests');
  const days = after.days ?? [];
  return (
    <ul className={styles.soft}>
      {days.slice(0, MOST_DAYS).map(({ day, works: now, name }, index) => (
        <li key={day}>
          {day} {works(before.days?.[index]?.works)} → {works(now)} {name}
        </li>
      ))}
      {days.length > MOST_DAYS && <li>{t('moreDays', { count: days.length - MOST_DAYS })}</li>}
      {after.seasons && (
        <li>
          {hours(before)} → {hours(after)}
        </li>
      )}
      {after.weeklyRest && (
        <li>
          {t('changedRest', { before: before.weeklyRest?.length ?? 0, after: after.weeklyRest.length })}
        </li>
      )}
      {after.warning && (
        <li>
          {t('warning')}: {share(before)} → {share(after)}
        </li>
      )}
    </ul>
  );
}

function hours({ seasons = [] }: WorkingTimeDifference): string {
  return seasons
    .map(
      ({ from, to, spans }) =>
        `${from}–${to} ${spans.map(([start, end]) => `${toTime(start)}–${toTime(end)}`).join(' ')}`,
    )
    .join('; ');
}

function share({ warning }: WorkingTimeDifference): string {
  if (!warning) return '—';
  return `${Math.round(warning.fractionOfLimit * 1000) / 10} % / ${Math.round(warning.seconds / 60)} min`;
}
