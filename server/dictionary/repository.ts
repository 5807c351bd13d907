import sql, { empty } from 'sql-template-tag';
import type { ClassEntry, ClassLimit, Kind, Stance } from '#contract/dictionary';
import { limitSeconds, type LimitUnit } from '../clock/limits.ts';
import type { Queryable } from '../db/database.ts';

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

interface LimitRow {
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

/** Classes of the active set with their limits, by id; only the one asked for when an id is given. */
export async function listActiveClasses(db: Queryable, id?: string): Promise<ClassEntry[]> {
  const { rows } = await db.query<ClassRow>(sql`
    select k.id, k.kind, k.major_code, k.major_zh, k.major_en, k.name_zh, k.name_en, k.pinyin, k.stance, k.edition
    from classes k
    join class_sets s on s.edition = k.edition
    where s.active
      ${id === undefined ? empty : sql`and k.id = ${id}`}
    order by k.id`);
  if (rows.length === 0) return [];
  const limits = await db.query<LimitRow>(sql`
    select l.id, l.class_id, l.condition_zh, l.condition_en, l.place, l.amount, l.unit, l.closing_condition_zh,
      l.closing_condition_en, l.urgent, l.special, l.is_default
    from class_limits l
    ${id === undefined ? empty : sql`where l.class_id = ${id}`}
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

function toLimit(row: LimitRow): ClassLimit {
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
