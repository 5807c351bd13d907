import { useCallback, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCases } from '../../realtime/live-store.tsx';
import { isOpen } from '../../features/cases/case-light.ts';
import { MapPanel, preloadMap } from '../../features/grid/map-panel.tsx';
import { ChangeToast } from '../../features/history/change-toast.tsx';
import { stateOfSearch } from '../../features/map-tools/map-search.ts';
import { PartList } from '../../features/parts/part-list.tsx';
import type { MapCamera } from '../../map/map-camera.ts';
import { useMapSources } from '../../map/use-map-data.ts';
import { PanelBoundary } from '../../ui/panel-boundary.tsx';
import { usePhone } from '../../ui/use-phone.ts';
import { boundsOfCamera } from './bounds-of-camera.ts';
import { EditCard } from './edit-card.tsx';
import { ghostOf, placed, toolOf, type MapEdit } from './map-edit.ts';
import { overlayOf } from './map-overlay.ts';
import { MapSidebar } from './map-sidebar.tsx';
import { filterOf } from './map-station-search.ts';
import styles from './map-station.module.css';
import { PhoneSheet } from './phone-sheet.tsx';
import { SelectedCard } from './selected-card.tsx';
import { useLocateSelection } from './use-locate-selection.ts';
import { useMapAddress } from './use-map-address.ts';

/** The globe from so far away is where a map begins that nobody has put anywhere yet: that is no address. */
const UNPLACED_METRES = 1_000_000;

preloadMap();

/** The map and the register: find anything, see it whole, change it, list it, take it away. */
export function MapStation() {
  const { t } = useTranslation(['register', 'shell']);
  const isPhone = usePhone();
  const address = useMapAddress();
  const { search, look: rest } = address;
  const map = useMemo(() => stateOfSearch(search), [search]);
  const cases = useCases();
  const openCases = useMemo(
    () => cases.filter((one) => isOpen(one) || `case:${one.id}` === search.sel),
    [cases, search.sel],
  );
  const sources = useMapSources();
  const [edit, setEdit] = useState<MapEdit | null>(null);
  const look = useCallback(
    (looked: MapCamera) => {
      if (looked.rangeMetres < UNPLACED_METRES) rest(looked);
    },
    [rest],
  );
  useLocateSelection(map.selection, map.camera !== undefined, address.goToPlace);

  const pin = useMemo(() => {
    const [lon, lat] = (search.pin ?? '').split(',').map(Number);
    return lon !== undefined && lat !== undefined ? { lon, lat } : undefined;
  }, [search.pin]);
  const overlay = useMemo(
    () => overlayOf(pin, edit, { pin: t('found.position'), added: t('part.add') }),
    [pin, edit, t],
  );
  const ghost = useMemo(() => ghostOf(edit), [edit]);
  const { camera } = map;
  const bbox = useMemo(() => {
    if (!search.view || !camera) return undefined;
    // Panels beside the map take about as much of its width as of a wide screen's.
    return boundsOfCamera(camera, isPhone ? 0.5 : 1.6);
  }, [search.view, camera, isPhone]);
  const onPlace = useCallback((at: { lon: number; lat: number }) => setEdit((now) => placed(now, at)), []);
  const startEdit = (next: MapEdit | null) => {
    setEdit(next);
    // On a phone the list would cover the map that has to be clicked.
    if (next && isPhone && search.list) address.showList(false);
  };

  const card = edit ? (
    <EditCard
      edit={edit}
      onChange={setEdit}
      onSelectPart={(code) => address.select({ kind: 'part', id: code })}
    />
  ) : map.selection ? (
    <SelectedCard
      key={search.sel}
      selection={map.selection}
      onSelect={(kind, id) => address.select({ kind, id })}
      onClose={() => address.select(undefined)}
      onGoThere={address.goTo}
      onGoToBounds={address.goToBounds}
      onListParts={address.listParts}
      onEdit={startEdit}
    />
  ) : null;

  const sheet = toolOf(edit) ? 'low' : 'half';
  const list = search.list && (
    <PartList
      filter={filterOf(search)}
      bbox={bbox}
      inView={search.view ?? false}
      openCode={map.selection?.kind === 'part' ? map.selection.id : undefined}
      onFilter={address.filter}
      onInView={address.showOnlyView}
      onOpen={(part) => {
        if (isPhone) address.openPart(part, { closeList: true });
        else address.openPart(part);
      }}
      onAdd={() => startEdit({ kind: 'add' })}
      onClose={() => address.showList(false)}
      isPhone={isPhone}
    />
  );

  return (
    <div className={styles.station} data-phone={isPhone} data-sheet={isPhone && card ? sheet : undefined}>
      <h1 className="visually-hidden">{t('stationTitle')}</h1>
      <MapSidebar
        isPhone={isPhone}
        near={camera}
        address={address}
        map={map}
        onAdd={() => startEdit({ kind: 'add' })}
      />
      <div className={styles.middle}>
        <div className={styles.map}>
          <MapPanel
            mode="operator"
            cases={openCases}
            layers={map.layers}
            theme={map.theme}
            form={map.form}
            selection={map.selection}
            onSelect={(selection) => {
              // A click beside everything does not throw away what is being written.
              if (!edit) address.select(selection);
            }}
            camera={camera}
            onCameraChange={look}
            tool={toolOf(edit)}
            onPlace={onPlace}
            onDrawn={(geometry) => {
              if (edit?.kind !== 'outline' || geometry?.type !== 'Polygon') return;
              const { coordinates } = geometry;
              setEdit({ ...edit, drawn: { type: 'Polygon', coordinates } });
            }}
            overlay={overlay}
            ghost={ghost}
            sources={sources}
            daylight={map.daylight && { on: true, at: map.daylight }}
          />
        </div>
        {!isPhone && list && (
          <div className={styles.dock}>
            <PanelBoundary>{list}</PanelBoundary>
          </div>
        )}
      </div>
      {!isPhone && card && (
        <aside className={styles.card} aria-label={t('panel')}>
          <PanelBoundary>{card}</PanelBoundary>
        </aside>
      )}
      {isPhone && list && !card && (
        <PhoneSheet label={t('parts')} size="full">
          {list}
        </PhoneSheet>
      )}
      {isPhone && card && (
        <PhoneSheet label={t('panel')} size={sheet}>
          {card}
        </PhoneSheet>
      )}
      <ChangeToast />
    </div>
  );
}
