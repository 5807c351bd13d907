import sql, { join, type Sql } from 'sql-template-tag';
import type { BulletinState, BulletinSummary } from '#contract/evaluation';
import type { Queryable } from '../db/database.ts';

interface BulletinRow {
  id: string;
  period: string;
  state: BulletinState;
  as_of: Date;
  trial: boolean;
  contest_until: Date | null;
  created_id: string;
  created_by: string;
  created_at: Date;
  reviewed_by: string | null;
  reviewed_at: Date | null;
  published_by: string | null;
  published_at: Date | null;
  content_sha256: string;
  note: string;
  version: number;
}

const columns = sql`
  b.id, b.period, b.state, b.as_of, b.trial, b.contest_until, b.created_by as created_id,
  c.display_name_zh as created_by, b.created_at, r.display_name_zh as reviewed_by, b.reviewed_at,
  p.display_name_zh as published_by, b.published_at, b.content_sha256, b.note, b.version`;

const tables = sql`
  from bulletins b
  join users c on c.id = b.created_by
  left join users r on r.id = b.reviewed_by
  left join users p on p.id = b.published_by`;

/** A bulletin without what it says. `createdById`: whoever reviews it must be somebody else. */
export interface BulletinRecord extends BulletinSummary {
  createdById: string;
}

function toRecord(row: BulletinRow): BulletinRecord {
  return {
    id: row.id,
    period: row.period,
    state: row.state,
    asOf: row.as_of.toISOString(),
    trial: row.trial,
    ...(row.contest_until === null ? {} : { contestUntil: row.contest_until.toISOString() }),
    createdById: row.created_id,
    createdBy: row.created_by,
    createdAt: row.created_at.toISOString(),
    ...(row.reviewed_by === null ? {} : { reviewedBy: row.reviewed_by }),
    ...(row.reviewed_at === null ? {} : { reviewedAt: row.reviewed_at.toISOString() }),
    ...(row.published_by === null ? {} : { publishedBy: row.published_by }),
    ...(row.published_at === null ? {} : { publishedAt: row.published_at.toISOString() }),
    sha256: row.content_sha256,
    note: row.note,
    version: row.version,
  };
}

/** Everything the transaction reads from here on is of one state of the database. Its first statement. */
export async function readOneState(tx: Queryable): Promise<void> {
  await tx.query(sql`set transaction isolation level repeatable read`);
}

/** In the states given, the newest first. `after`: id of the last one seen. */
export async function listBulletins(
  db: Queryable,
  states: readonly BulletinState[],
  page: { period?: string | undefined; after?: string | undefined; limit: number },
): Promise<BulletinRecord[]> {
  const conditions: Sql[] = [
    sql`b.state = any(${states})`,
    ...(page.period === undefined ? [] : [sql`b.period = ${page.period}`]),
    ...(page.after === undefined
      ? []
      : [
          sql`(b.created_at, b.id) < (select a.created_at, a.id from bulletins a where a.id = ${page.after}::uuid)`,
        ]),
  ];
  const { rows } = await db.query<BulletinRow>(sql`
    select ${columns}
    ${tables}
    where ${join(conditions, ' and ')}
    order by b.created_at desc, b.id desc
    limit ${page.limit}`);
  return rows.map(toRecord);
}

export async function findBulletin(db: Queryable, id: string): Promise<BulletinRecord | undefined> {
  const { rows } = await db.query<BulletinRow>(sql`
    select ${columns}
    ${tables}
    where b.id = ${id}::uuid`);
  const row = rows[0];
  return row && toRecord(row);
}

/** What it says: RFC 8785 JSON, packed. */
export async function findContent(db: Queryable, id: string): Promise<Buffer | undefined> {
  const { rows } = await db.query<{ content_gzip: Buffer }>(sql`
    select content_gzip
    from bulletins
    where id = ${id}::uuid`);
  return rows[0]?.content_gzip;
}

export async function isPublished(db: Queryable, period: string): Promise<boolean> {
  const { rowCount } = await db.query(sql`
    select 1
    from bulletins
    where period = ${period} and state = 'published'`);
  return rowCount > 0;
}

export interface Counted {
  asOf: Date;
  trial: boolean;
  contestUntil: Date;
  gzip: Buffer;
  sha256: string;
}

export async function insertBulletin(
  tx: Queryable,
  given: { id: string; period: string; counted: Counted; createdBy: string; at: Date; note: string },
): Promise<void> {
  const { counted } = given;
  await tx.query(sql`
    insert into bulletins (id, period, state, as_of, content_gzip, content_sha256, trial, contest_until, created_by,
      created_at, note)
    values (${given.id}, ${given.period}, 'draft', ${counted.asOf}, ${counted.gzip}, ${counted.sha256},
      ${counted.trial}, ${counted.contestUntil}, ${given.createdBy}, ${given.at}, ${given.note})`);
}

/** Puts what was counted anew in the place of what it said; false when somebody else changed it meanwhile. */
export async function replaceContent(
  tx: Queryable,
  id: string,
  expectedVersion: number,
  counted: Counted,
): Promise<boolean> {
  const { rowCount } = await tx.query(sql`
    update bulletins
    set as_of = ${counted.asOf}, content_gzip = ${counted.gzip}, content_sha256 = ${counted.sha256},
      trial = ${counted.trial}, contest_until = ${counted.contestUntil}
    where id = ${id}::uuid and version = ${expectedVersion}`);
  return rowCount === 1;
}

/** Moves it to a state; false when somebody else changed it meanwhile. */
export async function moveBulletin(
  tx: Queryable,
  id: string,
  expectedVersion: number,
  to: { state: BulletinState; by: string; at: Date; note?: string | undefined },
): Promise<boolean> {
  const reviewed = to.state === 'reviewed';
  const published = to.state === 'published';
  const { rowCount } = await tx.query(sql`
    update bulletins
    set state = ${to.state}, version = version + 1,
      note = coalesce(${to.note ?? null}, note),
      reviewed_by = case when ${reviewed} then ${to.by}::uuid else reviewed_by end,
      reviewed_at = case when ${reviewed} then ${to.at}::timestamptz else reviewed_at end,
      published_by = case when ${published} then ${to.by}::uuid else published_by end,
      published_at = case when ${published} then ${to.at}::timestamptz else published_at end
    where id = ${id}::uuid and version = ${expectedVersion}`);
  return rowCount === 1;
}

/** Name and outlines of the district's subdistricts, coarse enough for a page of paper. */
export async function listOutlines(
  db: Queryable,
): Promise<{ code: string; level: string; zh: string; en: string; outline: string }[]> {
  const { rows } = await db.query<{
    code: string;
    level: string;
    zh: string;
    en: string;
    outline: string;
  }>(sql`
    select code, level, name_zh as zh, name_en as en, st_asgeojson(geom, 5) as outline
    from divisions
    where level in ('district', 'subdistrict')
    order by level, code`);
  return rows;
}
