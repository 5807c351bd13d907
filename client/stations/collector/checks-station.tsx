import { useNavigate, useSearch } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useMe } from '../../features/access/use-me.ts';
import { countLights } from '../../features/cases/case-light.ts';
import { CaseQueue } from '../../features/cases/case-queue.tsx';
import { CaseView } from '../../features/cases/case-view.tsx';
import { LightCounts } from '../../features/cases/light-counts.tsx';
import { useOpenCases } from '../../features/cases/use-open-cases.ts';
import { useName } from '../../i18n/use-language.ts';
import { useNow } from '../../realtime/live-store.tsx';
import { SplitView } from '../../ui/split-view.tsx';
import { StateNote } from '../../ui/state-note.tsx';
import styles from './checks-station.module.css';

/** A collector's checks: what was fed back in my area and waits for somebody to look at it on site. */
export function ChecksStation() {
  const { t } = useTranslation('unit');
  const me = useMe();
  const name = useName();
  const now = useNow(1000);
  const { case: caseId } = useSearch({ from: '/signed-in/framed/checks' });
  const navigate = useNavigate({ from: '/checks' });
  const open = useOpenCases();
  const checks = useMemo(() => open.filter(({ stage }) => stage === 'check'), [open]);
  const show = (id: string | undefined) => void navigate({ search: id ? { case: id } : {} });
  return (
    <SplitView
      onBack={() => show(undefined)}
      detail={caseId && <CaseView key={caseId} caseId={caseId} />}
      aside={<StateNote kind="empty" title={t('chooseCheck')} hint={t('chooseCheckHint')} />}
      list={
        <>
          <header className={styles.head}>
            <h1 className={styles.title}>{t('checksOf', { area: name(me.scopeName) })}</h1>
            <LightCounts counts={countLights(checks, now)} words />
          </header>
          <CaseQueue
            cases={checks}
            selectedId={caseId}
            onSelect={show}
            emptyTitle={t('nothingToCheck')}
            emptyHint={t('emptyHint')}
          />
        </>
      }
    />
  );
}
