import sql, { raw, type Sql } from 'sql-template-tag';

/** Cells whose ground changed. */
export type CellSet = { communities: readonly string[] } | { codes: readonly string[] };

export function inCellSet(set: CellSet, alias: string): Sql {
  const table = raw(alias);
  return 'codes' in set
    ? sql`${table}.code = any(${[...set.codes]}::text[])`
    : sql`${table}.community_code = any(${[...set.communities]}::text[])`;
}

/**
 * Rows of a table that now lie in another cell than the one they carry, with columns `key`, `cell_code`,
 * `community_code` and `subdistrict_code`: what `findCellAt` would answer, for all of them together, joined by cell.
 * On a border the lowest code has it, whether or not it is one of the set.
 */
export function cellsMoved(table: 'parts' | 'cases' | 'reports', set: CellSet): Sql {
  const name = raw(table);
  const key = raw(table === 'parts' ? 'code' : 'id');
  return sql`
    select l.key, l.cell_code, d.code as community_code, d.parent_code as subdistrict_code
    from (
      select t.${key} as key, t.cell_code as was, t.geom, min(c.code) as cell_code
      from cells c
      join ${name} t on st_covers(c.geom, t.geom)
      where c.retired_at is null and ${inCellSet(set, 'c')}
      group by t.${key}, t.cell_code, t.geom
      having min(c.code) is distinct from t.cell_code
    ) l
    join cells n on n.code = l.cell_code
    join divisions d on d.code = n.community_code
    where not exists (
      select 1
      from cells o
      where o.code = l.was and o.code < l.cell_code and o.retired_at is null and st_covers(o.geom, l.geom)
    )`;
}
