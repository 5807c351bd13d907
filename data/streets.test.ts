import type { LineString, Polygon } from 'geojson';
import { describe, expect, test } from 'vitest';
import { toLocal } from './district/projection.ts';
import type { Point } from './district/projection.ts';
import { randomFor } from './district/random.ts';
import { readFeatures, readSampleText } from './district/read-features.ts';
import { contains } from './district/rings.ts';

interface Shape {
  ring: Point[];
  kind: string;
  key: string;
}

const shapes = (layer: 'surfaces' | 'buildings'): Shape[] =>
  readFeatures<Polygon, { kind: string; road?: string; code?: string }>(layer).map(
    ({ geometry, properties }) => ({
      ring: (geometry.coordinates[0] ?? []).slice(0, -1).map(([lon = 0, lat = 0]) => toLocal(lon, lat)),
      kind: properties.kind,
      key: properties.road ?? properties.code ?? '',
    }),
  );
const surfaces = shapes('surfaces');
const buildings = shapes('buildings');
const roads = readFeatures<LineString, { code: string; class: string; carriagewayMetres: number }>('roads');

const SQUARE = 60;
function index(items: readonly Shape[]): (point: Point) => Shape[] {
  const squares = new Map<string, Shape[]>();
  for (const item of items) {
    const [xs, ys] = [item.ring.map(([x]) => x), item.ring.map(([, y]) => y)];
    for (let i = Math.floor(Math.min(...xs) / SQUARE); i <= Math.floor(Math.max(...xs) / SQUARE); i++) {
      for (let j = Math.floor(Math.min(...ys) / SQUARE); j <= Math.floor(Math.max(...ys) / SQUARE); j++) {
        const key = `${i},${j}`;
        const list = squares.get(key);
        if (list) list.push(item);
        else squares.set(key, [item]);
      }
    }
  }
  return ([x, y]) => squares.get(`${Math.floor(x / SQUARE)},${Math.floor(y / SQUARE)}`) ?? [];
}
const surfaceNear = index(surfaces);
const buildingNear = index(buildings);
const at = (find: (point: Point) => Shape[], point: Point): Shape[] =>
  find(point).filter(({ ring }) => contains(ring, point));

/** Points along the edges of a ring, about two metres apart, and its corners. */
function walk(ring: readonly Point[]): Point[] {
  return ring.flatMap((a, i) => {
    const b = ring[(i + 1) % ring.length] ?? a;
    const steps = Math.ceil(Math.sqrt((b[0] - a[0]) ** 2 + (b[1] - a[1]) ** 2) / 2);
    return Array.from({ length: steps }, (_, k): Point => {
      const t = k / steps;
      return [a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t];
    });
  });
}

describe('streets', () => {
  test('have a carriageway on their middle line and one surface at most at any point', () => {
    const random = randomFor('surface test');
    let [hits, footway] = [0, 0];
    for (let count = 0; count < 60_000; count++) {
      const point: Point = [random.between(-5500, 5200), random.between(-1900, 3200)];
      const found = at(surfaceNear, point);
      expect(found.length).toBeLessThanOrEqual(1);
      hits += found.length;
      footway += found[0]?.kind === 'footway' ? 1 : 0;
    }
    expect(hits).toBeGreaterThan(2000);
    expect(footway).toBeGreaterThan(300);
    for (const { geometry } of roads) {
      geometry.coordinates.slice(1).forEach(([lon = 0, lat = 0], i) => {
        const [lon0 = 0, lat0 = 0] = geometry.coordinates[i] ?? [];
        const middle = toLocal((lon + lon0) / 2, (lat + lat0) / 2);
        expect(at(surfaceNear, middle).map(({ kind }) => kind)).toEqual(['carriageway']);
      });
    }
  });

  test('reach all nine streets of the district', () => {
    const { cameras } = JSON.parse(readSampleText('scenes.json')) as { cameras: { subdistrict: string }[] };
    expect(new Set(cameras.map(({ subdistrict }) => subdistrict)).size).toBe(8);
    expect(roads.filter(({ properties }) => properties.class === 'main').length).toBeGreaterThan(8);
  });
});

describe('buildings', () => {
  test('stand in thousands, six to ninety metres high', () => {
    const heights = readFeatures<Polygon, { heightMetres: number }>('buildings').map(
      (b) => b.properties.heightMetres,
    );
    expect(heights.length).toBeGreaterThan(5000);
    expect(heights.length).toBeLessThan(8000);
    expect(Math.min(...heights)).toBeGreaterThanOrEqual(6);
    expect(Math.max(...heights)).toBeLessThanOrEqual(90);
  });

  test('never stand on a street nor in each other', () => {
    for (const building of buildings) {
      for (const point of walk(building.ring)) {
        if (at(surfaceNear, point).length > 0) expect.fail(`${building.key} stands on a street`);
        const others = at(buildingNear, point).filter((other) => other.key !== building.key);
        if (others.length > 0) expect.fail(`${building.key} stands in ${others[0]?.key ?? ''}`);
      }
    }
  });

  test('leave every camera a free view of eighty metres', () => {
    interface Spot {
      lon: number;
      lat: number;
      lookLon: number;
      lookLat: number;
    }
    const { cameras } = JSON.parse(readSampleText('scenes.json')) as { cameras: Spot[] };
    expect(cameras).toHaveLength(8);
    for (const { lon, lat, lookLon, lookLat } of cameras) {
      const [mast, look] = [toLocal(lon, lat), toLocal(lookLon, lookLat)];
      const [dx, dy] = [look[0] - mast[0], look[1] - mast[1]];
      const length = Math.sqrt(dx * dx + dy * dy);
      expect(at(surfaceNear, mast).map(({ kind }) => kind)).toEqual(['footway']);
      expect(at(surfaceNear, look).map(({ kind }) => kind)).toEqual(['carriageway']);
      for (let metres = 0; metres <= 80; metres++) {
        const point: Point = [mast[0] + (dx / length) * metres, mast[1] + (dy / length) * metres];
        expect(at(buildingNear, point)).toEqual([]);
      }
    }
  });
});
