import sql, { empty, join, type Sql } from 'sql-template-tag';
import type { Scope } from '#contract/access';
import type { Stage } from '#contract/cases';
import type { Kind } from '#contract/dictionary';
import type { Light, LonLat, Names } from '#contract/shared';
import type { Resolution } from '#contract/units';
import type { RequestKind } from '#contract/requests';
import type { LimitUnit } from '#clock/limits';
import { caseScope } from '../access/scope.ts';
import type { Queryable } from '../db/database.ts';
import type { CaseExtras, CaseRecord, FullCase } from './case-record.ts';
import { requestOf, requestTables, toRequestRecord, type RequestJson } from './request-repository.ts';
import { utc } from './sql-text.ts';

interface CaseRow {
  id: string;
  number: string;
  stage: Stage;
  version: number;
  class_id: string;
  class_name: Names;
  kind: Kind;
  channel: string;
  lon: number;
  lat: number;
  accuracy_metres: number;
  cell_code: string;
  community_code: string;
  subdistrict_code: string;
  part_code: string | null;
  unit: { code: string; name: Names; phone: string } | null;
  assistant_codes: string[];
  camera_id: string | null;
  still_id: string | null;
  note: string;
  urgent: boolean;
  special: boolean;
  limit_amount: number;
  limit_unit: LimitUnit;
  dispatch_count: number;
  second_notices: number;
  report_count: number;
  received_at: Date;
  filed_at: Date;
  stage_since: Date;
  updated_at: Date;
  closed_at: Date | null;
  due_at: Date | null;
  warn_at: Date | null;
  whole_due_at: Date | null;
  whole_warn_at: Date | null;
  supervision_due_at: Date | null;
  supervision_warn_at: Date | null;
  no_subject: boolean;
  postponed_at: Date | null;
  extended_at: Date | null;
  returned_at: Date | null;
  repeated_at: Date | null;
  extension_seconds: number;
  own_limit_seconds: number | null;
  request: CaseRecord['request'];
  checker: CaseRecord['checker'];
  merged_into: CaseRecord['mergedInto'];
}

const recordColumns = sql`
  c.id, c.number, c.stage, c.version, c.class_id, jsonb_build_object('zh', k.name_zh, 'en', k.name_en) as class_name,
  c.kind, c.channel, st_x(c.geom) as lon, st_y(c.geom) as lat, c.accuracy_metres, c.cell_code, c.community_code,
  c.subdistrict_code, c.part_code, c.assistant_codes, c.camera_id, c.still_id, c.note, c.urgent, c.special,
  case when u.code is not null then jsonb_build_object('code', u.code, 'phone', u.phone,
    'name', jsonb_build_object('zh', u.name_zh, 'en', u.name_en)) end as unit,
  l.amount as limit_amount, l.unit as limit_unit, c.dispatch_count, c.second_notices, c.report_count,
  c.received_at, c.filed_at, c.stage_since, c.updated_at, c.closed_at, c.due_at, c.warn_at, c.whole_due_at,
  c.whole_warn_at, c.supervision_due_at, c.supervision_warn_at, c.no_subject, c.postponed_at, c.extended_at,
  c.returned_at, c.repeated_at, c.extension_seconds, c.own_limit_seconds,
  (
    select jsonb_build_object('id', q.id, 'kind', q.kind, 'unit', q.unit_code, 'at', ${utc(sql`q.requested_at`)})
    from case_requests q
    where q.case_id = c.id and q.state = 'open'
  ) as request,
  case when h.id is not null then jsonb_build_object('id', h.id,
    'name', jsonb_build_object('zh', h.display_name_zh, 'en', h.display_name_en)) end as checker,
  case when m.id is not null then jsonb_build_object('id', m.id, 'number', m.number) end as merged_into`;

const recordJoins = sql`
  join classes k on k.id = c.class_id
  join class_limits l on l.id = c.limit_id
  left join units u on u.code = c.unit_code
  left join users h on h.id = c.checker_id
  left join cases m on m.id = c.merged_into`;

const recordTables = sql`
  from cases c
  ${recordJoins}`;

