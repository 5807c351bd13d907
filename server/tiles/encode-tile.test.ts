import { expect, it } from 'vitest';
import { decodeTile } from '../../tests/support/decode-tile.ts';
import { encodeTile } from './encode-tile.ts';
import { boundsOfTile, isTileAddress, projectToTile } from './tile-address.ts';

const tile = { z: 15, x: 25827, y: 12868 };
const { west, south, east, north } = boundsOfTile(tile);
const at = (u: number, v: number) => [west + (east - west) * u, north + (south - north) * v];

const decode = (bytes: Uint8Array) => decodeTile(bytes, 'things');

it('writes points, lines and polygons with their properties, absent ones left out', () => {
  const ring = [at(0.2, 0.2), at(0.2, 0.8), at(0.8, 0.8), at(0.8, 0.2), at(0.2, 0.2)];
  const features = decode(
    encodeTile('things', tile, [
      { geometry: { type: 'Point', coordinates: at(0.5, 0.5) }, properties: { code: 'a', n: 3, none: null } },
      { geometry: { type: 'LineString', coordinates: [at(0, 0), at(1, 1)] }, properties: { h: 9.5 } },
      { geometry: { type: 'Polygon', coordinates: [ring] }, properties: {} },
    ]),
  );
  expect(features.map(({ type }) => type)).toEqual([1, 2, 3]);
  expect(features[0]?.properties).toEqual({ code: 'a', n: 3 });
  expect(features[1]?.properties).toEqual({ h: 9.5 });
  const [point] = features[0]?.loadGeometry()[0] ?? [];
  expect(point?.x).toBeCloseTo(2048, -1);
  expect(point?.y).toBeCloseTo(2048, -1);
});

it('turns outlines one way and holes the other, whichever way they came', () => {
  const outline = [at(0.1, 0.1), at(0.9, 0.1), at(0.9, 0.9), at(0.1, 0.9), at(0.1, 0.1)];
  const hole = [at(0.4, 0.4), at(0.6, 0.4), at(0.6, 0.6), at(0.4, 0.6), at(0.4, 0.4)];
  for (const rings of [
    [outline, hole],
    [[...outline].reverse(), [...hole].reverse()],
  ]) {
    const [feature] = decode(
      encodeTile('things', tile, [{ geometry: { type: 'Polygon', coordinates: rings }, properties: {} }]),
    );
    const areas = feature?.loadGeometry().map((ring) =>
      ring.reduce((sum, p, i) => {
        const q = ring[(i + 1) % ring.length] ?? p;
        return sum + p.x * q.y - q.x * p.y;
      }, 0),
    );
    expect(areas?.map(Math.sign)).toEqual([1, -1]);
  }
});

it('leaves out what shrinks to nothing and has no bytes without features', () => {
  const dot = [at(0.5, 0.5), at(0.500001, 0.5), at(0.5, 0.500001), at(0.5, 0.5)];
  expect(
    encodeTile('things', tile, [{ geometry: { type: 'Polygon', coordinates: [dot] }, properties: {} }]),
  ).toHaveLength(0);
  expect(encodeTile('things', tile, [])).toHaveLength(0);
});

it('knows its corners and the addresses there are', () => {
  expect(projectToTile({ z: 0, x: 0, y: 0 }, 0, 0)).toEqual({ x: 2048, y: 2048 });
  const corner = projectToTile(tile, west, north);
  expect(corner).toEqual({ x: -64, y: -64 });
  expect(isTileAddress({ z: 2, x: 3, y: 3 })).toBe(true);
  expect(isTileAddress({ z: 2, x: 4, y: 0 })).toBe(false);
});
