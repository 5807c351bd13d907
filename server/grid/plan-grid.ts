import type { GridPlanResult, NewGridPlan } from '#contract/grid';
import type { Queryable } from '../db/database.ts';
import { appError } from '../errors.ts';
import { getJob, type JobWork } from '../jobs/service.ts';
import { versionOf } from '../settings/service.ts';
import { latticeOf, makeCells, middleLatitude, smallestTarget, type PlannedCell } from './plan/make-cells.ts';
import { toGeoJson, toOutlines, type Outline } from './plan/outline.ts';
import * as repository from './plan-repository.ts';

/** What a plan keeps beside what it tells: whether the divisions are still those it was made from. */
export type StoredPlan = GridPlanResult & { divisionsVersion: string; targetSquareMetres: number };

/** Cells of one statement, and communities read at once. */
const BATCH = 500;
const COMMUNITIES = 20;
const KEPT_MS = 30 * 24 * 3600 * 1000;

const PLANNING = { zh: '划分网格', en: 'making cells' };

/**
 * The communities of a list of divisions, of any level.
 * @throws UNKNOWN_DIVISION when one does not exist, or none of them has a community
 */
export async function communitiesOf(db: Queryable, divisions: readonly string[]): Promise<string[]> {
  const known = new Set(await repository.listKnownDivisions(db, divisions));
  const unknown = divisions.filter((code) => !known.has(code));
  const communities = unknown.length > 0 ? [] : await repository.listCommunities(db, divisions);
  if (communities.length === 0) throw appError('UNKNOWN_DIVISION', { divisions: unknown });
  return communities;
}

/** The work of a `grid-plan` job: cells that tile the communities, kept beside the register until they are applied. */
export const planGrid: JobWork = async (context, job, { report, signal }) => {
  const { db, clock } = context;
  const { divisions, targetSquareMetres } = job.input as NewGridPlan;
  await repository.deleteOldPlanCells(db, new Date(clock.now().getTime() - KEPT_MS));
  const divisionsVersion = await versionOf(db, 'divisions');
  const codes = await communitiesOf(db, divisions);
  const communities = await readCommunities(db, codes);
  const planned = layOut(communities, targetSquareMetres);
  const areas: number[] = [];
  try {
    for (let batch: repository.PlanCellRow[] = []; ;) {
      signal.throwIfAborted();
      const { value, done } = planned.next();
      if (value) batch.push(...value);
      if (batch.length >= BATCH || (done && batch.length > 0)) {
        await repository.insertPlanCells(db, job.id, batch);
        areas.push(...batch.map(({ squareMetres }) => squareMetres));
        batch = [];
        report({ stage: PLANNING, done: areas.length, unit: 'cells' });
      }
      if (done) break;
      // Other requests have their turn between two communities.
      await new Promise(setImmediate);
    }
    const invalid = await repository.findInvalidPlanCell(db, job.id);
    if (invalid) throw appError('OUTLINE_INVALID', { community: invalid.code.slice(0, 12), ...invalid });
    areas.sort((a, b) => a - b);
    return {
      communities: codes.length,
      cells: areas.length,
      medianSquareMetres: Math.round(areas[areas.length >> 1] ?? 0),
      minSquareMetres: Math.round(areas[0] ?? 0),
      maxSquareMetres: Math.round(areas.at(-1) ?? 0),
      ...(await repository.countAffected(db, codes)),
      applied: false,
      divisionsVersion,
      targetSquareMetres,
    } satisfies StoredPlan;
  } catch (error) {
    await repository.deletePlanCells(db, job.id);
    throw error;
  }
};

interface Community {
  code: string;
  area: Outline[];
}

async function readCommunities(db: Queryable, codes: readonly string[]): Promise<Community[]> {
  const communities: Community[] = [];
  for (let at = 0; at < codes.length; at += COMMUNITIES) {
    for (const { code, outline, valid } of await repository.findOutlines(
      db,
      codes.slice(at, at + COMMUNITIES),
    )) {
      if (!valid) throw appError('OUTLINE_INVALID', { community: code });
      const { coordinates } = JSON.parse(outline) as { coordinates: number[][][][] };
      communities.push({ code, area: toOutlines(coordinates) });
    }
  }
  return communities;
}

/**
 * The cells of one community after the other.
 * @throws TOO_MANY_CELLS, naming the communities and the smallest area that would do for all of them
 */
function* layOut(
  communities: readonly Community[],
  target: number,
): Generator<repository.PlanCellRow[], undefined> {
  const middle = middleLatitude(communities.map(({ area }) => area));
  const lattice = latticeOf(target, middle);
  const crowded: string[] = [];
  let enough = target;
  for (const community of communities) {
    const cells = makeCells(community, lattice);
    if (cells && crowded.length === 0) yield cells.map((cell) => toRow(community.code, cell));
    else if (!cells) {
      crowded.push(community.code);
      enough = smallestTarget(community.area, middle, enough);
    }
  }
  if (crowded.length > 0) {
    throw appError('TOO_MANY_CELLS', { communities: crowded, targetSquareMetres: enough });
  }
}

function toRow(communityCode: string, { code, outline, squareMetres }: PlannedCell): repository.PlanCellRow {
  return { code, communityCode, squareMetres, outline: toGeoJson(outline) };
}

const FEATURES = 1000;

/**
 * The cells of a plan as a GeoJSON FeatureCollection, in pieces of text.
 * @throws NOT_FOUND, PLAN_NOT_READY; PLAN_APPLIED when the register has them already
 */
export async function readPlanCells(db: Queryable, jobId: string): Promise<AsyncGenerator<string>> {
  const { kind, state, result } = await getJob(db, jobId);
  if (kind !== 'grid-plan') throw appError('NOT_FOUND', { job: jobId });
  if (state !== 'done') throw appError('PLAN_NOT_READY', { job: jobId, state });
  if ((result as StoredPlan).applied) throw appError('PLAN_APPLIED', { job: jobId });
  return writeFeatures(db, jobId);
}

async function* writeFeatures(db: Queryable, jobId: string): AsyncGenerator<string> {
  let before = '{"type":"FeatureCollection","features":[';
  for (let after = ''; ;) {
    const page = await repository.listPlanFeatures(db, jobId, { after, limit: FEATURES });
    if (page.length > 0) {
      yield before + page.map(({ feature }) => feature).join(',\n');
      before = ',\n';
    }
    const last = page.at(-1);
    if (!last || page.length < FEATURES) break;
    after = last.code;
  }
  yield before.startsWith('{') ? `${before}]}` : ']}';
}
