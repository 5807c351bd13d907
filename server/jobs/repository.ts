import sql, { empty, raw, type Sql } from 'sql-template-tag';
import type { RowError } from '#contract/imports';
import type { Job, JobProgress, JobState } from '#contract/jobs';
import type { Names } from '#contract/shared';
import type { Queryable } from '../db/database.ts';
import type { RunningJob } from './registry.ts';

interface JobRow {
  id: string;
  kind: Job['kind'];
  state: JobState;
  title_zh: string;
  title_en: string;
  created_by_name: string | null;
  created_at: Date;
  started_at: Date | null;
  ended_at: Date | null;
  progress: JobProgress | null;
  result: unknown;
  error: Job['error'] | null;
}

const TERMINAL = 'gridwatch';

const columns = sql`
  j.id, j.kind, j.state, j.title_zh, j.title_en, u.display_name_zh as created_by_name, j.created_at, j.started_at,
  j.ended_at, j.progress, j.result, j.error`;

function toJob(row: JobRow): Job {
  return {
    id: row.id,
    kind: row.kind,
    state: row.state,
    title: { zh: row.title_zh, en: row.title_en },
    createdBy: row.created_by_name ?? TERMINAL,
    createdAt: row.created_at.toISOString(),
    ...(row.started_at === null ? {} : { startedAt: row.started_at.toISOString() }),
    ...(row.ended_at === null ? {} : { endedAt: row.ended_at.toISOString() }),
    ...(row.progress === null ? {} : { progress: row.progress }),
    ...(row.result === null ? {} : { result: row.result }),
    ...(row.error === null ? {} : { error: row.error }),
  };
}

export interface NewJob {
  id: string;
  kind: Job['kind'];
  title: Names;
  createdBy: string | null;
  createdAt: Date;
  input: unknown;
  /** The only node that can do it, because what it works on lies there. */
  node?: string | undefined;
}

export async function insertJob(tx: Queryable, job: NewJob): Promise<void> {
  await tx.query(sql`
    insert into jobs (id, kind, state, title_zh, title_en, created_by, created_at, input)
    values (${job.id}, ${job.kind}, 'queued', ${job.title.zh}, ${job.title.en}, ${job.createdBy}, ${job.createdAt},
      ${JSON.stringify({ node: job.node, given: job.input })}::jsonb)`);
}

export async function findJob(db: Queryable, id: string): Promise<Job | undefined> {
  const { rows } = await db.query<JobRow>(sql`
    select ${columns}
    from jobs j
    left join users u on u.id = j.created_by
    where j.id = ${id}`);
  return rows[0] && toJob(rows[0]);
}

/** What a job was submitted with. */
export async function findInput(
  db: Queryable,
  id: string,
): Promise<{ kind: Job['kind']; input: unknown } | undefined> {
  const { rows } = await db.query<{ kind: Job['kind']; input: unknown }>(sql`
    select kind, input -> 'given' as input from jobs where id = ${id}`);
  return rows[0];
}

export interface JobFilter {
  kind?: Job['kind'] | undefined;
  after?: string | undefined;
  limit: number;
}

/** The newest first; without their results, which may be long. Ids are UUIDv7, so they are in order of time. */
export async function listJobs(db: Queryable, filter: JobFilter): Promise<{ items: Job[]; next?: string }> {
  const { rows } = await db.query<JobRow>(sql`
    select ${columns}
    from jobs j
    left join users u on u.id = j.created_by
    where true
      ${filter.kind === undefined ? empty : sql`and j.kind = ${filter.kind}`}
      ${filter.after === undefined ? empty : sql`and j.id < ${filter.after}::uuid`}
    order by j.id desc
    limit ${filter.limit + 1}`);
  const page = rows.slice(0, filter.limit);
  const last = page.at(-1);
  return {
    items: page.map((row) => toJob({ ...row, result: null })),
    ...(rows.length > filter.limit && last ? { next: last.id } : {}),
  };
}

interface ClaimedRow {
  id: string;
  kind: Job['kind'];
  input: unknown;
  user_id: string | null;
  user_name: string | null;
}

/** Takes the job that `which` selects, for one worker. */
async function claim(
  db: Queryable,
  which: Sql,
  { worker, at }: { worker: string; at: Date },
): Promise<RunningJob | undefined> {
  const { rows } = await db.query<ClaimedRow>(sql`
    with claimed as (
      update jobs
      set state = 'running', worker = ${worker}, started_at = ${at}, heartbeat_at = now()
      where id = (${which})
      returning id, kind, input -> 'given' as input, created_by
    )
    select c.id, c.kind, c.input, u.id as user_id, u.display_name_zh as user_name
    from claimed c
    left join users u on u.id = c.created_by`);
  const row = rows[0];
  if (!row) return undefined;
  return {
    id: row.id,
    kind: row.kind,
    input: row.input,
    createdBy: row.user_id === null ? null : { id: row.user_id, name: row.user_name ?? '' },
  };
}

/** The oldest queued job of the kinds that this node may do; of several that ask at once each gets another. */
export function claimJob(
  db: Queryable,
  { kinds, node, ...by }: { kinds: readonly string[]; node: string; worker: string; at: Date },
): Promise<RunningJob | undefined> {
  return claim(
    db,
    sql`
      select id
      from jobs
      where state = 'queued' and kind = any(${kinds}::text[]) and coalesce(input ->> 'node', ${node}) = ${node}
      order by created_at, id
      for update skip locked
      limit 1`,
    by,
  );
}

