import type { Scope } from '#contract/access';
import type { PartColumns, PartTexts } from './part-columns.ts';

/** Says whether the part in a slot may be seen. */
export type SlotFilter = (slot: number) => boolean;

/** `partScope` for parts in memory: a table of yes and no per cell, or per stewards, that grows with them. */
export function filterOfScope(scope: Scope, columns: PartColumns, texts: PartTexts): SlotFilter {
  switch (scope.kind) {
    case 'district':
      return () => true;
    case 'subdistrict':
    case 'community':
      return byText(columns.cell, texts.cells.values, (cell) => cell.startsWith(scope.code));
    case 'unit':
      return byText(columns.stewards, texts.stewards.values, (stewards) =>
        stewards.split('\u001f').includes(scope.code),
      );
  }
}

function byText(column: Uint32Array, texts: readonly string[], allow: (text: string) => boolean): SlotFilter {
  const allowed: boolean[] = [];
  return (slot) => {
    const number = column[slot] as number;
    while (allowed.length <= number) allowed.push(allow(texts[allowed.length] ?? ''));
    return allowed[number] as boolean;
  };
}
