import type { PartFilter } from '#contract/parts';
import { readMapSearch, type MapSearch } from '../../features/map-tools/map-search.ts';
import { readPartFilter } from '../../features/parts/part-filter.ts';

/** Everything of the station that can be sent to a colleague: the map, the list beside it, and its filter. */
export interface MapStationSearch extends MapSearch, Omit<PartFilter, 'bbox'> {
  /** The register of parts is open. */
  list?: true;
  /** It holds only what the map shows. */
  view?: true;
  /** `lon,lat` that was searched for. */
  pin?: string;
}

export function mapStationSearch(search: Record<string, unknown>): MapStationSearch {
  const pin = search['pin'];
  return {
    ...readMapSearch(search),
    ...readPartFilter(search),
    ...(search['list'] === true ? { list: true as const } : {}),
    ...(search['view'] === true ? { view: true as const } : {}),
    ...(typeof pin === 'string' && /^-?\d{1,3}(\.\d+)?,-?\d{1,2}(\.\d+)?$/.test(pin) ? { pin } : {}),
  };
}

const filterKeys = ['q', 'class', 'cell', 'division', 'state', 'owner', 'maintainer'] as const;

/** The part of the address that filters the list. */
export function filterOf(search: MapStationSearch): Omit<PartFilter, 'bbox'> {
  return Object.fromEntries(
    filterKeys.flatMap((key) => (search[key] === undefined ? [] : [[key, search[key]]])),
  );
}

/** The address with another filter and the rest as it was. */
export function withFilter(search: MapStationSearch, filter: Omit<PartFilter, 'bbox'>): MapStationSearch {
  const rest = Object.fromEntries(
    Object.entries(search).filter(([key]) => !(filterKeys as readonly string[]).includes(key)),
  );
  return mapStationSearch({ ...rest, ...filter });
}
