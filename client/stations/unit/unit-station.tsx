import { useNavigate, useSearch } from '@tanstack/react-router';
import { Segmented } from 'antd';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useMe } from '../../features/access/use-me.ts';
import { countLights } from '../../features/cases/case-light.ts';
import { CaseView } from '../../features/cases/case-view.tsx';
import { LightCounts } from '../../features/cases/light-counts.tsx';
import { TaskList } from '../../features/cases/task-list.tsx';
import { useOpenCases } from '../../features/cases/use-open-cases.ts';
import { useName } from '../../i18n/use-language.ts';
import { useNow } from '../../realtime/live-store.tsx';
import { SplitView } from '../../ui/split-view.tsx';
import { StateNote } from '../../ui/state-note.tsx';
import { PastCases } from './past-cases.tsx';
import { toDoOf } from './to-do-of.ts';
import styles from './unit-station.module.css';
import type { UnitTab } from './unit-search.ts';

/** A responsible unit's tasks by light; what waits for the centre stands apart. */
export function UnitStation() {
  const { t } = useTranslation('unit');
  const me = useMe();
  const name = useName();
  const now = useNow(1000);
  const { tab = 'handling', case: caseId } = useSearch({ from: '/signed-in/framed/unit' });
  const navigate = useNavigate({ from: '/unit' });
  const cases = useOpenCases();
  const byTab = useMemo(() => {
    const isMine = ({ stage, unit }: (typeof cases)[number]) =>
      stage === 'handling' && unit?.code === me.scope.code;
    return { handling: cases.filter(isMine), others: cases.filter((one) => !isMine(one)) };
  }, [cases, me.scope.code]);
  const open = (id: string | undefined) =>
    void navigate({ search: ({ case: _, ...rest }) => (id ? { ...rest, case: id } : rest) });
  const choose = (next: UnitTab) =>
    void navigate({ search: next === 'handling' ? {} : { tab: next }, replace: true });
  return (
    <SplitView
      onBack={() => open(undefined)}
      detail={caseId && <CaseView key={caseId} caseId={caseId} />}
      aside={<StateNote kind="empty" title={t('chooseTask')} hint={t('chooseTaskHint')} />}
      list={
        <>
          <header className={styles.head}>
            <h1 className={styles.title}>{name(me.scopeName)}</h1>
            <LightCounts counts={countLights(byTab.handling, now)} words />
            <Segmented<UnitTab>
              block
              size="large"
              value={tab}
              onChange={choose}
              options={[
                { value: 'handling', label: t('tabHandling', { count: byTab.handling.length }) },
                { value: 'others', label: t('tabOthers', { count: byTab.others.length }) },
                { value: 'past', label: t('tabPast') },
              ]}
            />
          </header>
          {tab === 'past' ? (
            <PastCases />
          ) : (
            <TaskList
              key={tab}
              tasks={byTab[tab]}
              selectedId={caseId}
              toDoOf={(one) => t(`toDo.${toDoOf(one, me.scope.code)}`)}
              onSelect={open}
              emptyTitle={t(tab === 'handling' ? 'nothingToHandle' : 'nothingElse')}
              emptyHint={t('emptyHint')}
            />
          )}
        </>
      }
    />
  );
}
