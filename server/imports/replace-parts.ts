import sql, { raw, type Sql } from 'sql-template-tag';
import type { Queryable } from '../db/database.ts';
import { appError } from '../errors.ts';
import { renewVersions } from '../settings/service.ts';
import { keepHistory } from './keep-history.ts';
import { sideTable, type ImportCounts, type Load } from './load.ts';
import { finishFreshRows } from './fresh-parts.ts';
import { hasSideTable } from './side-tables.ts';
import * as catalogue from './table-catalogue.ts';
import type { TargetTable } from './target-tables.ts';
import { settleEdits, warnOfEdits } from './write-changes.ts';
import { writeColumns } from './write-columns.ts';

/**
 * Puts a new table of parts in the place of the old one. It is built beside it, indexes and all, while everybody reads
 * and edits the old one; a trigger notes what is edited meanwhile. The last transaction locks the old table, takes the
 * noted edits over, and gives the new one its name: milliseconds, whatever the size (docs/decisions/0007).
 */
export async function buildParts(load: Load, target: TargetTable, counts: ImportCounts): Promise<void> {
  const { session, tools } = load;
  await noteEdits(load);
  await session.transaction((tx) => settleEdits(tx, load, target));
  await refuseTakenCodes(session, load);

  const table = newTable(load);
  await session.query(sql`
    create table ${table} (
      like public.parts including comments including compression including constraints including defaults
        including generated including identity including statistics including storage
    )`);
  const shape = await catalogue.describeTable(session, 'parts', tools.schema);
  // One backend: an index that is there from the start grows with every short statement, where building it at the end
  // would be one long one. Else the other way round, two at a time.
  const indexesFirst = session.engine === 'embedded';
  if (indexesFirst) await addIndexes(load, shape);
  await fill(load, target, shape.columns, counts);
  tools.signal.throwIfAborted();
  if (!indexesFirst) await addIndexes(load, shape);
  for (const statement of shape.constraints) await session.query(statement);
  await session.query(sql`analyze ${table}`);
  tools.signal.throwIfAborted();
}

/** The same where the side table becomes the new one (`isFresh`): it has no plan, because every row is new. */
export async function buildFreshParts(load: Load): Promise<void> {
  const { session, tools } = load;
  await noteEdits(load);
  // What was added by hand since there were none is kept like an edit.
  await session.query(sql`insert into ${sideTable(load, 'edits')} (code) select code from public.parts`);
  await finishFreshRows(load);
  const shape = await catalogue.describeTable(session, 'parts', tools.schema);
  tools.signal.throwIfAborted();
  await addIndexes(load, shape);
  for (const statement of shape.constraints) await session.query(statement);
  tools.signal.throwIfAborted();
}

/** Whether the table can be exchanged: nothing hangs on it that would stay with the old one. */
export function canReplaceParts({ session }: Load): Promise<boolean> {
  return catalogue.isPlain(session, 'parts');
}

function newTable({ tools }: Load): Sql {
  return raw(`${tools.schema}.parts`);
}

const LOCK_TRIES = 30;
const LOCK_MS = 1_000;

/** From here on the codes of edited parts gather in the side table `edits`. */
async function noteEdits(load: Load): Promise<void> {
  const { session, tools } = load;
  const edits = sideTable(load, 'edits');
  const note = raw(`${tools.schema}.note_edit`);
  await session.query(sql`create table ${edits} (code text not null)`);
  await session.query(sql`
    create function ${note}() returns trigger language plpgsql as $$
    begin
      insert into ${edits} (code) values (coalesce(new.code, old.code));
      return null;
    end $$`);
  await withLockTries(load, (tx) =>
    tx.query(sql`
      create trigger ${raw(tools.schema)} after insert or update or delete on public.parts
      for each row execute function ${note}()`),
  );
}

