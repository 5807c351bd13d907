import { useNavigate, useSearch } from '@tanstack/react-router';
import { Button } from 'antd';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useMe } from '../../features/access/use-me.ts';
import { CaseDrawer } from '../../features/cases/case-drawer.tsx';
import { useOpenCases } from '../../features/cases/use-open-cases.ts';
import { ScoreCard } from '../../features/evaluation/score-card.tsx';
import { useDivisionName } from '../../features/grid/use-division-name.ts';
import { PanelBoundary } from '../../ui/panel-boundary.tsx';
import { AreaCases } from './area-cases.tsx';
import { AreaMap } from './area-map.tsx';
import styles from './area-station.module.css';
import { AreaSummary } from './area-summary.tsx';
import { SubAreas } from './sub-areas.tsx';

/** An area as its head sees it: how it stands, where, and every late case with who holds it. */
export function AreaStation() {
  const { t } = useTranslation('area');
  const me = useMe();
  const divisionName = useDivisionName();
  const {
    division = me.scope.code,
    map = false,
    case: caseId,
  } = useSearch({ from: '/signed-in/framed/area' });
  const navigate = useNavigate({ from: '/area' });
  const all = useOpenCases();
  const cases = useMemo(
    () => all.filter(({ communityCode }) => communityCode.startsWith(division)),
    [all, division],
  );
  const enter = (code: string) =>
    void navigate({
      search: ({ division: _, ...rest }) => (code === me.scope.code ? rest : { ...rest, division: code }),
    });
  const open = (id: string | undefined) =>
    void navigate({ search: ({ case: _, ...rest }) => (id ? { ...rest, case: id } : rest) });
  const toggleMap = () =>
    void navigate({ search: ({ map: shown, ...rest }) => (shown ? rest : { ...rest, map: true }) });
  return (
    <div className={styles.station} data-map={map}>
      <div className={styles.list}>
        <PanelBoundary>
          <header className={styles.head}>
            <div className={styles.title}>
              <h1>{divisionName(division)}</h1>
              {division !== me.scope.code && (
                <Button onClick={() => enter(me.scope.code)}>
                  {t('upTo', { area: divisionName(me.scope.code) })}
                </Button>
              )}
            </div>
            <Button className={styles.mapToggle ?? ''} size="large" aria-pressed={map} onClick={toggleMap}>
              {t(map ? 'showList' : 'showMap')}
            </Button>
          </header>
          <AreaSummary cases={cases} />
          <ScoreCard division={division} />
          <SubAreas parentCode={division} cases={cases} onEnter={enter} />
          <AreaCases cases={cases} onOpen={open} />
        </PanelBoundary>
      </div>
      <div className={styles.map}>
        <Button className={styles.backToList ?? ''} size="large" onClick={toggleMap}>
          {t('showList')}
        </Button>
        <AreaMap cases={cases} division={division} selectedCaseId={caseId} onOpen={open} />
      </div>
      <CaseDrawer caseId={caseId} onClose={() => open(undefined)} />
    </div>
  );
}
