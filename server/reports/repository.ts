import sql, { empty } from 'sql-template-tag';
import type { Scope } from '#contract/access';
import type { ClockAxis } from '#clock/limits';
import type { Channel } from '#contract/reports';
import type { Ellipse, LonLat, Names, Polygon, Box } from '#contract/shared';
import { areaScope } from '../access/scope.ts';
import type { FullCase } from '../cases/service.ts';
import type { Queryable } from '../db/database.ts';
import type { ReportRecord, ReportState } from './report-record.ts';

/** False when this sender has sent a report of that source key before. */
export async function insertReport(tx: Queryable, report: ReportRecord): Promise<boolean> {
  const { place } = report;
  const { rowCount } = await tx.query(sql`
    insert into reports (id, channel, source_key, class_id, limit_id, text, reporter, raw, state, state_reason, case_id,
      accuracy_metres, cell_code, community_code, subdistrict_code, part_code, created_by, version, received_at, axis,
      due_at, warn_at, decided_at, geom)
    values (${report.id}, ${report.channel}, ${report.sourceKey}, ${report.classId}, ${report.limitId}, ${report.text},
      ${JSON.stringify(report.reporter)}, ${report.raw === null ? null : JSON.stringify(report.raw)}, ${report.state},
      ${report.stateReason}, ${report.caseId}, ${report.accuracyMetres}, ${place?.cellCode ?? null},
      ${place?.communityCode ?? null}, ${place?.subdistrictCode ?? null}, ${report.partCode}, ${report.createdBy},
      ${report.version}, ${report.receivedAt}, ${report.axis}, ${report.dueAt}, ${report.warnAt}, ${report.decidedAt},
      st_setsrid(st_makepoint(${place?.position.lon ?? null}::float8, ${place?.position.lat ?? null}::float8), 4326))
    on conflict (source_key) do nothing`);
  return rowCount === 1;
}

/** Writes what a decision changes; false when somebody else decided first. */
export async function updateReport(
  tx: Queryable,
  report: ReportRecord,
  expectedVersion: number,
): Promise<boolean> {
  const { place } = report;
  const { rowCount } = await tx.query(sql`
    update reports
    set class_id = ${report.classId}, limit_id = ${report.limitId}, state = ${report.state},
      state_reason = ${report.stateReason}, case_id = ${report.caseId}, cell_code = ${place?.cellCode ?? null},
      community_code = ${place?.communityCode ?? null}, subdistrict_code = ${place?.subdistrictCode ?? null},
      part_code = ${report.partCode}, version = ${report.version}, decided_at = ${report.decidedAt},
      geom = st_setsrid(
        st_makepoint(${place?.position.lon ?? null}::float8, ${place?.position.lat ?? null}::float8), 4326)
    where id = ${report.id} and version = ${expectedVersion}`);
  return rowCount === 1;
}

/** Writes another filing deadline of a report that waits; false when it was decided or changed meanwhile. */
export async function updateReportDeadline(
  tx: Queryable,
  report: ReportRecord,
  expectedVersion: number,
): Promise<boolean> {
  const { rowCount } = await tx.query(sql`
    update reports
    set axis = ${report.axis}, due_at = ${report.dueAt}, warn_at = ${report.warnAt}, version = ${report.version}
    where id = ${report.id} and version = ${expectedVersion} and state = 'received'`);
  return rowCount === 1;
}

interface ReportRow {
  id: string;
  channel: Channel;
  source_key: string | null;
  class_id: string | null;
  class_zh: string | null;
  class_en: string | null;
  limit_id: number | null;
  text: string;
  reporter: ReportRecord['reporter'];
  raw: ReportRecord['raw'];
  state: ReportState;
  state_reason: string | null;
  case_id: string | null;
  accuracy_metres: number | null;
  cell_code: string | null;
  community_code: string | null;
  subdistrict_code: string | null;
  part_code: string | null;
  camera_id: string | null;
  still_id: string | null;
  created_by: string | null;
  version: number;
  received_at: Date;
  due_at: Date;
  axis: ClockAxis;
  warn_at: Date;
  decided_at: Date | null;
  lon: number | null;
  lat: number | null;
}

const reportColumns = sql`
  r.id, r.channel, r.source_key, r.class_id, k.name_zh as class_zh, k.name_en as class_en, r.limit_id, r.text,
  r.reporter, r.raw, r.state, r.state_reason, r.case_id, r.accuracy_metres, r.cell_code, r.community_code,
  r.subdistrict_code, r.part_code, f.camera_id, f.still_id, r.created_by, r.version, r.received_at, r.axis, r.due_at, r.warn_at,
  r.decided_at, st_x(r.geom) as lon, st_y(r.geom) as lat`;

const reportTables = sql`
  from reports r
  left join classes k on k.id = r.class_id
  left join framings f on f.report_id = r.id`;

function toRecord(row: ReportRow): ReportRecord {
  return {
    id: row.id,
    channel: row.channel,
    sourceKey: row.source_key,
    classId: row.class_id,
    className: toNames(row.class_zh, row.class_en),
    limitId: row.limit_id,
    text: row.text,
    reporter: row.reporter,
    raw: row.raw,
    state: row.state,
    stateReason: row.state_reason,
    caseId: row.case_id,
    accuracyMetres: row.accuracy_metres,
    place: toPlace(row),
    partCode: row.part_code,
    cameraId: row.camera_id,
    stillId: row.still_id,
    createdBy: row.created_by,
    version: row.version,
    receivedAt: row.received_at,
    dueAt: row.due_at,
    axis: row.axis,
    warnAt: row.warn_at,
    decidedAt: row.decided_at,
  };
}

