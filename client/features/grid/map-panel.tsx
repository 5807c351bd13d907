import { Component, lazy, Suspense, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { DistrictMapProps } from '../../map/district-map.tsx';
import { usePrepareMap } from '../../map/prepare-map.ts';
import { StateNote } from '../../ui/state-note.tsx';
import { usePartPatches } from '../parts/part-patches.ts';
import styles from './map-panel.module.css';

/** A chunk that failed to load is asked for again on the next try. */
function loadMap() {
  return lazy(() => import('../../map/district-map.tsx'));
}

/** Asks for the code of the map before a screen is drawn that shows it. */
export function preloadMap(): void {
  import('../../map/district-map.tsx').catch(() => {
    // The panel asks again, and says so when it fails.
  });
}

/** The 3D map in a chunk of its own; what is beside it works without it. */
export function MapPanel(props: Omit<DistrictMapProps, 'partPatches' | 'partRound'>) {
  const patches = usePartPatches((state) => state.patches);
  const round = usePartPatches((state) => state.round);
  const { t } = useTranslation('shell');
  usePrepareMap();
  const [attempt, setAttempt] = useState(() => ({ count: 0, DistrictMap: loadMap() }));
  const retry = () => setAttempt(({ count }) => ({ count: count + 1, DistrictMap: loadMap() }));
  const failed = (
    <StateNote
      kind="error"
      title={t('mapFailed')}
      hint={t('mapFailedHint')}
      action={{ label: t('retry'), run: retry }}
    />
  );
  return (
    <div className={styles.map}>
      <MapBoundary key={attempt.count} failed={failed}>
        <Suspense fallback={<StateNote kind="loading" title={t('mapLoading')} />}>
          <attempt.DistrictMap {...props} partPatches={patches} partRound={round} />
        </Suspense>
      </MapBoundary>
    </div>
  );
}

class MapBoundary extends Component<{ failed: ReactNode; children: ReactNode }, { failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError() {
    return { failed: true };
  }

  override render() {
    return this.state.failed ? this.props.failed : this.props.children;
  }
}
