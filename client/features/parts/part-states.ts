import type { PartState } from '#contract/parts';

/** In the order in which a part wears out; the schema itself would bring its library into the browser. */
export const partStates = [
  'intact',
  'damaged',
  'missing',
  'abandoned',
  'removed',
] as const satisfies readonly PartState[];

export function isPartState(value: unknown): value is PartState {
  return partStates.some((state) => state === value);
}
