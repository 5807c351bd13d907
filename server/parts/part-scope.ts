import sql, { raw, type Sql } from 'sql-template-tag';
import type { Scope } from '#contract/access';

/**
 * The condition that cuts parts to what a scope may see: a division the parts of its cells (a cell's code begins
 * with its divisions' codes, SPEC section 6), a unit those it owns, maintains or is the authority of.
 * `alias` is the table's alias in the statement.
 */
export function partScope(scope: Scope, alias: string): Sql {
  const table = raw(alias);
  switch (scope.kind) {
    case 'district':
      return sql`true`;
    case 'subdistrict':
    case 'community':
      return insideDivision(scope.code, alias);
    case 'unit':
      return sql`(${table}.owner_code = ${scope.code} or ${table}.maintainer_code = ${scope.code}
        or ${table}.authority_code = ${scope.code})`;
  }
}

/** Parts in cells of a division, as a range of codes: `starts_with` would leave the index unused. */
export function insideDivision(code: string, alias: string): Sql {
  const column = sql`${raw(alias)}.cell_code`;
  const last = code.padEnd(15, '9').slice(0, 15);
  return sql`(${column} >= ${code} and ${column} <= ${last})`;
}
