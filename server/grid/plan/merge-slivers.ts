import { areaOf, type Outline } from './outline.ts';
import type { Fragment } from './cut-into-squares.ts';
import { cancelOpposites, edgesOf, keyOf, reverseKeyOf, tracePolygons, type Edge } from './trace-polygons.ts';

interface Patch {
  fragment: Fragment;
  edges: Edge[];
  area: number;
  /** Area of the largest fragment in it, whose square the patch keeps. */
  largest: number;
}

/** A patch may be this much larger than the target when a sliver joins it, and is a sliver below the other. */
const MOST_SHARE = 1.5;
const LEAST_SHARE = 0.5;

/**
 * Joins fragments under half the target to a neighbour: the one with the longest common border among those that stay
 * under one and a half targets, or else the one that becomes the least too large. What has no neighbour stays.
 */
export function mergeSlivers(fragments: readonly Fragment[], target: number): Fragment[] {
  const owner = new Map<string, Patch>();
  const patches = new Set<Patch>();
  for (const fragment of fragments) {
    const area = areaOf(fragment.outline);
    const patch: Patch = { fragment, edges: edgesOf(fragment.outline), area, largest: area };
    patches.add(patch);
    for (const edge of patch.edges) owner.set(keyOf(edge), patch);
  }
  const small = [...patches].filter(({ area }) => area < target * LEAST_SHARE);
  for (;;) {
    small.sort((p, q) => q.area - p.area);
    const sliver = small.pop();
    if (!sliver) break;
    if (!patches.has(sliver)) continue;
    const neighbour = chooseNeighbour(sliver, owner, target * MOST_SHARE);
    if (!neighbour) continue;
    const joined = join(sliver, neighbour);
    patches.delete(sliver);
    patches.delete(neighbour);
    patches.add(joined);
    for (const edge of [...sliver.edges, ...neighbour.edges]) owner.delete(keyOf(edge));
    for (const edge of joined.edges) owner.set(keyOf(edge), joined);
    if (joined.area < target * LEAST_SHARE) small.push(joined);
  }
  return [...patches].map(({ fragment, edges }) => ({
    ...fragment,
    outline: outlineOf(edges, fragment.outline),
  }));
}

function chooseNeighbour(patch: Patch, owner: ReadonlyMap<string, Patch>, most: number): Patch | undefined {
  const shared = new Map<Patch, number>();
  for (const edge of patch.edges) {
    const other = owner.get(reverseKeyOf(edge));
    if (!other || other === patch) continue;
    const length = Math.hypot(edge[1][0] - edge[0][0], edge[1][1] - edge[0][1]);
    shared.set(other, (shared.get(other) ?? 0) + length);
  }
  let best: { patch: Patch; length: number; excess: number } | undefined;
  for (const [other, length] of shared) {
    const excess = Math.max(0, patch.area + other.area - most);
    if (!best || excess < best.excess || (excess === best.excess && length > best.length)) {
      best = { patch: other, length, excess };
    }
  }
  return best?.patch;
}

function join(a: Patch, b: Patch): Patch {
  const larger = a.largest >= b.largest ? a : b;
  return {
    fragment: larger.fragment,
    edges: cancelOpposites([...a.edges, ...b.edges]),
    area: a.area + b.area,
    largest: larger.largest,
  };
}

function outlineOf(edges: readonly Edge[], whole: Outline): Outline {
  return tracePolygons(edges)[0] ?? whole;
}
