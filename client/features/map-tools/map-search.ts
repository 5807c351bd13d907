import { defaultLayers, isLayerId, type LayerSetting } from '../../map/layer-setting.ts';
import { lightsThemes, type LightsForm, type LightsTheme } from '../../map/lights-theme.ts';
import type { MapCamera } from '../../map/map-camera.ts';
import { selectionKinds, type Selection } from '../../map/selection.ts';

/**
 * The map in the address: it survives a reload and can be sent to a colleague; a saved view is the same. Everything
 * is text, short, and left out where it is as usual.
 */
export interface MapSearch {
  /** `lon,lat,range,heading,pitch` in degrees and metres. */
  at?: string;
  /** Layers in drawing order, `-` before a hidden one, `~40` behind one of 40 % opacity. */
  layers?: string;
  /** `kind:id` of what is selected. */
  sel?: string;
  theme?: Exclude<LightsTheme, 'none'>;
  form?: 'columns';
  /** The instant whose daylight is shown. */
  sun?: string;
}

/** The same, as the map takes it. */
export interface MapViewState {
  camera?: MapCamera;
  layers: LayerSetting[];
  selection?: Selection;
  theme: LightsTheme;
  form: LightsForm;
  daylight?: Date;
}

/** What of search parameters is about the map; wrong ones are left out. */
export function readMapSearch(search: Record<string, unknown>): MapSearch {
  const text = (key: keyof MapSearch) => {
    const value = search[key];
    return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '';
  };
  const [camera, layers, selection] = [
    readCamera(text('at')),
    readLayers(text('layers')),
    readSelection(text('sel')),
  ];
  const theme = lightsThemes.find((one) => one === text('theme'));
  const sun = Date.parse(text('sun'));
  return {
    ...(camera ? { at: writeCamera(camera) } : {}),
    ...writtenLayers(layers),
    ...(selection ? { sel: writeSelection(selection) } : {}),
    ...(theme && theme !== 'none' ? { theme } : {}),
    ...(text('form') === 'columns' ? { form: 'columns' as const } : {}),
    ...(Number.isFinite(sun) ? { sun: new Date(sun).toISOString() } : {}),
  };
}

export function stateOfSearch(search: MapSearch): MapViewState {
  const [camera, selection] = [readCamera(search.at ?? ''), readSelection(search.sel ?? '')];
  const sun = Date.parse(search.sun ?? '');
  return {
    layers: readLayers(search.layers ?? ''),
    theme: search.theme ?? 'none',
    form: search.form ?? 'flat',
    ...(camera ? { camera } : {}),
    ...(selection ? { selection } : {}),
    ...(Number.isFinite(sun) ? { daylight: new Date(sun) } : {}),
  };
}

export function searchOfState(state: MapViewState): MapSearch {
  return readMapSearch({
    ...(state.camera ? { at: writeCamera(state.camera) } : {}),
    ...writtenLayers(state.layers),
    ...(state.selection ? { sel: writeSelection(state.selection) } : {}),
    theme: state.theme,
    form: state.form,
    ...(state.daylight ? { sun: state.daylight.toISOString() } : {}),
  });
}

function readCamera(text: string): MapCamera | undefined {
  const values = text.split(',').map((part) => (part.trim() === '' ? NaN : Number(part)));
  const [lon = NaN, lat = NaN, rangeMetres = NaN, headingDegrees = 0, pitchDegrees = -89] = values;
  if (!values.every(Number.isFinite) || values.length < 3 || values.length > 5) return undefined;
  if (Math.abs(lon) > 180 || Math.abs(lat) > 85 || rangeMetres <= 0) return undefined;
  return {
    lon,
    lat,
    rangeMetres: Math.min(rangeMetres, 1e7),
    headingDegrees: ((headingDegrees % 360) + 360) % 360,
    pitchDegrees: Math.max(-90, Math.min(-10, pitchDegrees)),
  };
}

/** A decimetre, a metre, a degree: finer is not seen. */
function writeCamera({ lon, lat, rangeMetres, headingDegrees, pitchDegrees }: MapCamera): string {
  const angles = [Math.round(headingDegrees) % 360, Math.round(pitchDegrees)];
  return [
    Number(lon.toFixed(6)),
    Number(lat.toFixed(6)),
    Math.max(1, Math.round(rangeMetres)),
    ...angles,
  ].join(',');
}

function readSelection(text: string): Selection | undefined {
  const [, kind = '', id = ''] = /^([a-z]+):([\w:.-]{1,80})$/.exec(text) ?? [];
  const known = selectionKinds.find((one) => one === kind);
  return known && { kind: known, id };
}

function writeSelection({ kind, id }: Selection): string {
  return `${kind}:${id}`;
}

/** Layers that are not named are shown as usual, over those that are. */
function readLayers(text: string): LayerSetting[] {
  const named = new Map<string, LayerSetting>();
  for (const part of text.split(',').slice(0, 60)) {
    const [, hidden, id = '', percent] = /^(-?)([a-z0-9:-]{1,50}?)(?:~(\d{1,3}))?$/.exec(part.trim()) ?? [];
    if (!isLayerId(id)) continue;
    const opacity = percent === undefined ? 1 : Math.min(100, Number(percent)) / 100;
    named.set(id, { id, shown: hidden === '', opacity });
  }
  return [...named.values(), ...defaultLayers.filter(({ id }) => !named.has(id))];
}

function writtenLayers(layers: readonly LayerSetting[]): { layers?: string } {
  const write = (list: readonly LayerSetting[]) =>
    list
      .map(({ id, shown, opacity }) => {
        const percent = Math.round(opacity * 100);
        return `${shown ? '' : '-'}${id}${percent === 100 ? '' : `~${percent}`}`;
      })
      .join(',');
  const text = write(layers);
  return text === write(defaultLayers) ? {} : { layers: text };
}
