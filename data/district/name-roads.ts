import type { Chain } from './street-chains.ts';
import { SECONDARY_NAMES, composeName, englishStreetName } from './street-names.ts';
import type { Node, Road, StreetClass, StreetNetwork } from './streets.ts';

const WIDTHS: Record<StreetClass, { carriageway: number; footway: number }> = {
  main: { carriageway: 26, footway: 6 },
  secondary: { carriageway: 14, footway: 4 },
  lane: { carriageway: 7, footway: 2 },
};

/** Drops dead ends, which the sample does without, and gives every road its code, name and widths. */
export function nameRoads(nodes: readonly Node[], chains: Chain[]): StreetNetwork {
  trimDeadEnds(chains);
  const rank: Record<StreetClass, number> = { main: 0, secondary: 1, lane: 2 };
  const ordered = chains
    .filter((chain) => chain.nodes.length > 1)
    .sort((p, q) => rank[p.class] - rank[q.class]);
  const counts: Record<StreetClass, number> = { main: 0, secondary: 0, lane: 0 };
  const repeats = new Map<string, number>();
  const roads = ordered.map((chain, index): Road => {
    const n = counts[chain.class]++;
    const fallback = chain.class === 'lane' ? composeName(n, '巷') : composeName(n, '街');
    const base = chain.main ?? (chain.class === 'secondary' ? (SECONDARY_NAMES[n] ?? fallback) : fallback);
    const seen = (repeats.get(base) ?? 0) + 1;
    repeats.set(base, seen);
    const nameZh = seen === 1 ? base : `${base}${'一二三四五六七八九'.charAt(seen - 1)}段`;
    const widths = WIDTHS[chain.class];
    return {
      code: `R${String(index + 1).padStart(4, '0')}`,
      nameZh,
      nameEn: englishStreetName(base) + (seen === 1 ? '' : ` Section ${seen}`),
      class: chain.class,
      carriagewayMetres: widths.carriageway,
      footwayMetres: widths.footway,
      nodes: chain.nodes,
    };
  });
  const edges = roads.flatMap((road) =>
    road.nodes.slice(1).flatMap((to, index) => {
      const from = road.nodes[index];
      return from ? [{ from, to, road }] : [];
    }),
  );
  const used = new Set(edges.flatMap((edge) => [edge.from, edge.to]));
  return { nodes: nodes.filter((node) => used.has(node)), roads, edges };
}

function trimDeadEnds(chains: Chain[]): void {
  for (let trimmed = true; trimmed;) {
    trimmed = false;
    const degree = new Map<Node, number>();
    for (const { nodes } of chains) {
      nodes.forEach((node, index) => {
        const ends = nodes.length < 2 ? 0 : index === 0 || index === nodes.length - 1 ? 1 : 2;
        degree.set(node, (degree.get(node) ?? 0) + ends);
      });
    }
    for (const chain of chains) {
      for (const end of [0, -1]) {
        const node = chain.nodes.at(end);
        if (chain.nodes.length > 1 && node && (degree.get(node) ?? 0) < 2) {
          chain.nodes.splice(end, 1);
          trimmed = true;
          break;
        }
      }
    }
  }
}
