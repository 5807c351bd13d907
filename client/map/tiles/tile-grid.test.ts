import fc from 'fast-check';
import { expect, test } from 'vitest';
import { distanceMetres, fromMercator, toMercator } from '../earth.ts';
import { tileAt, tileKey, tilePointToLonLat, tilesAround, tilesOver } from './tile-grid.ts';

const position = fc.record({
  lon: fc.double({ min: -179, max: 179, noNaN: true }),
  lat: fc.double({ min: -80, max: 80, noNaN: true }),
});

test('Mercator and back is the same position', () => {
  fc.assert(
    fc.property(position, ({ lon, lat }) => {
      const back = fromMercator(...toMercator(lon, lat));
      expect(back.lon).toBeCloseTo(lon, 9);
      expect(back.lat).toBeCloseTo(lat, 9);
    }),
  );
});

test('a position lies inside the tile named for it', () => {
  fc.assert(
    fc.property(position, fc.integer({ min: 0, max: 18 }), (at, z) => {
      const tile = tileAt(at, z);
      const northWest = tilePointToLonLat(tile, 0, 0, 4096);
      const southEast = tilePointToLonLat(tile, 4096, 4096, 4096);
      expect(at.lon).toBeGreaterThanOrEqual(northWest.lon - 1e-9);
      expect(at.lon).toBeLessThanOrEqual(southEast.lon + 1e-9);
      expect(at.lat).toBeLessThanOrEqual(northWest.lat + 1e-9);
      expect(at.lat).toBeGreaterThanOrEqual(southEast.lat - 1e-9);
    }),
  );
});

test('the tiles over a tile are its parent upwards and its children downwards', () => {
  expect(tilesOver({ z: 3, x: 5, y: 6 }, 1)).toEqual([{ z: 1, x: 1, y: 1 }]);
  const children = tilesOver({ z: 3, x: 5, y: 6 }, 5);
  expect(children).toHaveLength(16);
  for (const child of children) expect(tilesOver(child, 3)).toEqual([{ z: 3, x: 5, y: 6 }]);
});

test('the tiles around a position hold every position within the radius', () => {
  const centre = { lon: 103.7, lat: 36.06 };
  const keys = new Set(tilesAround(centre, 2000, 15).map(tileKey));
  fc.assert(
    fc.property(
      fc.double({ min: -0.03, max: 0.03, noNaN: true }),
      fc.double({ min: -0.03, max: 0.03, noNaN: true }),
      (dLon, dLat) => {
        const at = { lon: centre.lon + dLon, lat: centre.lat + dLat };
        fc.pre(distanceMetres(centre, at) < 1950);
        expect(keys.has(tileKey(tileAt(at, 15)))).toBe(true);
      },
    ),
  );
});
