import sql, { empty, type Sql } from 'sql-template-tag';
import type { Head, HeadDetail, HeadInList, HeadRole } from '#contract/grid';
import type { Names } from '#contract/shared';
import type { Queryable } from '../db/database.ts';
import { containsPattern, toPage } from '../grid/list-query.ts';

interface HeadRow {
  id: string;
  name_zh: string;
  name_en: string;
  role: HeadRole;
  phone: string | null;
  community_code: string;
  valid_from: string;
  valid_to: string | null;
  basis: 'real' | 'invented';
  version: number;
  cell_count: number;
}

/** A row of `head_cells` that holds on a day. */
const holdsOn = (day: string): Sql =>
  sql`hc.valid_from <= ${day}::date and (hc.valid_to is null or hc.valid_to > ${day}::date)`;

const headColumns = (day: string): Sql => sql`
  h.id, h.name_zh, h.name_en, h.role, h.phone, h.community_code, h.valid_from::text, h.valid_to::text, h.basis,
  h.version,
  (select count(*)::integer from head_cells hc where hc.head_id = h.id and ${holdsOn(day)}) as cell_count`;

const cellsOn = (day: string): Sql => sql`array(
    select hc.cell_code from head_cells hc where hc.head_id = h.id and ${holdsOn(day)} order by hc.cell_code
  ) as cells`;

function toHead(row: HeadRow): Head {
  return {
    id: row.id,
    name: { zh: row.name_zh, en: row.name_en },
    role: row.role,
    ...(row.phone === null ? {} : { phone: row.phone }),
    communityCode: row.community_code,
    cellCount: row.cell_count,
    from: row.valid_from,
    ...(row.valid_to === null ? {} : { to: row.valid_to }),
    invented: row.basis === 'invented',
    version: row.version,
  };
}

export interface HeadFilter {
  /** A division of any level: codes begin with it. */
  division?: string | undefined;
  /** Who answers for this cell on `on`. */
  cell?: string | undefined;
  role?: HeadRole | undefined;
  q?: string | undefined;
  /** Only heads in office on this day; their cells are counted on it. */
  on: string;
  /** With the codes of their cells. */
  cells?: boolean | undefined;
  after?: string | undefined;
  limit: number;
}

export async function listHeads(
  db: Queryable,
  filter: HeadFilter,
): Promise<{ items: HeadInList[]; next?: string }> {
  const { rows } = await db.query<HeadRow & { cells?: string[] }>(sql`
    select ${headColumns(filter.on)} ${filter.cells === true ? sql`, ${cellsOn(filter.on)}` : empty}
    from heads h
    where h.valid_from <= ${filter.on}::date and (h.valid_to is null or h.valid_to > ${filter.on}::date)
      ${filter.division === undefined ? empty : sql`and starts_with(h.community_code, ${filter.division})`}
      ${filter.role === undefined ? empty : sql`and h.role = ${filter.role}`}
      ${filter.q === undefined ? empty : matchesName(filter.q)}
      ${filter.cell === undefined ? empty : answersFor(filter.cell, filter.on)}
      ${filter.after === undefined ? empty : isAfter(filter.after)}
    order by h.community_code, h.role desc, h.id
    limit ${filter.limit + 1}`);
  return toPage(
    rows,
    filter.limit,
    (row) => ({ ...toHead(row), ...(row.cells ? { cells: row.cells } : {}) }),
    ({ community_code, role, id }) => `${community_code},${role},${id}`,
  );
}

function matchesName(q: string): Sql {
  return sql`and (h.name_zh like ${containsPattern(q)} or h.name_en ilike ${containsPattern(q)})`;
}

function answersFor(cell: string, day: string): Sql {
  return sql`and exists (
    select 1 from head_cells hc where hc.head_id = h.id and hc.cell_code = ${cell} and ${holdsOn(day)}
  )`;
}

/** The page after a key of `toPage`: grid heads come before courtyard heads. */
function isAfter(key: string): Sql {
  const [community = '', role = '', id = ''] = key.split(',');
  return sql`and (h.community_code > ${community} or (h.community_code = ${community}
    and (h.role < ${role} or (h.role = ${role} and h.id::text > ${id}))))`;
}

