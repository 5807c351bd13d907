import { AimOutlined } from '@ant-design/icons';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { Button } from 'antd';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { CaseSummary } from '#contract/cases';
import { useMe } from '../../features/access/use-me.ts';
import { countLights } from '../../features/cases/case-light.ts';
import { CaseView } from '../../features/cases/case-view.tsx';
import { LightCounts } from '../../features/cases/light-counts.tsx';
import { TaskList } from '../../features/cases/task-list.tsx';
import { useOpenCases } from '../../features/cases/use-open-cases.ts';
import { usePosition } from '../../features/cases/use-position.ts';
import { metresBetween } from '../../features/grid/metres-between.ts';
import { useName } from '../../i18n/use-language.ts';
import { useNow } from '../../realtime/live-store.tsx';
import { SplitView } from '../../ui/split-view.tsx';
import { StateNote } from '../../ui/state-note.tsx';
import styles from './checks-station.module.css';
import { sortChecks } from './sort-checks.ts';

/** A collector's checks: those assigned to me first, then the nearest of what waits in my area. */
export function ChecksStation() {
  const { t } = useTranslation('unit');
  const me = useMe();
  const name = useName();
  const now = useNow(1000);
  const { case: caseId } = useSearch({ from: '/signed-in/framed/checks' });
  const navigate = useNavigate({ from: '/checks' });
  const open = useOpenCases();
  const { state, position, ask } = usePosition();
  const metresOf = useMemo(
    () => (one: CaseSummary) => (position ? metresBetween(position, one.position) : undefined),
    [position],
  );
  const checks = useMemo(
    () =>
      sortChecks(
        open.filter(({ stage }) => stage === 'check'),
        me.id,
        metresOf,
      ),
    [open, me.id, metresOf],
  );
  const show = (id: string | undefined) => void navigate({ search: id ? { case: id } : {} });
  const toDoOf = ({ checker }: CaseSummary) => {
    if (checker === undefined) return t('toDo.checkAny');
    return checker.id === me.id ? t('toDo.checkMine') : t('toDo.checkOther', { name: name(checker.name) });
  };
  const mine = checks.filter(({ checker }) => checker?.id === me.id).length;
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
            <p className={styles.tools}>
              <strong>{t('mine', { count: mine })}</strong>
              {state === 'off' ? (
                <Button size="large" icon={<AimOutlined />} onClick={ask}>
                  {t('nearest')}
                </Button>
              ) : (
                <span role="status" className={styles.soft}>
                  {t(state === 'known' ? 'located' : state === 'failed' ? 'locateFailed' : 'locating')}
                </span>
              )}
            </p>
          </header>
          <TaskList
            tasks={checks}
            selectedId={caseId}
            toDoOf={toDoOf}
            metresOf={metresOf}
            onSelect={show}
            emptyTitle={t('nothingToCheck')}
            emptyHint={t('emptyHint')}
          />
        </>
      }
    />
  );
}
