import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { UserMenu } from '../../features/access/user-menu.tsx';
import { useMe } from '../../features/access/use-me.ts';
import { isOpen } from '../../features/cases/case-light.ts';
import { WorkingState } from '../../features/clock/working-state.tsx';
import { ScoreCard } from '../../features/evaluation/score-card.tsx';
import { MapPanel } from '../../features/grid/map-panel.tsx';
import { useName } from '../../i18n/use-language.ts';
import { useCases, useCasesLoaded, useConnection, useNow } from '../../realtime/live-store.tsx';
import { Brand } from '../../ui/brand.tsx';
import { PanelBoundary } from '../../ui/panel-boundary.tsx';
import { useFlight } from './use-flight.ts';
import { WallChanges } from './wall-changes.tsx';
import { WallCounters } from './wall-counters.tsx';
import styles from './wall-station.module.css';
import { WallVisit } from './wall-visit.tsx';

/** The whole district for everybody in the room, with nobody at its keyboard. */
export function WallStation() {
  const { t } = useTranslation(['wall', 'shell']);
  const me = useMe();
  const name = useName();
  const cases = useCases();
  const connection = useConnection();
  const now = useNow(1000);
  const loaded = useCasesLoaded();
  const open = useMemo(() => cases.filter(isOpen), [cases]);
  const visited = useFlight(loaded ? open : null, now);
  return (
    <main className={styles.wall}>
      <div className={styles.map}>
        <MapPanel
          mode="wall"
          cases={open}
          {...(visited
            ? {
                selectedCaseId: visited.id,
                focus: { ...visited.position, rangeMetres: 420, key: `visit ${visited.id}` },
              }
            : {})}
        />
      </div>
      <header className={styles.bar}>
        <h1 className={styles.title}>
          <Brand large />
          <span className={styles.area}>{name(me.scopeName)}</span>
        </h1>
        <WorkingState large />
        <UserMenu />
      </header>
      <aside className={styles.left} aria-label={t('counters')}>
        <PanelBoundary>
          <WallCounters cases={open} now={now} />
        </PanelBoundary>
      </aside>
      <aside className={styles.right} aria-label={t('changes')}>
        <PanelBoundary>
          <ScoreCard division={me.scope.code} large />
        </PanelBoundary>
        <PanelBoundary>
          <WallChanges cases={cases} now={now} />
        </PanelBoundary>
      </aside>
      {visited && <WallVisit one={visited} />}
      {connection === 'lost' && (
        <p className={styles.lost} role="alert">
          {t('shell:connectionHint.lost')}
        </p>
      )}
    </main>
  );
}
