import sql, { empty, type Sql } from 'sql-template-tag';
import type { Scope } from '#contract/access';
import type { Contest } from '#contract/evaluation';
import { caseScope } from '../access/scope.ts';
import type { Queryable } from '../db/database.ts';

export interface ContestRow {
  id: string;
  case_id: string;
  case_number: string;
  class_name: Contest['className'];
  period: string;
  unit: Contest['unit'];
  state: Contest['state'];
  wants: Contest['wants'];
  reason: string;
  photos: string[];
  filed_by: string;
  filed_at: Date;
  decided_by: string | null;
  decided_at: Date | null;
  decision_note: string | null;
  version: number;
}

export function toContest(row: ContestRow): Contest {
  return {
    id: row.id,
    caseId: row.case_id,
    caseNumber: row.case_number,
    className: row.class_name,
    period: row.period,
    unit: row.unit,
    state: row.state,
    wants: row.wants,
    reason: row.reason,
    photos: row.photos,
    filedBy: row.filed_by,
    filedAt: row.filed_at.toISOString(),
    ...(row.decided_by === null ? {} : { decidedBy: row.decided_by }),
    ...(row.decided_at === null ? {} : { decidedAt: row.decided_at.toISOString() }),
    ...(row.decision_note === null ? {} : { decisionNote: row.decision_note }),
    version: row.version,
  };
}

const contestColumns = sql`
  t.id, t.case_id, c.number as case_number, t.period, t.state, t.wants, t.reason, t.photos, t.filed_at, t.decided_at,
  t.decision_note, t.version,
  jsonb_build_object('zh', k.name_zh, 'en', k.name_en) as class_name,
  jsonb_build_object('code', u.code, 'name', jsonb_build_object('zh', u.name_zh, 'en', u.name_en)) as unit,
  fb.display_name_zh as filed_by, db.display_name_zh as decided_by`;

const contestTables = sql`
  from contests t
  join cases c on c.id = t.case_id
  join classes k on k.id = c.class_id
  join units u on u.code = t.unit_code
  join users fb on fb.id = t.filed_by
  left join users db on db.id = t.decided_by`;

/** A unit sees its own contests, everybody else those of the cases of their area. */
function contestScope(scope: Scope): Sql {
  return scope.kind === 'unit' ? sql`t.unit_code = ${scope.code}` : caseScope(scope, 'c');
}

export interface ContestFilter {
  state?: Contest['state'] | undefined;
  period?: string | undefined;
  unit?: string | undefined;
  after?: { filedAt: Date; id: string } | undefined;
  limit: number;
}

/** The newest first. */
export async function listContests(
  db: Queryable,
  scope: Scope,
  { state, period, unit, after, limit }: ContestFilter,
): Promise<ContestRow[]> {
  const { rows } = await db.query<ContestRow>(sql`
    select ${contestColumns}
    ${contestTables}
    where ${contestScope(scope)}
      ${state === undefined ? empty : sql`and t.state = ${state}`}
      ${period === undefined ? empty : sql`and t.period = ${period}`}
      ${unit === undefined ? empty : sql`and t.unit_code = ${unit}`}
      ${after === undefined ? empty : sql`and (t.filed_at, t.id) < (${after.filedAt}::timestamptz, ${after.id}::uuid)`}
    order by t.filed_at desc, t.id desc
    limit ${limit}`);
  return rows;
}

export async function findContest(db: Queryable, scope: Scope, id: string): Promise<ContestRow | undefined> {
  const { rows } = await db.query<ContestRow>(sql`
    select ${contestColumns}
    ${contestTables}
    where t.id = ${id}::uuid and ${contestScope(scope)}`);
  return rows[0];
}

/** The last contest of each of some cases. */
export async function listContestsOf(
  db: Queryable,
  caseIds: readonly string[],
): Promise<Map<string, { id: string; state: string }>> {
  if (caseIds.length === 0) return new Map();
  const { rows } = await db.query<{ case_id: string; id: string; state: string }>(sql`
    select distinct on (t.case_id) t.case_id, t.id, t.state
    from contests t
    where t.case_id = any(${caseIds}::uuid[])
    order by t.case_id, t.filed_at desc, t.id desc`);
  return new Map(rows.map(({ case_id: caseId, ...contest }) => [caseId, contest]));
}

export async function insertContest(
  tx: Queryable,
  contest: Pick<Contest, 'id' | 'caseId' | 'period' | 'wants' | 'reason' | 'photos'> & {
    unitCode: string;
    filedBy: string;
    filedAt: Date;
  },
): Promise<void> {
  await tx.query(sql`
    insert into contests (id, case_id, unit_code, period, state, wants, reason, photos, filed_by, filed_at)
    values (${contest.id}, ${contest.caseId}, ${contest.unitCode}, ${contest.period}, 'open', ${contest.wants},
      ${contest.reason}, ${contest.photos}::uuid[], ${contest.filedBy}, ${contest.filedAt})`);
}

/** False when somebody else decided since `expectedVersion`. */
export async function decideContest(
  tx: Queryable,
  decided: { id: string; expectedVersion: number; upheld: boolean; by: string; at: Date; note: string },
): Promise<boolean> {
  const { rowCount } = await tx.query(sql`
    update contests
    set state = ${decided.upheld ? 'upheld' : 'refused'}, decided_by = ${decided.by}, decided_at = ${decided.at},
      decision_note = ${decided.note}, version = version + 1
    where id = ${decided.id} and version = ${decided.expectedVersion} and state = 'open'`);
  return rowCount === 1;
}

/** A published bulletin that covers one of these periods: what it says is frozen. */
export async function findPublished(
  db: Queryable,
  periods: readonly string[],
): Promise<{ id: string; period: string } | undefined> {
  const { rows } = await db.query<{ id: string; period: string }>(sql`
    select b.id, b.period
    from bulletins b
    where b.state = 'published' and b.period = any(${periods})
    order by b.published_at
    limit 1`);
  return rows[0];
}

export async function findCounted(
  db: Queryable,
  caseId: string,
): Promise<{ dueAt: Date | null; unitCode: string | null; voidedAt: Date | null } | undefined> {
  const { rows } = await db.query<{ dueAt: Date | null; unitCode: string | null; voidedAt: Date | null }>(sql`
    select due_at as "dueAt", unit_code as "unitCode", voided_at as "voidedAt"
    from case_facts
    where case_id = ${caseId}`);
  return rows[0];
}
