import sql from 'sql-template-tag';
import type { Kind } from '#contract/dictionary';
import type { Names } from '#contract/shared';
import type { Resolution } from '#contract/units';
import type { LimitUnit } from '#clock/limits';
import type { Queryable } from '../db/database.ts';
import type { CaseClock } from './case-clocks.ts';

/** The limit that a class has by default, whatever the place. */
export interface DefaultLimit {
  classId: string;
  className: Names;
  kind: Kind;
  id: number;
  condition: Names;
  closingCondition: Names;
  amount: number;
  unit: LimitUnit;
  urgent: boolean;
  special: boolean;
}

export async function listDefaultLimits(tx: Queryable, classIds: readonly string[]): Promise<DefaultLimit[]> {
  const { rows } = await tx.query<DefaultLimit>(sql`
    select distinct on (l.class_id) l.class_id as "classId", k.kind, l.id, l.amount, l.unit, l.urgent, l.special,
      jsonb_build_object('zh', k.name_zh, 'en', k.name_en) as "className",
      jsonb_build_object('zh', l.condition_zh, 'en', l.condition_en) as condition,
      jsonb_build_object('zh', l.closing_condition_zh, 'en', l.closing_condition_en) as "closingCondition"
    from class_limits l
    join classes k on k.id = l.class_id
    where l.class_id = any(${classIds}::text[])
    order by l.class_id, l.is_default desc, l.place nulls first, l.id`);
  return rows;
}

export interface PastCaseRow {
  id: string;
  number: string;
  limit: DefaultLimit;
  channel: string;
  note: string;
  cellCode: string;
  unit: string | null;
  resolution: Resolution;
  receivedAt: Date;
  filedAt: Date;
  closedAt: Date;
  importedAt: Date;
  headHash: string;
  lon: number;
  lat: number;
  clocks: CaseClock[];
}

/** Closed cases with their clocks, in two statements for any number of them. */
export async function insertPastCases(tx: Queryable, cases: readonly PastCaseRow[]): Promise<void> {
  const rows = cases.map((one) => ({
    id: one.id,
    number: one.number,
    class_id: one.limit.classId,
    limit_id: one.limit.id,
    kind: one.limit.kind,
    channel: one.channel,
    note: one.note,
    cell_code: one.cellCode,
    unit_code: one.unit,
    resolution: one.resolution,
    urgent: one.limit.urgent,
    special: one.limit.special,
    received_at: one.receivedAt,
    filed_at: one.filedAt,
    closed_at: one.closedAt,
    updated_at: one.importedAt,
    head_hash: one.headHash,
    lon: one.lon,
    lat: one.lat,
  }));
  await tx.query(sql`
    insert into cases (id, number, class_id, limit_id, kind, channel, note, accuracy_metres, cell_code, community_code,
      subdistrict_code, stage, unit_code, resolution, urgent, special, dispatch_count, received_at, filed_at,
      stage_since, closed_at, updated_at, event_count, head_hash, geom)
    select r.id, r.number, r.class_id, r.limit_id, r.kind, r.channel, r.note, 0, r.cell_code, c.community_code,
      d.parent_code, 'closed', r.unit_code, r.resolution, r.urgent, r.special,
      case when r.unit_code is null then 0 else 1 end, r.received_at, r.filed_at, r.closed_at, r.closed_at,
      r.updated_at, 1, r.head_hash, st_setsrid(st_makepoint(r.lon, r.lat), 4326)
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(id uuid, number text, class_id text, limit_id integer,
      kind text, channel text, note text, cell_code text, unit_code text, resolution jsonb, urgent boolean,
      special boolean, received_at timestamptz, filed_at timestamptz, closed_at timestamptz, updated_at timestamptz,
      head_hash text, lon float8, lat float8)
    join cells c on c.code = r.cell_code
    join divisions d on d.code = c.community_code`);
  const clocks = cases.flatMap((one) =>
    one.clocks.map((clock) => ({
      id: clock.id,
      case_id: one.id,
      stage: clock.stage,
      round: clock.round,
      unit_code: clock.unit,
      axis: clock.axis,
      started_at: new Date(clock.startedAt),
      ended_at: clock.endedAt === null ? null : new Date(clock.endedAt),
      limit_seconds: clock.limitSeconds,
      used_seconds: clock.usedSeconds,
      due_at: clock.dueAt === null ? null : new Date(clock.dueAt),
      warn_at: clock.warnAt === null ? null : new Date(clock.warnAt),
    })),
  );
  await tx.query(sql`
    insert into case_clocks (id, case_id, stage, round, unit_code, axis, started_at, ended_at, limit_seconds,
      used_seconds, due_at, warn_at)
    select id, case_id, stage, round, unit_code, axis, started_at, ended_at, limit_seconds, used_seconds, due_at, warn_at
    from jsonb_to_recordset(${JSON.stringify(clocks)}::jsonb) as r(id uuid, case_id uuid, stage text, round integer,
      unit_code text, axis text, started_at timestamptz, ended_at timestamptz, limit_seconds bigint,
      used_seconds bigint, due_at timestamptz, warn_at timestamptz)`);
}

/** Numbers of our own form are not given again on their day. */
export async function reserveNumbers(tx: Queryable, numbers: readonly string[]): Promise<void> {
  await tx.query(sql`
    insert into case_numbers (day, last)
    select split_part(number, '-', 2), max(split_part(number, '-', 3)::integer)
    from unnest(${numbers}::text[]) as number
    where number ~ '^[0-9]{6}-[0-9]{8}-[0-9]{5,9}$'
    group by 1
    on conflict (day) do update set last = greatest(case_numbers.last, excluded.last)`);
}
