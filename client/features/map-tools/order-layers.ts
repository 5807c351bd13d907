import type { MapSource } from '#contract/map';
import type { LayerSetting } from '../../map/layer-setting.ts';

/** The layers with those of the deployment's sources: pictures lowest, hidden unless they are shown from the start. */
export function withSources(layers: readonly LayerSetting[], sources: readonly MapSource[]): LayerSetting[] {
  const named = new Set(layers.map(({ id }) => id));
  const known = new Set(sources.map(({ id }) => `source:${id}`));
  const missing = sources
    .map((source): LayerSetting => ({
      id: `source:${source.id}`,
      shown: source.shown ?? false,
      opacity: 1,
    }))
    .filter(({ id }) => !named.has(id));
  return [...missing, ...layers.filter(({ id }) => !id.startsWith('source:') || known.has(id))];
}

/** The same layers with one of them at another place. */
export function moveLayer(layers: readonly LayerSetting[], id: string, to: number): LayerSetting[] {
  const moved = layers.find((one) => one.id === id);
  if (!moved) return [...layers];
  const others = layers.filter((one) => one !== moved);
  const place = Math.max(0, Math.min(others.length, to));
  return [...others.slice(0, place), moved, ...others.slice(place)];
}
