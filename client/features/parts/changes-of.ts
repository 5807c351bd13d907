import type { Part, PartFields } from '#contract/parts';
import type { PartValues } from './part-form.tsx';

const nullable = ['owner', 'maintainer', 'maintenanceUntil', 'source', 'note'] as const;

/** What the form says differently from the part; an emptied field becomes null. */
export function changesOf(part: Part, values: PartValues): Partial<PartFields> {
  const changes: Partial<PartFields> = {};
  if (values.state && values.state !== part.state) changes.state = values.state;
  // A part always has an authority: an emptied one stays what it was.
  if (values.authority && !isSame(values.authority, part.authority)) changes.authority = values.authority;
  for (const field of nullable) {
    const next = values[field] ?? null;
    if (!isSame(next, part[field] ?? null)) Object.assign(changes, { [field]: next });
  }
  return changes;
}

function isSame(a: unknown, b: unknown): boolean {
  if (typeof a === 'object' && typeof b === 'object' && a !== null && b !== null) {
    const [x, y] = [a as { code: string; name: string }, b as { code: string; name: string }];
    return x.code === y.code && x.name === y.name;
  }
  return a === b;
}
