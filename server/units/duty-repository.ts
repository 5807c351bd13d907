import sql, { empty, join, type Sql } from 'sql-template-tag';
import type { Kind } from '#contract/dictionary';
import type { Names } from '#contract/shared';
import type { Duty as DutyRow } from '#contract/units';
import type { CalendarDay } from '../clock/calendar-day.ts';
import type { Queryable } from '../db/database.ts';
import { withoutNulls } from '../db/without-nulls.ts';
import { toPage } from '../grid/list-query.ts';
import { toUnitRef } from './repository.ts';
import type { Duty, OwnerCondition } from './resolve-unit.ts';

interface DutyRecord {
  id: number;
  unit_code: string;
  name_zh: string;
  name_en: string;
  phone: string;
  closed_at: string | null;
  kind: Kind;
  class_id: string | null;
  class_name: Names | null;
  mode: string;
  area_code: string | null;
  area_name: Names | null;
  owner_condition: OwnerCondition | null;
  place: 'carriageway' | 'footway' | null;
  channel: string | null;
  priority: number;
  role: 'lead' | 'assist';
  valid_from: string;
  valid_to: string | null;
  replaces: number | null;
  basis: string;
  quote: string;
}

/** What was taken back before it ever held is nowhere. */
const everHeld = sql`(d.valid_to is null or d.valid_to > d.valid_from)`;

async function selectDuties(
  db: Queryable,
  conditions: readonly Sql[],
  limit?: number,
): Promise<DutyRecord[]> {
  const { rows } = await db.query<DutyRecord>(sql`
    select d.id, d.unit_code, u.name_zh, u.name_en, u.phone, u.closed_at::text, d.kind, d.class_id,
      case when k.id is not null then jsonb_build_object('zh', k.name_zh, 'en', k.name_en) end as class_name, d.mode,
      d.area_code,
      case when a.code is not null then jsonb_build_object('zh', a.name_zh, 'en', a.name_en) end as area_name,
      d.owner_condition, d.place, d.channel, d.priority, d.role, d.valid_from::text, d.valid_to::text, d.replaces,
      d.basis, d.quote
    from duties d
    join units u on u.code = d.unit_code
    left join classes k on k.id = d.class_id
    left join divisions a on a.code = d.area_code
    where ${join(conditions, ' and ')}
    order by d.id
    ${limit === undefined ? empty : sql`limit ${limit}`}`);
  return rows;
}

/** Of a class: its own, and those of its whole kind. */
function concerns(classId: string, kind: Kind): Sql {
  return sql`(d.class_id = ${classId} or (d.class_id is null and d.kind = ${kind}))`;
}

function holdsOn(day: CalendarDay): Sql {
  return sql`(d.valid_from <= ${day}::date and (d.valid_to is null or d.valid_to > ${day}::date))`;
}

function toDuty(row: DutyRecord): Duty {
  return {
    id: row.id,
    unit: toUnitRef({ ...row, code: row.unit_code }),
    class: row.class_id ?? undefined,
    area: row.area_code ?? undefined,
    areaName: row.area_name ?? undefined,
    ownerCondition: row.owner_condition ?? undefined,
    place: row.place ?? undefined,
    channel: row.channel ?? undefined,
    priority: row.priority,
    role: row.role,
    validFrom: row.valid_from,
    validTo: row.valid_to ?? undefined,
    basis: row.basis,
    quote: row.quote,
  };
}

function toDutyRow(row: DutyRecord): DutyRow {
  return {
    id: row.id,
    unitCode: row.unit_code,
    unitName: { zh: row.name_zh, en: row.name_en },
    kind: row.kind,
    ...(row.class_id === null ? {} : { class: row.class_id }),
    ...(row.class_name === null ? {} : { className: row.class_name }),
    mode: row.mode,
    ...(row.area_code === null ? {} : { areaCode: row.area_code }),
    ...(row.owner_condition === null ? {} : { ownerCondition: row.owner_condition }),
    ...(row.place === null ? {} : { place: row.place }),
    ...(row.channel === null ? {} : { channel: row.channel }),
    priority: row.priority,
    role: row.role,
    from: row.valid_from,
    ...(row.valid_to === null ? {} : { to: row.valid_to }),
    ...(row.replaces === null ? {} : { replaces: row.replaces }),
    basis: row.basis,
    quote: row.quote,
  };
}

/** Duties of a class and of its whole kind, over or still to come too: who was passed over is to be said. */
export async function listDutiesOfClass(db: Queryable, classId: string, kind: Kind): Promise<Duty[]> {
  return (await selectDuties(db, [everHeld, concerns(classId, kind)])).map(toDuty);
}

/** All duties that hold on the day, to weigh and to show. */
export async function listDutiesOn(db: Queryable, on: CalendarDay): Promise<{ duty: Duty; row: DutyRow }[]> {
  return (await selectDuties(db, [everHeld, holdsOn(on)])).map((row) => ({
    duty: toDuty(row),
    row: toDutyRow(row),
  }));
}

