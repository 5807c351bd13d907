import { fromMercator, toMercator } from '../earth.ts';
import type { PartCounts } from '../tiles/messages.ts';
import type { LonLat } from '#contract/shared';

export interface CountMark {
  key: string;
  position: LonLat;
  count: number;
}

/**
 * Counts gathered in squares of the Mercator grid with sides of `2 ** -level` of the world: they stay where they are
 * while the map moves, and each stands in the middle of what it counts.
 */
export function groupCounts(tiles: Iterable<PartCounts>, level: number): CountMark[] {
  const side = 2 ** level;
  const groups = new Map<string, { x: number; y: number; count: number }>();
  for (const { positions, counts } of tiles)
    counts.forEach((count, n) => {
      const [x, y] = toMercator(positions[2 * n] ?? 0, positions[2 * n + 1] ?? 0);
      const key = `${Math.floor(x * side)}/${Math.floor(y * side)}`;
      let group = groups.get(key);
      if (!group) groups.set(key, (group = { x: 0, y: 0, count: 0 }));
      group.x += x * count;
      group.y += y * count;
      group.count += count;
    });
  return [...groups].map(([key, { x, y, count }]) => ({
    key,
    position: fromMercator(x / count, y / count),
    count,
  }));
}

/** 950, 1.2k, 34k; the same in every language. */
export function shortCount(count: number): string {
  if (count < 1000) return String(count);
  return count < 9_950 ? `${(count / 1000).toFixed(1)}k` : `${Math.round(count / 1000)}k`;
}
