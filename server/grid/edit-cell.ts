import { v7 as uuid } from 'uuid';
import type { CellEdit, CellProblem } from '#contract/grid';
import type { SessionUser } from '../access/session-user.ts';
import type { Context } from '../context.ts';
import type { Queryable } from '../db/database.ts';
import { appError } from '../errors.ts';
import { actorOf, recordChanges, type ChangeToRecord, type Undo } from '../history/service.ts';
import { renewVersions } from '../settings/service.ts';
import { moveThings } from './apply-plan.ts';
import { LEAST_SQUARE_METRES } from './check-repository.ts';
import * as repository from './edit-repository.ts';
import { toGeoJson, toOutlines } from './plan/outline.ts';

/** The embedded engine takes seconds over the first area on the ellipsoid after it started. */
const HELD_MS = 30_000;

/**
 * Gives a cell a new outline, and what lies in it its cell. Ground that no cell has afterwards is told, not refused: a
 * border between two cells is moved in two steps.
 * @throws NOT_FOUND, STALE_VERSION, OUTLINE_INVALID, CELL_OUTSIDE_COMMUNITY, CELL_OVERLAPS
 */
export async function editCell(
  { db, clock, publish }: Context,
  user: SessionUser,
  code: string,
  { expectedVersion, outline, reason }: CellEdit,
): Promise<{ batch: string; warnings: CellProblem[] }> {
  const batch = uuid();
  const warnings = await db.transaction(
    async (tx) => {
      const cell = await repository.lockCell(tx, code);
      if (!cell) throw appError('NOT_FOUND', { cell: code });
      if (cell.version !== expectedVersion) {
        const { version, area_square_metres: areaSquareMetres } = cell;
        throw appError('STALE_VERSION', { cell: { code, version, areaSquareMetres, outline: cell.outline } });
      }
      const how = { batch, at: clock.now(), actor: actorOf(user) };
      return writeOutline(tx, cell, outline, { ...how, action: 'edit', reason });
    },
    { heldMs: HELD_MS },
  );
  publish();
  return { batch, warnings };
}

type Origin = Pick<ChangeToRecord, 'batch' | 'at' | 'actor' | 'action' | 'reason'>;

async function writeOutline(
  tx: Queryable,
  cell: repository.LockedCell,
  given: { coordinates: readonly (readonly (readonly number[])[])[] },
  origin: Origin,
): Promise<CellProblem[]> {
  const { code } = cell;
  const [rounded] = toOutlines([[...given.coordinates]]);
  if (!rounded) throw appError('OUTLINE_INVALID', { cell: code, reason: 'the outline has no area' });
  const outline = toGeoJson(rounded);
  const found = await repository.examineOutline(tx, code, outline);
  if (found.reason !== null) {
    throw appError('OUTLINE_INVALID', { cell: code, reason: found.reason, location: found.location });
  }
  if (found.beyond > LEAST_SQUARE_METRES) {
    const details = { squareMetres: found.beyond, geometry: found.beyondGeometry };
    throw appError('CELL_OUTSIDE_COMMUNITY', { cell: code, community: cell.community_code, ...details });
  }
  if (found.overlaps.length > 0) throw appError('CELL_OVERLAPS', { cell: code, overlaps: found.overlaps });
  await repository.updateOutline(tx, code, { outline, area: found.area });
  await moveThings(tx, { codes: [code] }, origin.at);
  await renewVersions(tx, 'cells', 'parts');
  await recordChanges(tx, [
    {
      ...origin,
      subject: 'cell',
      code,
      before: { areaSquareMetres: cell.area_square_metres, geometry: cell.outline },
      after: { areaSquareMetres: found.area, geometry: JSON.parse(outline) as unknown },
    },
  ]);
  return found.gaps.map(({ squareMetres, geometry }) => ({
    kind: 'gap' as const,
    cells: [code],
    message: {
      zh: `${Math.round(squareMetres)} m² 不再属于任何网格`,
      en: `${Math.round(squareMetres)} m² no longer belong to any cell`,
    },
    squareMetres,
    geometry,
  }));
}

/** Gives a cell back the outline it had; refused when that ground has gone to another cell since. */
export const undoCell: Undo = async (tx, change, how) => {
  const cell = await repository.lockCell(tx, change.code);
  const outline = change.before?.geometry as { coordinates: number[][][] } | undefined;
  if (!cell || !outline || change.action === 'retire') throw appError('NOT_UNDOABLE', { cell: change.code });
  await writeOutline(tx, cell, outline, { ...how, action: 'undo' });
};
