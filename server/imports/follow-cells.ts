import sql from 'sql-template-tag';
import type { Queryable } from '../db/database.ts';
import { moveThings } from '../grid/apply-plan.ts';
import { renewVersions } from '../settings/service.ts';
import { sideTable, type Load } from './load.ts';

/** Parts, cases and reports on ground that changed hands get the cell they lie in now, as after an edit by hand. */
export async function followCells(tx: Queryable, load: Load): Promise<void> {
  const { rows } = await tx.query<{ code: string }>(sql`
    select code from ${sideTable(load, 'plan')} where changed or not known`);
  await moveThings(tx, { codes: rows.map(({ code }) => code) }, load.at);
  await renewVersions(tx, 'parts');
}
