import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { Button } from 'antd';
import type { Feature, FeatureCollection, Geometry } from 'geojson';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { CellCheckResult } from '#contract/grid';
import type { Job } from '#contract/jobs';
import { MapPanel } from '../../features/grid/map-panel.tsx';
import { plannedCellsQuery } from '../../features/grid-plans/api.ts';
import { GridJobView } from '../../features/grid-plans/grid-job-view.tsx';
import { GridMaking } from '../../features/grid-plans/grid-making.tsx';
import { jobQuery } from '../../features/jobs/api.ts';
import { JobList } from '../../features/jobs/job-list.tsx';
import { Panel } from '../../ui/panel.tsx';
import { focusOfGeometry } from './focus-of-geometry.ts';
import styles from './work-desk.module.css';

/** Cells made anew or looked over, with what would be and what is wrong on the map. */
export function GridDesk() {
  const { t } = useTranslation('admin');
  const { job, problem } = useSearch({ from: '/signed-in/framed/admin' });
  const navigate = useNavigate({ from: '/admin' });
  const open = (id: string | undefined) =>
    void navigate({ search: id ? { tab: 'grid', job: id } : { tab: 'grid' } });
  const running = useQuery({ ...jobQuery(job ?? ''), enabled: job !== undefined });
  const planned = running.data?.kind === 'grid-plan' && running.data.state === 'done';
  const cells = useQuery({ ...plannedCellsQuery(job ?? ''), enabled: job !== undefined && planned });
  const problems = useMemo(() => toOverlay(running.data), [running.data]);
  const chosen = problem === undefined ? undefined : problemsOf(running.data)[problem]?.geometry;
  const focus = chosen ? focusOfGeometry(chosen as Geometry, `problem ${problem}`) : undefined;
  return (
    <div className={styles.desk}>
      <Panel
        title={t('tab.grid')}
        className={styles.work ?? ''}
        extra={job && <Button onClick={() => open(undefined)}>{t('grid.another')}</Button>}
      >
        {job ? (
          <GridJobView
            jobId={job}
            problem={problem}
            onProblem={(index) => void navigate({ search: { tab: 'grid', job, problem: index } })}
          />
        ) : (
          <GridMaking onStarted={open} />
        )}
      </Panel>
      <section className={styles.map} aria-label={t('grid.map')}>
        <MapPanel mode="chief" cases={[]} overlay={planned ? cells.data : problems} focus={focus} />
      </section>
      <Panel title={t('job.latest')} flush>
        <JobList kinds={['grid-plan', 'cell-check']} selectedId={job} onOpen={open} />
      </Panel>
    </div>
  );
}

function problemsOf(job: Job | undefined): CellCheckResult['problems'] {
  if (job?.kind !== 'cell-check' || job.state !== 'done') return [];
  return (job.result as CellCheckResult).problems;
}

function toOverlay(job: Job | undefined): FeatureCollection | undefined {
  const features = problemsOf(job).flatMap(({ kind, cells, geometry }): Feature[] =>
    geometry ? [{ type: 'Feature', properties: { kind, cells }, geometry: geometry as Geometry }] : [],
  );
  return features.length > 0 ? { type: 'FeatureCollection', features } : undefined;
}
