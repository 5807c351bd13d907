import type { LonLat } from '#contract/shared';
import type { Queryable } from '../db/database.ts';
import { appError } from '../errors.ts';
import { findCoveringCell } from './repository.ts';
import { roundPosition } from './round-position.ts';

export interface CellAt {
  code: string;
  communityCode: string;
  subdistrictCode: string;
  areaSquareMetres: number;
}

/**
 * The cell a position lies in: the only answer to that question anywhere. The position is rounded to 1e-7 degree
 * first; on a border between cells the lowest code has it.
 * @throws POSITION_OUTSIDE_DISTRICT
 */
export async function findCellAt(db: Queryable, position: LonLat): Promise<CellAt> {
  const rounded = roundPosition(position);
  const cell = await findCoveringCell(db, rounded);
  if (!cell) throw appError('POSITION_OUTSIDE_DISTRICT', { position: rounded });
  return cell;
}
