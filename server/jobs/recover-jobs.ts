import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { appError } from '../errors.ts';
import { jobFolder } from './execute-job.ts';
import type { JobContext } from './registry.ts';
import * as repository from './repository.ts';
import { isGone } from './worker-name.ts';

/** A process that said nothing for so long is taken for dead, wherever it ran. */
const SILENT_SECONDS = 90;

/**
 * Ends the jobs whose process died, and clears what they left: their schemas in the database, their folders on this
 * node's disk. The register itself is as it was, because work goes beside it until its one last transaction.
 * @param first at the start of a process that alone holds the embedded database, every running job is a dead one's
 */
export async function recoverJobs(
  context: Pick<JobContext, 'db' | 'config' | 'clock' | 'log'>,
  { worker, first }: { worker: string; first: boolean },
): Promise<string[]> {
  const { db, config, clock, log } = context;
  const ended: string[] = [];
  for (const job of await repository.listRunning(db)) {
    if (job.worker === worker) continue;
    const alone = first && db.engine === 'embedded';
    if (!alone && !isGone(job.worker) && job.silentSeconds < SILENT_SECONDS) continue;
    const { code, message } = appError('JOB_INTERRUPTED');
    const error = { code, message };
    if (await repository.endJob(db, { id: job.id, state: 'failed', at: clock.now(), error })) {
      log.warn({ job: job.id }, 'a job was cut off');
      ended.push(job.id);
    }
  }
  for (const { schema, jobState } of await repository.listJobSchemas(db)) {
    if (jobState !== 'running') await repository.dropSchema(db, schema);
  }
  const open = new Set(await repository.listOpenIds(db));
  for (const name of await namesIn(join(config.dataDir, 'jobs'))) {
    if (!open.has(name)) await rm(jobFolder(config.dataDir, name), { recursive: true, force: true });
  }
  return ended;
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
}
