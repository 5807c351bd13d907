import sql from 'sql-template-tag';
import type { Dispatch, DispatchCause } from '#clock/handling-start';
import type { ClockAxis } from '#clock/limits';
import type { ClockStage } from '#clock/stages';
import type { Names } from '#contract/shared';
import type { Queryable } from '../db/database.ts';
import type { CaseClock } from './case-clocks.ts';
import type { FullCase } from './case-record.ts';
import type { TargetUnit } from './take-step.ts';

/**
 * Inserts a case under the next number of its day, `620103-20261016-00001`. On PostgreSQL the day's row stays locked
 * until the transaction ends, so this comes as late in it as it can.
 */
export async function insertCase(
  tx: Queryable,
  record: FullCase,
  { district, day }: { district: string; day: string },
): Promise<string> {
  const { rows } = await tx.query<{ number: string }>(sql`
    with next as (
      insert into case_numbers (day, last)
      values (${day}, 1)
      on conflict (day) do update set last = case_numbers.last + 1
      returning last
    )
    insert into cases (id, number, class_id, limit_id, kind, channel, note, accuracy_metres, cell_code, community_code,
      subdistrict_code, part_code, place, camera_id, still_id, stage, unit_code, assistant_codes, resolution, urgent,
      special, dispatch_count, second_notices, report_count, checker_id, version, received_at, filed_at, stage_since,
      due_at, warn_at, whole_due_at, whole_warn_at, supervision_due_at, supervision_warn_at, closed_at, updated_at,
      event_count, head_hash, no_subject, geom)
    select ${record.id}, ${`${district}-${day}-`}::text || lpad(next.last::text, greatest(5, length(next.last::text)), '0'),
      ${record.classId}, ${record.limitId}, ${record.kind}, ${record.channel}, ${record.note}, ${record.accuracyMetres},
      ${record.cellCode}, ${record.communityCode}, ${record.subdistrictCode}, ${record.partCode}, ${record.place},
      ${record.cameraId}, ${record.stillId}, ${record.stage}, ${record.unit?.code ?? null}, ${record.assistantCodes},
      ${JSON.stringify(record.resolution)}::jsonb, ${record.urgent}, ${record.special}, ${record.dispatchCount},
      ${record.secondNotices}, ${record.reportCount}, ${record.checker?.id ?? null}, ${record.version}, ${record.receivedAt},
      ${record.filedAt}, ${record.stageSince}, ${record.dueAt}, ${record.warnAt}, ${record.wholeDueAt},
      ${record.wholeWarnAt}, ${record.supervisionDueAt}, ${record.supervisionWarnAt}, ${record.closedAt},
      ${record.updatedAt}, ${record.eventCount}, ${record.headHash}, ${record.noSubject},
      st_setsrid(st_makepoint(${record.position.lon}::float8, ${record.position.lat}::float8), 4326)
    from next
    returning number`);
  return rows[0]?.number ?? '';
}

/** Writes what a step may change; false when somebody else changed the case since `expectedVersion`. */
export async function updateCase(tx: Queryable, record: FullCase, expectedVersion: number): Promise<boolean> {
  const { rowCount } = await tx.query(sql`
    update cases
    set stage = ${record.stage}, unit_code = ${record.unit?.code ?? null}, assistant_codes = ${record.assistantCodes},
      dispatch_count = ${record.dispatchCount}, second_notices = ${record.secondNotices},
      report_count = ${record.reportCount}, checker_id = ${record.checker?.id ?? null}, version = ${record.version},
      stage_since = ${record.stageSince}, due_at = ${record.dueAt}, warn_at = ${record.warnAt},
      whole_due_at = ${record.wholeDueAt}, whole_warn_at = ${record.wholeWarnAt},
      supervision_due_at = ${record.supervisionDueAt}, supervision_warn_at = ${record.supervisionWarnAt},
      closed_at = ${record.closedAt}, updated_at = ${record.updatedAt}, event_count = ${record.eventCount},
      head_hash = ${record.headHash}, no_subject = ${record.noSubject}, merged_into = ${record.mergedInto?.id ?? null},
      postponed_at = ${record.postponedAt}, extended_at = ${record.extendedAt}, returned_at = ${record.returnedAt},
      repeated_at = ${record.repeatedAt}, extension_seconds = ${record.extensionSeconds},
      own_limit_seconds = ${record.ownLimitSeconds}, arbitrated = ${record.arbitrated}
    where id = ${record.id} and version = ${expectedVersion}`);
  return rowCount === 1;
}

/** Inserts new clocks and ends those that have stopped. */
export async function saveClocks(tx: Queryable, caseId: string, clocks: readonly CaseClock[]): Promise<void> {
  if (clocks.length === 0) return;
  const rows = clocks.map((clock) => ({
    id: clock.id,
    stage: clock.stage,
    round: clock.round,
    unit_code: clock.unit,
    axis: clock.axis,
    started_at: toText(clock.startedAt),
    ended_at: toText(clock.endedAt),
    limit_seconds: clock.limitSeconds,
    used_before_seconds: clock.usedBeforeSeconds,
    used_seconds: clock.usedSeconds,
    due_at: toText(clock.dueAt),
    warn_at: toText(clock.warnAt),
  }));
  await tx.query(sql`
    insert into case_clocks (id, case_id, stage, round, unit_code, axis, started_at, ended_at, limit_seconds,
      used_before_seconds, used_seconds, due_at, warn_at)
    select id, ${caseId}, stage, round, unit_code, axis, started_at, ended_at, limit_seconds, used_before_seconds,
      used_seconds, due_at, warn_at
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as given (id uuid, stage text, round integer,
      unit_code text, axis text, started_at timestamptz, ended_at timestamptz, limit_seconds bigint,
      used_before_seconds bigint, used_seconds bigint, due_at timestamptz, warn_at timestamptz)
    on conflict (id) do update
    set ended_at = excluded.ended_at, used_seconds = excluded.used_seconds, limit_seconds = excluded.limit_seconds,
      used_before_seconds = excluded.used_before_seconds, due_at = excluded.due_at, warn_at = excluded.warn_at`);
}

