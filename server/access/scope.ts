import sql, { raw, type Sql } from 'sql-template-tag';
import type { Scope } from '#contract/access';

/**
 * The condition that cuts cases (or reports) to what a scope may see: a district sees all, a division its own
 * area by code, a unit the cases it leads or assists. `alias` is the table's alias in the statement.
 */
export function caseScope(scope: Scope, alias: string): Sql {
  const table = raw(alias);
  switch (scope.kind) {
    case 'district':
      return sql`true`;
    case 'subdistrict':
      return sql`${table}.subdistrict_code = ${scope.code}`;
    case 'community':
      return sql`${table}.community_code = ${scope.code}`;
    case 'unit':
      return sql`(${table}.unit_code = ${scope.code} or ${table}.assistant_codes @> array[${scope.code}]::text[])`;
  }
}

/** The same for things that only lie somewhere (reports, cameras): a unit sees none of them. */
export function areaScope(scope: Scope, alias: string): Sql {
  if (scope.kind === 'unit') return sql`false`;
  return caseScope(scope, alias);
}

/** The rooms a session joins by itself: the one of its scope. */
export function roomOfScope(scope: Scope): string {
  return `${scope.kind}:${scope.code}`;
}