/** A lock that cannot be had within a second is given up and asked for again, so that readers never queue behind it. */
async function withLockTries<T>(load: Load, work: (tx: Queryable) => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    load.tools.signal.throwIfAborted();
    try {
      return await load.session.transaction(async (tx) => {
        await tx.query(sql`set local lock_timeout = ${raw(`'${LOCK_MS}ms'`)}`);
        return work(tx);
      });
    } catch (error) {
      if (tries >= LOCK_TRIES || !isLockTimeout(error)) throw error;
    }
  }
}

function isLockTimeout(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === '55P03';
}

/** A code given to a new row that somebody has taken since the plan was made. @throws IMPORT_EDITED_MEANWHILE */
async function refuseTakenCodes(tx: Queryable, load: Load): Promise<void> {
  const { rows } = await tx.query<{ code: string }>(sql`
    select p.code
    from ${sideTable(load, 'plan')} p
    join public.parts t on t.code = p.code
    where not p.known
    limit 10`);
  if (rows.length > 0) throw appError('IMPORT_EDITED_MEANWHILE', { codes: rows.map(({ code }) => code) });
}

async function addIndexes({ session }: Load, shape: catalogue.TableShape): Promise<void> {
  await session.queryTogether(shape.indexes);
  for (const statement of shape.keys) await session.query(statement);
}

/** Rows of one statement on the embedded engine: some tens of milliseconds. */
const EMBEDDED_ROWS = 1_000;

/** Kept rows as they are, updated ones with what the file says, and the new ones. */
async function fill(load: Load, target: TargetTable, columns: string[], counts: ImportCounts): Promise<void> {
  const { session, tools, at } = load;
  const table = newTable(load);
  const indexesFirst = session.engine === 'embedded';
  const plan = sideTable(load, 'plan');
  const rows = sideTable(load, 'rows');
  const { names, inserted, updated } = writeColumns(load, target);
  const all = raw(columns.map((name) => `"${name}"`).join(', '));
  const kept = raw(columns.map((name) => `t."${name}"`).join(', '));
  const renewed = raw(
    columns
      .map((name) => {
        if (name === 'version') return 't.version + 1';
        if (name === 'changed_at') return `'${at.toISOString()}'::timestamptz`;
        return updated.get(name) ?? `t."${name}"`;
      })
      .join(', '),
  );
  // Slices are taken by code; whole sets are joined by hashing.
  if (indexesFirst) await session.query(sql`create index on ${plan} (code)`);
  const total = counts.added + counts.updated + counts.unchanged;
  let done = 0;
  const report = (more: number) => {
    done += more;
    tools.report({ stage: { zh: '写入', en: 'writing' }, done, total: Math.max(total, done), unit: 'rows' });
    tools.signal.throwIfAborted();
  };
  report(0);

  await eachSlice(load, sql`select code from public.parts`, async (within) => {
    const { rowCount } = await session.query(sql`
      insert into ${table} (${all})
      select ${kept}
      from public.parts t
      where ${within(raw('t.code'))} and not exists (select from ${plan} p where p.code = t.code and p.changed)`);
    report(rowCount);
  });
  if (counts.updated > 0) {
    await eachSlice(load, sql`select code from ${plan} where changed`, async (within) => {
      const { rowCount } = await session.query(sql`
        insert into ${table} (${all})
        select ${renewed}
        from ${plan} p
        join ${rows} s on s.line = p.line
        join public.parts t on t.code = p.code
        where p.changed and ${within(raw('p.code'))}`);
      report(rowCount);
    });
  }
  if (counts.added === 0) return;
  const insertNew = (from: Sql) => sql`
    insert into ${table} (code, ${raw(names.join(', '))}, changed_at)
    select ${from}`;
  if (indexesFirst) {
    await eachSlice(load, sql`select code from ${plan} where not known`, async (within) => {
      const { rowCount } = await session.query(
        insertNew(sql`p.code, ${inserted}, ${at}::timestamptz
          from ${plan} p
          join ${rows} s on s.line = p.line
          where not p.known and ${within(raw('p.code'))}`),
      );
      report(rowCount);
    });
    return;
  }
  // Where every row is new and brings its code, the plan adds nothing to it.
  const plain = counts.updated + counts.unchanged === 0 && !(await hasSideTable(load, 'numbers'));
  const instant = raw(`'${at.toISOString()}'::timestamptz`);
  await session.queryTogether(
    (await halvesOf(load, rows)).map((half) =>
      insertNew(
        plain
          ? sql`s.code, ${inserted}, ${instant} from ${rows} s where ${half}`
          : sql`p.code, ${inserted}, ${instant}
              from ${rows} s
              join ${plan} p on p.line = s.line
              where not p.known and ${half}`,
      ),
    ),
  );
  report(counts.added);
}

