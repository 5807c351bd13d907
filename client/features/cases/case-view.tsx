import { useTranslation } from 'react-i18next';
import { Panel } from '../../ui/panel.tsx';
import { StateNote } from '../../ui/state-note.tsx';
import { useErrorText } from '../access/use-error-text.ts';
import { MapPanel } from '../grid/map-panel.tsx';
import { CaseActions } from './case-actions.tsx';
import { CaseClockBar } from './case-clock-bar.tsx';
import { CaseHeader } from './case-header.tsx';
import { CasePhotos } from './case-photos.tsx';
import { CaseReason } from './case-reason.tsx';
import { CaseRequests } from './case-requests.tsx';
import { CaseStill } from './case-still.tsx';
import { CaseTimeline } from './case-timeline.tsx';
import styles from './case-view.module.css';
import { useLiveCase } from './use-live-case.ts';

/** A case whole: how it stands, what one may do, what was seen, where, why this unit, and all that happened. */
export function CaseView({ caseId, withMap = true }: { caseId: string; withMap?: boolean }) {
  const { t } = useTranslation(['cases', 'shell']);
  const errorText = useErrorText();
  const { data: one, error, refetch } = useLiveCase(caseId);
  if (!one) {
    if (!error) return <StateNote kind="loading" title={t('loading')} />;
    const action = { label: t('shell:retry'), run: () => void refetch() };
    return <StateNote kind="error" title={errorText(error)} action={action} />;
  }
  return (
    <article className={styles.view} aria-label={one.number}>
      <CaseHeader one={one} />
      <CaseActions key={one.id} one={one} />
      {one.requests.length > 0 && (
        <Panel title={t('requests')}>
          <CaseRequests one={one} />
        </Panel>
      )}
      <Panel title={t('clocks')}>
        <CaseClockBar one={one} />
      </Panel>
      <div className={styles.columns}>
        <Panel title={t('seen')} flush>
          <CaseStill one={one} />
          <CasePhotos one={one} />
        </Panel>
        {withMap && (
          <Panel
            title={t('where')}
            flush
            className={styles.map ?? ''}
            extra={<a href={`geo:${one.position.lat},${one.position.lon}`}>{t('navigate')}</a>}
          >
            <MapPanel
              mode="case"
              cases={[one]}
              selectedCaseId={one.id}
              selectedCellCode={one.cell.code}
              focus={{ ...one.position, rangeMetres: 220, key: one.id }}
            />
          </Panel>
        )}
        <Panel title={t('responsible')}>
          <CaseReason one={one} />
        </Panel>
      </div>
      <Panel title={t('timeline')}>
        <CaseTimeline one={one} />
      </Panel>
    </article>
  );
}
