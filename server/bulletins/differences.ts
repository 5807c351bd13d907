import type { Reproduction } from '#contract/evaluation';

type Difference = Reproduction['differences'][number];

/** Where two JSON values differ, by path, in the order of the first; at most `most` of them. */
export function listDifferences(published: unknown, recomputed: unknown, most: number): Difference[] {
  const found: Difference[] = [];
  compare(published, recomputed, '', found, most);
  return found;
}

function compare(a: unknown, b: unknown, path: string, found: Difference[], most: number): void {
  if (found.length >= most || Object.is(a, b)) return;
  if (isTree(a) && isTree(b) && Array.isArray(a) === Array.isArray(b)) {
    for (const key of new Set([...Object.keys(a), ...Object.keys(b)])) {
      compare(a[key], b[key], `${path}/${key}`, found, most);
    }
    return;
  }
  found.push({ path, published: a ?? null, recomputed: b ?? null });
}

function isTree(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
