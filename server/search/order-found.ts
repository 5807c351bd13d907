import type { Found, FoundKind } from '#contract/search';
import type { LonLat } from '#contract/shared';

/** Something found, and how well it fits. */
export interface Candidate {
  found: Found;
  rank: number;
}

/** Among things that fit alike and lie alike far: the larger and the more lasting first. */
const KINDS: FoundKind[] = [
  'position',
  'division',
  'road',
  'building',
  'class',
  'unit',
  'camera',
  'case',
  'cell',
  'part',
];

/**
 * The best few, the best first, each thing once: by rank, then by distance from a point, then by kind and id. One kind
 * takes no more than half of the places while others have something too.
 */
export function orderFound(
  candidates: readonly Candidate[],
  { near, limit }: { near: LonLat | undefined; limit: number },
): Found[] {
  const best = new Map<string, Candidate>();
  for (const candidate of candidates) {
    const key = `${candidate.found.kind} ${candidate.found.id}`;
    if (candidate.rank > (best.get(key)?.rank ?? 0)) best.set(key, candidate);
  }
  const ordered = [...best.values()]
    .map(({ found, rank }) => ({ found, rank, far: near ? distanceOf(found, near) : 0 }))
    .sort(
      (a, b) =>
        b.rank - a.rank ||
        a.far - b.far ||
        KINDS.indexOf(a.found.kind) - KINDS.indexOf(b.found.kind) ||
        (a.found.id < b.found.id ? -1 : 1),
    )
    .map(({ found }) => found);
  return takeFairly(ordered, limit);
}

function takeFairly(ordered: readonly Found[], limit: number): Found[] {
  const share = Math.ceil(limit / 2);
  const counts = new Map<FoundKind, number>();
  const fair = new Set<Found>();
  for (const found of ordered) {
    const count = counts.get(found.kind) ?? 0;
    if (count >= share || fair.size === limit) continue;
    counts.set(found.kind, count + 1);
    fair.add(found);
  }
  for (const found of ordered) if (fair.size < limit) fair.add(found);
  return ordered.filter((found) => fair.has(found));
}

/**
 * Squared degrees of latitude, enough to compare by. To the edge of what is larger than a point; what lies nowhere is
 * near to everything.
 */
function distanceOf({ position, bounds }: Found, near: LonLat): number {
  if (!position) return 0;
  const [west = position.lon, south = position.lat, east = position.lon, north = position.lat] = bounds ?? [];
  const squeeze = Math.cos((near.lat * Math.PI) / 180);
  const dx = Math.max(west - near.lon, 0, near.lon - east) * squeeze;
  const dy = Math.max(south - near.lat, 0, near.lat - north);
  return dx * dx + dy * dy;
}
