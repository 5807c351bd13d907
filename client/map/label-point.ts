import type { Position } from 'geojson';
import type { LonLat } from '#contract/shared';

/**
 * Where a name stands inside an area: on the parallel through the middle of its largest polygon (and two beside it)
 * the middle of the longest stretch inside. Always inside, however bent the area is.
 */
export function findLabelPoint(polygons: Position[][][]): LonLat {
  const largest = polygons.reduce(
    (a, b) => (areaOf(b[0] ?? []) > areaOf(a[0] ?? []) ? b : a),
    polygons[0] ?? [],
  );
  const lats = (largest[0] ?? []).map(([, lat = 0]) => lat);
  const [south, north] = [Math.min(...lats), Math.max(...lats)];
  let best = { length: -1, lon: 0, lat: 0 };
  for (const share of [0.5, 0.4, 0.6]) {
    const lat = south + (north - south) * share + 1e-9;
    const crossings = crossingsAt(largest, lat);
    for (let at = 0; at + 1 < crossings.length; at += 2) {
      const [from = 0, to = 0] = [crossings[at], crossings[at + 1]];
      // The middle parallel is preferred unless another is clearly wider.
      const length = (to - from) * (share === 0.5 ? 1.3 : 1);
      if (length > best.length) best = { length, lon: (from + to) / 2, lat };
    }
  }
  return { lon: best.lon, lat: best.lat };
}

function crossingsAt(rings: Position[][], lat: number): number[] {
  const crossings: number[] = [];
  for (const ring of rings)
    for (let at = 0; at + 1 < ring.length; at += 1) {
      const [aLon = 0, aLat = 0] = ring[at] ?? [];
      const [bLon = 0, bLat = 0] = ring[at + 1] ?? [];
      if (aLat > lat !== bLat > lat) crossings.push(aLon + ((lat - aLat) / (bLat - aLat)) * (bLon - aLon));
    }
  return crossings.sort((a, b) => a - b);
}

function areaOf(ring: Position[]): number {
  let doubled = 0;
  for (let at = 0; at + 1 < ring.length; at += 1) {
    const [aLon = 0, aLat = 0] = ring[at] ?? [];
    const [bLon = 0, bLat = 0] = ring[at + 1] ?? [];
    doubled += aLon * bLat - bLon * aLat;
  }
  return Math.abs(doubled);
}