export async function findHead(db: Queryable, id: string, day: string): Promise<HeadDetail | undefined> {
  const { rows } = await db.query<HeadRow & { cells: string[] }>(sql`
    select ${headColumns(day)}, ${cellsOn(day)}
    from heads h
    where h.id = ${id}::uuid`);
  const row = rows[0];
  return row && { ...toHead(row), cells: row.cells };
}

export async function lockHead(tx: Queryable, id: string): Promise<boolean> {
  const { rowCount } = await tx.query(sql`select 1 from heads h where h.id = ${id}::uuid for update`);
  return rowCount === 1;
}

export interface HeadToInsert {
  id: string;
  name: Names;
  role: HeadRole;
  phone?: string | undefined;
  communityCode: string;
  from: string;
  to?: string | undefined;
  invented: boolean;
}

export async function insertHeads(tx: Queryable, heads: readonly HeadToInsert[]): Promise<void> {
  await tx.query(sql`
    insert into heads (id, name_zh, name_en, role, phone, community_code, valid_from, valid_to, basis)
    select r.id, r.name_zh, r.name_en, r.role, r.phone, r.community_code, r.valid_from, r.valid_to, r.basis
    from unnest(
      ${heads.map(({ id }) => id)}::uuid[],
      ${heads.map(({ name }) => name.zh)}::text[],
      ${heads.map(({ name }) => name.en)}::text[],
      ${heads.map(({ role }) => role)}::text[],
      ${heads.map(({ phone }) => phone ?? null)}::text[],
      ${heads.map(({ communityCode }) => communityCode)}::text[],
      ${heads.map(({ from }) => from)}::date[],
      ${heads.map(({ to }) => to ?? null)}::date[],
      ${heads.map(({ invented }) => (invented ? 'invented' : 'real'))}::text[]
    ) as r (id, name_zh, name_en, role, phone, community_code, valid_from, valid_to, basis)`);
}

export interface HeadCell {
  headId: string;
  cellCode: string;
  to?: string | null | undefined;
}

export async function insertHeadCells(
  tx: Queryable,
  cells: readonly HeadCell[],
  from: string,
): Promise<void> {
  await tx.query(sql`
    insert into head_cells (head_id, cell_code, valid_from, valid_to)
    select r.head_id, r.cell_code, ${from}::date, r.valid_to
    from unnest(
      ${cells.map(({ headId }) => headId)}::uuid[],
      ${cells.map(({ cellCode }) => cellCode)}::text[],
      ${cells.map(({ to }) => to ?? null)}::date[]
    ) as r (head_id, cell_code, valid_to)
    on conflict (head_id, cell_code, valid_from) do update set valid_to = excluded.valid_to`);
}

export async function updateHead(
  tx: Queryable,
  id: string,
  { name, phone, to }: { name: Names; phone: string | null; to: string | null },
): Promise<void> {
  await tx.query(sql`
    update heads
    set name_zh = ${name.zh}, name_en = ${name.en}, phone = ${phone}, valid_to = ${to}::date, version = version + 1
    where id = ${id}::uuid`);
}

export async function deleteHead(tx: Queryable, id: string): Promise<void> {
  await tx.query(sql`delete from head_cells hc where hc.head_id = ${id}::uuid`);
  await tx.query(sql`delete from heads h where h.id = ${id}::uuid`);
}

/** A cell, the first day somebody answers for it, and the first on which no more. */
export type HeadCellDays = [cell: string, from: string, to: string | null];

export async function listHeadCellDays(db: Queryable, headId: string): Promise<HeadCellDays[]> {
  const { rows } = await db.query<{ cell_code: string; valid_from: string; valid_to: string | null }>(sql`
    select hc.cell_code, hc.valid_from::text, hc.valid_to::text
    from head_cells hc
    where hc.head_id = ${headId}::uuid
    order by hc.cell_code, hc.valid_from`);
  return rows.map((row) => [row.cell_code, row.valid_from, row.valid_to]);
}

/** Makes these days all that somebody answers for. */
export async function setHeadCellDays(
  tx: Queryable,
  headId: string,
  days: readonly HeadCellDays[],
): Promise<void> {
  await tx.query(sql`delete from head_cells hc where hc.head_id = ${headId}::uuid`);
  await tx.query(sql`
    insert into head_cells (head_id, cell_code, valid_from, valid_to)
    select ${headId}::uuid, r.cell_code, r.valid_from, r.valid_to
    from unnest(
      ${days.map(([cell]) => cell)}::text[],
      ${days.map(([, from]) => from)}::date[],
      ${days.map(([, , to]) => to)}::date[]
    ) as r (cell_code, valid_from, valid_to)`);
}

