import sql, { type Sql } from 'sql-template-tag';

/** An instant as the wire writes it. */
export function utc(column: Sql): Sql {
  return sql`to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
}
