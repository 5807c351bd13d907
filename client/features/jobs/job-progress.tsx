import { Button, Progress } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Job } from '#contract/jobs';
import { useLanguage, useName } from '../../i18n/use-language.ts';
import { ErrorNote } from '../access/error-note.tsx';
import { isOpen, useCancelJob } from './api.ts';
import styles from './job-progress.module.css';

/** How far a running job is: what it does, how fast, how long still; and the way out. */
export function JobProgressBar({ job }: { job: Job }) {
  const { t } = useTranslation('admin');
  const name = useName();
  const language = useLanguage();
  const cancel = useCancelJob();
  if (!isOpen(job)) return null;
  const { progress } = job;
  const number = (value: number) => Math.round(value).toLocaleString(language);
  const percent = progress?.total ? Math.min(100, (100 * progress.done) / progress.total) : undefined;
  return (
    <section className={styles.progress} aria-live="polite">
      <div className={styles.line}>
        <strong>{progress ? name(progress.stage) : t('job.state.queued')}</strong>
        {progress && (
          <span className={styles.figures}>
            {progress.total
              ? t(`job.doneOf.${progress.unit}`, {
                  done: number(progress.done),
                  total: number(progress.total),
                })
              : t(`job.done.${progress.unit}`, { done: number(progress.done) })}
            {progress.perSecond > 0 &&
              ` · ${t(`job.rate.${progress.unit}`, { rate: number(progress.perSecond) })}`}
            {progress.secondsLeft !== undefined &&
              ` · ${t('job.left', { seconds: number(Math.max(1, progress.secondsLeft)) })}`}
          </span>
        )}
        <Button size="small" loading={cancel.isPending} onClick={() => cancel.mutate(job.id)}>
          {t('job.cancel')}
        </Button>
      </div>
      <Progress percent={percent ?? 100} showInfo={false} status="active" size="small" />
      <ErrorNote error={cancel.error} />
    </section>
  );
}
