import type { Job, JobProgress } from '#contract/jobs';
import type { Names } from '#contract/shared';
import type { Context } from '../context.ts';
import type { AppError } from '../errors.ts';

/** What work may use of the product: less than a request, because the terminal runs the same work without a server. */
export type JobContext = Pick<Context, 'config' | 'db' | 'clock' | 'axis' | 'log' | 'publish'>;

/** A job that somebody has begun to work on. */
export interface RunningJob {
  id: string;
  kind: Job['kind'];
  /** What it was submitted with, as it came back from the database. */
  input: unknown;
  /** Null: from the terminal. */
  createdBy: { id: string; name: string } | null;
}

/** How far the work is; rate and time left are computed from it. */
export interface WorkProgress {
  stage: Names;
  done: number;
  total?: number;
  unit: JobProgress['unit'];
}

export interface JobTools {
  /** Cheap: may be called for every batch. */
  report(progress: WorkProgress): void;
  /** Aborted when somebody cancels or the server closes: throw `signal.reason` soon and leave nothing half done. */
  signal: AbortSignal;
  /** Scratch folder of this job alone, deleted when it ends, however it ends. */
  folder: string;
  /**
   * Name of a schema of this job alone, dropped when it ends or its process dies. The work creates it when it wants
   * one: `create schema <name>`.
   */
  schema: string;
}

/** Does the work of one job and returns its result (JSON). A thrown `AppError` is why it failed. */
export type JobWork = (context: JobContext, job: RunningJob, tools: JobTools) => Promise<unknown>;

/** Failed, with something to look at all the same. */
export class JobRefused extends Error {
  readonly error: AppError;
  readonly result: unknown;
  constructor(error: AppError, result: unknown) {
    super(error.message);
    this.error = error;
    this.result = result;
  }
}

const works = new Map<Job['kind'], JobWork>();

/** Says who does the jobs of a kind: one line where the domain's routes are made. */
export function registerJob(kind: Job['kind'], work: JobWork): void {
  works.set(kind, work);
}

export function workOf(kind: Job['kind']): JobWork | undefined {
  return works.get(kind);
}

export function registeredKinds(): Job['kind'][] {
  return [...works.keys()];
}