function toNames(zh: string | null, en: string | null): Names | null {
  return zh === null || en === null ? null : { zh, en };
}

function toPlace({
  lon,
  lat,
  cell_code,
  community_code,
  subdistrict_code,
}: ReportRow): ReportRecord['place'] {
  if (lon === null || lat === null || !cell_code || !community_code || !subdistrict_code) return null;
  return {
    position: { lon, lat },
    cellCode: cell_code,
    communityCode: community_code,
    subdistrictCode: subdistrict_code,
  };
}

export async function findReport(db: Queryable, scope: Scope, id: string): Promise<ReportRecord | undefined> {
  const { rows } = await db.query<ReportRow>(sql`
    select ${reportColumns}
    ${reportTables}
    where r.id = ${id} and ${areaScope(scope, 'r')}`);
  return rows[0] && toRecord(rows[0]);
}

export async function findReportBySource(
  db: Queryable,
  sourceKey: string,
): Promise<ReportRecord | undefined> {
  const { rows } = await db.query<ReportRow>(sql`
    select ${reportColumns}
    ${reportTables}
    where r.source_key = ${sourceKey}`);
  return rows[0] && toRecord(rows[0]);
}

export interface ReportCursor {
  receivedAt: Date;
  id: string;
}

/** The newest first. */
export async function listReports(
  db: Queryable,
  scope: Scope,
  page: { state?: ReportState | undefined; after?: ReportCursor | undefined; limit: number },
): Promise<ReportRecord[]> {
  const { rows } = await db.query<ReportRow>(sql`
    select ${reportColumns}
    ${reportTables}
    where ${areaScope(scope, 'r')}
      ${page.state ? sql`and r.state = ${page.state}` : empty}
      ${page.after ? sql`and (r.received_at, r.id) < (${page.after.receivedAt}, ${page.after.id}::uuid)` : empty}
    order by r.received_at desc, r.id desc
    limit ${page.limit}`);
  return rows.map(toRecord);
}

export interface FramingRow {
  id: string;
  reportId: string;
  cameraId: string;
  calibrationVersion: number;
  /** RFC 3339, microseconds kept. */
  at: string;
  box: Box;
  stillId: string | null;
  evidenceId: string | null;
  ellipse: Ellipse;
  createdBy: string;
  footprint: Polygon;
  ground: LonLat;
}

export async function insertFraming(tx: Queryable, framing: FramingRow): Promise<void> {
  await tx.query(sql`
    insert into framings (id, report_id, camera_id, calibration_version, at, box, still_id, evidence_id, ellipse,
      created_by, footprint, ground)
    values (${framing.id}, ${framing.reportId}, ${framing.cameraId}, ${framing.calibrationVersion}, ${framing.at},
      ${JSON.stringify(framing.box)}, ${framing.stillId}, ${framing.evidenceId}, ${JSON.stringify(framing.ellipse)},
      ${framing.createdBy}, st_setsrid(st_geomfromgeojson(${JSON.stringify(framing.footprint)}), 4326),
      st_setsrid(st_makepoint(${framing.ground.lon}::float8, ${framing.ground.lat}::float8), 4326))`);
}

/** The report of a framing that this person made. */
export async function findOwnFraming(
  db: Queryable,
  userId: string,
  framingId: string,
): Promise<ReportRecord | undefined> {
  const { rows } = await db.query<ReportRow>(sql`
    select ${reportColumns}
    ${reportTables}
    where f.id = ${framingId} and f.created_by = ${userId}`);
  return rows[0] && toRecord(rows[0]);
}

/** The code of the district this deployment is for. */
export async function findDistrictCode(db: Queryable): Promise<string> {
  const { rows } = await db.query<{ code: string }>(sql`
    select code from divisions where level = 'district' order by code limit 1`);
  return rows[0]?.code ?? '';
}

export async function findCellOutline(db: Queryable, cellCode: string): Promise<Polygon | undefined> {
  const { rows } = await db.query<{ outline: Polygon }>(sql`
    select st_asgeojson(geom, 7)::jsonb as outline from cells where code = ${cellCode}`);
  return rows[0]?.outline;
}

/** Names of divisions, the largest first. */
export async function findDivisionNames(db: Queryable, codes: readonly string[]): Promise<Names[]> {
  const { rows } = await db.query<Names>(sql`
    select name_zh as zh, name_en as en from divisions where code = any(${codes}) order by code`);
  return rows;
}

/** What a case shows of the framing it was filed from; null for a report that is none. */
export async function findCaseFraming(db: Queryable, reportId: string): Promise<FullCase['framing']> {
  const { rows } = await db.query<FramingRow & { atInstant: Date }>(sql`
    select camera_id as "cameraId", at as "atInstant", box, st_asgeojson(footprint)::jsonb as footprint, ellipse,
      evidence_id as "evidenceId"
    from framings
    where report_id = ${reportId}`);
  const row = rows[0];
  if (!row) return null;
  const { cameraId, atInstant, box, footprint, ellipse, evidenceId } = row;
  return {
    cameraId,
    at: atInstant.toISOString(),
    box,
    footprint,
    ellipse,
    ...(evidenceId === null ? {} : { evidenceId }),
  };
}
