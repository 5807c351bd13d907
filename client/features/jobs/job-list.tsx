import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Job } from '#contract/jobs';
import { useName } from '../../i18n/use-language.ts';
import { StateNote } from '../../ui/state-note.tsx';
import { Ago } from '../clock/ago.tsx';
import { jobsQuery } from './api.ts';
import styles from './job-list.module.css';

interface JobListProps {
  kinds: Job['kind'][];
  selectedId: string | undefined;
  onOpen: (id: string) => void;
}

/** What was run lately, and how it ended. */
export function JobList({ kinds, selectedId, onOpen }: JobListProps) {
  const { t } = useTranslation('admin');
  const name = useName();
  const { data, isPending, isError, refetch } = useQuery(jobsQuery);
  const jobs = (data ?? []).filter(({ kind }) => kinds.includes(kind));
  if (isPending) return <StateNote kind="loading" title={t('loading')} />;
  if (isError)
    return (
      <StateNote kind="error" title={t('failed')} action={{ label: t('again'), run: () => void refetch() }} />
    );
  if (jobs.length === 0) return <StateNote kind="empty" title={t('job.none')} hint={t('job.noneHint')} />;
  return (
    <ul className={styles.jobs}>
      {jobs.map((job) => (
        <li key={job.id}>
          <button
            type="button"
            className={styles.job}
            aria-current={job.id === selectedId}
            data-state={job.state}
            onClick={() => onOpen(job.id)}
          >
            <span className={styles.title}>{name(job.title)}</span>
            <span className={styles.state}>{t(`job.state.${job.state}`)}</span>
            <span className={styles.when}>
              <Ago at={job.createdAt} /> · {job.createdBy}
            </span>
          </button>
        </li>
      ))}
    </ul>
  );
}
