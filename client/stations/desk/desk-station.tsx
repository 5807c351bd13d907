import { useNavigate, useSearch } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { CaseDrawer } from '../../features/cases/case-drawer.tsx';
import { useOpenCases } from '../../features/cases/use-open-cases.ts';
import { ExportMenu } from '../../features/exports/export-menu.tsx';
import { WaitingReports } from '../../features/reports/waiting-reports.tsx';
import { useCasesLoaded, useNow } from '../../realtime/live-store.tsx';
import { Panel } from '../../ui/panel.tsx';
import { StateNote } from '../../ui/state-note.tsx';
import { CaseTable } from './case-table.tsx';
import { DeskFilters } from './desk-filters.tsx';
import type { DeskSearch } from './desk-search.ts';
import styles from './desk-station.module.css';
import { filterCases } from './filter-cases.ts';

/** The centre's desk: every open case by light, filters that live in the address, reports to decide. */
export function DeskStation() {
  const { t } = useTranslation(['desk', 'cases', 'shell']);
  const search = useSearch({ from: '/signed-in/framed/desk' });
  const { case: caseId, ...filters } = search;
  const navigate = useNavigate({ from: '/desk' });
  const loaded = useCasesLoaded();
  const all = useOpenCases();
  const now = useNow(10_000);
  const cases = useMemo(() => filterCases(all, search, now), [all, search, now]);
  const open = (id: string | undefined) => void navigate({ search: id ? { ...filters, case: id } : filters });
  const filter = (next: DeskSearch) => void navigate({ search: next, replace: true });
  return (
    <div className={styles.desk}>
      <h1 className="visually-hidden">{t('shell:station.desk')}</h1>
      <Panel
        title={t('queue', { count: cases.length })}
        flush
        className={styles.queue ?? ''}
        extra={
          <span className={styles.tools}>
            <span className={styles.keys}>{t('keys')}</span>
            <ExportMenu layer="cases" query={new URLSearchParams({ open: 'true', ...filters }).toString()} />
          </span>
        }
      >
        <DeskFilters filters={filters} cases={all} onChange={filter} />
        {cases.length > 0 && <CaseTable cases={cases} selectedId={caseId} onOpen={open} />}
        {cases.length === 0 && !loaded && <StateNote kind="loading" title={t('cases:loading')} />}
        {cases.length === 0 && loaded && (
          <StateNote
            kind="empty"
            title={all.length === 0 ? t('cases:queueEmpty') : t('noMatch')}
            {...(all.length > 0 ? { action: { label: t('clearFilters'), run: () => filter({}) } } : {})}
          />
        )}
      </Panel>
      <WaitingReports className={styles.reports ?? ''} />
      <CaseDrawer caseId={caseId} onClose={() => open(undefined)} />
    </div>
  );
}