export interface DutyFilter {
  unit?: string | undefined;
  /** Duties of the class, and of its whole kind. */
  class?: { id: string; kind: Kind } | undefined;
  kind?: Kind | undefined;
  role?: 'lead' | 'assist' | undefined;
  /** Those that hold somewhere in the division. */
  division?: string | undefined;
  /** Those that hold on the day. */
  on?: CalendarDay | undefined;
  after?: number | undefined;
  limit: number;
}

/** By number. */
export async function listDuties(db: Queryable, filter: DutyFilter) {
  const { unit, class: of, kind, role, division, on, after, limit } = filter;
  const rows = await selectDuties(
    db,
    [
      everHeld,
      ...(unit === undefined ? [] : [sql`d.unit_code = ${unit}`]),
      ...(of === undefined ? [] : [concerns(of.id, of.kind)]),
      ...(kind === undefined ? [] : [sql`d.kind = ${kind}`]),
      ...(role === undefined ? [] : [sql`d.role = ${role}`]),
      ...(division === undefined
        ? []
        : [
            sql`(d.area_code is null or starts_with(d.area_code, ${division}) or starts_with(${division}, d.area_code))`,
          ]),
      ...(on === undefined ? [] : [holdsOn(on)]),
      ...(after === undefined ? [] : [sql`d.id > ${after}`]),
    ],
    limit + 1,
  );
  return toPage(rows, limit, toDutyRow, (row) => String(row.id));
}

/** Also one that was taken back. */
export async function findDuty(db: Queryable, id: number): Promise<DutyRow | undefined> {
  const [row] = await selectDuties(db, [sql`d.id = ${id}`]);
  return row && toDutyRow(row);
}

/** A division that duties may be for, and that may lie in others: its code begins with theirs. */
export interface Area {
  code: string;
  name: Names;
}

/** Of the division and all that lie in it; of all without one. */
export async function listAreas(db: Queryable, division?: string): Promise<Area[]> {
  const { rows } = await db.query<Area>(sql`
    select code, jsonb_build_object('zh', name_zh, 'en', name_en) as name
    from divisions
    where ${division ?? null}::text is null or starts_with(code, ${division ?? null}::text)
    order by code`);
  return rows;
}

/** A duty as it is kept. */
export interface StoredDuty {
  id: number;
  unitCode: string;
  kind: Kind;
  class?: string | undefined;
  mode: string;
  areaCode?: string | undefined;
  ownerCondition?: OwnerCondition | undefined;
  place?: 'carriageway' | 'footway' | undefined;
  channel?: string | undefined;
  priority: number;
  role: 'lead' | 'assist';
  from: string;
  to?: string | undefined;
  replaces?: number | undefined;
  basis: string;
  quote: string;
}

/** Every duty, those taken back too. */
export async function listStoredDuties(db: Queryable): Promise<StoredDuty[]> {
  const { rows } = await db.query<{ [Key in keyof StoredDuty]: StoredDuty[Key] | null }>(sql`
    select d.id, d.unit_code as "unitCode", d.kind, d.class_id as class, d.mode, d.area_code as "areaCode",
      d.owner_condition as "ownerCondition", d.place, d.channel, d.priority, d.role, d.valid_from::text as "from",
      d.valid_to::text as "to", d.replaces, d.basis, d.quote
    from duties d
    order by d.id`);
  return rows.map((row) => withoutNulls<StoredDuty>(row));
}

/** The same; other writers of duties wait until the transaction ends, readers do not. */
export async function lockDuties(tx: Queryable): Promise<StoredDuty[]> {
  await tx.query(sql`lock table duties in share row exclusive mode`);
  return listStoredDuties(tx);
}

export async function insertDuties(tx: Queryable, duties: readonly StoredDuty[]): Promise<void> {
  if (duties.length === 0) return;
  await tx.query(sql`
    insert into duties (id, unit_code, class_id, kind, mode, area_code, owner_condition, place, channel, priority, role,
      valid_from, valid_to, replaces, basis, quote)
    select row.id, row."unitCode", row.class, row.kind, row.mode, row."areaCode", row."ownerCondition", row.place,
      row.channel, row.priority, row.role, row."from", row."to", row.replaces, row.basis, row.quote
    from jsonb_to_recordset(${JSON.stringify(duties)}::jsonb) as row (id integer, "unitCode" text, class text,
      kind text, mode text, "areaCode" text, "ownerCondition" text, place text, channel text, priority integer,
      role text, "from" date, "to" date, replaces integer, basis text, quote text)
    order by row.id`);
}

/** The first day on which each holds no more; null: it goes on. */
export async function setDutyEnds(
  tx: Queryable,
  ends: readonly { id: number; to: string | null }[],
): Promise<void> {
  if (ends.length === 0) return;
  await tx.query(sql`
    update duties d
    set valid_to = row."to"
    from jsonb_to_recordset(${JSON.stringify(ends)}::jsonb) as row (id integer, "to" date)
    where d.id = row.id`);
}
