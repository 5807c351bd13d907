import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { cellQuery, divisionQuery } from '../../features/grid/card-api.ts';
import { partByCodeQuery } from '../../features/parts/api.ts';
import { placeOfBounds, type Place } from '../../features/search/range-of-bounds.ts';
import type { Selection } from '../../map/selection.ts';
import { useCase } from '../../realtime/live-store.tsx';
import { buildingQuery, cornerOf } from './building-card.tsx';

const CLOSE_METRES = 320;

/**
 * An address that names a thing but no camera (a link from elsewhere) looks at the thing, once it is known where it
 * is. `goTo` is called at most once.
 */
export function useLocateSelection(
  selection: Selection | undefined,
  hasCamera: boolean,
  goTo: (place: Place) => void,
): void {
  const wanted = useRef(!hasCamera && selection !== undefined);
  const { kind, id = '' } = selection ?? {};
  const part = useQuery({ ...partByCodeQuery(id), enabled: kind === 'part' }).data;
  const cell = useQuery({ ...cellQuery(id), enabled: kind === 'cell' }).data;
  const division = useQuery({ ...divisionQuery(id), enabled: kind === 'division' }).data;
  const building = useQuery({ ...buildingQuery(id), enabled: kind === 'building' }).data;
  const one = useCase(kind === 'case' ? id : undefined);
  const position =
    part?.position ?? cell?.centre ?? one?.position ?? (building && cornerOf(building.geometry));
  const place = division
    ? placeOfBounds(division.bounds)
    : position && { ...position, rangeMetres: CLOSE_METRES };
  useEffect(() => {
    if (!wanted.current || !place) return;
    wanted.current = false;
    goTo(place);
  });
}
