import type { Scope } from '#contract/access';
import type { Cell, Division, Location } from '#contract/grid';
import type { LonLat, Names } from '#contract/shared';
import { caseScope } from '../access/scope.ts';
import { listCamerasSeeing } from '../cameras/service.ts';
import type { Queryable } from '../db/database.ts';
import { appError } from '../errors.ts';
import { countPartsByClass, listNearestParts } from '../parts/service.ts';
import { findCellAt } from './find-cell-at.ts';
import * as repository from './repository.ts';
import { roundPosition } from './round-position.ts';

export { listCells, listDivisions, listDivisionNames as nameDivisions } from './repository.ts';

const WHOLE_DISTRICT: Scope = { kind: 'district', code: '' };
const NEAR_PARTS = 5;

/**
 * Where a position is: its divisions, cell, kind of place, the nearest parts and the cameras that see it.
 * The ground is the same for everybody; parts and cameras are those of the scope (default: the whole district).
 * @param near how many parts at most, by distance
 * @throws POSITION_OUTSIDE_DISTRICT
 */
export async function locate(
  db: Queryable,
  given: LonLat,
  { near = NEAR_PARTS, scope = WHOLE_DISTRICT }: { near?: number; scope?: Scope } = {},
): Promise<Location> {
  const position = roundPosition(given);
  const cell = await findCellAt(db, position);
  // One after the other: `db` may be the one connection of a transaction.
  const divisions = await repository.listDivisionChain(db, cell.communityCode);
  const place = await repository.findPlaceAt(db, position);
  const parts = await listNearestParts(db, position, { scope, count: near });
  const cameras = await listCamerasSeeing(db, scope, position);
  return {
    position,
    divisions,
    cell: { code: cell.code, areaSquareMetres: cell.areaSquareMetres },
    ...place,
    parts,
    cameras,
  };
}

/** The kind of place a position lies on, where it is one that duties and limits tell apart. */
export async function findPlaceAt(db: Queryable, position: LonLat): Promise<repository.Place | undefined> {
  return (await repository.findPlaceAt(db, roundPosition(position)))?.place;
}

/** A division with its outline as GeoJSON text. @throws NOT_FOUND */
export async function getDivision(
  db: Queryable,
  code: string,
): Promise<{ division: Division; outline: string }> {
  const found = await repository.findDivision(db, code);
  if (!found) throw appError('NOT_FOUND', { division: code });
  return found;
}

export interface CellView {
  cell: Cell;
  /** GeoJSON text */
  outline: string;
  parts: { class: string; className: Names; count: number }[];
  openCases: number;
}

/** A cell with its outline, and what the scope may see of its parts and open cases. @throws NOT_FOUND */
export async function getCell(db: Queryable, scope: Scope, code: string): Promise<CellView> {
  const found = await repository.findCell(db, code);
  if (!found) throw appError('NOT_FOUND', { cell: code });
  return {
    cell: found.cell,
    outline: found.outline,
    parts: await countPartsByClass(db, scope, code),
    openCases: await repository.countOpenCases(db, code, caseScope(scope, 'c')),
  };
}
