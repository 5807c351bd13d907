import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Job, JobProgress } from '#contract/jobs';
import { AppError, appError } from '../errors.ts';
import { createProgressMeter } from './progress-meter.ts';
import { JobRefused, workOf, type JobContext, type RunningJob } from './registry.ts';
import * as repository from './repository.ts';

/** How often a worker says that it lives, writes down how far it is, and looks whether it should stop. */
const BEAT_MS = 1_000;

/** Why work is aborted. */
class JobStopped extends Error {
  readonly reason: 'cancelled' | 'closing' | 'lost';
  constructor(reason: 'cancelled' | 'closing' | 'lost') {
    super(`the job was stopped: ${reason}`);
    this.reason = reason;
  }
}

export function jobFolder(dataDir: string, id: string): string {
  return join(dataDir, 'jobs', id);
}

export function schemaOfJob(id: string): string {
  return `import_${id.replaceAll('-', '')}`;
}

interface Execution {
  worker: string;
  /** The process is about to end: the job ends as interrupted. */
  closing?: AbortSignal;
  onProgress?: (progress: JobProgress) => void;
}

/** Works on a claimed job to its end. However it ends, its folder and schema are gone and its state says how. */
export async function executeJob(
  context: JobContext,
  job: RunningJob,
  { worker, closing, onProgress }: Execution,
): Promise<void> {
  const { db, config, clock, log } = context;
  const stop = new AbortController();
  const meter = createProgressMeter();
  const folder = jobFolder(config.dataDir, job.id);
  const schema = schemaOfJob(job.id);
  const close = () => stop.abort(new JobStopped('closing'));
  closing?.addEventListener('abort', close);
  if (closing?.aborted) close();

  const heart = beatUntilStopped(async () => {
    const progress = meter.current();
    if (progress) onProgress?.(progress);
    const answer = await repository.beat(db, { id: job.id, worker, progress });
    if (answer !== 'go-on') stop.abort(new JobStopped(answer === 'cancel' ? 'cancelled' : 'lost'));
  });
  let end: Omit<repository.JobEnd, 'id' | 'at'>;
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const work = workOf(job.kind);
    if (!work) throw new Error(`nobody does jobs of kind ${job.kind}`);
    const tools = { report: meter.report, signal: stop.signal, folder, schema };
    end = { state: 'done', result: await work(context, job, tools) };
  } catch (error) {
    end = endOf(error, stop.signal);
    if (end.error?.code === 'INTERNAL') log.error({ err: error, job: job.id }, 'job failed');
  } finally {
    closing?.removeEventListener('abort', close);
    await heart.stop();
    await rm(folder, { recursive: true, force: true });
    await repository.dropSchema(db, schema);
  }
  await repository.endJob(db, { id: job.id, at: clock.now(), progress: meter.current(), ...end });
  const progress = meter.current();
  if (progress) onProgress?.(progress);
}

function endOf(error: unknown, signal: AbortSignal): Omit<repository.JobEnd, 'id' | 'at'> {
  const why: unknown = signal.aborted ? signal.reason : undefined;
  if (why instanceof JobStopped && why.reason === 'cancelled') return { state: 'cancelled' };
  if (why instanceof JobStopped) return { state: 'failed', error: bodyOf(appError('JOB_INTERRUPTED')) };
  if (error instanceof JobRefused)
    return { state: 'failed', error: bodyOf(error.error), result: error.result };
  return { state: 'failed', error: bodyOf(error instanceof AppError ? error : appError('INTERNAL')) };
}

function bodyOf({ code, message, details }: AppError): NonNullable<Job['error']> {
  return { code, message, ...(details === undefined ? {} : { details }) };
}

/** Calls `beat` again and again, one at a time; a beat that fails is followed by the next. */
function beatUntilStopped(beat: () => Promise<void>): { stop(): Promise<void> } {
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  let running = Promise.resolve();
  const next = () => {
    timer = setTimeout(() => {
      running = beat()
        .catch(() => undefined)
        .then(() => {
          if (!stopped) next();
        });
    }, BEAT_MS);
  };
  next();
  return {
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}
