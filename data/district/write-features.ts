import { writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import type { Feature, Geometry, Polygon, Position, MultiPolygon } from 'geojson';
import { toLonLat } from './projection.ts';
import type { Point } from './projection.ts';
import { contains, signedArea } from './rings.ts';
import type { Ring } from './rings.ts';

/** One GeoJSON Feature a line. */
export function toNdjson(features: readonly Feature[]): string {
  return features.map((feature) => JSON.stringify(feature) + '\n').join('');
}

/** Compressed where the name ends in .gz. */
export function writeText(path: URL, text: string): void {
  writeFileSync(path, path.pathname.endsWith('.gz') ? gzipSync(text, { level: 9 }) : text);
}

export function feature(geometry: Geometry, properties: Record<string, unknown>): Feature {
  return { type: 'Feature', properties, geometry };
}

export function closedRing(ring: Ring): Position[] {
  const positions = ring.map(toLonLat).filter((position, index, all) => {
    const before = all[(index + all.length - 1) % all.length];
    return !before || position[0] !== before[0] || position[1] !== before[1];
  });
  const first = positions[0];
  return first ? [...positions, first] : [];
}

export function polygon(ring: Ring): Polygon {
  return { type: 'Polygon', coordinates: [closedRing(ring)] };
}

/** Outer rings (counter-clockwise) with the holes (clockwise) that lie in them. */
export function areaGeometry(rings: readonly Ring[]): Polygon | MultiPolygon {
  const outers = rings
    .filter((ring) => signedArea(ring) > 0)
    .map((ring) => ({ ring, parts: [closedRing(ring)] }));
  for (const hole of rings.filter((ring) => signedArea(ring) < 0)) {
    const probe: Point = hole[0] ?? [0, 0];
    const home = outers.find((outer) => outer.ring.includes(probe) || contains(outer.ring, probe));
    home?.parts.push(closedRing(hole));
  }
  const coordinates = outers.map((outer) => outer.parts);
  const [only] = coordinates;
  if (only && coordinates.length === 1) return { type: 'Polygon', coordinates: only };
  return { type: 'MultiPolygon', coordinates };
}
