import { useNavigate, useSearch } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMe } from '../../features/access/use-me.ts';
import { CaseDrawer } from '../../features/cases/case-drawer.tsx';
import { mainStepOf } from '../../features/cases/main-step.ts';
import { NoSubjectCases } from '../../features/cases/no-subject-cases.tsx';
import { useOpenCases } from '../../features/cases/use-open-cases.ts';
import { ExportMenu } from '../../features/exports/export-menu.tsx';
import { WaitingReports } from '../../features/reports/waiting-reports.tsx';
import { useCasesLoaded, useNow } from '../../realtime/live-store.tsx';
import { Panel } from '../../ui/panel.tsx';
import { StateNote } from '../../ui/state-note.tsx';
import { BulkBar } from './bulk-bar.tsx';
import { CaseTable } from './case-table.tsx';
import { DeskFilters } from './desk-filters.tsx';
import type { DeskSearch } from './desk-search.ts';
import { DeskKeys } from './desk-keys.tsx';
import styles from './desk-station.module.css';
import { filterCases } from './filter-cases.ts';
import { useSteps } from './use-steps.ts';

const none: ReadonlySet<string> = new Set();

/** The centre's desk: every open case by light, filters that live in the address, reports to decide. */
export function DeskStation() {
  const { t } = useTranslation(['desk', 'cases', 'shell']);
  const search = useSearch({ from: '/signed-in/framed/desk' });
  const { case: caseId, ...filters } = search;
  const { mark, ...exported } = filters;
  const navigate = useNavigate({ from: '/desk' });
  const me = useMe();
  const loaded = useCasesLoaded();
  const all = useOpenCases();
  const now = useNow(10_000);
  const cases = useMemo(() => filterCases(all, search, now), [all, search, now]);
  const [chosen, setChosen] = useState(none);
  const selected = useMemo(() => all.filter(({ id }) => chosen.has(id)), [all, chosen]);
  const open = (id: string | undefined) => void navigate({ search: id ? { ...filters, case: id } : filters });
  const steps = useSteps(open);
  const filter = (next: DeskSearch) => void navigate({ search: next, replace: true });
  const select = (ids: readonly string[], isChosen: boolean) => {
    setChosen((before) => {
      const next = new Set(before);
      for (const id of ids) {
        if (isChosen) next.add(id);
        else next.delete(id);
      }
      return next;
    });
  };
  return (
    <div className={styles.desk}>
      <h1 className="visually-hidden">{t('shell:station.desk')}</h1>
      <Panel
        title={t('queue', { count: cases.length })}
        flush
        className={styles.queue ?? ''}
        extra={
          <span className={styles.tools}>
            <DeskKeys />
            {!mark && (
              <ExportMenu
                layer="cases"
                query={new URLSearchParams({ open: 'true', ...exported }).toString()}
              />
            )}
          </span>
        }
      >
        <div className={styles.list}>
          <DeskFilters filters={filters} cases={all} onChange={filter} />
          <BulkBar selected={selected} onSelect={select} onClear={() => setChosen(none)} onOpen={open} />
          {cases.length > 0 && (
            <CaseTable
              cases={cases}
              openId={caseId}
              selected={chosen}
              busy={steps.busy}
              onOpen={open}
              onSelect={select}
              onStep={(one) => {
                const step = mainStepOf(one, me.role);
                if (step) steps.take(one, step);
                else open(one.id);
              }}
            />
          )}
          {cases.length === 0 && !loaded && <StateNote kind="loading" title={t('cases:loading')} />}
          {cases.length === 0 && loaded && (
            <StateNote
              kind="empty"
              title={all.length === 0 ? t('cases:queueEmpty') : t('noMatch')}
              {...(all.length > 0 ? { action: { label: t('clearFilters'), run: () => filter({}) } } : {})}
            />
          )}
        </div>
      </Panel>
      <div className={styles.side}>
        <WaitingReports className={styles.reports ?? ''} />
        <NoSubjectCases onOpen={open} />
      </div>
      <CaseDrawer caseId={caseId} onClose={() => open(undefined)} />
    </div>
  );
}
