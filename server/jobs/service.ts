import { v7 as uuid, validate } from 'uuid';
import type { RowError } from '#contract/imports';
import type { Job, JobProgress } from '#contract/jobs';
import type { Names } from '#contract/shared';
import { appendAudit } from '../access/audit.ts';
import type { SessionUser } from '../access/session-user.ts';
import type { Context } from '../context.ts';
import type { Database, Queryable } from '../db/database.ts';
import { appError } from '../errors.ts';
import { executeJob } from './execute-job.ts';
import { recoverJobs } from './recover-jobs.ts';
import type { JobContext } from './registry.ts';
import * as repository from './repository.ts';
import { wakeJobs } from './runner.ts';
import { nameWorker } from './worker-name.ts';

export { registerJob, JobRefused } from './registry.ts';
export type { JobContext, JobTools, JobWork, RunningJob } from './registry.ts';

export interface JobToSubmit {
  kind: Job['kind'];
  title: Names;
  /** JSON; comes back as `job.input`. */
  input: unknown;
  /** Only this node has what the job works on. */
  node?: string;
}

/** Puts a job into the queue; the first free node takes it. */
export async function submitJob(
  { db, clock }: Pick<Context, 'db' | 'clock'>,
  user: Pick<SessionUser, 'id' | 'username'> | null,
  given: JobToSubmit,
): Promise<Job> {
  const id = uuid();
  await db.transaction(async (tx) => {
    const at = clock.now();
    await repository.insertJob(tx, { id, ...given, createdBy: user?.id ?? null, createdAt: at });
    await appendAudit(tx, {
      at,
      ...(user ? { userId: user.id, username: user.username } : {}),
      action: `submit-${given.kind}`,
      subject: id,
      details: { title: given.title.en },
    });
  });
  wakeJobs();
  return getJob(db, id);
}

/** Works on a queued job here and now, in a process that runs no queue: the terminal. Clears up after dead ones first. */
export async function runNow(
  context: JobContext,
  id: string,
  onProgress: (progress: JobProgress) => void,
): Promise<Job> {
  const { db, clock } = context;
  const worker = nameWorker();
  await recoverJobs(context, { worker, first: true });
  const job = await repository.claimQueued(db, { id, worker, at: clock.now() });
  if (job) await executeJob(context, job, { worker, onProgress });
  return getJob(db, id);
}

/** @throws NOT_FOUND */
export async function getJob(db: Queryable, id: string): Promise<Job> {
  const job = validate(id) ? await repository.findJob(db, id) : undefined;
  if (!job) throw appError('NOT_FOUND', { job: id });
  return job;
}

/** What a job of a kind was submitted with. @throws NOT_FOUND */
export async function getJobInput(db: Queryable, id: string, kind: Job['kind']): Promise<unknown> {
  const found = validate(id) ? await repository.findInput(db, id) : undefined;
  if (found?.kind !== kind) throw appError('NOT_FOUND', { job: id });
  return found.input;
}

export function listJobs(
  db: Queryable,
  filter: repository.JobFilter,
): Promise<{ items: Job[]; next?: string }> {
  return repository.listJobs(db, filter);
}

/** Ends a queued job at once; a running one stops at its next look. @throws NOT_FOUND, JOB_ENDED */
export async function cancelJob({ db, clock }: Pick<Context, 'db' | 'clock'>, id: string): Promise<Job> {
  const before = await getJob(db, id);
  if (before.state !== 'queued' && before.state !== 'running') {
    throw appError('JOB_ENDED', { job: id, state: before.state });
  }
  await repository.requestCancel(db, id, clock.now());
  return getJob(db, id);
}

const ERROR_BATCH = 1_000;

/** Keeps what was wrong with single rows; `from` is the number of the first, from 1 on. */
export async function keepRowErrors(
  db: Database,
  jobId: string,
  errors: readonly RowError[],
  from: number,
): Promise<void> {
  for (let at = 0; at < errors.length; at += ERROR_BATCH) {
    await repository.insertRowErrors(db, jobId, from + at, errors.slice(at, at + ERROR_BATCH));
  }
}

/** All row errors of a job in their order, a page at a time. */
export async function* eachRowError(db: Queryable, jobId: string): AsyncGenerator<RowError> {
  for (let after = 0; ;) {
    const page = await repository.listRowErrors(db, jobId, after, ERROR_BATCH);
    for (const error of page) yield error;
    const last = page.at(-1);
    if (!last || page.length < ERROR_BATCH) return;
    after = last.n;
  }
}
