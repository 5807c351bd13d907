import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback, useMemo } from 'react';
import type { Part, PartFilter } from '#contract/parts';
import type { LonLat } from '#contract/shared';
import { searchOfState, stateOfSearch, type MapViewState } from '../../features/map-tools/map-search.ts';
import { cameraAt } from '../../features/search/lead-to.ts';
import { placeOfBounds, type Place } from '../../features/search/range-of-bounds.ts';
import type { MapCamera } from '../../map/map-camera.ts';
import type { Selection } from '../../map/selection.ts';
import { withFilter, type MapStationSearch } from './map-station-search.ts';

const CLOSE_METRES = 320;
/** Farther away than this, what was chosen from a list would be a dot among thousands. */
const FAR_METRES = 1_200;

export interface MapAddress {
  search: MapStationSearch;
  /** The camera came to rest: the address follows without a step in the history. */
  look: (camera: MapCamera) => void;
  select: (selection: Selection | undefined) => void;
  goTo: (position: LonLat) => void;
  goToPlace: (place: Place) => void;
  goToBounds: (bounds: readonly number[]) => void;
  openPart: (part: Part, how?: { closeList: boolean }) => void;
  showList: (shown: boolean) => void;
  showOnlyView: (only: boolean) => void;
  filter: (filter: Omit<PartFilter, 'bbox'>) => void;
  listParts: (filter: Omit<PartFilter, 'bbox'>) => void;
  /** Layers, colours, daylight, a saved view: whatever of the map another tool sets. */
  setMap: (change: Partial<MapViewState>) => void;
  /** As a search result leads. */
  lead: (search: Pick<MapStationSearch, 'at' | 'sel' | 'pin'>) => void;
}

/** The station's state is its address: back and forward, a reload and a colleague all find the same. */
export function useMapAddress(): MapAddress {
  const search = useSearch({ from: '/signed-in/framed/map' });
  const navigate = useNavigate({ from: '/map' });
  const put = useCallback(
    (change: (before: MapStationSearch) => MapStationSearch, how: { replace?: boolean } = {}) =>
      void navigate({ search: (before) => change(before), ...how }),
    [navigate],
  );
  const look = useCallback(
    (camera: MapCamera) =>
      put((before) => ({ ...before, ...searchOfState({ ...stateOfSearch(before), camera }) }), {
        replace: true,
      }),
    [put],
  );
  const goToPlace = useCallback(
    (place: Place) => put((before) => ({ ...before, ...cameraAt(place) }), { replace: true }),
    [put],
  );
  return useMemo(() => {
    const without = (before: MapStationSearch, ...keys: (keyof MapStationSearch)[]): MapStationSearch =>
      Object.fromEntries(
        Object.entries(before).filter(([key]) => !keys.includes(key as keyof MapStationSearch)),
      );
    return {
      search,
      look,
      goToPlace,
      select: (selection) =>
        put((before) => ({
          ...without(before, 'sel', 'pin'),
          ...(selection ? { sel: `${selection.kind}:${selection.id}` } : {}),
        })),
      goTo: (position) =>
        put((before) => ({ ...before, ...cameraAt({ ...position, rangeMetres: CLOSE_METRES }) })),
      goToBounds: (bounds) => {
        const place = placeOfBounds(bounds);
        if (place) put((before) => ({ ...before, ...cameraAt(place) }));
      },
      openPart: ({ code, position }, { closeList } = { closeList: false }) =>
        put((before) => {
          const { camera } = stateOfSearch(before);
          const isNear = camera !== undefined && camera.rangeMetres < FAR_METRES && before.view === true;
          return {
            ...without(before, 'pin', ...(closeList ? (['list'] as const) : [])),
            sel: `part:${code}`,
            ...(isNear ? {} : cameraAt({ ...position, rangeMetres: CLOSE_METRES })),
          };
        }),
      showList: (shown) =>
        put((before) => (shown ? { ...before, list: true } : without(before, 'list', 'view'))),
      showOnlyView: (only) => put((before) => (only ? { ...before, view: true } : without(before, 'view'))),
      filter: (filter) => put((before) => withFilter(before, filter), { replace: true }),
      listParts: (filter) =>
        put((before) => ({ ...withFilter(without(before, 'view'), filter), list: true })),
      setMap: (change) =>
        put((before) => {
          const next: MapViewState = { ...stateOfSearch(before), ...change };
          return {
            ...without(before, 'at', 'layers', 'sel', 'theme', 'form', 'sun'),
            ...searchOfState(next),
          };
        }),
      lead: (to) => put((before) => ({ ...without(before, 'sel', 'pin'), ...to })),
    };
  }, [search, look, goToPlace, put]);
}