function toRecord(row: CaseRow): CaseRecord {
  return {
    id: row.id,
    number: row.number,
    stage: row.stage,
    version: row.version,
    classId: row.class_id,
    className: row.class_name,
    kind: row.kind,
    channel: row.channel,
    position: { lon: row.lon, lat: row.lat },
    accuracyMetres: row.accuracy_metres,
    cellCode: row.cell_code,
    communityCode: row.community_code,
    subdistrictCode: row.subdistrict_code,
    partCode: row.part_code,
    unit: row.unit,
    assistantCodes: row.assistant_codes,
    cameraId: row.camera_id,
    stillId: row.still_id,
    note: row.note,
    urgent: row.urgent,
    special: row.special,
    limit: { amount: row.limit_amount, unit: row.limit_unit },
    dispatchCount: row.dispatch_count,
    secondNotices: row.second_notices,
    reportCount: row.report_count,
    receivedAt: row.received_at,
    filedAt: row.filed_at,
    stageSince: row.stage_since,
    updatedAt: row.updated_at,
    closedAt: row.closed_at,
    dueAt: row.due_at,
    warnAt: row.warn_at,
    wholeDueAt: row.whole_due_at,
    wholeWarnAt: row.whole_warn_at,
    supervisionDueAt: row.supervision_due_at,
    supervisionWarnAt: row.supervision_warn_at,
    noSubject: row.no_subject,
    postponedAt: row.postponed_at,
    extendedAt: row.extended_at,
    returnedAt: row.returned_at,
    repeatedAt: row.repeated_at,
    extensionSeconds: row.extension_seconds,
    ownLimitSeconds: row.own_limit_seconds,
    request: row.request,
    checker: row.checker,
    mergedInto: row.merged_into,
  };
}

export interface CaseFilter {
  stage?: Stage | readonly Stage[] | undefined;
  light?: Light | readonly Light[] | undefined;
  unit?: string | undefined;
  subdistrict?: string | undefined;
  community?: string | undefined;
  cell?: string | undefined;
  class?: string | undefined;
  part?: string | undefined;
  open?: boolean | undefined;
  /** Part of the case number. */
  q?: string | undefined;
  near?: { position: LonLat; metres: number } | undefined;
  receivedSince?: Date | undefined;
  /** With a request that waits for a decision: of any kind, or of one. */
  request?: 'open' | RequestKind | undefined;
  /** With any of these flags. */
  flag?: readonly CaseFlag[] | undefined;
  /** true: open, and nobody responsible yet. */
  noSubject?: boolean | undefined;
  /** Id of the collector it was sent to. */
  checker?: string | undefined;
}

export type CaseFlag = 'postponed' | 'extended' | 'returned' | 'repeated';

/** The soonest due of its stage, the soonest due as a whole, or the first received. */
export type CaseOrder = 'due' | 'whole' | 'received';

/** Where a page ended: the order is by an instant, what has none last. */
export interface CaseCursor {
  at: Date | null;
  id: string;
}

const forever = sql`'infinity'::timestamptz`;

/** As in the indexes of open cases. */
const orders: Record<CaseOrder, Sql> = {
  due: sql`coalesce(c.due_at, ${forever})`,
  whole: sql`coalesce(c.whole_due_at, ${forever})`,
  received: sql`c.received_at`,
};

/** The instant by which a case stands where it stands in a list of that order. */
export function instantInOrder(record: CaseRecord, order: CaseOrder): Date | null {
  if (order === 'received') return record.receivedAt;
  return order === 'whole' ? record.wholeDueAt : record.dueAt;
}

/**
 * Cases within the scope, a page at a time. The page is cut from the table of cases alone, by an index of its order,
 * before anything is joined to it.
 */
export async function listCases(
  db: Queryable,
  scope: Scope,
  filter: CaseFilter,
  page: { now: Date; order?: CaseOrder | undefined; after?: CaseCursor | undefined; limit: number },
): Promise<CaseRecord[]> {
  const { after, order = 'due' } = page;
  const by = orders[order];
  const { rows } = await db.query<CaseRow>(sql`
    select ${recordColumns}
    from (
      select c.*
      from cases c
      where ${join([caseScope(scope, 'c'), ...conditionsOf(filter, page.now)], ' and ')}
        ${
          after
            ? sql`and (${by}, c.id) > (coalesce(${after.at}::timestamptz, ${forever}), ${after.id}::uuid)`
            : empty
        }
      order by ${by}, c.id
      limit ${page.limit}
    ) c
    ${recordJoins}
    order by ${by}, c.id`);
  return rows.map(toRecord);
}

