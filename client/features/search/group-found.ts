import type { Found, FoundKind } from '#contract/search';

export interface FoundGroup {
  kind: FoundKind;
  items: Found[];
}

/** The answer by kind: the kind of the best answer first, and inside a kind the order of the answer. */
export function groupFound(items: readonly Found[]): FoundGroup[] {
  const groups = new Map<FoundKind, Found[]>();
  for (const item of items) {
    const group = groups.get(item.kind);
    if (group) group.push(item);
    else groups.set(item.kind, [item]);
  }
  return [...groups].map(([kind, members]) => ({ kind, items: members }));
}
