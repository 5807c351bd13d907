import type { LonLat, Names } from '#contract/shared';
import type { Queryable } from '../db/database.ts';
import { findCellAt } from '../grid/find-cell-at.ts';
import { roundPosition } from '../grid/round-position.ts';
import { findDivisionNames } from './repository.ts';
import type { ReportPlace } from './report-record.ts';

/** The cell and divisions of a position, which is rounded to what is stored. @throws POSITION_OUTSIDE_DISTRICT */
export async function placeReport(db: Queryable, position: LonLat): Promise<ReportPlace> {
  const cell = await findCellAt(db, position);
  return {
    position: roundPosition(position),
    cellCode: cell.code,
    communityCode: cell.communityCode,
    subdistrictCode: cell.subdistrictCode,
  };
}

/** District, subdistrict and community, by name. */
export function divisionNamesOf(
  db: Queryable,
  { communityCode, subdistrictCode }: ReportPlace,
): Promise<Names[]> {
  return findDivisionNames(db, [subdistrictCode.slice(0, 6), subdistrictCode, communityCode]);
}
