import sql, { raw, type Sql } from 'sql-template-tag';
import type { Queryable } from '../db/database.ts';

/** What a table has beside its rows, as statements that give the same to its namesake in another schema. */
export interface TableShape {
  /** Those that can be written. */
  columns: string[];
  /** Columns that may not be null. */
  required: string[];
  /** SQL of the columns that have a default. */
  defaults: { name: string; value: string }[];
  /** Those that take longest to build first. */
  indexes: Sql[];
  /** Primary and unique keys, from the indexes of their names. */
  keys: Sql[];
  /** Foreign keys and triggers. */
  constraints: Sql[];
}

/** Read from the catalogue, so that a column or index of a later migration is never forgotten. */
export async function describeTable(db: Queryable, table: string, schema: string): Promise<TableShape> {
  const here = `public.${table}`;
  const there = `${schema}.${table}`;
  const columns = await db.query<{ name: string; required: boolean; value: string | null }>(sql`
    select a.attname as name, a.attnotnull as required, pg_get_expr(d.adbin, d.adrelid) as value
    from pg_attribute a
    left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
    where a.attrelid = ${here}::regclass and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
    order by a.attnum`);
  const indexes = await db.query<{ statement: string }>(sql`
    select pg_get_indexdef(i.indexrelid) as statement
    from pg_index i
    join pg_class c on c.oid = i.indexrelid
    join pg_am m on m.oid = c.relam
    where i.indrelid = ${here}::regclass
    order by m.amname = 'btree', i.indexprs is null, i.indexrelid`);
  const constraints = await db.query<{ name: string; kind: 'p' | 'u' | 'f'; definition: string }>(sql`
    select conname as name, contype as kind, pg_get_constraintdef(oid) as definition
    from pg_constraint
    where conrelid = ${here}::regclass and contype in ('p', 'u', 'f')
    order by oid`);
  const triggers = await db.query<{ statement: string }>(sql`
    select pg_get_triggerdef(oid) as statement
    from pg_trigger
    where tgrelid = ${here}::regclass and not tgisinternal and tgname <> ${schema}`);
  const move = (statement: string) => raw(statement.replace(` ON ${here} `, ` ON ${there} `));
  return {
    columns: columns.rows.map(({ name }) => name),
    required: columns.rows.filter(({ required }) => required).map(({ name }) => name),
    defaults: columns.rows.flatMap(({ name, value }) => (value === null ? [] : [{ name, value }])),
    indexes: indexes.rows.map(({ statement }) => move(statement)),
    keys: constraints.rows
      .filter(({ kind }) => kind !== 'f')
      .map(({ name, kind }) =>
        raw(
          `alter table ${there} add constraint "${name}" ${kind === 'p' ? 'primary key' : 'unique'} using index "${name}"`,
        ),
      ),
    constraints: [
      ...constraints.rows
        .filter(({ kind }) => kind === 'f')
        .map(({ name, definition }) => raw(`alter table ${there} add constraint "${name}" ${definition}`)),
      ...triggers.rows.map(({ statement }) => move(statement)),
    ],
  };
}

/** Whether nothing hangs on a table that a new one of its name would not have: references, views, rights, policies. */
export async function isPlain(db: Queryable, table: string): Promise<boolean> {
  const { rows } = await db.query<{ plain: boolean }>(sql`
    select c.relacl is null and not c.relrowsecurity
      and not exists (select from pg_constraint f where f.confrelid = c.oid)
      and not exists (
        select from pg_depend d where d.refobjid = c.oid and d.classid = 'pg_rewrite'::regclass
      )
      and not exists (select from pg_publication_rel r where r.prrelid = c.oid) as plain
    from pg_class c
    where c.oid = ${`public.${table}`}::regclass`);
  return rows[0]?.plain ?? false;
}