/** A queued job by its id; undefined when somebody else has it. */
export function claimQueued(
  db: Queryable,
  { id, ...by }: { id: string; worker: string; at: Date },
): Promise<RunningJob | undefined> {
  return claim(db, sql`select id from jobs where id = ${id} and state = 'queued' for update skip locked`, by);
}

/** Says that the worker lives and how far it is; answers whether it should go on. */
export async function beat(
  db: Queryable,
  { id, worker, progress }: { id: string; worker: string; progress: JobProgress | undefined },
): Promise<'go-on' | 'cancel' | 'lost'> {
  const { rows } = await db.query<{ cancel_requested: boolean }>(sql`
    update jobs
    set heartbeat_at = now(), progress = coalesce(${progress ? JSON.stringify(progress) : null}::jsonb, progress)
    where id = ${id} and worker = ${worker} and state = 'running'
    returning cancel_requested`);
  if (!rows[0]) return 'lost';
  return rows[0].cancel_requested ? 'cancel' : 'go-on';
}

export interface JobEnd {
  id: string;
  state: 'done' | 'failed' | 'cancelled';
  at: Date;
  progress?: JobProgress | undefined;
  result?: unknown;
  error?: Job['error'];
}

/** False when the job had ended already. */
export async function endJob(db: Queryable, end: JobEnd): Promise<boolean> {
  const { rowCount } = await db.query(sql`
    update jobs
    set state = ${end.state}, ended_at = ${end.at},
      progress = coalesce(${end.progress ? JSON.stringify(end.progress) : null}::jsonb, progress),
      result = ${end.result === undefined ? null : JSON.stringify(end.result)}::jsonb,
      error = ${end.error === undefined ? null : JSON.stringify(end.error)}::jsonb
    where id = ${end.id} and state in ('queued', 'running')`);
  return rowCount === 1;
}

/** A queued job ends at once, a running one is asked to. */
export async function requestCancel(db: Queryable, id: string, at: Date): Promise<void> {
  await db.query(sql`
    update jobs
    set cancel_requested = true,
      state = case when state = 'queued' then 'cancelled' else state end,
      ended_at = case when state = 'queued' then ${at}::timestamptz else ended_at end
    where id = ${id} and state in ('queued', 'running')`);
}

/** Jobs that somebody works on, with how long ago that process last said so. */
export async function listRunning(
  db: Queryable,
): Promise<{ id: string; worker: string; silentSeconds: number; input: unknown }[]> {
  const { rows } = await db.query<{ id: string; worker: string; silent: number; input: unknown }>(sql`
    select id, worker, extract(epoch from now() - heartbeat_at)::float8 as silent, input -> 'given' as input
    from jobs
    where state = 'running'`);
  return rows.map(({ id, worker, silent, input }) => ({ id, worker, silentSeconds: silent, input }));
}

/** Schemas that jobs made, by job. */
export async function listJobSchemas(
  db: Queryable,
): Promise<{ schema: string; jobState: JobState | null }[]> {
  const { rows } = await db.query<{ schema: string; state: JobState | null }>(sql`
    select n.nspname as schema, j.state
    from pg_namespace n
    left join jobs j on 'import_' || replace(j.id::text, '-', '') = n.nspname
    where n.nspname ~ '^import_[0-9a-f]{32}$'`);
  return rows.map(({ schema, state }) => ({ schema, jobState: state }));
}

/** @param schema one that `listJobSchemas` or `schemaOfJob` gave */
export async function dropSchema(db: Queryable, schema: string): Promise<void> {
  await db.query(sql`drop schema if exists ${raw(schema)} cascade`);
}

/** Ids of those that are queued or running. */
export async function listOpenIds(db: Queryable): Promise<string[]> {
  const { rows } = await db.query<{ id: string }>(
    sql`select id from jobs where state in ('queued', 'running')`,
  );
  return rows.map(({ id }) => id);
}

export async function insertRowErrors(
  db: Queryable,
  jobId: string,
  from: number,
  errors: readonly RowError[],
): Promise<void> {
  const rows = errors.map((error, index) => ({
    n: from + index,
    line: error.line,
    field: error.field,
    reason: error.reason,
    zh: error.message.zh,
    en: error.message.en,
    value: error.value ?? null,
  }));
  await db.query(sql`
    insert into job_row_errors (job_id, n, line, field, reason, message_zh, message_en, value)
    select ${jobId}, n, line, field, reason, zh, en, value
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(n integer, line integer, field text, reason text,
      zh text, en text, value text)`);
}

export async function listRowErrors(
  db: Queryable,
  jobId: string,
  after: number,
  limit: number,
): Promise<(RowError & { n: number })[]> {
  const { rows } = await db.query<{
    n: number;
    line: number;
    field: string;
    reason: string;
    message_zh: string;
    message_en: string;
    value: string | null;
  }>(sql`
    select n, line, field, reason, message_zh, message_en, value
    from job_row_errors
    where job_id = ${jobId} and n > ${after}
    order by n
    limit ${limit}`);
  return rows.map(({ n, line, field, reason, message_zh: zh, message_en: en, value }) => ({
    n,
    line,
    field,
    reason,
    message: { zh, en },
    ...(value === null ? {} : { value }),
  }));
}
