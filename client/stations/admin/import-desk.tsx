import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { MapPanel } from '../../features/grid/map-panel.tsx';
import { previewQuery } from '../../features/imports/api.ts';
import { ImportView } from '../../features/imports/import-view.tsx';
import { UploadForm } from '../../features/imports/upload-form.tsx';
import { jobQuery } from '../../features/jobs/api.ts';
import { JobList } from '../../features/jobs/job-list.tsx';
import { Panel } from '../../ui/panel.tsx';
import styles from './work-desk.module.css';

/** A file, what it is taken for, what is wrong with it, and where its rows would lie. */
export function ImportDesk() {
  const { t } = useTranslation('admin');
  const { job } = useSearch({ from: '/signed-in/framed/admin' });
  const navigate = useNavigate({ from: '/admin' });
  const open = (id: string | undefined) => void navigate({ search: id ? { job: id } : {} });
  const running = useQuery({ ...jobQuery(job ?? ''), enabled: job !== undefined });
  const ended = running.data !== undefined && running.data.endedAt !== undefined;
  const preview = useQuery({ ...previewQuery(job ?? ''), enabled: job !== undefined && ended });
  return (
    <div className={styles.desk}>
      <Panel
        title={job ? t('import.one') : t('tab.imports')}
        className={styles.work ?? ''}
        extra={job && <Button onClick={() => open(undefined)}>{t('import.another')}</Button>}
      >
        <div className={styles.stack}>
          {job ? <ImportView jobId={job} onStarted={open} /> : <UploadForm onStarted={open} />}
        </div>
      </Panel>
      <section className={styles.map} aria-label={t('import.map')}>
        <MapPanel mode="chief" cases={[]} overlay={job ? preview.data : undefined} />
      </section>
      <Panel title={t('job.latest')} flush>
        <JobList kinds={['import']} selectedId={job} onOpen={open} />
      </Panel>
    </div>
  );
}