/** `and …` for every filter that is set, over `cases c`. */
export function caseConditions(filter: CaseFilter, now: Date): Sql {
  return conditionsOf(filter, now).reduce((all, one) => sql`${all} and ${one}`, empty);
}

function conditionsOf(filter: CaseFilter, now: Date): Sql[] {
  const stages = listOf(filter.stage);
  const lights = listOf(filter.light);
  return [
    ...(isOpen(filter, stages, lights) ? [sql`c.closed_at is null`] : []),
    ...(stages.length === 1 ? [sql`c.stage = ${stages[0]}`] : []),
    ...(stages.length > 1 ? [sql`c.stage = any(${stages})`] : []),
    ...(lights.length > 0
      ? [
          sql`(${join(
            lights.map((light) => lightCondition(light, now)),
            ' or ',
          )})`,
        ]
      : []),
    ...(filter.unit ? [sql`c.unit_code = ${filter.unit}`] : []),
    ...(filter.subdistrict ? [sql`c.subdistrict_code = ${filter.subdistrict}`] : []),
    ...(filter.community ? [sql`c.community_code = ${filter.community}`] : []),
    ...(filter.cell ? [sql`c.cell_code = ${filter.cell}`] : []),
    ...(filter.class ? [sql`c.class_id = ${filter.class}`] : []),
    ...(filter.part ? [sql`c.part_code = ${filter.part}`] : []),
    ...(filter.q ? [sql`position(${filter.q} in c.number) > 0`] : []),
    ...(filter.near ? [within(filter.near)] : []),
    ...(filter.receivedSince ? [sql`c.received_at >= ${filter.receivedSince}`] : []),
    ...(filter.request ? [requestCondition(filter.request)] : []),
    ...(filter.flag?.length
      ? [
          sql`(${join(
            filter.flag.map((flag) => sql`${flagColumns[flag]} is not null`),
            ' or ',
          )})`,
        ]
      : []),
    ...(filter.noSubject === undefined ? [] : [filter.noSubject ? sql`c.no_subject` : sql`not c.no_subject`]),
    ...(filter.checker ? [sql`c.checker_id = ${filter.checker}::uuid`] : []),
  ];
}

function listOf<T extends string>(given: T | readonly T[] | undefined): readonly T[] {
  if (given === undefined) return [];
  return typeof given === 'string' ? [given] : given;
}

/** What only open cases have is said of them, so that their indexes serve. */
function isOpen(filter: CaseFilter, stages: readonly Stage[], lights: readonly Light[]): boolean {
  return (
    filter.open === true ||
    filter.request !== undefined ||
    filter.noSubject === true ||
    (stages.length > 0 && stages.every((stage) => stage !== 'closed' && stage !== 'void')) ||
    (lights.length > 0 && !lights.includes('none'))
  );
}

const flagColumns: Record<CaseFlag, Sql> = {
  postponed: sql`c.postponed_at`,
  extended: sql`c.extended_at`,
  returned: sql`c.returned_at`,
  repeated: sql`c.repeated_at`,
};

function requestCondition(request: 'open' | RequestKind): Sql {
  return sql`exists (
        select
        from case_requests q
        where q.case_id = c.id and q.state = 'open' ${request === 'open' ? empty : sql`and q.kind = ${request}`}
      )`;
}

function pointOf({ lon, lat }: LonLat): Sql {
  return sql`st_setsrid(st_makepoint(${lon}::float8, ${lat}::float8), 4326)`;
}

function within({ position, metres }: { position: LonLat; metres: number }): Sql {
  return sql`st_dwithin(c.geom::geography, ${pointOf(position)}::geography, ${metres}::float8)`;
}

/** The same comparison as `lightAt`, of what the index of open cases is ordered by. */
function lightCondition(light: Light, now: Date): Sql {
  const { due } = orders;
  switch (light) {
    case 'red':
      return sql`${due} < ${now}`;
    case 'yellow':
      return sql`(${due} >= ${now} and c.warn_at <= ${now})`;
    case 'green':
      return sql`(${due} >= ${now} and c.warn_at > ${now})`;
    case 'none':
      return sql`c.due_at is null`;
  }
}

