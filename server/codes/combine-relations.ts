import type { Translation } from '#contract/codes';

export type Relation = Translation['to'][number]['relation'];

/** One row of the crosswalk: what a class became in another edition; without `to`, it left the set. */
export interface Successor {
  from: string;
  to: string | null;
  toEdition: number;
  relation: Relation | 'none';
  reviewed: boolean;
  basis: string;
}

export interface Way {
  to: string;
  relation: Relation;
  reviewed: boolean;
  basis: string;
}

const INVERSE: Record<Relation, Relation> = {
  same: 'same',
  renamed: 'renamed',
  wider: 'narrower',
  narrower: 'wider',
  // One of the several it was split into is narrower, so the whole is wider than it.
  split: 'wider',
};

/**
 * What a class is called in another edition, along the crosswalk. A row from the one edition to the other is final;
 * without one, editions in between are passed through, forwards (2007 → 2013 → 2026) or backwards.
 * @param successors rows of the crosswalk that touch what can be reached
 */
export function translateClass(
  successors: readonly Successor[],
  from: { id: string; edition: number },
  toEdition: number,
  between: readonly number[],
): Way[] {
  if (from.edition === toEdition)
    return [{ to: from.id, relation: 'same', reviewed: true, basis: 'same-name' }];
  const direct = stepsTo(successors, from.id, from.edition, toEdition);
  if (direct.length > 0 || between.length === 0) return merge(direct);
  const [next = toEdition, ...rest] = between;
  const further = stepsTo(successors, from.id, from.edition, next).flatMap((first) =>
    translateClass(successors, { id: first.to, edition: next }, toEdition, rest).map((second) => ({
      to: second.to,
      relation: combine(first.relation, second.relation),
      reviewed: first.reviewed && second.reviewed,
      basis: first.basis === second.basis ? first.basis : `${first.basis}, ${second.basis}`,
    })),
  );
  return merge(further);
}

/** Rows between two editions, read in the direction asked for. */
function stepsTo(successors: readonly Successor[], id: string, edition: number, toEdition: number): Way[] {
  return successors.flatMap(({ from, to, toEdition: edited, relation, reviewed, basis }) => {
    if (to === null || relation === 'none') return [];
    if (edition < toEdition) {
      return from === id && edited === toEdition ? [{ to, relation, reviewed, basis }] : [];
    }
    if (to !== id || edited !== edition || editionOf(from) !== toEdition) return [];
    return [{ to: from, relation: INVERSE[relation], reviewed, basis }];
  });
}

function editionOf(id: string): number {
  return id.includes(':') ? Number(id.slice(0, 4)) : 2026;
}

function combine(first: Relation, second: Relation): Relation {
  if (first === 'same') return second;
  if (second === 'same' || first === second) return first;
  if (first === 'renamed') return second;
  if (second === 'renamed') return first;
  // Through one of several, or wider once and narrower once: only part of the meaning arrives.
  return 'split';
}

/** Every class once, the closest first: by the same name or another before those that mean more or less. */
function merge(ways: readonly Way[]): Way[] {
  const order: Relation[] = ['same', 'renamed', 'wider', 'narrower', 'split'];
  const rank = (way: Way) => order.indexOf(way.relation);
  const best = new Map<string, Way>();
  for (const way of ways) {
    const known = best.get(way.to);
    if (!known || rank(way) < rank(known)) best.set(way.to, way);
  }
  return [...best.values()].sort((a, b) => rank(a) - rank(b) || (a.to < b.to ? -1 : 1));
}

/**
 * The one class a code is translated to: the only one of its kind, or the only one that means the same. Undefined
 * when there is none or the tables leave it open.
 */
export function onlyWay(ways: readonly Way[]): Way | undefined {
  if (ways.length === 1) return ways[0];
  const equal = ways.filter(({ relation }) => relation === 'same' || relation === 'renamed');
  return equal.length === 1 ? equal[0] : undefined;
}
