import sql, { empty, join, type Sql } from 'sql-template-tag';
import type { ClassEntry, ClassLimit, ClassSet, Kind, LimitRow, Stance } from '#contract/dictionary';
import type { CalendarDay } from '../clock/calendar-day.ts';
import { limitSeconds, type LimitUnit } from '../clock/limits.ts';
import type { Queryable } from '../db/database.ts';
import { toPage } from '../grid/list-query.ts';

interface ClassRow {
  id: string;
  kind: Kind;
  major_code: string;
  major_zh: string;
  major_en: string;
  name_zh: string;
  name_en: string;
  pinyin: string;
  stance: Stance;
  edition: number;
}

interface LimitRecord {
  id: number;
  class_id: string;
  condition_zh: string;
  condition_en: string;
  place: string | null;
  amount: number;
  unit: LimitUnit;
  closing_condition_zh: string;
  closing_condition_en: string;
  urgent: boolean;
  special: boolean;
  is_default: boolean;
}

const limitColumns = sql`
  l.id, l.class_id, l.condition_zh, l.condition_en, l.place, l.amount, l.unit, l.closing_condition_zh,
  l.closing_condition_en, l.urgent, l.special, l.is_default`;

function holdsOn(day: CalendarDay): Sql {
  return sql`(l.valid_from <= ${day}::date and (l.valid_to is null or l.valid_to > ${day}::date))`;
}

export interface ClassFilter {
  /** The day whose limits are given. */
  on: CalendarDay;
  id?: string | undefined;
  /** Default: the active set. */
  edition?: number | undefined;
}

/** Classes of a set, by id, with the limits that hold on the day. */
export async function listClasses(db: Queryable, { on, id, edition }: ClassFilter): Promise<ClassEntry[]> {
  const { rows } = await db.query<ClassRow>(sql`
    select k.id, k.kind, k.major_code, k.major_zh, k.major_en, k.name_zh, k.name_en, k.pinyin, k.stance, k.edition
    from classes k
    join class_sets s on s.edition = k.edition
    where ${edition === undefined ? sql`s.active` : sql`s.edition = ${edition}`}
      ${id === undefined ? empty : sql`and k.id = ${id}`}
    order by k.id`);
  if (rows.length === 0) return [];
  const limits = await db.query<LimitRecord>(sql`
    select ${limitColumns}
    from class_limits l
    where ${holdsOn(on)}
      ${id === undefined ? empty : sql`and l.class_id = ${id}`}
    order by l.class_id, l.id`);
  const byClass = new Map<string, ClassLimit[]>();
  for (const row of limits.rows)
    byClass.set(row.class_id, [...(byClass.get(row.class_id) ?? []), toLimit(row)]);
  return rows.map((row) => ({
    id: row.id,
    kind: row.kind,
    majorCode: row.major_code,
    majorName: { zh: row.major_zh, en: row.major_en },
    name: { zh: row.name_zh, en: row.name_en },
    pinyin: row.pinyin,
    stance: row.stance,
    edition: row.edition,
    limits: byClass.get(row.id) ?? [],
  }));
}

/** Kinds of all classes of all editions. */
export async function listKinds(db: Queryable): Promise<Map<string, Kind>> {
  const { rows } = await db.query<{ id: string; kind: Kind }>(sql`select id, kind from classes`);
  return new Map(rows.map(({ id, kind }) => [id, kind]));
}

/** Of a class of any edition. */
export async function findKind(db: Queryable, id: string): Promise<Kind | undefined> {
  const { rows } = await db.query<{ kind: Kind }>(sql`select kind from classes where id = ${id}`);
  return rows[0]?.kind;
}

