import { queryOptions, skipToken, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { ClassLimit } from '#contract/dictionary';
import type { LonLat } from '#contract/shared';
import type { Resolution } from '#contract/units';
import { useName } from '../../i18n/use-language.ts';
import { ErrorNote } from '../access/error-note.tsx';
import { fetchJson } from '../access/fetch-json.ts';
import { useFormats } from '../clock/use-formats.ts';
import { CandidateList } from './candidate-list.tsx';
import styles from './resolution-panel.module.css';

/** What is asked: who would be responsible for such a thing here and now. */
interface ResolutionQuery {
  class: string;
  position: LonLat;
  part?: string | undefined;
  condition?: number | undefined;
}

/** What is shown of a resolution; a case keeps less of its limit. */
type ShownResolution = Pick<Resolution, 'assistants' | 'proposed' | 'candidates' | 'winner' | 'why'> & {
  unit?: { name: Resolution['className'] } | undefined;
  className?: Resolution['className'];
  limit: Pick<ClassLimit, 'condition' | 'closingCondition'> &
    Partial<Pick<ClassLimit, 'limitSeconds' | 'unit'>>;
};

type ResolutionPanelProps =
  { resolution: ShownResolution; query?: never } | { query: ResolutionQuery; resolution?: never };

/** Who is responsible, by which limit, why, and every rule that was asked: the same everywhere. */
export function ResolutionPanel({ resolution, query }: ResolutionPanelProps) {
  const { t } = useTranslation('units');
  const { data = resolution, error } = useQuery(resolveQuery(query));
  if (error) return <ErrorNote error={error} />;
  if (!data) return <p className={styles.waiting}>{t('loading')}…</p>;
  return <Resolved resolution={data} />;
}

function Resolved({ resolution }: { resolution: ShownResolution }) {
  const { t } = useTranslation('units');
  const name = useName();
  const { unit, className, assistants, proposed, limit, why, candidates } = resolution;
  return (
    <div className={styles.resolution}>
      <dl className={styles.facts} aria-live="polite">
        <dt>{t('unit')}</dt>
        <dd className={styles.unit}>
          {unit ? name(unit.name) : t('nobody')}
          {className && <span className={styles.soft}> {name(className)}</span>}
          {!unit && proposed && (
            <span className={styles.soft}> {t('proposed', { unit: name(proposed.name) })}</span>
          )}
        </dd>
        {assistants.length > 0 && (
          <>
            <dt>{t('assistants')}</dt>
            <dd>{assistants.map((one) => name(one.name)).join('、')}</dd>
          </>
        )}
        <LimitFacts limit={limit} />
        <dt>{t('why')}</dt>
        <dd>{name(why)}</dd>
      </dl>
      {candidates.length > 0 && (
        <details className={styles.candidates}>
          <summary>{t('candidates', { count: candidates.length })}</summary>
          <p className={styles.soft}>{t('order')}</p>
          <CandidateList candidates={candidates} winner={winnerOf(resolution)} />
        </details>
      )}
    </div>
  );
}

function LimitFacts({ limit }: Pick<ShownResolution, 'limit'>) {
  const { t } = useTranslation('units');
  const name = useName();
  const formats = useFormats();
  const natural = limit.unit === 'minute' || (limit.unit?.startsWith('urgent') ?? false);
  return (
    <>
      {limit.limitSeconds === undefined ? (
        <>
          <dt>{t('condition')}</dt>
          <dd>{name(limit.condition)}</dd>
        </>
      ) : (
        <>
          <dt>{t('limit')}</dt>
          <dd>
            {formats.duration(limit.limitSeconds, natural ? 'natural' : 'working')}{' '}
            <span className={styles.soft}>{name(limit.condition)}</span>
          </dd>
        </>
      )}
      <dt>{t('closingCondition')}</dt>
      <dd>{name(limit.closingCondition) || '—'}</dd>
    </>
  );
}

/** Cases filed before the server said it: the first lead that applies, a proposal decides nothing. */
function winnerOf({ winner, candidates }: ShownResolution): number | undefined {
  if (winner !== undefined) return winner;
  const first = candidates.findIndex(
    ({ role, applies, rule }) => role === 'lead' && applies && rule !== 'territorial-proposal',
  );
  return first < 0 ? undefined : first;
}

function resolveQuery(query: ResolutionQuery | undefined) {
  return queryOptions({
    queryKey: ['resolve', query],
    queryFn: query
      ? ({ signal }) => fetchJson<Resolution>(`/resolve?${toSearch(query)}`, { signal })
      : skipToken,
  });
}

function toSearch({ class: classId, position, part, condition }: ResolutionQuery): string {
  return new URLSearchParams({
    class: classId,
    lon: String(position.lon),
    lat: String(position.lat),
    ...(part === undefined ? {} : { part }),
    ...(condition === undefined ? {} : { condition: String(condition) }),
  }).toString();
}
