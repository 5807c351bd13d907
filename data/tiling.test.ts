import type { MultiPolygon, Polygon, Position } from 'geojson';
import { describe, expect, test } from 'vitest';
import { toLocal } from './district/projection.ts';
import type { Point } from './district/projection.ts';
import { randomFor } from './district/random.ts';
import { readFeatures } from './district/read-features.ts';
import { contains, signedArea } from './district/rings.ts';

interface DivisionProperties {
  code: string;
  parentCode: string | null;
  level: string;
  nameZh: string;
  edition: number;
  builtUp: boolean;
}
interface CellProperties {
  code: string;
  community: string;
  areaSquareMetres: number;
}

const divisions = readFeatures<Polygon | MultiPolygon, DivisionProperties>('divisions');
const cells = readFeatures<Polygon, CellProperties>('cells');
const communities = divisions.filter(({ properties }) => properties.level === 'community');
const local = (ring: Position[]): Point[] => ring.slice(0, -1).map(([lon = 0, lat = 0]) => toLocal(lon, lat));
const ringsOf = (geometry: Polygon | MultiPolygon): Point[][] =>
  (geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates).flatMap((part) =>
    part.map(local),
  );
const areaOf = (geometry: Polygon | MultiPolygon): number =>
  ringsOf(geometry).reduce((sum, ring) => sum + signedArea(ring), 0);

/** Directed edges that are not met by the same edge in the opposite direction. */
function unmatchedEdges(geometries: readonly (Polygon | MultiPolygon)[]): Set<string> {
  const edges = new Set<string>();
  for (const geometry of geometries) {
    for (const part of geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates) {
      for (const ring of part) {
        ring.slice(1).forEach((to, index) => {
          const from = ring[index] ?? to;
          if (!edges.delete(`${to.join()} ${from.join()}`)) edges.add(`${from.join()} ${to.join()}`);
        });
      }
    }
  }
  return edges;
}

describe('divisions', () => {
  test('are the district, 15 streets and towns and their 141 communities, each under its parent', () => {
    const codes = new Set(divisions.map(({ properties }) => properties.code));
    expect(codes.size).toBe(157);
    expect(communities).toHaveLength(141);
    for (const { properties } of divisions) {
      expect(properties.edition).toBe(2023);
      if (properties.level === 'district') expect(properties.parentCode).toBeNull();
      else expect(codes.has(properties.parentCode ?? '')).toBe(true);
    }
  });

  test('tile their parent edge by edge, without gap or overlap', () => {
    for (const level of ['subdistrict', 'community']) {
      const tiles = divisions.filter(({ properties }) => properties.level === level);
      const outline = divisions.filter(({ properties }) => properties.level === 'district');
      expect(unmatchedEdges(tiles.map(({ geometry }) => geometry))).toEqual(
        unmatchedEdges(outline.map(({ geometry }) => geometry)),
      );
    }
    const street = divisions.filter(({ properties }) => properties.code === '620103005');
    const members = communities.filter(({ properties }) => properties.parentCode === '620103005');
    expect(unmatchedEdges(members.map(({ geometry }) => geometry))).toEqual(
      unmatchedEdges(street.map(({ geometry }) => geometry)),
    );
  });
});

describe('cells', () => {
  test('have codes of community and sequence from 001 without holes, at most 999 a community', () => {
    const perCommunity = new Map<string, string[]>();
    for (const { properties } of cells) {
      expect(properties.code).toMatch(/^620103\d{9}$/);
      expect(properties.code.startsWith(properties.community)).toBe(true);
      const list = perCommunity.get(properties.community) ?? [];
      perCommunity.set(properties.community, [...list, properties.code.slice(12)]);
    }
    expect(new Set(perCommunity.keys())).toEqual(
      new Set(communities.map(({ properties }) => properties.code)),
    );
    for (const sequence of perCommunity.values()) {
      expect(sequence.length).toBeLessThanOrEqual(999);
      expect(sequence).toEqual(sequence.map((_, index) => String(index + 1).padStart(3, '0')));
    }
    expect(cells.length).toBeLessThan(9000);
  });

  test('tile their community edge by edge', () => {
    for (const community of communities) {
      const own = cells.filter(({ properties }) => properties.community === community.properties.code);
      expect(unmatchedEdges(own.map(({ geometry }) => geometry))).toEqual(
        unmatchedEdges([community.geometry]),
      );
      const area = own.reduce((sum, { geometry }) => sum + areaOf(geometry), 0);
      expect(Math.abs(area - areaOf(community.geometry))).toBeLessThan(0.01);
    }
  });

  test('of the nine streets are about ten thousand square metres', () => {
    const own = cells.filter(({ properties }) => properties.code < '620103100');
    expect(own.length).toBeGreaterThan(4000);
    const whole = own.filter(({ properties }) => Math.abs(properties.areaSquareMetres - 10_000) < 50);
    expect(whole.length / own.length).toBeGreaterThan(0.6);
    const mean = own.reduce((sum, { properties }) => sum + properties.areaSquareMetres, 0) / own.length;
    expect(mean).toBeGreaterThan(8_500);
    expect(mean).toBeLessThan(10_500);
    for (const { properties } of own) expect(properties.areaSquareMetres).toBeLessThan(20_000);
  });

  test('cover every sampled point of the district exactly once', () => {
    const random = randomFor('tiling test');
    const outline = ringsOf(
      divisions.find(({ properties }) => properties.level === 'district')?.geometry ?? noArea,
    );
    const rings = cells.map(({ geometry }) => {
      const ring = local(geometry.coordinates[0] ?? []);
      const [xs, ys] = [ring.map(([x]) => x), ring.map(([, y]) => y)];
      return { ring, box: [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)] as const };
    });
    let inside = 0;
    for (let count = 0; count < 4000; count++) {
      const point: Point = [random.between(-12_100, 14_500), random.between(-24_300, 4_800)];
      const expected = outline.some((ring) => contains(ring, point)) ? 1 : 0;
      const found = rings.filter(
        ({ ring, box }) =>
          box[0] <= point[0] &&
          point[0] <= box[2] &&
          box[1] <= point[1] &&
          point[1] <= box[3] &&
          contains(ring, point),
      ).length;
      expect(found).toBe(expected);
      inside += found;
    }
    expect(inside).toBeGreaterThan(1000);
  });

  test('are numbered from north to south and from west to east', () => {
    const own = cells.filter(({ properties }) => properties.community === '620103005003');
    const first = local(own[0]?.geometry.coordinates[0] ?? []);
    const last = local(own.at(-1)?.geometry.coordinates[0] ?? []);
    const north = (ring: Point[]): number => Math.max(...ring.map(([, y]) => y));
    expect(own.length).toBeGreaterThan(10);
    expect(north(first)).toBeGreaterThan(north(last));
  });
});

const noArea: Polygon = { type: 'Polygon', coordinates: [] };