/** Conditions on \`s\` that cut the side table into its first and its last pages, for two connections. */
async function halvesOf({ session }: Load, rows: Sql): Promise<Sql[]> {
  const { rows: found } = await session.query<{ middle: number }>(sql`
    select pg_relation_size(${rows.sql}::regclass) / current_setting('block_size')::bigint / 2 as middle`);
  const middle = raw(`'(${found[0]?.middle ?? 0},0)'::tid`);
  return [sql`s.ctid < ${middle}`, sql`s.ctid >= ${middle}`];
}

/** All of a set of codes at once; on the embedded engine a slice at a time, by their order. */
async function eachSlice(
  { session }: Load,
  codes: Sql,
  work: (within: (column: Sql) => Sql) => Promise<void>,
): Promise<void> {
  if (session.engine === 'postgresql') return work(() => sql`true`);
  for (let after = ''; ;) {
    const { rows } = await session.query<{ last: string | null }>(sql`
      select max(code) as last
      from (select code from (${codes}) c where code > ${after} order by code limit ${EMBEDDED_ROWS}) slice`);
    const last = rows[0]?.last;
    if (!last) return;
    const from = after;
    await work((column) => sql`${column} > ${from} and ${column} <= ${last}`);
    after = last;
  }
}

/** The last transaction. `alongside` is what else belongs to it. */
export async function swapParts(
  load: Load,
  target: TargetTable,
  counts: ImportCounts,
  alongside: (tx: Queryable) => Promise<void>,
): Promise<void> {
  const { tools } = load;
  const table = newTable(load);
  const edits = sideTable(load, 'edits');
  const shape = await catalogue.describeTable(load.session, 'parts', tools.schema);
  const all = raw(shape.columns.map((name) => `"${name}"`).join(', '));
  const planned = (await hasSideTable(load, 'plan'))
    ? sql`
      select distinct e.code, coalesce(not p.known, false) as fresh, p.changed
      from ${edits} e
      left join ${sideTable(load, 'plan')} p on p.code = e.code`
    : sql`
      select distinct e.code, exists (select from ${table} t where t.code = e.code) as fresh, false as changed
      from ${edits} e`;
  const edited = await withLockTries(load, async (tx) => {
    await keepHistory(tx, load, target, counts);
    await renewVersions(tx, ...target.renews);
    await alongside(tx);
    // From here to the commit nobody reads or writes parts.
    await tx.query(sql`lock table public.parts in access exclusive mode`);
    const { rows } = await tx.query<{ code: string; fresh: boolean; changed: boolean | null }>(planned);
    if (rows.some(({ fresh }) => fresh)) {
      throw appError('IMPORT_EDITED_MEANWHILE', {
        codes: rows.filter(({ fresh }) => fresh).map(({ code }) => code),
      });
    }
    if (rows.length > 0) {
      await tx.query(sql`delete from ${table} where code in (select code from ${edits})`);
      await tx.query(sql`
        insert into ${table} (${all})
        select ${all} from public.parts where code in (select code from ${edits})`);
    }
    await tx.query(sql`drop table public.parts`);
    await tx.query(sql`alter table ${table} set schema public`);
    return rows.filter(({ changed }) => changed).map(({ code }) => code);
  });
  warnOfEdits(load, edited);
}
