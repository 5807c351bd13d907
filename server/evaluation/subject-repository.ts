import sql, { type Sql } from 'sql-template-tag';
import type { Scope } from '#contract/access';
import type { SubjectKind } from '#contract/evaluation';
import type { Names } from '#contract/shared';
import type { Queryable } from '../db/database.ts';
import type { Span } from './period.ts';

export interface NamedSubject {
  code: string;
  name: Names;
}

/** 渠道 as the screens call them. */
const channels: Record<string, Names> = {
  video: { zh: '视频', en: 'Video' },
  collector: { zh: '信息采集员', en: 'Collector' },
  hotline: { zh: '民情通', en: 'Hotline' },
  public: { zh: '公众', en: 'Public' },
  device: { zh: '设备报警', en: 'Device alarm' },
  api: { zh: '接口', en: 'API' },
};

/** The names of subjects by code; what has none is called by its code. */
export async function nameSubjects(
  db: Queryable,
  by: SubjectKind,
  codes: readonly string[],
): Promise<Map<string, Names>> {
  if (by === 'channel') return new Map(codes.map((code) => [code, channels[code] ?? { zh: code, en: code }]));
  const names = new Map<string, Names>(codes.map((code) => [code, { zh: code, en: code }]));
  if (codes.length === 0 || by === 'cell') return names;
  const { rows } = await db.query<NamedSubject>(namesStatement(by, codes));
  for (const { code, name } of rows) names.set(code, name);
  return names;
}

function namesStatement(by: Exclude<SubjectKind, 'channel' | 'cell'>, codes: readonly string[]): Sql {
  const names = sql`jsonb_build_object('zh', s.name_zh, 'en', s.name_en) as name`;
  switch (by) {
    case 'unit':
      return sql`select s.code, ${names} from units s where s.code = any(${codes})`;
    case 'class':
      return sql`select s.id as code, ${names} from classes s where s.id = any(${codes})`;
    case 'grid-head':
    case 'courtyard-head':
      return sql`select s.id::text as code, ${names} from heads s where s.id = any(${codes}::uuid[])`;
    case 'collector':
      return sql`
        select s.id::text as code, jsonb_build_object('zh', s.display_name_zh, 'en', s.display_name_en) as name
        from users s
        where s.id = any(${codes}::uuid[])`;
    case 'district':
    case 'subdistrict':
    case 'community':
      return sql`select s.code, ${names} from divisions s where s.code = any(${codes})`;
  }
}

/** Who has a row although nothing was due: the whole roster of a kind within a scope, in the span. */
export async function listRoster(
  db: Queryable,
  by: SubjectKind,
  scope: Scope,
  { from, to }: Span,
  timeZone: string,
): Promise<string[]> {
  const statement = rosterStatement(by, scope, { from, to }, timeZone);
  if (!statement) return [];
  const { rows } = await db.query<{ code: string }>(statement);
  return rows.map(({ code }) => code);
}

function rosterStatement(by: SubjectKind, scope: Scope, { from, to }: Span, timeZone: string): Sql | null {
  if (scope.kind === 'unit') return by === 'unit' ? sql`select ${scope.code}::text as code` : null;
  const day = (at: Date) => sql`(${at}::timestamptz at time zone ${timeZone})::date`;
  const inScope = scope.kind === 'district' ? '' : scope.code;
  switch (by) {
    case 'unit':
      return scope.kind === 'district'
        ? sql`select u.code from units u where u.closed_at is null or u.closed_at > ${day(from)}`
        : null;
    case 'district':
      return sql`select d.code from divisions d where d.level = 'district'`;
    case 'subdistrict':
    case 'community':
      return sql`select d.code from divisions d where d.level = ${by} and starts_with(d.code, ${inScope})`;
    case 'grid-head':
    case 'courtyard-head':
      return sql`
        select h.id::text as code
        from heads h
        where h.role = ${by} and starts_with(h.community_code, ${inScope})
          and h.valid_from < ${day(to)} and (h.valid_to is null or h.valid_to > ${day(from)})`;
    case 'collector':
      return scope.kind === 'district'
        ? sql`select s.id::text as code from users s where s.role = 'collector' and s.disabled_at is null`
        : null;
    default:
      return null;
  }
}

/** Whose role is collector: nobody else is judged as one. */
export async function listCollectors(db: Queryable): Promise<Set<string>> {
  const { rows } = await db.query<{ id: string }>(sql`select id from users where role = 'collector'`);
  return new Set(rows.map(({ id }) => id));
}

export interface HeadOfCell {
  headId: string;
  cellCode: string;
  /** Days. */
  from: string;
  to: string | null;
}

/** Who of a role answers for which cell on which days. */
export async function listHeadsOfCells(
  db: Queryable,
  role: 'grid-head' | 'courtyard-head',
): Promise<HeadOfCell[]> {
  const { rows } = await db.query<HeadOfCell>(sql`
    select hc.head_id as "headId", hc.cell_code as "cellCode", hc.valid_from::text as "from", hc.valid_to::text as "to"
    from head_cells hc
    join heads h on h.id = hc.head_id
    where h.role = ${role}`);
  return rows;
}
