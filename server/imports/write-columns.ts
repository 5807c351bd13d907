import { raw, type Sql } from 'sql-template-tag';
import type { Load } from './load.ts';
import { withConstants, type TargetTable } from './target-tables.ts';

/** The pieces of SQL that put a prepared row `s` into a target table `t`. */
export interface WriteColumns {
  names: string[];
  /** Of a new row, in the order of `names`. */
  inserted: Sql;
  /** Of a row that is there, by name: what the file says, else what is there. */
  updated: Map<string, string>;
}

export function writeColumns(load: Load, { columns }: TargetTable): WriteColumns {
  const fill = (text: string) => withConstants(text, load);
  return {
    names: columns.map(({ name }) => name),
    inserted: raw(
      columns
        .map(({ value, otherwise }) => fill(otherwise ? `coalesce(${value}, ${otherwise})` : value))
        .join(', '),
    ),
    updated: new Map(columns.map(({ name, value }) => [name, fill(`coalesce(${value}, t.${name})`)])),
  };
}
