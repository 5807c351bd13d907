import { setTimeout as sleep } from 'node:timers/promises';
import type { Job } from '#contract/jobs';
import type { TestClient } from './test-client.ts';

/** Asks for a job until it ended, and gives its result. @throws when it failed */
export async function finishJob<Result>(
  client: TestClient,
  submitted: { status: number; body: unknown },
): Promise<Result> {
  const job = await endJob(client, submitted);
  if (job.state !== 'done') throw new Error(`${job.state}: ${JSON.stringify(job.error)}`);
  return job.result as Result;
}

/** The job when it ended, however. */
export async function endJob(client: TestClient, submitted: { status: number; body: unknown }): Promise<Job> {
  if (submitted.status !== 202) throw new Error(`not submitted: ${JSON.stringify(submitted.body)}`);
  for (let job = submitted.body as Job; ;) {
    if (job.state !== 'queued' && job.state !== 'running') return job;
    await sleep(100);
    job = (await client.get(`/jobs/${job.id}`)).body as Job;
  }
}