function toText(epochMs: number | null): string | null {
  return epochMs === null ? null : new Date(epochMs).toISOString();
}

interface ClockRow {
  id: string;
  stage: ClockStage;
  round: number;
  unit_code: string | null;
  axis: ClockAxis;
  started_at: Date;
  ended_at: Date | null;
  limit_seconds: number | null;
  used_before_seconds: number;
  used_seconds: number | null;
  due_at: Date | null;
  warn_at: Date | null;
}

/** In order of start; of two that started at once, the one that has ended came first. */
export async function listClocks(db: Queryable, caseId: string): Promise<CaseClock[]> {
  const { rows } = await db.query<ClockRow>(sql`
    select id, stage, round, unit_code, axis, started_at, ended_at, limit_seconds, used_before_seconds, used_seconds,
      due_at, warn_at
    from case_clocks
    where case_id = ${caseId}
    order by started_at, ended_at nulls last, id`);
  return rows.map((row) => ({
    id: row.id,
    stage: row.stage,
    round: row.round,
    unit: row.unit_code,
    axis: row.axis,
    startedAt: row.started_at.getTime(),
    endedAt: row.ended_at?.getTime() ?? null,
    limitSeconds: row.limit_seconds,
    usedBeforeSeconds: row.used_before_seconds,
    usedSeconds: row.used_seconds,
    dueAt: row.due_at?.getTime() ?? null,
    warnAt: row.warn_at?.getTime() ?? null,
  }));
}

/** Who was given the case, in order, from its log. */
export async function listDispatches(db: Queryable, caseId: string): Promise<Dispatch[]> {
  const { rows } = await db.query<{ unit: string; cause: DispatchCause; at: Date }>(sql`
    select payload ->> 'unit' as unit, payload ->> 'cause' as cause, at
    from case_events
    where case_id = ${caseId} and payload ? 'cause'
    order by n`);
  return rows;
}

export async function insertPhotos(
  tx: Queryable,
  caseId: string,
  photos: readonly { attachmentId: string; n: number }[],
): Promise<void> {
  await tx.query(sql`
    insert into case_photos (case_id, n, attachment_id)
    select ${caseId}, n, "attachmentId"
    from jsonb_to_recordset(${JSON.stringify(photos)}::jsonb) as given (n integer, "attachmentId" uuid)`);
}

/** Reports of a case, the first received first. */
export async function listReportIds(db: Queryable, caseId: string): Promise<string[]> {
  const { rows } = await db.query<{ id: string }>(sql`
    select id from reports where case_id = ${caseId} order by received_at, id`);
  return rows.map(({ id }) => id);
}

/** Which of these reports belong to the case now. */
export async function keepReportsOf(
  db: Queryable,
  caseId: string,
  ids: readonly string[],
): Promise<string[]> {
  const { rows } = await db.query<{ id: string }>(sql`
    select id from reports where case_id = ${caseId} and id = any(${ids}) order by received_at, id`);
  return rows.map(({ id }) => id);
}

/** Reports of one case become reports of another; what became of each when it was decided stays written. */
export async function moveReports(
  tx: Queryable,
  { ids, fromId, intoId }: { ids: readonly string[]; fromId: string; intoId: string },
): Promise<number> {
  const { rowCount } = await tx.query(sql`
    update reports
    set case_id = ${intoId}, version = version + 1
    where case_id = ${fromId} and id = any(${ids})`);
  return rowCount;
}

/** The case in which a merged one goes on by now: what it was merged into may have been merged itself. */
export async function findGoingOn(db: Queryable, intoId: string): Promise<string> {
  const { rows } = await db.query<{ id: string }>(sql`
    with recursive chain as (
      select id, merged_into
      from cases
      where id = ${intoId}
      union
      select c.id, c.merged_into
      from chain
      join cases c on c.id = chain.merged_into
    )
    select id from chain where merged_into is null`);
  return rows[0]?.id ?? intoId;
}

/** What the log says of the last merge of a case: the reports that went with it. */
export async function findMergedReports(db: Queryable, caseId: string): Promise<string[]> {
  const { rows } = await db.query<{ reports: string[] | null }>(sql`
    select payload -> 'reports' as reports
    from case_events
    where case_id = ${caseId} and action = 'merge'
    order by n desc
    limit 1`);
  return rows[0]?.reports ?? [];
}

export async function findUnits(db: Queryable, codes: readonly string[]): Promise<TargetUnit[]> {
  const { rows } = await db.query<{ code: string; name: Names; phone: string; is_command: boolean }>(sql`
    select code, jsonb_build_object('zh', name_zh, 'en', name_en) as name, phone, is_command
    from units
    where code = any(${codes})`);
  return rows.map(({ is_command: isCommand, ...unit }) => ({ ...unit, isCommand }));
}