function toLimit(row: LimitRecord): ClassLimit {
  return {
    id: row.id,
    condition: { zh: row.condition_zh, en: row.condition_en },
    ...(row.place === null ? {} : { place: row.place }),
    limitSeconds: limitSeconds(row.amount, row.unit).seconds,
    amount: row.amount,
    unit: row.unit,
    closingCondition: { zh: row.closing_condition_zh, en: row.closing_condition_en },
    urgent: row.urgent,
    special: row.special,
    isDefault: row.is_default,
  };
}

/** The limit that came, perhaps by several steps, after this one and holds on the day; itself if it does. */
export async function findSuccessor(
  db: Queryable,
  limitId: number,
  on: CalendarDay,
): Promise<number | undefined> {
  const { rows } = await db.query<{ id: number }>(sql`
    with recursive line as (
      select l.id, l.valid_from, l.valid_to
      from class_limits l
      where l.id = ${limitId}
      union
      select l.id, l.valid_from, l.valid_to
      from class_limits l
      join line on line.id = l.replaces
    )
    select l.id
    from line l
    where ${holdsOn(on)}
    order by l.valid_from desc, l.id desc
    limit 1`);
  return rows[0]?.id;
}

export async function listClassSets(db: Queryable): Promise<ClassSet[]> {
  const { rows } = await db.query<ClassSet>(sql`
    select s.standard, s.edition, s.active,
      (count(*) filter (where k.kind = 'part'))::integer as parts,
      (count(*) filter (where k.kind = 'event'))::integer as events
    from class_sets s
    left join classes k on k.edition = s.edition
    group by s.standard, s.edition, s.active
    order by s.edition`);
  return rows;
}

interface DatedLimitRow extends LimitRecord {
  class_zh: string;
  class_en: string;
  basis: string;
  valid_from: string;
  valid_to: string | null;
  replaces: number | null;
}

export interface LimitFilter {
  id?: number | undefined;
  class?: string | undefined;
  urgent?: boolean | undefined;
  special?: boolean | undefined;
  /** Those that hold on the day; all that were, are and will be without. */
  on?: CalendarDay | undefined;
  /** With `on`: those that start later too. */
  coming?: boolean | undefined;
  after?: number | undefined;
  limit: number;
}

const NEVER = sql`coalesce(l.valid_to = l.valid_from, false)`;

/** By id. What was taken back before it ever held is not there, unless asked for by its id. */
export async function listLimits(db: Queryable, filter: LimitFilter) {
  const { rows } = await db.query<DatedLimitRow>(sql`
    select ${limitColumns}, k.name_zh as class_zh, k.name_en as class_en, l.basis, l.valid_from::text, l.valid_to::text,
      l.replaces
    from class_limits l
    join classes k on k.id = l.class_id
    where ${join([filter.id === undefined ? sql`not (${NEVER})` : sql`true`, ...conditionsOf(filter)], ' and ')}
    order by l.id
    limit ${filter.limit + 1}`);
  return toPage(rows, filter.limit, toLimitRow, (row) => String(row.id));
}

function conditionsOf({ id, class: classId, urgent, special, on, coming, after }: LimitFilter): Sql[] {
  return [
    ...(id === undefined ? [] : [sql`l.id = ${id}`]),
    ...(classId === undefined ? [] : [sql`l.class_id = ${classId}`]),
    ...(urgent === undefined ? [] : [sql`l.urgent = ${urgent}`]),
    ...(special === undefined ? [] : [sql`l.special = ${special}`]),
    ...(on === undefined
      ? []
      : [coming ? sql`(l.valid_to is null or l.valid_to > ${on}::date)` : holdsOn(on)]),
    ...(after === undefined ? [] : [sql`l.id > ${after}`]),
  ];
}

function toLimitRow(row: DatedLimitRow): LimitRow {
  return {
    ...toLimit(row),
    class: row.class_id,
    className: { zh: row.class_zh, en: row.class_en },
    basis: row.basis,
    from: row.valid_from,
    ...(row.valid_to === null ? {} : { to: row.valid_to }),
    ...(row.replaces === null ? {} : { replaces: row.replaces }),
  };
}
