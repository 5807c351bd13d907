import { Component, lazy, Suspense, useState, type ComponentType, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { CaseSummary } from '#contract/cases';
import type { Ellipse, LonLat, Polygon } from '#contract/shared';
import { StateNote } from '../../ui/state-note.tsx';
import styles from './map-panel.module.css';

/** What the map draws while a rectangle is drawn on a video. */
export interface MapPreview {
  footprint: Polygon;
  ellipse: Ellipse;
  ground: LonLat;
  cellOutline?: Polygon;
  parts: { code: string; position: LonLat; className: string }[];
}

/** `key` names the wish: the map flies when it changes, and stops when somebody takes hold of it. */
export interface MapFocus extends LonLat {
  rangeMetres?: number;
  key: string;
}

export interface DistrictMapProps {
  mode: 'wall' | 'operator' | 'chief' | 'case';
  cases: CaseSummary[];
  selectedCaseId?: string;
  onSelectCase?: (id: string) => void;
  selectedCellCode?: string;
  onSelectCell?: (code: string) => void;
  onSelectCamera?: (id: string) => void;
  focus?: MapFocus;
  preview?: MapPreview;
  highlightDivision?: string;
}

type MapModule = { default: ComponentType<DistrictMapProps> };

const modules = import.meta.glob<MapModule>('../../map/district-map.tsx');

/** A chunk that failed to load is asked for again on the next try. */
function loadMap() {
  return lazy(async () => {
    const load = Object.values(modules)[0];
    if (!load) throw new Error('this build has no map');
    return load();
  });
}

/** The 3D map in a chunk of its own; what is beside it works without it. */
export function MapPanel(props: DistrictMapProps) {
  const { t } = useTranslation('shell');
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
          <attempt.DistrictMap {...props} />
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
