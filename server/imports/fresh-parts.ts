import sql, { raw } from 'sql-template-tag';
import type { ImportLayer, ImportMapping } from '#contract/imports';
import type { Database } from '../db/database.ts';
import { sideTable, type Load } from './load.ts';
import { stagedColumns } from './prepared-rows.ts';
import { countParts } from './repository.ts';
import * as catalogue from './table-catalogue.ts';
import { targetTables, withConstants } from './target-tables.ts';

/**
 * The first parts of a city need not be written twice: while the register has none, the side table has the shape of
 * `parts` from the start, and becomes it. What a file says nothing about is then what a new part has, which is
 * the default of its column while the rows come in.
 */
export async function isFresh(db: Database, layer: ImportLayer): Promise<boolean> {
  return (
    db.engine === 'postgresql' &&
    layer === 'parts' &&
    (await countParts(db)) === 0 &&
    (await catalogue.isPlain(db, 'parts'))
  );
}

const STEWARDS = ['authority', 'owner', 'maintainer'];

/** The staged columns of parts that a mapping says something about, and those that name a row. */
export function saidColumns(mapping: ImportMapping): string[] {
  const said = new Set(['code', 'source_key', ...Object.keys(mapping)]);
  // A steward of whom the file gives only code or only name gets both from it.
  for (const steward of STEWARDS) {
    if (said.has(`${steward}_code`) || said.has(`${steward}_name`))
      said.add(`${steward}_code`).add(`${steward}_name`);
  }
  return stagedColumns.parts.filter((name) => said.has(name));
}

/** The side table, with the checks of `parts` but without its keys; rows may lack what is only seen to be missing later. */
export async function createFreshRows(load: Load, mapping: ImportMapping): Promise<void> {
  const { session, tools, at } = load;
  const rows = sideTable(load, 'rows');
  await session.query(sql`
    create table ${rows} (
      like public.parts including comments including compression including constraints including defaults
        including generated including identity including statistics including storage
    )`);
  const { required } = await catalogue.describeTable(session, 'parts', tools.schema);
  const said = new Set(saidColumns(mapping));
  const defaults = targetTables.parts.columns
    .filter(({ value, otherwise }) => otherwise && !columnsOf(value).some((name) => said.has(name)))
    .map(({ name, otherwise }) => `alter column ${name} set default ${withConstants(otherwise ?? '', load)}`);
  await session.query(
    sql`alter table ${rows} ${raw(
      [
        'add column line integer',
        `alter column changed_at set default '${at.toISOString()}'::timestamptz`,
        ...defaults,
        ...required.map((name) => `alter column ${name} drop not null`),
      ].join(', '),
    )}`,
  );
}

/** Names of the columns of `s` in an expression. */
function columnsOf(expression: string): string[] {
  return [...expression.matchAll(/\bs\.(\w+)/g)].map(([, name = '']) => name);
}

/** Gives the side table the name and the rules of `parts`; its keys and indexes are still to come. */
export async function finishFreshRows(load: Load): Promise<void> {
  const { session, tools } = load;
  const rows = sideTable(load, 'rows');
  // Rows in which a column is empty that the file has.
  const empty = targetTables.parts.columns.flatMap(({ name, value, otherwise }) =>
    otherwise ? [{ name, filled: withConstants(`coalesce(${value}, ${otherwise})`, load) }] : [],
  );
  await session.query(sql`
    update ${rows} s
    set ${raw(empty.map(({ name, filled }) => `${name} = ${filled}`).join(', '))}
    where ${raw(empty.map(({ name }) => `${name} is null`).join(' or '))}`);
  const { required, defaults } = await catalogue.describeTable(session, 'parts', tools.schema);
  await session.query(
    sql`alter table ${rows} ${raw(
      [
        'drop column line',
        ...targetTables.parts.columns.map(({ name }) => `alter column ${name} drop default`),
        ...defaults.map(({ name, value }) => `alter column ${name} set default ${value}`),
        ...required.map((name) => `alter column ${name} set not null`),
      ].join(', '),
    )}`,
  );
  await session.query(sql`alter table ${rows} rename to parts`);
}
