import { useQuery } from '@tanstack/react-query';
import { Alert } from 'antd';
import { useTranslation } from 'react-i18next';
import type { ImportResult } from '#contract/imports';
import { StateNote } from '../../ui/state-note.tsx';
import { ErrorNote } from '../access/error-note.tsx';
import { ApiError } from '../access/fetch-json.ts';
import { jobQuery } from '../jobs/api.ts';
import { JobProgressBar } from '../jobs/job-progress.tsx';
import { ImportReport } from './import-report.tsx';

interface ImportViewProps {
  jobId: string;
  onStarted: (jobId: string) => void;
}

/** One run of an import, while it works and when it has ended. */
export function ImportView({ jobId, onStarted }: ImportViewProps) {
  const { t } = useTranslation('admin');
  const { data: job, error, refetch } = useQuery(jobQuery(jobId));
  if (error && !job)
    return (
      <StateNote kind="error" title={t('failed')} action={{ label: t('again'), run: () => void refetch() }} />
    );
  if (!job) return <StateNote kind="loading" title={t('loading')} />;
  const result = job.result as ImportResult | undefined;
  return (
    <>
      <JobProgressBar job={job} />
      {job.state === 'cancelled' && <Alert type="info" showIcon title={t('job.cancelledHint')} />}
      {job.error && <ErrorNote error={new ApiError(job.error.code, 422, job.error.details)} />}
      {result && <ImportReport key={job.id} job={job} result={result} onStarted={onStarted} />}
    </>
  );
}
