import sql, { empty, type Sql } from 'sql-template-tag';
import type { Stance } from '#contract/dictionary';
import type { Names } from '#contract/shared';
import type { LimitUnit } from '../clock/limits.ts';
import type { Queryable } from '../db/database.ts';
import { withoutNulls } from '../db/without-nulls.ts';

/** A class as it is kept, for whoever changes it. */
export interface StoredClass {
  id: string;
  standard: string;
  edition: number;
  kind: string;
  majorCode: string;
  majorName: Names;
  minorCode: string;
  name: Names;
  stance: Stance;
  pinyin: string;
  basis: string;
}

/** All classes of all editions. */
export function listStoredClasses(db: Queryable): Promise<StoredClass[]> {
  return selectClasses(db, undefined, empty);
}

/** All classes of all editions, or the one; locked until the transaction ends. */
export function lockClasses(tx: Queryable, id?: string): Promise<StoredClass[]> {
  return selectClasses(tx, id, sql`for update of k`);
}

async function selectClasses(db: Queryable, id: string | undefined, lock: Sql): Promise<StoredClass[]> {
  const { rows } = await db.query<StoredClass>(sql`
    select k.id, s.standard, k.edition, k.kind, k.major_code as "majorCode",
      jsonb_build_object('zh', k.major_zh, 'en', k.major_en) as "majorName", k.minor_code as "minorCode",
      jsonb_build_object('zh', k.name_zh, 'en', k.name_en) as name, k.stance, k.pinyin, k.basis
    from classes k
    join class_sets s on s.edition = k.edition
    where ${id ?? null}::text is null or k.id = ${id ?? null}::text
    order by k.edition, k.id
    ${lock}`);
  return rows.map((row) => ({ ...row, name: inOrder(row.name), majorName: inOrder(row.majorName) }));
}

/** Chinese first, as everywhere: jsonb has an order of its own. */
function inOrder({ zh, en }: Names): Names {
  return { zh, en };
}

/** Names, stance and initials; one statement for any number of classes. */
export async function updateClasses(tx: Queryable, classes: readonly StoredClass[]): Promise<void> {
  if (classes.length === 0) return;
  await tx.query(sql`
    update classes k
    set name_zh = row.name ->> 'zh', name_en = row.name ->> 'en', major_zh = row."majorName" ->> 'zh',
      major_en = row."majorName" ->> 'en', stance = row.stance, pinyin = row.pinyin, basis = row.basis
    from jsonb_to_recordset(${JSON.stringify(classes)}::jsonb)
      as row (id text, name jsonb, "majorName" jsonb, stance text, pinyin text, basis text)
    where k.id = row.id`);
}

/** New sets are not in force. */
export async function insertClasses(tx: Queryable, classes: readonly StoredClass[]): Promise<void> {
  if (classes.length === 0) return;
  const rows = JSON.stringify(classes);
  await tx.query(sql`
    insert into class_sets (standard, edition, active)
    select distinct row.standard, row.edition, false
    from jsonb_to_recordset(${rows}::jsonb) as row (standard text, edition integer)
    on conflict do nothing`);
  await tx.query(sql`
    insert into classes (id, edition, kind, major_code, major_zh, major_en, minor_code, name_zh, name_en, pinyin,
      stance, basis)
    select row.id, row.edition, row.kind, row."majorCode", row."majorName" ->> 'zh', row."majorName" ->> 'en',
      row."minorCode", row.name ->> 'zh', row.name ->> 'en', row.pinyin, row.stance, row.basis
    from jsonb_to_recordset(${rows}::jsonb) as row (id text, edition integer, kind text, "majorCode" text,
      "majorName" jsonb, "minorCode" text, name jsonb, pinyin text, stance text, basis text)`);
}

/** Another set may be put in force by one at a time. */
export async function lockClassSets(tx: Queryable): Promise<void> {
  await tx.query(sql`select s.edition from class_sets s order by s.edition for update`);
}

/** There is one in force at a time: the one before ends first. */
export async function setClassSetInForce(tx: Queryable, edition: number): Promise<void> {
  await tx.query(sql`update class_sets set active = false where active and edition <> ${edition}`);
  await tx.query(sql`update class_sets set active = true where edition = ${edition}`);
}

/** A limit as it is kept. */
export interface StoredLimit {
  id: number;
  class: string;
  condition: Names;
  place?: 'carriageway' | 'footway' | undefined;
  amount: number;
  unit: LimitUnit;
  closingCondition: Names;
  urgent: boolean;
  special: boolean;
  isDefault: boolean;
  basis: string;
  from: string;
  to?: string | undefined;
  replaces?: number | undefined;
}

type LimitRecord = { [Key in keyof StoredLimit]: StoredLimit[Key] | null };

/**
 * Every limit, of the class if one is given, those taken back too. Other writers of limits wait until the transaction
 * ends, readers do not: whether two limits meet is asked of all of them.
 */
export async function lockLimits(tx: Queryable, classId?: string): Promise<StoredLimit[]> {
  await tx.query(sql`lock table class_limits in share row exclusive mode`);
  return listStoredLimits(tx, classId);
}

export async function listStoredLimits(db: Queryable, classId?: string): Promise<StoredLimit[]> {
  const { rows } = await db.query<LimitRecord>(sql`
    select l.id, l.class_id as class, jsonb_build_object('zh', l.condition_zh, 'en', l.condition_en) as condition,
      l.place, l.amount, l.unit,
      jsonb_build_object('zh', l.closing_condition_zh, 'en', l.closing_condition_en) as "closingCondition",
      l.urgent, l.special, l.is_default as "isDefault", l.basis, l.valid_from::text as "from",
      l.valid_to::text as "to", l.replaces
    from class_limits l
    where ${classId ?? null}::text is null or l.class_id = ${classId ?? null}::text
    order by l.id`);
  return rows.map((row) => withoutNulls<StoredLimit>(row));
}

export async function nextLimitId(tx: Queryable): Promise<number> {
  const { rows } = await tx.query<{ id: number }>(
    sql`select coalesce(max(id), 0) + 1 as id from class_limits`,
  );
  return rows[0]?.id ?? 1;
}

export async function insertLimits(tx: Queryable, limits: readonly StoredLimit[]): Promise<void> {
  if (limits.length === 0) return;
  await tx.query(sql`
    insert into class_limits (id, class_id, condition_zh, condition_en, place, amount, unit, closing_condition_zh,
      closing_condition_en, urgent, special, is_default, basis, valid_from, valid_to, replaces)
    select row.id, row.class, row.condition ->> 'zh', row.condition ->> 'en', row.place, row.amount, row.unit,
      row."closingCondition" ->> 'zh', row."closingCondition" ->> 'en', row.urgent, row.special, row."isDefault",
      row.basis, row."from", row."to", row.replaces
    from jsonb_to_recordset(${JSON.stringify(limits)}::jsonb) as row (id integer, class text, condition jsonb,
      place text, amount float8, unit text, "closingCondition" jsonb, urgent boolean, special boolean,
      "isDefault" boolean, basis text, "from" date, "to" date, replaces integer)
    order by row.id`);
}

/** The first day on which each holds no more; null: it goes on. */
export async function setLimitEnds(
  tx: Queryable,
  ends: readonly { id: number; to: string | null }[],
): Promise<void> {
  if (ends.length === 0) return;
  await tx.query(sql`
    update class_limits l
    set valid_to = row."to"
    from jsonb_to_recordset(${JSON.stringify(ends)}::jsonb) as row (id integer, "to" date)
    where l.id = row.id`);
}
