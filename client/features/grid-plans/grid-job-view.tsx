import { useQuery } from '@tanstack/react-query';
import { Alert, App, Button, Popconfirm } from 'antd';
import { useTranslation } from 'react-i18next';
import type { CellCheckResult, CellProblem, GridPlanResult } from '#contract/grid';
import { useLanguage, useName } from '../../i18n/use-language.ts';
import { StateNote } from '../../ui/state-note.tsx';
import { ErrorNote } from '../access/error-note.tsx';
import { ApiError } from '../access/fetch-json.ts';
import { jobQuery } from '../jobs/api.ts';
import { JobProgressBar } from '../jobs/job-progress.tsx';
import { useApplyPlan } from './api.ts';
import styles from './grid-job-view.module.css';

interface GridJobViewProps {
  jobId: string;
  problem: number | undefined;
  onProblem: (index: number) => void;
}

/** What a plan would make, or what a check found. */
export function GridJobView({ jobId, problem, onProblem }: GridJobViewProps) {
  const { t } = useTranslation('admin');
  const { data: job, isError, refetch } = useQuery(jobQuery(jobId));
  if (isError && !job)
    return (
      <StateNote kind="error" title={t('failed')} action={{ label: t('again'), run: () => void refetch() }} />
    );
  if (!job) return <StateNote kind="loading" title={t('loading')} />;
  return (
    <div className={styles.view}>
      <JobProgressBar job={job} />
      {job.state === 'cancelled' && <Alert type="info" showIcon title={t('job.cancelledHint')} />}
      {job.error && <ErrorNote error={new ApiError(job.error.code, 422, job.error.details)} />}
      {job.state === 'done' && job.kind === 'grid-plan' && (
        <Plan jobId={job.id} result={job.result as GridPlanResult} />
      )}
      {job.state === 'done' && job.kind === 'cell-check' && (
        <Check result={job.result as CellCheckResult} problem={problem} onProblem={onProblem} />
      )}
    </div>
  );
}

function Plan({ jobId, result }: { jobId: string; result: GridPlanResult }) {
  const { t } = useTranslation('admin');
  const language = useLanguage();
  const { message } = App.useApp();
  const apply = useApplyPlan(jobId);
  const number = (value: number) => Math.round(value).toLocaleString(language);
  const figures = [
    ['communities', number(result.communities)],
    ['cells', number(result.cells)],
    ['median', `${number(result.medianSquareMetres)} m²`],
    ['range', `${number(result.minSquareMetres)} – ${number(result.maxSquareMetres)} m²`],
    ['replaced', number(result.replaced)],
    ['openCases', number(result.openCases)],
    ['parts', number(result.parts)],
  ] as const;
  return (
    <>
      <dl className={styles.figures}>
        {figures.map(([key, value]) => (
          <div key={key}>
            <dt>{t(`grid.figure.${key}`)}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {result.applied || apply.isSuccess ? (
        <Alert type="success" showIcon title={t('grid.applied')} />
      ) : (
        <Popconfirm
          title={t('grid.applyTitle')}
          description={t('grid.applyHint', {
            replaced: number(result.replaced),
            cells: number(result.cells),
          })}
          okText={t('grid.apply')}
          onConfirm={() =>
            apply.mutate(undefined, { onSuccess: () => void message.success(t('grid.applied')) })
          }
        >
          <Button type="primary" loading={apply.isPending}>
            {t('grid.apply')}
          </Button>
        </Popconfirm>
      )}
      <ErrorNote error={apply.error} />
    </>
  );
}

const SHOWN = 200;

function Check({
  result,
  problem,
  onProblem,
}: {
  result: CellCheckResult;
  problem: number | undefined;
  onProblem: (index: number) => void;
}) {
  const { t } = useTranslation('admin');
  const name = useName();
  const language = useLanguage();
  const total = Object.values(result.counts).reduce((sum, count) => sum + count, 0);
  if (total === 0) return <StateNote kind="empty" title={t('grid.noProblem', { count: result.cells })} />;
  return (
    <>
      <p className={styles.summary}>
        {t('grid.problems', { count: total, cells: result.cells.toLocaleString(language) })}
        {Object.entries(result.counts)
          .filter(([, count]) => count > 0)
          .map(([kind, count]) => (
            <span key={kind} className={styles.kind} data-kind={kind}>
              {t(`grid.problem.${kind as CellProblem['kind']}`)} {count.toLocaleString(language)}
            </span>
          ))}
      </p>
      <ul className={styles.problems}>
        {result.problems.slice(0, SHOWN).map((one, index) => (
          <li key={index}>
            <button
              type="button"
              aria-current={index === problem}
              disabled={!one.geometry}
              onClick={() => onProblem(index)}
            >
              <span className={styles.kind} data-kind={one.kind}>
                {t(`grid.problem.${one.kind}`)}
              </span>
              <span>{name(one.message)}</span>
            </button>
          </li>
        ))}
      </ul>
      {result.problems.length > SHOWN && (
        <p className={styles.more}>{t('grid.moreProblems', { count: total - SHOWN })}</p>
      )}
    </>
  );
}
