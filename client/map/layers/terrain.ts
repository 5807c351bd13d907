import type { LayerFactory } from './present-layer.ts';

/**
 * Heights of the ground are refused, and the map says so: houses, parts, cases and coverage stand on the flat ground of
 * a plan. On ground lifted by 1,500 m, as in the sample district, all of them would be buried and clicks would miss.
 */
export const createTerrain: LayerFactory<'terrain'> = (host, { source }) => {
  host.tellSource(source.id, 'terrain');
  return {
    update() {
      // Nothing is drawn.
    },
    destroy() {
      host.tellSource(source.id, undefined);
    },
  };
};
