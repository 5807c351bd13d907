import { v7 as uuid } from 'uuid';
import type { GridPlanResult } from '#contract/grid';
import { appendAudit } from '../access/audit.ts';
import type { SessionUser } from '../access/session-user.ts';
import { moveCasesToCells } from '../cases/move-cases.ts';
import type { Context } from '../context.ts';
import type { Queryable } from '../db/database.ts';
import { appError } from '../errors.ts';
import { endHeadCellsOfCommunities, handOverCells, listHeirs, todayOf } from '../heads/service.ts';
import { actorOf, recordChanges } from '../history/service.ts';
import { getJob } from '../jobs/service.ts';
import { movePartsToCells } from '../parts/move-parts.ts';
import { moveReportsToCells } from '../reports/move-reports.ts';
import { renewVersions, versionOf } from '../settings/service.ts';
import type { CellSet } from './cells-moved.ts';
import type { StoredPlan } from './plan-grid.ts';
import * as repository from './plan-repository.ts';

/** A whole district of a million parts moves in one transaction. */
const HELD_MS = 10 * 60_000;
const HISTORY_BATCH = 500;

/**
 * Puts a plan in force, all or nothing. A cell's code stays where the plan has it again, with new ground; the others of
 * those communities end (`retired_at`) and are never deleted, because cases, heads and the history name them. Parts,
 * cases and reports get the cell they now lie in, closed ones too: a code means the same ground for all of them. A head
 * keeps the ground: a new cell goes to whoever answered for the old cell in its middle.
 * @throws NOT_FOUND, PLAN_NOT_READY, PLAN_APPLIED, PLAN_OUTDATED
 */
export async function applyPlan(context: Context, user: SessionUser, jobId: string): Promise<GridPlanResult> {
  const { db, clock, publish } = context;
  const plan = await readPlan(db, jobId);
  const communities = await repository.listPlannedCommunities(db, jobId);
  const at = clock.now();
  const today = todayOf(context);
  const set: CellSet = { communities };
  await db.transaction(
    async (tx) => {
      if (!(await repository.claimApplication(tx, jobId))) throw appError('PLAN_APPLIED', { job: jobId });
      if ((await versionOf(tx, 'divisions')) !== plan.divisionsVersion) {
        throw appError('PLAN_OUTDATED', { job: jobId });
      }
      await keepHistory(tx, { jobId, communities, plan, user, at });
      const heirs = await listHeirs(tx, jobId, today);
      await endHeadCellsOfCommunities(tx, communities, today);
      await repository.replaceCells(tx, jobId, { communities, at });
      await handOverCells(tx, heirs, today);
      await moveThings(tx, set, at);
      await renewVersions(tx, 'cells', 'parts');
      await appendAudit(tx, {
        at,
        userId: user.id,
        username: user.username,
        action: 'apply-grid-plan',
        subject: jobId,
        details: { communities: communities.length, cells: plan.cells },
      });
      await repository.deletePlanCells(tx, jobId);
    },
    { heldMs: HELD_MS },
  );
  // What was filed while it ran got its cell from the grid before.
  await db.transaction(
    async (tx) => {
      await moveThings(tx, set, at);
      await renewVersions(tx, 'cells', 'parts');
    },
    { heldMs: HELD_MS },
  );
  publish();
  const { divisionsVersion: _, targetSquareMetres: __, ...result } = plan;
  return { ...result, applied: true };
}

/** Parts, cases and reports to the cell they lie in. */
export async function moveThings(tx: Queryable, set: CellSet, at: Date): Promise<void> {
  await movePartsToCells(tx, set);
  await moveCasesToCells(tx, set, at);
  await moveReportsToCells(tx, set, at);
}

async function readPlan(db: Queryable, jobId: string): Promise<StoredPlan> {
  const job = await getJob(db, jobId);
  if (job.kind !== 'grid-plan') throw appError('NOT_FOUND', { job: jobId });
  if (job.state !== 'done') throw appError('PLAN_NOT_READY', { job: jobId, state: job.state });
  const plan = job.result as StoredPlan;
  if (plan.applied) throw appError('PLAN_APPLIED', { job: jobId });
  return plan;
}

interface Application {
  jobId: string;
  communities: readonly string[];
  plan: StoredPlan;
  user: SessionUser;
  at: Date;
}

/** The ground each cell had, and one line for each community; together they are not undone by one press. */
async function keepHistory(
  tx: Queryable,
  { jobId, communities, plan, user, at }: Application,
): Promise<void> {
  const replaced = await repository.lockReplacedCells(tx, jobId, communities);
  const common = { batch: uuid(), at, actor: actorOf(user) };
  const byCell = replaced.map((cell) => ({
    ...common,
    subject: 'cell' as const,
    code: cell.code,
    ...repository.changeOf(cell),
  }));
  const byCommunity = communities.map((code) => ({
    ...common,
    subject: 'division' as const,
    code,
    action: 'edit' as const,
    before: { cellsChanged: replaced.filter((cell) => cell.code.startsWith(code)).length },
    after: { gridPlan: jobId, targetSquareMetres: plan.targetSquareMetres },
  }));
  const changes = [...byCell, ...byCommunity];
  for (let from = 0; from < changes.length; from += HISTORY_BATCH) {
    await recordChanges(tx, changes.slice(from, from + HISTORY_BATCH));
  }
}
