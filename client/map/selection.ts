/** The one thing that is selected on the map. `id`: a code, or the id of a case or camera. */
export interface Selection {
  kind: SelectionKind;
  id: string;
}

export const selectionKinds = ['case', 'camera', 'part', 'cell', 'division', 'building'] as const;
export type SelectionKind = (typeof selectionKinds)[number];

export function isSameSelection(a: Selection | undefined, b: Selection | undefined): boolean {
  return a?.kind === b?.kind && a?.id === b?.id;
}
