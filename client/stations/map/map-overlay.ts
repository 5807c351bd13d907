import type { Feature, FeatureCollection } from 'geojson';
import type { LonLat } from '#contract/shared';
import type { MapEdit } from './map-edit.ts';

/** What lies over the map for a while: the place searched for, the place of a new part, the new outline of a cell. */
export function overlayOf(
  pin: LonLat | undefined,
  edit: MapEdit | null,
  labels: { pin: string; added: string },
): FeatureCollection | undefined {
  const features: Feature[] = [
    ...(pin ? [point(pin, labels.pin)] : []),
    ...(edit?.kind === 'add' && edit.at ? [point(edit.at, labels.added)] : []),
    ...(edit?.kind === 'outline' && edit.drawn
      ? [{ type: 'Feature', properties: { kind: 'plan' }, geometry: edit.drawn } as const]
      : []),
  ];
  return features.length > 0 ? { type: 'FeatureCollection', features } : undefined;
}

function point({ lon, lat }: LonLat, label: string): Feature {
  return {
    type: 'Feature',
    properties: { kind: 'preview', label },
    geometry: { type: 'Point', coordinates: [lon, lat] },
  };
}
