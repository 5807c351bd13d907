import sql, { empty } from 'sql-template-tag';
import type { Names } from '#contract/shared';
import type { NewUnit, Unit } from '#contract/units';
import type { CalendarDay } from '../clock/calendar-day.ts';
import type { Queryable } from '../db/database.ts';
import { containsPattern, startsPattern, toPage, type ListFilter } from '../grid/list-query.ts';
import type { UnitRef } from './resolve-unit.ts';

interface UnitRow {
  code: string;
  name_zh: string;
  name_en: string;
  kind: string;
  is_command: boolean;
  phone: string;
  leader: string;
  acceptance_clerk: string;
  subdistrict_code: string | null;
  basis: string;
  closed_at: string | null;
}

const unitColumns = sql`
  u.code, u.name_zh, u.name_en, u.kind, u.is_command, u.phone, u.leader, u.acceptance_clerk, u.subdistrict_code,
  u.basis, u.closed_at::text`;

function toUnit(row: UnitRow): Unit {
  return {
    code: row.code,
    name: { zh: row.name_zh, en: row.name_en },
    kind: row.kind,
    isCommand: row.is_command,
    phone: row.phone,
    leader: row.leader,
    acceptanceClerk: row.acceptance_clerk,
    ...(row.subdistrict_code === null ? {} : { subdistrictCode: row.subdistrict_code }),
    invented: row.basis === 'invented',
    ...(row.closed_at === null ? {} : { closedAt: row.closed_at }),
  };
}

export async function listUnits(db: Queryable, filter: ListFilter & { kind?: string }) {
  const { rows } = await db.query<UnitRow>(sql`
    select ${unitColumns}
    from units u
    where u.code > ${filter.after ?? ''}
      ${filter.kind ? sql`and u.kind = ${filter.kind}` : empty}
      ${
        filter.q
          ? sql`and (u.name_zh like ${containsPattern(filter.q)} or u.name_en ilike ${containsPattern(filter.q)}
              or u.code like ${startsPattern(filter.q)})`
          : empty
      }
    order by u.code
    limit ${filter.limit + 1}`);
  return toPage(rows, filter.limit, toUnit, (row) => row.code);
}

export async function findUnit(db: Queryable, code: string): Promise<Unit | undefined> {
  const { rows } = await db.query<UnitRow>(sql`select ${unitColumns} from units u where u.code = ${code}`);
  const row = rows[0];
  return row && toUnit(row);
}

interface RefRow {
  code: string;
  name_zh: string;
  name_en: string;
  phone: string;
  closed_at: string | null;
}

export function toUnitRef(row: RefRow): UnitRef {
  return {
    code: row.code,
    name: { zh: row.name_zh, en: row.name_en },
    phone: row.phone,
    ...(row.closed_at === null ? {} : { closedAt: row.closed_at }),
  };
}

/** The units with these codes, and the office of the subdistrict: one that is open, if there is one. */
export async function listUnitRefs(
  db: Queryable,
  codes: readonly string[],
  subdistrictCode: string,
  on: CalendarDay,
): Promise<{ byCode: Map<string, UnitRef>; territorial: UnitRef | undefined }> {
  const { rows } = await db.query<RefRow & { territorial: boolean }>(sql`
    select u.code, u.name_zh, u.name_en, u.phone, u.closed_at::text,
      coalesce(u.kind = 'subdistrict' and u.subdistrict_code = ${subdistrictCode}, false) as territorial
    from units u
    where u.code = any(${codes}::text[]) or (u.kind = 'subdistrict' and u.subdistrict_code = ${subdistrictCode})
    order by coalesce(u.closed_at <= ${on}::date, false), u.code`);
  const territorial = rows.find((row) => row.territorial);
  return {
    byCode: new Map(rows.map((row) => [row.code, toUnitRef(row)])),
    territorial: territorial && toUnitRef(territorial),
  };
}

/** One of them that takes nothing any more on the day. */
export async function findClosedUnit(
  db: Queryable,
  codes: readonly string[],
  on: CalendarDay,
): Promise<{ unit: string; closedAt: string } | undefined> {
  const { rows } = await db.query<{ unit: string; closedAt: string }>(sql`
    select u.code as unit, u.closed_at::text as "closedAt"
    from units u
    where u.code = any(${codes}::text[]) and u.closed_at <= ${on}::date
    order by u.code
    limit 1`);
  return rows[0];
}

/** A unit as it is kept. */
export interface StoredUnit {
  code: string;
  name: Names;
  kind: NewUnit['kind'];
  isCommand: boolean;
  phone: string;
  leader: string;
  acceptanceClerk: string;
  subdistrictCode: string | null;
  basis: 'real' | 'invented';
  closedAt: string | null;
}

const storedColumns = sql`
  u.code, jsonb_build_object('zh', u.name_zh, 'en', u.name_en) as name, u.kind, u.is_command as "isCommand", u.phone,
  u.leader, u.acceptance_clerk as "acceptanceClerk", u.subdistrict_code as "subdistrictCode", u.basis,
  u.closed_at::text as "closedAt"`;

export async function listStoredUnits(db: Queryable): Promise<StoredUnit[]> {
  const { rows } = await db.query<StoredUnit>(sql`select ${storedColumns} from units u order by u.code`);
  return rows.map(inOrder);
}

/** All units, or the one; locked until the transaction ends. */
export async function lockUnits(tx: Queryable, code?: string): Promise<StoredUnit[]> {
  const { rows } = await tx.query<StoredUnit>(sql`
    select ${storedColumns}
    from units u
    where ${code ?? null}::text is null or u.code = ${code ?? null}::text
    order by u.code
    for update of u`);
  return rows.map(inOrder);
}

/** Chinese first, as everywhere: jsonb has an order of its own. */
function inOrder(unit: StoredUnit): StoredUnit {
  return { ...unit, name: { zh: unit.name.zh, en: unit.name.en } };
}

/** Adds units, or writes those that are there anew: one statement for any number. */
export async function saveUnits(tx: Queryable, units: readonly StoredUnit[]): Promise<void> {
  if (units.length === 0) return;
  await tx.query(sql`
    insert into units (code, name_zh, name_en, kind, is_command, phone, leader, acceptance_clerk, subdistrict_code,
      basis, closed_at)
    select row.code, row.name ->> 'zh', row.name ->> 'en', row.kind, row."isCommand", row.phone, row.leader,
      row."acceptanceClerk", row."subdistrictCode", row.basis, row."closedAt"
    from jsonb_to_recordset(${JSON.stringify(units)}::jsonb) as row (code text, name jsonb, kind text,
      "isCommand" boolean, phone text, leader text, "acceptanceClerk" text, "subdistrictCode" text, basis text,
      "closedAt" date)
    on conflict (code) do update
    set name_zh = excluded.name_zh, name_en = excluded.name_en, kind = excluded.kind,
      is_command = excluded.is_command, phone = excluded.phone, leader = excluded.leader,
      acceptance_clerk = excluded.acceptance_clerk, subdistrict_code = excluded.subdistrict_code,
      basis = excluded.basis, closed_at = excluded.closed_at`);
}
