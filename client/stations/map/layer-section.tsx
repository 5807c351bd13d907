import type { MapViewState } from '../../features/map-tools/map-search.ts';
import type { MapAddress } from './use-map-address.ts';

interface LayerSectionProps {
  map: MapViewState;
  address: MapAddress;
}

/** What the map shows. */
export function LayerSection(_: LayerSectionProps) {
  return null;
}
