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
      return sql`starts_with(${table}.cell_code, ${scope.code})`;
    case 'unit':
      return sql`${scope.code} in (${table}.owner_code, ${table}.maintainer_code, ${table}.authority_code)`;
  }
}
