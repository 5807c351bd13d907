import sql from 'sql-template-tag';
import type { Scope } from '#contract/access';
import type { Queryable } from '../db/database.ts';
import { cellsMoved, type CellSet } from '../grid/cells-moved.ts';
import { appendReportChange } from './report-change.ts';
import { findReport } from './repository.ts';

const WHOLE_DISTRICT: Scope = { kind: 'district', code: '' };

/** Gives reports the cell they lie in after cells changed, and tells live screens of those not decided yet. */
export async function moveReportsToCells(tx: Queryable, set: CellSet, now: Date): Promise<void> {
  const { rows } = await tx.query<{
    id: string;
    cell_code: string;
    community_code: string;
    subdistrict_code: string;
  }>(sql`
    with moved as (${cellsMoved('reports', set)}),
    before as (
      select r.id, r.cell_code, r.community_code, r.subdistrict_code, r.state
      from reports r
      join moved m on m.key = r.id
    ),
    written as (
      update reports r
      set cell_code = m.cell_code, community_code = m.community_code, subdistrict_code = m.subdistrict_code,
        version = r.version + 1
      from moved m
      where r.id = m.key
      returning r.id
    )
    select b.id, b.cell_code, b.community_code, b.subdistrict_code
    from before b
    join written w on w.id = b.id
    where b.state = 'received'`);
  for (const row of rows) {
    const report = await findReport(tx, WHOLE_DISTRICT, row.id);
    if (!report?.place) continue;
    const place = {
      ...report.place,
      cellCode: row.cell_code,
      communityCode: row.community_code,
      subdistrictCode: row.subdistrict_code,
    };
    await appendReportChange(tx, report, { now, before: { ...report, place } });
  }
}
