import sql, { empty, join, type Sql } from 'sql-template-tag';
import type { Scope } from '#contract/access';
import type { CaseRequest, RequestKind, RequestState } from '#contract/requests';
import { caseScope } from '../access/scope.ts';
import type { Queryable } from '../db/database.ts';
import { toCaseRequest, type RequestRecord } from './case-request.ts';
import { utc } from './sql-text.ts';

/** A request as the database gives it: instants as text. */
export type RequestJson = Omit<RequestRecord, 'requestedAt' | 'decidedAt'> & {
  requestedAt: string;
  decidedAt: string | null;
};

export function toRequestRecord(json: RequestJson): RequestRecord {
  return {
    ...json,
    requestedAt: new Date(json.requestedAt),
    decidedAt: json.decidedAt === null ? null : new Date(json.decidedAt),
  };
}

/** `RequestJson` of a row of `requestTables`. */
export const requestOf: Sql = sql`jsonb_build_object('id', q.id, 'kind', q.kind, 'state', q.state,
          'unit', jsonb_build_object('code', q.unit_code, 'name', jsonb_build_object('zh', n.name_zh, 'en', n.name_en)),
          'n', q.n, 'reason', q.reason, 'reasonCode', q.reason_code, 'seconds', q.seconds,
          'requestedBy', jsonb_build_object('id', asker.id, 'name', asker.display_name_zh),
          'requestedAt', ${utc(sql`q.requested_at`)},
          'arbiter', case when a.id is not null then jsonb_build_object('id', a.id,
            'name', jsonb_build_object('zh', a.display_name_zh, 'en', a.display_name_en),
            'gone', a.disabled_at is not null or a.role not in ('supervisor', 'administrator')) end,
          'decidedBy', case when d.id is not null then
            jsonb_build_object('id', d.id, 'name', d.display_name_zh) end,
          'decidedAt', ${utc(sql`q.decided_at`)}, 'decisionNote', q.decision_note,
          'approvedSeconds', q.approved_seconds,
          'photos', (
            select coalesce(jsonb_agg(p.attachment_id order by p.attachment_id), '[]')
            from case_photos p
            where p.case_id = q.case_id and p.n = q.n
          ))`;

export const requestTables: Sql = sql`
        from case_requests q
        join units n on n.code = q.unit_code
        join users asker on asker.id = q.requested_by
        left join users a on a.id = q.arbiter_id
        left join users d on d.id = q.decided_by`;

/** Writes requests that are new, and how those ended that were open. */
export async function saveRequests(
  tx: Queryable,
  caseId: string,
  requests: readonly RequestRecord[],
): Promise<void> {
  const rows = requests.map((request) => ({
    id: request.id,
    kind: request.kind,
    state: request.state,
    unit_code: request.unit.code,
    n: request.n,
    reason: request.reason,
    reason_code: request.reasonCode,
    seconds: request.seconds,
    requested_by: request.requestedBy.id,
    requested_at: request.requestedAt.toISOString(),
    arbiter_id: request.arbiter?.id ?? null,
    decided_by: request.decidedBy?.id ?? null,
    decided_at: request.decidedAt?.toISOString() ?? null,
    decision_note: request.decisionNote,
    approved_seconds: request.approvedSeconds,
  }));
  await tx.query(sql`
    insert into case_requests (id, case_id, kind, state, unit_code, n, reason, reason_code, seconds, requested_by,
      requested_at, arbiter_id, decided_by, decided_at, decision_note, approved_seconds)
    select id, ${caseId}, kind, state, unit_code, n, reason, reason_code, seconds, requested_by, requested_at,
      arbiter_id, decided_by, decided_at, decision_note, approved_seconds
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as given (id uuid, kind text, state text, unit_code text,
      n integer, reason text, reason_code text, seconds bigint, requested_by uuid, requested_at timestamptz,
      arbiter_id uuid, decided_by uuid, decided_at timestamptz, decision_note text, approved_seconds bigint)
    on conflict (id) do update
    set state = excluded.state, decided_by = excluded.decided_by, decided_at = excluded.decided_at,
      decision_note = excluded.decision_note, approved_seconds = excluded.approved_seconds`);
}

export interface RequestFilter {
  state?: RequestState | undefined;
  kind?: RequestKind | undefined;
  unit?: string | undefined;
}

export interface RequestPage {
  after?: { requestedAt: Date; id: string } | undefined;
  limit: number;
}

/** The newest first: a unit's own, everybody else's those of cases within the scope. */
export async function listRequests(
  db: Queryable,
  scope: Scope,
  filter: RequestFilter,
  { after, limit }: RequestPage,
): Promise<CaseRequest[]> {
  const conditions = [
    scope.kind === 'unit' ? sql`q.unit_code = ${scope.code}` : caseScope(scope, 'c'),
    ...(filter.state ? [sql`q.state = ${filter.state}`] : []),
    ...(filter.kind ? [sql`q.kind = ${filter.kind}`] : []),
    ...(filter.unit ? [sql`q.unit_code = ${filter.unit}`] : []),
  ];
  const { rows } = await db.query<{
    request: RequestJson;
    caseId: string;
    caseNumber: string;
    className: CaseRequest['className'];
  }>(sql`
    select ${requestOf} as request, c.id as "caseId", c.number as "caseNumber",
      jsonb_build_object('zh', k.name_zh, 'en', k.name_en) as "className"
    ${requestTables}
    join cases c on c.id = q.case_id
    join classes k on k.id = c.class_id
    where ${join(conditions, ' and ')}
      ${after ? sql`and (q.requested_at, q.id) < (${after.requestedAt}, ${after.id}::uuid)` : empty}
    order by q.requested_at desc, q.id desc
    limit ${limit}`);
  return rows.map(({ request, ...subject }) => toCaseRequest(toRequestRecord(request), subject));
}
