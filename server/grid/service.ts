import type { Scope } from '#contract/access';
import type { CellCard, DivisionCard, Location } from '#contract/grid';
import type { LonLat } from '#contract/shared';
import { caseScope } from '../access/scope.ts';
import { listCamerasSeeing } from '../cameras/service.ts';
import type { Queryable } from '../db/database.ts';
import { appError } from '../errors.ts';
import { listHeadsOfCell } from '../heads/service.ts';
import { partScope } from '../parts/part-scope.ts';
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

/**
 * A division with what lies in it of what the scope may see, and its outline as GeoJSON text.
 * @param today for heads, who hold office by days
 * @throws NOT_FOUND
 */
export async function getDivision(
  db: Queryable,
  { scope, today }: { scope: Scope; today: string },
  code: string,
): Promise<{ division: DivisionCard; outline: string }> {
  const found = await repository.findDivision(db, code);
  if (!found) throw appError('NOT_FOUND', { division: code });
  const counts = await repository.countInDivision(db, code, {
    parts: partScope(scope, 'p'),
    cases: caseScope(scope, 'k'),
    day: today,
  });
  const divisions = await repository.listDivisionChain(db, code);
  return { division: { ...found.division, divisions, counts }, outline: found.outline };
}

/**
 * A cell, in force or ended, with what the scope may see of its parts and open cases, and its outline as GeoJSON text.
 * @throws NOT_FOUND
 */
export async function getCell(
  db: Queryable,
  { scope, today }: { scope: Scope; today: string },
  code: string,
): Promise<{ cell: Omit<CellCard, 'outline'>; outline: string }> {
  const found = await repository.findCell(db, code);
  if (!found) throw appError('NOT_FOUND', { cell: code });
  const { cell, version, retiredAt, outline } = found;
  return {
    cell: {
      ...cell,
      version,
      ...(retiredAt === null ? {} : { retiredAt: retiredAt.toISOString() }),
      divisions: await repository.listDivisionChain(db, cell.communityCode),
      heads: await listHeadsOfCell(db, code, today),
      parts: await countPartsByClass(db, scope, code),
      openCases: await repository.countOpenCases(db, code, caseScope(scope, 'c')),
    },
    outline,
  };
}
