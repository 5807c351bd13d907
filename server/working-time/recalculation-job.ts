import { v7 as uuid } from 'uuid';
import type { Job } from '#contract/jobs';
import type { LimitRow } from '#contract/dictionary';
import type { Names } from '#contract/shared';
import { recalculateCases } from '../cases/recalculate-cases.ts';
import type { Context } from '../context.ts';
import type { Queryable } from '../db/database.ts';
import { getJobInput, listJobs, registerJob, submitJob } from '../jobs/service.ts';
import { claimSetting, findSetting, lockSetting, saveSetting } from '../settings/service.ts';

/** What a `recalculation` job is submitted with. JSON. */
export interface RecalculationInput {
  /** Names the mark that says it is still to be done. */
  mark: string;
  why: Names;
  reason: string;
  actor: { id: string; username: string; name: string };
  since: string;
  apply?: { limit: LimitRow; replaced: number[] };
}

const PENDING_KEY = 'working-time:pending';

/**
 * Marks, in the transaction that makes it necessary, that clocks are to be computed anew; the mark goes when a job has
 * done it. So a process that dies between the two, or in the middle of the job, loses nothing; nor does somebody who
 * cancels the job, or a job that fails: it is taken up again at the next start.
 */
export async function markPending(
  tx: Queryable,
  given: Omit<RecalculationInput, 'mark'>,
): Promise<RecalculationInput> {
  const input = { mark: uuid(), ...given };
  await claimSetting(tx, PENDING_KEY, []);
  const pending = (await lockSetting(tx, PENDING_KEY)) as RecalculationInput[];
  await saveSetting(tx, PENDING_KEY, [...pending, input]);
  return input;
}

export function submitRecalculation(
  context: Pick<Context, 'db' | 'clock'>,
  input: RecalculationInput,
): Promise<Job> {
  const { actor, why } = input;
  return submitJob(
    context,
    { id: actor.id, username: actor.username },
    { kind: 'recalculation', title: why, input },
  );
}

/** Submits again what was cut off with its process. Called where the jobs of dead processes were ended. */
export async function resumeRecalculations(context: Pick<Context, 'db' | 'clock'>): Promise<void> {
  const { db } = context;
  const pending = ((await findSetting(db, PENDING_KEY)) ?? []) as RecalculationInput[];
  for (const input of pending) {
    if (!(await isUnderWay(db, input.mark))) await submitRecalculation(context, input);
  }
}

async function isUnderWay(db: Queryable, mark: string): Promise<boolean> {
  const { items } = await listJobs(db, { kind: 'recalculation', limit: 50 });
  for (const { id, state } of items) {
    if (state !== 'queued' && state !== 'running') continue;
    const input = (await getJobInput(db, id, 'recalculation')) as RecalculationInput;
    if (input.mark === mark) return true;
  }
  return false;
}

/** One line where the routes are made. */
export function registerRecalculation(): void {
  registerJob('recalculation', async (context, job, tools) => {
    const input = job.input as RecalculationInput;
    const { why, reason, actor, since, apply } = input;
    const result = await recalculateCases(
      context,
      { why, reason, actor: { id: actor.id, name: actor.name }, since: new Date(since), apply },
      tools,
    );
    await context.db.transaction(async (tx) => {
      const pending = ((await lockSetting(tx, PENDING_KEY)) ?? []) as RecalculationInput[];
      await saveSetting(
        tx,
        PENDING_KEY,
        pending.filter(({ mark }) => mark !== input.mark),
      );
    });
    return result;
  });
}
