import { readFileSync } from 'node:fs';
import type { FeatureCollection, Polygon } from 'geojson';
import { placeCommunities, readDivisions } from './division-sites.ts';
import type { DivisionRow } from './division-sites.ts';
import { toLocal } from './projection.ts';
import type { Point } from './projection.ts';
import { clipByLine, contains, insertVertices, interpolate, separateRings, signedArea } from './rings.ts';
import { VertexRegistry } from './rings.ts';
import type { Ring } from './rings.ts';

export interface Division extends DivisionRow {
  /** Outer rings; a division in two parts has two. */
  rings: Ring[];
}

/** Every lattice line of the cells is a multiple of this; boundaries carry a vertex wherever they meet one. */
export const LATTICE_METRES = 100;

export function readOutline(): Point[] {
  const text = readFileSync(new URL('../source/boundary.geojson', import.meta.url), 'utf8');
  const collection = JSON.parse(text) as FeatureCollection<Polygon>;
  const ring = collection.features[0]?.geometry.coordinates[0] ?? [];
  const points = ring.slice(0, -1).map((position) => toLocal(position[0] ?? 0, position[1] ?? 0));
  return signedArea(points) > 0 ? points : points.reverse();
}

/**
 * Communities as Voronoi regions of their sites, clipped to the outline; a street or town is the union of its
 * communities. Neighbours share every vertex, so nothing overlaps and nothing is left over.
 */
export function makeDivisions(outline: Ring): Division[] {
  const rows = readDivisions();
  const sites = placeCommunities(rows, outline);
  const registry = new VertexRegistry();
  outline.forEach((point) => registry.snap(point));
  const regions = new Map<string, Point[]>();
  const loose: Point[][] = [];
  for (const [code, site] of sites) {
    for (const piece of clipToRegion(outline, site, sites, registry)) {
      if (contains(piece, site)) regions.set(code, piece);
      else loose.push(piece);
    }
  }
  giveAway(loose, regions);
  const lattice = latticeVertices(registry);
  for (const [code, ring] of regions) regions.set(code, lattice(ring));
  return rows.map((row) => {
    const members = [...regions].filter(([code]) => code.startsWith(row.code)).map(([, ring]) => ring);
    return { ...row, rings: separateRings(members) };
  });
}

function clipToRegion(
  outline: Ring,
  site: Point,
  sites: ReadonlyMap<string, Point>,
  registry: VertexRegistry,
): Point[][] {
  let ring: Ring = outline;
  for (const other of sites.values()) {
    if (other === site) continue;
    const [dx, dy] = [other[0] - site[0], other[1] - site[1]];
    const length = Math.sqrt(dx * dx + dy * dy);
    const [mx, my] = [(site[0] + other[0]) / 2, (site[1] + other[1]) / 2];
    ring = clipByLine(ring, (point) => ((point[0] - mx) * dx + (point[1] - my) * dy) / length);
  }
  const snapped = withoutRepeats(ring.map((point) => registry.snap(point)));
  return separateRings([insertVertices(snapped, snapped)]);
}

/** A piece cut off from its site by a bend of the outline goes to the neighbour with the longest border. */
function giveAway(loose: Point[][], regions: Map<string, Point[]>): void {
  for (const piece of loose) {
    let best: string | undefined;
    let bestLength = 0;
    for (const [code, ring] of regions) {
      const length = sharedLength(piece, ring);
      if (length > bestLength) [best, bestLength] = [code, length];
    }
    if (best === undefined) throw new Error('a piece of the district without a neighbour');
    const [merged] = separateRings([piece, regions.get(best) ?? []]);
    if (merged) regions.set(best, merged);
  }
}

/** Metres of border two rings with the same vertices have in common. */
export function sharedLength(one: Ring, other: Ring): number {
  const edges = new Set<string>();
  let a = other[other.length - 1];
  for (const b of other) {
    if (a) edges.add(`${a[0]},${a[1]} ${b[0]},${b[1]}`);
    a = b;
  }
  let length = 0;
  a = one[one.length - 1];
  for (const b of one) {
    if (a && edges.has(`${b[0]},${b[1]} ${a[0]},${a[1]}`)) {
      length += Math.sqrt((b[0] - a[0]) ** 2 + (b[1] - a[1]) ** 2);
    }
    a = b;
  }
  return length;
}

/** Inserts the vertices where a border meets the lattice, the same ones from either side of the border. */
function latticeVertices(registry: VertexRegistry): (ring: Ring) => Point[] {
  const known = new Map<string, Point[]>();
  const crossings = (a: Point, b: Point): Point[] => {
    const forwards = a[0] < b[0] || (a[0] === b[0] && a[1] < b[1]);
    const [from, to] = forwards ? [a, b] : [b, a];
    const key = `${from[0]},${from[1]} ${to[0]},${to[1]}`;
    let points = known.get(key);
    if (!points) {
      points = crossLattice(from, to).map((point) => registry.snap(point));
      known.set(key, points);
    }
    return forwards ? points : [...points].reverse();
  };
  return (ring) => {
    const result: Point[] = [];
    let a = ring[ring.length - 1];
    for (const b of ring) {
      if (a) result.push(...crossings(a, b), b);
      a = b;
    }
    return withoutRepeats(result);
  };
}

function crossLattice(from: Point, to: Point): Point[] {
  const found: { t: number; point: Point }[] = [];
  for (const axis of [0, 1] as const) {
    const [low, high] = [Math.min(from[axis], to[axis]), Math.max(from[axis], to[axis])];
    for (let k = Math.ceil(low / LATTICE_METRES); k * LATTICE_METRES <= high; k++) {
      const line = k * LATTICE_METRES;
      if (to[axis] === from[axis]) continue;
      const t = (line - from[axis]) / (to[axis] - from[axis]);
      const [x, y] = interpolate(from, to, t);
      found.push({ t, point: axis === 0 ? [line, y] : [x, line] });
    }
  }
  return found.sort((p, q) => p.t - q.t).map(({ point }) => point);
}

function withoutRepeats(ring: Ring): Point[] {
  return ring.filter((point, index) => point !== ring[(index + ring.length - 1) % ring.length]);
}
