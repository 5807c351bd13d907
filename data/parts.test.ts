import type { Point as PointGeometry, Polygon } from 'geojson';
import { describe, expect, test } from 'vitest';
import { readCsv } from './district/csv.ts';
import { toLocal } from './district/projection.ts';
import type { Point } from './district/projection.ts';
import { readFeatures, readSampleText } from './district/read-features.ts';
import { contains } from './district/rings.ts';

interface PartProperties {
  code: string;
  class: string;
  cell: string;
  ownerCode: string;
  ownerName: string;
  maintainerCode: string;
  authorityCode: string;
  maintenanceUntil?: string;
  state: string;
  initialDate: string;
  changedDate: string;
}

const parts = readFeatures<PointGeometry, PartProperties>('parts');
const classes = readCsv(new URL('./dictionary/classes.csv', import.meta.url)).filter(
  (row) => row.edition === '2026' && row.kind === 'part',
);
const units = new Map(readCsv(new URL('./units.csv', import.meta.url)).map((row) => [row.code, row.name_zh]));
const duties = readCsv(new URL('./duties.csv', import.meta.url));
/** The lead for a part of its class: the highest priority whose condition on the owner holds. */
function leadFor({ properties }: { properties: PartProperties }): string | undefined {
  const holds = (condition: string | undefined, unit: string | undefined): boolean =>
    condition === 'builder-in-maintenance'
      ? properties.ownerCode === unit && properties.maintenanceUntil !== undefined
      : condition === 'owner'
        ? properties.ownerCode === unit
        : condition === 'maintainer'
          ? properties.maintainerCode === unit
          : true;
  return duties
    .filter((row) => row.class === properties.class && row.role === 'lead')
    .filter((row) => holds(row.owner_condition, row.unit_code))
    .toSorted((p, q) => Number(q.priority) - Number(p.priority))[0]?.unit_code;
}
const place = ({ geometry }: { geometry: PointGeometry }): Point =>
  toLocal(geometry.coordinates[0] ?? 0, geometry.coordinates[1] ?? 0);

describe('parts', () => {
  test('are about twenty thousand, of every class of the 2026 dictionary', () => {
    expect(parts.length).toBeGreaterThan(18_000);
    expect(parts.length).toBeLessThan(26_000);
    expect(new Set(parts.map(({ properties }) => properties.class))).toEqual(
      new Set(classes.map((row) => row.id)),
    );
  });

  test('have unique codes of 17 digits made of their class and a sequence without holes', () => {
    const highest = new Map<string, number>();
    for (const { properties } of parts) {
      expect(properties.code).toMatch(/^620103\d{11}$/);
      expect(`P${properties.code.slice(6, 11)}`).toBe(properties.class);
      const sequence = Number(properties.code.slice(11));
      expect(sequence).toBe((highest.get(properties.class) ?? 0) + 1);
      highest.set(properties.class, sequence);
    }
  });

  test('lie in the cell they name', () => {
    const cells = new Map(
      readFeatures<Polygon, { code: string }>('cells').map(({ geometry, properties }) => [
        properties.code,
        (geometry.coordinates[0] ?? []).map(([lon = 0, lat = 0]) => toLocal(lon, lat)),
      ]),
    );
    for (const part of parts) {
      expect(contains(cells.get(part.properties.cell) ?? [], place(part)), part.properties.code).toBe(true);
    }
  });

  test('stand on a street: furniture on the footway, nothing upright on a carriageway', () => {
    const upright = new Set(classes.filter((row) => row.stance === 'upright').map((row) => row.id));
    const surfaces = readFeatures<Polygon, { kind: string }>('surfaces').map(({ geometry, properties }) => {
      const ring = (geometry.coordinates[0] ?? []).map(([lon = 0, lat = 0]) => toLocal(lon, lat));
      const [xs, ys] = [ring.map(([x]) => x), ring.map(([, y]) => y)];
      const box = [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)] as const;
      return { kind: properties.kind, ring, box };
    });
    for (const part of parts) {
      const [x, y] = place(part);
      const under = surfaces.filter(
        ({ box, ring }) => box[0] <= x && x <= box[2] && box[1] <= y && y <= box[3] && contains(ring, [x, y]),
      );
      expect(under.length, part.properties.code).toBe(1);
      // Guard rails (P02017) stand in the gutter.
      if (upright.has(part.properties.class) && part.properties.class !== 'P02017') {
        expect(under[0]?.kind, part.properties.code).toBe('footway');
      }
    }
  });

  test('belong to units that exist', () => {
    for (const { properties } of parts) {
      expect(units.get(properties.ownerCode)).toBe(properties.ownerName);
      expect(units.has(properties.maintainerCode)).toBe(true);
      expect(units.has(properties.authorityCode)).toBe(true);
      expect(properties.changedDate >= properties.initialDate).toBe(true);
    }
  });

  test('of the carriers go to the carrier that owns them', () => {
    const covers = parts.filter(({ properties }) => properties.class === 'P01007');
    expect(new Set(covers.map(({ properties }) => properties.ownerCode)).size).toBe(3);
    for (const cover of covers) expect(leadFor(cover)).toBe(cover.properties.ownerCode);
  });

  test('include the two drains two metres apart, one of them in its builder’s maintenance', () => {
    const { drains } = JSON.parse(readSampleText('scenes.json')) as {
      drains: { covers: { part: string; unit: string }[] };
    };
    const [one, other] = drains.covers.map(({ part }) =>
      parts.find(({ properties }) => properties.code === part),
    );
    if (!one || !other) throw new Error('the drains are missing');
    const [[x1, y1], [x2, y2]] = [place(one), place(other)];
    expect(Math.sqrt((x1 - x2) ** 2 + (y1 - y2) ** 2)).toBeCloseTo(2, 1);
    expect([one, other].map(({ properties }) => properties.class)).toEqual(['P01003', 'P01003']);
    expect([one, other].map(({ properties }) => properties.ownerCode)).toEqual(['planning', 'invest']);
    expect(one.properties.maintenanceUntil).toBeUndefined();
    expect(other.properties.maintenanceUntil).toBe('2030-12-31');
    expect([one, other].map(leadFor)).toEqual(['planning', 'invest']);
    const near = parts.filter((part) => {
      const [x, y] = place(part);
      return part.properties.class === 'P01003' && Math.sqrt((x - x1) ** 2 + (y - y1) ** 2) < 9;
    });
    expect(near).toHaveLength(2);
  });
});
