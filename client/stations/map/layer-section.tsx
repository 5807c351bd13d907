import { LayerPanel } from '../../features/map-tools/layer-panel.tsx';
import type { MapViewState } from '../../features/map-tools/map-search.ts';
import type { MapAddress } from './use-map-address.ts';

interface LayerSectionProps {
  map: MapViewState;
  address: MapAddress;
}

/** What the map shows. */
export function LayerSection({ map, address }: LayerSectionProps) {
  return <LayerPanel map={map} onChange={address.setMap} />;
}
