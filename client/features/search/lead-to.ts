import type { Found } from '#contract/search';
import { searchOfState, type MapSearch } from '../map-tools/map-search.ts';
import { defaultLayers } from '../../map/layer-setting.ts';
import { selectionKinds } from '../../map/selection.ts';
import { placeOfFound, type Place } from './range-of-bounds.ts';

/** Where a result leads: the map with it selected, the register filtered by it, or its own page. */
export type Lead =
  | { to: 'map'; search: Pick<MapSearch, 'at' | 'sel'> & { pin?: string } }
  | { to: 'parts'; filter: { class?: string; maintainer?: string } }
  | { to: 'desk'; words: string }
  | { to: 'case'; caseId: string };

/** The camera of the address, looking at a place. */
export function cameraAt({ lon, lat, rangeMetres }: Place): Pick<MapSearch, 'at'> {
  const camera = { lon, lat, rangeMetres, headingDegrees: 0, pitchDegrees: -55 };
  const { at } = searchOfState({ camera, layers: [...defaultLayers], theme: 'none', form: 'flat' });
  return at === undefined ? {} : { at };
}

export function leadOf(found: Found): Lead | undefined {
  const { kind, id } = found;
  if (kind === 'case') return { to: 'case', caseId: id };
  if (kind === 'unit') return { to: 'parts', filter: { maintainer: id } };
  if (kind === 'class') {
    return id.startsWith('E')
      ? { to: 'desk', words: found.title.zh }
      : { to: 'parts', filter: { class: id } };
  }
  const place = placeOfFound(found);
  const selected = selectionKinds.find((one) => one === kind);
  if (!place && !selected) return undefined;
  return {
    to: 'map',
    search: {
      ...(place ? cameraAt(place) : {}),
      ...(selected ? { sel: `${selected}:${id}` } : {}),
      // What cannot be selected is marked where it is.
      ...(!selected && found.position
        ? { pin: `${found.position.lon.toFixed(6)},${found.position.lat.toFixed(6)}` }
        : {}),
    },
  };
}
