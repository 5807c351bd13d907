import type { CellCheckResult, CellProblem, NewCellCheck } from '#contract/grid';
import type { Queryable } from '../db/database.ts';
import type { JobWork } from '../jobs/service.ts';
import * as repository from './check-repository.ts';
import { findCellProblems } from './find-cell-problems.ts';
import { communitiesOf } from './plan-grid.ts';
import { isTiled } from './plan/is-tiled.ts';
import { toOutlines } from './plan/outline.ts';
import { findOutlines } from './plan-repository.ts';

const MOST_PROBLEMS = 1000;
const CHECKING = { zh: '检查网格', en: 'checking cells' };

/**
 * The work of a `cell-check` job. One community after the other, in short statements: the embedded engine has everybody
 * else wait for each.
 */
export const checkCells: JobWork = async ({ db }, job, { report, signal }) => {
  const { divisions } = job.input as NewCellCheck;
  const codes = divisions && (await communitiesOf(db, divisions));
  const communities = await repository.listCheckedCommunities(db, codes);
  const total = communities.reduce((sum, { cells }) => sum + cells, 0);
  const overlapping = new Set(await repository.listOverlappingCommunities(db));
  const counts: Record<string, number> = {};
  const problems: CellProblem[] = [];
  let done = 0;
  for (const community of communities) {
    signal.throwIfAborted();
    for (const problem of await checkCommunity(db, community, overlapping)) {
      counts[problem.kind] = (counts[problem.kind] ?? 0) + 1;
      if (problems.length < MOST_PROBLEMS) problems.push(problem);
    }
    done += community.cells;
    report({ stage: CHECKING, done, total, unit: 'cells' });
  }
  await addOutlines(db, problems);
  return { cells: total, counts, problems } satisfies CellCheckResult;
};

async function checkCommunity(
  db: Queryable,
  { code, level }: { code: string; level: string },
  overlapping: ReadonlySet<string>,
): Promise<CellProblem[]> {
  const cells = await repository.listCheckedCells(db, code);
  if (level !== 'community') {
    return cells.map((cell) => ({
      kind: 'orphan' as const,
      cells: [cell.code],
      message: { zh: `${code} 不是社区`, en: `${code} is not a community` },
    }));
  }
  const rest = findCellProblems(code, cells);
  if (!overlapping.has(code) && (await tiles(db, code, cells))) return rest;
  return [
    ...toProblems('overlap', await repository.listOverlaps(db, code)),
    ...toProblems('gap', await repository.listGaps(db, code), code),
    ...toProblems('orphan', await repository.listOrphans(db, code)),
    ...rest,
  ];
}

/** Whether the cells of a community tile it edge by edge; the database need not be asked for what is wrong then. */
async function tiles(
  db: Queryable,
  code: string,
  cells: readonly repository.CheckedCell[],
): Promise<boolean> {
  const [community] = await findOutlines(db, [code]);
  if (!community?.valid || cells.some(({ reason }) => reason !== null)) return false;
  const { coordinates } = JSON.parse(community.outline) as { coordinates: number[][][][] };
  const outlines = cells.map(
    ({ outline }) => (JSON.parse(outline) as { coordinates: number[][][] }).coordinates,
  );
  return isTiled(toOutlines(coordinates), toOutlines(outlines));
}

const WORDS = {
  overlap: { zh: '网格重叠', en: 'Cells overlap by' },
  gap: { zh: '没有网格覆盖', en: 'No cell covers' },
  orphan: { zh: '网格超出所属社区', en: 'The cell reaches beyond its community by' },
};

function toProblems(
  kind: keyof typeof WORDS,
  found: readonly repository.PlacedProblem[],
  community?: string,
): CellProblem[] {
  return found.map(({ codes, squareMetres, geometry }) => {
    const area = squareMetres < 10 ? squareMetres.toFixed(1) : String(Math.round(squareMetres));
    const where =
      community === undefined ? { zh: '', en: '' } : { zh: `社区 ${community} `, en: ` of ${community}` };
    return {
      kind,
      cells: codes,
      message: {
        zh: `${where.zh}${WORDS[kind].zh} ${area} m²`,
        en: `${WORDS[kind].en} ${area} m²${where.en}`,
      },
      squareMetres,
      geometry,
    };
  });
}

/** Problems of a whole cell are shown by its outline. */
async function addOutlines(db: Queryable, problems: CellProblem[]): Promise<void> {
  const bare = problems.filter(({ geometry, cells }) => geometry === undefined && cells.length > 0);
  const outlines = await repository.findCellOutlines(db, [...new Set(bare.flatMap(({ cells }) => cells))]);
  for (const problem of bare) {
    const shapes = problem.cells.map((code) => outlines.get(code)).filter((shape) => shape !== undefined);
    problem.geometry = shapes.length === 1 ? shapes[0] : { type: 'GeometryCollection', geometries: shapes };
  }
}