/** Open cases of a class near a point, the nearest first. */
export async function listSimilarCases(
  db: Queryable,
  scope: Scope,
  given: { classId: string; position: LonLat; metres: number; receivedSince: Date },
): Promise<(CaseRecord & { distanceMetres: number })[]> {
  const { rows } = await db.query<CaseRow & { distance_metres: number }>(sql`
    select ${recordColumns}, st_distance(c.geom::geography, ${pointOf(given.position)}::geography) as distance_metres
    ${recordTables}
    where ${within(given)} and c.closed_at is null and c.class_id = ${given.classId}
      and c.received_at >= ${given.receivedSince} and ${caseScope(scope, 'c')}
    order by distance_metres, c.id
    limit 10`);
  return rows.map((row) => ({ ...toRecord(row), distanceMetres: row.distance_metres }));
}

interface ExtraColumns {
  limit_id: number;
  place: string | null;
  resolution: Resolution;
  assistants: CaseExtras['assistants'];
  division_names: Names[];
  framing: (NonNullable<CaseExtras['framing']> & { evidenceId: string | null }) | null;
  photos: CaseExtras['photos'];
  requests: RequestJson[];
  merged_from: CaseExtras['mergedFrom'];
  arbitrated: boolean;
  fed_back_by: string | null;
  event_count: number;
  head_hash: string;
}

/** One case with everything its page shows, in one statement; undefined outside the scope. */
export async function findCase(db: Queryable, scope: Scope, id: string): Promise<FullCase | undefined> {
  const { rows } = await db.query<CaseRow & ExtraColumns>(sql`
    select ${recordColumns}, c.limit_id, c.place, c.resolution, c.arbitrated, c.event_count, c.head_hash,
      (
        select coalesce(jsonb_agg(jsonb_build_object('code', a.code,
          'name', jsonb_build_object('zh', a.name_zh, 'en', a.name_en)) order by a.code), '[]')
        from units a
        where a.code = any(c.assistant_codes)
      ) as assistants,
      (
        select jsonb_agg(jsonb_build_object('zh', d.name_zh, 'en', d.name_en) order by d.code)
        from divisions d
        where d.code in (left(c.subdistrict_code, 6), c.subdistrict_code, c.community_code)
      ) as division_names,
      (
        select jsonb_build_object('cameraId', f.camera_id, 'at', ${utc(sql`f.at`)}, 'box', f.box,
          'footprint', st_asgeojson(f.footprint)::jsonb, 'ellipse', f.ellipse, 'evidenceId', f.evidence_id)
        from framings f
        join reports r on r.id = f.report_id
        where r.case_id = c.id
        order by r.received_at, r.id
        limit 1
      ) as framing,
      (
        select coalesce(jsonb_agg(jsonb_build_object('attachmentId', p.attachment_id, 'n', p.n, 'at', ${utc(sql`e.at`)})
          order by p.n, p.attachment_id), '[]')
        from case_photos p
        join case_events e on e.case_id = p.case_id and e.n = p.n
        where p.case_id = c.id
      ) as photos,
      (
        select coalesce(jsonb_agg(${requestOf} order by q.requested_at desc, q.id desc), '[]')
        ${requestTables}
        where q.case_id = c.id
      ) as requests,
      (
        select coalesce(jsonb_agg(jsonb_build_object('id', f.id, 'number', f.number) order by f.number), '[]')
        from cases f
        where f.merged_into = c.id
      ) as merged_from,
      (
        select e.actor_id
        from case_events e
        where e.case_id = c.id and e.action = 'feedback'
        order by e.n desc
        limit 1
      ) as fed_back_by
    ${recordTables}
    where c.id = ${id} and ${caseScope(scope, 'c')}`);
  const row = rows[0];
  return row && { ...toRecord(row), ...toExtras(row) };
}

function toExtras(row: ExtraColumns): CaseExtras {
  const { evidenceId, ...framing } = row.framing ?? { evidenceId: null };
  return {
    limitId: row.limit_id,
    place: row.place,
    resolution: row.resolution,
    assistants: row.assistants,
    divisionNames: row.division_names,
    framing: 'cameraId' in framing ? { ...framing, ...(evidenceId === null ? {} : { evidenceId }) } : null,
    photos: row.photos,
    requests: row.requests.map(toRequestRecord),
    mergedFrom: row.merged_from,
    arbitrated: row.arbitrated,
    fedBackBy: row.fed_back_by,
    eventCount: row.event_count,
    headHash: row.head_hash,
  };
}
