import sql, { empty } from 'sql-template-tag';
import type { Kind } from '#contract/dictionary';
import type { Names } from '#contract/shared';
import type { Queryable } from '../db/database.ts';
import type { Successor } from './combine-relations.ts';

export interface NamedClass {
  id: string;
  kind: Kind;
  edition: number;
  majorName: Names;
  name: Names;
}

interface ClassRow {
  id: string;
  kind: Kind;
  edition: number;
  major_zh: string;
  major_en: string;
  name_zh: string;
  name_en: string;
}

/** Classes of a list of ids, by id; ids nobody knows are left out. */
export async function listNamedClasses(db: Queryable, ids: readonly string[]): Promise<NamedClass[]> {
  const { rows } = await db.query<ClassRow>(sql`
    select k.id, k.kind, k.edition, k.major_zh, k.major_en, k.name_zh, k.name_en
    from classes k
    where k.id = any(${[...ids]}::text[])
    order by k.edition desc, k.id`);
  return rows.map(toNamedClass);
}

function toNamedClass(row: ClassRow): NamedClass {
  return {
    id: row.id,
    kind: row.kind,
    edition: row.edition,
    majorName: { zh: row.major_zh, en: row.major_en },
    name: { zh: row.name_zh, en: row.name_en },
  };
}

/** A major class by its digits, where any edition of the list has it. */
export async function findMajorName(
  db: Queryable,
  { major, kind, editions }: { major: string; kind: Kind; editions: readonly number[] },
): Promise<Names | undefined> {
  const { rows } = await db.query<{ major_zh: string; major_en: string }>(sql`
    select k.major_zh, k.major_en
    from classes k
    where k.major_code = ${major} and k.kind = ${kind} and k.edition = any(${[...editions]}::integer[])
    order by k.edition desc
    limit 1`);
  const row = rows[0];
  return row && { zh: row.major_zh, en: row.major_en };
}

/** The whole crosswalk (some 400 rows), or its rows from one edition to another. */
export async function listSuccessors(
  db: Queryable,
  between?: { from: number; to: number },
): Promise<Successor[]> {
  const { rows } = await db.query<Successor>(sql`
    select s.from_id as "from", s.to_id as "to", s.to_edition as "toEdition", s.relation, s.reviewed, s.basis
    from class_successors s
    join classes k on k.id = s.from_id
    ${between ? sql`where k.edition = ${between.from} and s.to_edition = ${between.to}` : empty}
    order by s.id`);
  return rows;
}

export interface CrosswalkRow {
  from: string;
  to?: string | undefined;
  relation: string;
  reviewed: boolean;
  basis: string;
  note?: string | undefined;
}

export async function countSuccessors(db: Queryable): Promise<{ successors: number; classes: number }> {
  const { rows } = await db.query<{ successors: number; classes: number }>(sql`
    select (select count(*) from class_successors) as successors, (select count(*) from classes) as classes`);
  return rows[0] ?? { successors: 0, classes: 0 };
}

export async function insertSuccessors(
  tx: Queryable,
  toEdition: number,
  rows: readonly CrosswalkRow[],
): Promise<void> {
  await tx.query(sql`
    insert into class_successors (from_id, to_edition, to_id, relation, reviewed, basis, note)
    select r.from_id, ${toEdition}::integer, r.to_id, r.relation, r.reviewed, r.basis, r.note
    from unnest(
      ${rows.map((row) => row.from)}::text[],
      ${rows.map((row) => row.to ?? null)}::text[],
      ${rows.map((row) => row.relation)}::text[],
      ${rows.map((row) => row.reviewed)}::boolean[],
      ${rows.map((row) => row.basis)}::text[],
      ${rows.map((row) => row.note ?? '')}::text[]
    ) as r (from_id, to_id, relation, reviewed, basis, note)
    on conflict do nothing`);
}
