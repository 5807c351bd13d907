import { createPointCloud } from '../point-cloud.ts';
import { tilesAround } from '../tiles/tile-grid.ts';
import type { LayerFactory } from './present-layer.ts';
import { TileSet } from './tile-set.ts';

const TILE_ZOOM = 16;
const SHOWN_WITHIN_METRES = 1_100;
const KEPT_TILES = 48;

/** Quiet colours by major class (the two digits after the letter); the three lights' colours are not among them. */
const colourOfMajor: Record<string, string> = {
  '01': '#8fa6b8',
  '02': '#a79ac2',
  '03': '#7fb0b4',
  '04': '#86a08a',
  '05': '#b8a68a',
  '06': '#9a9fa6',
};

/** Single parts, when close. */
export const createParts: LayerFactory<'parts'> = (host) => {
  const set = new TileSet({
    collection: host.scene.primitives,
    kept: KEPT_TILES,
    changed: host.requestRender,
    async load(tile) {
      const { classes, positions } = await host.tiles.ask('parts', { tile });
      if (classes.length === 0) return null;
      return createPointCloud(positions, 0.6, (n) => ({
        colour: colourOfMajor[classes[n]?.slice(1, 3) ?? ''] ?? '#9a9fa6',
        sizePixels: 5,
      }));
    },
  });
  return {
    update() {
      // Parts change by their tiles alone.
    },
    destroy: () => set.destroy(),
    viewChanged({ centre, rangeMetres }) {
      set.want(
        rangeMetres < SHOWN_WITHIN_METRES ? tilesAround(centre, 250 + rangeMetres * 0.8, TILE_ZOOM) : [],
      );
    },
  };
};