/** Cells that somebody answers for up to a day and that are still in force. */
export async function listCellsEndingOn(db: Queryable, headId: string, day: string): Promise<string[]> {
  const { rows } = await db.query<{ code: string }>(sql`
    select c.code
    from head_cells hc
    join cells c on c.code = hc.cell_code
    where hc.head_id = ${headId}::uuid and hc.valid_to = ${day}::date and c.retired_at is null`);
  return rows.map(({ code }) => code);
}

export async function moveHeadCellEnds(
  tx: Queryable,
  { headId, from, to }: { headId: string; from: string; to: string | null },
): Promise<void> {
  await tx.query(sql`
    update head_cells hc
    set valid_to = ${to}::date
    from cells c
    where hc.head_id = ${headId}::uuid and hc.valid_to = ${from}::date and c.code = hc.cell_code
      and c.retired_at is null`);
}

/** Ends what somebody answers for on a day: all cells, or those not in a list. What begins that day never was. */
export async function endHeadCells(
  tx: Queryable,
  { headId, day, keep }: { headId: string; day: string; keep: readonly string[] },
): Promise<void> {
  const ended = sql`hc.head_id = ${headId}::uuid and hc.cell_code <> all(${[...keep]}::text[])`;
  await endOn(tx, ended, day);
}

export async function endHeadCellsOfCommunities(
  tx: Queryable,
  communities: readonly string[],
  day: string,
): Promise<void> {
  await endOn(tx, sql`left(hc.cell_code, 12) = any(${[...communities]}::text[])`, day);
}

async function endOn(tx: Queryable, which: Sql, day: string): Promise<void> {
  await tx.query(sql`delete from head_cells hc where ${which} and hc.valid_from >= ${day}::date`);
  await tx.query(sql`
    update head_cells hc
    set valid_to = ${day}::date
    where ${which} and hc.valid_from < ${day}::date and (hc.valid_to is null or hc.valid_to > ${day}::date)`);
}

/** Cells of a list that are in force in a community. */
export async function listCellsOf(
  db: Queryable,
  communityCode: string,
  codes: readonly string[],
): Promise<string[]> {
  const { rows } = await db.query<{ code: string }>(sql`
    select c.code
    from cells c
    where c.code = any(${[...codes]}::text[]) and c.community_code = ${communityCode} and c.retired_at is null`);
  return rows.map(({ code }) => code);
}

/** Cells of a list that somebody else of the role answers for on some day from `from` up to `to`. */
export async function listTakenCells(
  tx: Queryable,
  {
    codes,
    role,
    from,
    to,
    except,
  }: { codes: readonly string[]; role: HeadRole; from: string; to: string | null; except: string },
): Promise<{ cell: string; head: string }[]> {
  const { rows } = await tx.query<{ cell: string; head: string }>(sql`
    select hc.cell_code as cell, h.name_zh as head
    from head_cells hc
    join heads h on h.id = hc.head_id
    where hc.cell_code = any(${[...codes]}::text[]) and h.role = ${role} and h.id <> ${except}::uuid
      and (hc.valid_to is null or hc.valid_to > ${from}::date)
      and (${to}::date is null or hc.valid_from < ${to}::date)
    order by hc.cell_code`);
  return rows;
}

export interface Heir {
  headId: string;
  cellCode: string;
  to: string | null;
}

/** Who answers for the ground in the middle of each cell of a grid plan today. */
export async function listHeirs(tx: Queryable, jobId: string, day: string): Promise<Heir[]> {
  const { rows } = await tx.query<Heir>(sql`
    select hc.head_id as "headId", p.code as "cellCode", hc.valid_to::text as "to"
    from grid_plan_cells p
    join cells c on c.community_code = p.community_code and c.retired_at is null
      and st_covers(c.geom, st_pointonsurface(p.geom))
    join head_cells hc on hc.cell_code = c.code and ${holdsOn(day)}
    where p.job_id = ${jobId}::uuid`);
  return rows;
}
