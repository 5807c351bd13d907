import { raw, type Sql } from 'sql-template-tag';
import type { ImportLayer, ImportWarning } from '#contract/imports';
import type { JobContext, JobTools, RunningJob } from '../jobs/service.ts';
import type { LoadSession } from './load-session.ts';

/** One import on its way into the register. */
export interface Load {
  readonly session: LoadSession;
  readonly context: JobContext;
  readonly job: RunningJob;
  readonly tools: JobTools;
  readonly layer: ImportLayer;
  readonly fileName: string;
  readonly at: Date;
  /** yyyy-mm-dd in the deployment's time zone. */
  readonly today: string;
  /** The register has no parts yet, and the side table is made to become it (`isFresh`). */
  readonly fresh: boolean;
  /** Something about the file as a whole. */
  warn(warning: ImportWarning): void;
}

export interface ImportCounts {
  added: number;
  updated: number;
  unchanged: number;
}

export type SideTable = 'rows' | 'numbers' | 'plan' | 'edits';

/** A table beside the register, in the schema of the import's job. */
export function sideTable({ tools }: Pick<Load, 'tools'>, name: SideTable): Sql {
  return raw(`${tools.schema}.${name}`);
}

/** Who stands behind the import in the register's history. */
export function actorOfLoad({ job }: Pick<Load, 'job'>): { id: string | null; name: string } {
  return job.createdBy ?? { id: null, name: 'gridwatch' };
}
