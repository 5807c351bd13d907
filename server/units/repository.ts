import sql, { empty } from 'sql-template-tag';
import type { Unit } from '#contract/units';
import type { Kind } from '#contract/dictionary';
import type { Queryable } from '../db/database.ts';
import { containsPattern, startsPattern, toPage, type ListFilter } from '../grid/list-query.ts';
import type { Duty, OwnerCondition, UnitRef } from './resolve-unit.ts';

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
}

const unitColumns = sql`
  u.code, u.name_zh, u.name_en, u.kind, u.is_command, u.phone, u.leader, u.acceptance_clerk, u.subdistrict_code,
  u.basis`;

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

interface DutyRow {
  id: number;
  unit_code: string;
  name_zh: string;
  name_en: string;
  phone: string;
  class_id: string | null;
  area_code: string | null;
  owner_condition: OwnerCondition | null;
  place: string | null;
  channel: string | null;
  priority: number;
  role: 'lead' | 'assist';
  valid_from: string;
  valid_to: string | null;
  basis: string;
  quote: string;
}

/** Duties of a class, and those of its whole kind. */
export async function listDuties(db: Queryable, classId: string, kind: Kind): Promise<Duty[]> {
  const { rows } = await db.query<DutyRow>(sql`
    select d.id, d.unit_code, u.name_zh, u.name_en, u.phone, d.class_id, d.area_code, d.owner_condition, d.place,
      d.channel, d.priority, d.role, d.valid_from::text, d.valid_to::text, d.basis, d.quote
    from duties d
    join units u on u.code = d.unit_code
    where d.class_id = ${classId} or (d.class_id is null and d.kind = ${kind})
    order by d.id`);
  return rows.map((row) => ({
    id: row.id,
    unit: toUnitRef(row.unit_code, row),
    class: row.class_id ?? undefined,
    area: row.area_code ?? undefined,
    ownerCondition: row.owner_condition ?? undefined,
    place: row.place ?? undefined,
    channel: row.channel ?? undefined,
    priority: row.priority,
    role: row.role,
    validFrom: row.valid_from,
    validTo: row.valid_to ?? undefined,
    basis: row.basis,
    quote: row.quote,
  }));
}

function toUnitRef(code: string, row: { name_zh: string; name_en: string; phone: string }): UnitRef {
  return { code, name: { zh: row.name_zh, en: row.name_en }, phone: row.phone };
}

/** The units with these codes, and the office of the subdistrict. */
export async function listUnitRefs(
  db: Queryable,
  codes: readonly string[],
  subdistrictCode: string,
): Promise<{ byCode: Map<string, UnitRef>; territorial: UnitRef | undefined }> {
  const { rows } = await db.query<{
    code: string;
    name_zh: string;
    name_en: string;
    phone: string;
    territorial: boolean;
  }>(sql`
    select u.code, u.name_zh, u.name_en, u.phone,
      coalesce(u.kind = 'subdistrict' and u.subdistrict_code = ${subdistrictCode}, false) as territorial
    from units u
    where u.code = any(${codes}::text[]) or (u.kind = 'subdistrict' and u.subdistrict_code = ${subdistrictCode})
    order by u.code`);
  const territorial = rows.find((row) => row.territorial);
  return {
    byCode: new Map(rows.map((row) => [row.code, toUnitRef(row.code, row)])),
    territorial: territorial && toUnitRef(territorial.code, territorial),
  };
}
