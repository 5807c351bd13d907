/**
 * A tree of divisions by their codes, where a code begins with those of the divisions it lies in, and sets that are
 * given for the smallest divisions as bits. Told for the largest division that has them all over: what holds in every
 * community of a subdistrict is told of the subdistrict alone.
 */
export interface DivisionTree {
  /** In the order of their codes: a division before all that lie in it. */
  codes: readonly string[];
  /** Place of the division that each lies in; -1: none of these. */
  parents: readonly number[];
  /** Places of the smallest divisions. */
  leaves: readonly number[];
}

export function buildDivisionTree(given: readonly string[]): DivisionTree {
  const codes = [...given].sort();
  const parents: number[] = [];
  const open: number[] = [];
  codes.forEach((code, at) => {
    while (open.length > 0 && !code.startsWith(codes[open.at(-1) ?? 0] ?? '')) open.pop();
    parents.push(open.at(-1) ?? -1);
    open.push(at);
  });
  const inner = new Set(parents);
  return { codes, parents, leaves: codes.map((_, at) => at).filter((at) => !inner.has(at)) };
}

/** The bits to tell of each division (0: nothing), from those of the leaves, in the order of `tree.leaves`. */
export function spreadOverDivisions(
  { codes, parents, leaves }: DivisionTree,
  bits: readonly number[],
): number[] {
  const ALL = -1;
  const common = codes.map(() => ALL);
  leaves.forEach((at, index) => (common[at] = bits[index] ?? 0));
  for (let at = codes.length - 1; at >= 0; at--) {
    const parent = parents[at] ?? -1;
    if (parent >= 0) common[parent] = (common[parent] ?? ALL) & (common[at] ?? ALL);
  }
  return common.map((own, at) => {
    const parent = parents[at] ?? -1;
    return parent < 0 ? own : own & ~(common[parent] ?? 0);
  });
}
