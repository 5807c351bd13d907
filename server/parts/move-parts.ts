import sql from 'sql-template-tag';
import type { Queryable } from '../db/database.ts';
import { cellsMoved, type CellSet } from '../grid/cells-moved.ts';

/**
 * Gives parts the cell they lie in after cells changed. Their version stays: nothing was changed about them.
 * @returns how many
 */
export async function movePartsToCells(tx: Queryable, set: CellSet): Promise<number> {
  const { rowCount } = await tx.query(sql`
    update parts p
    set cell_code = m.cell_code
    from (${cellsMoved('parts', set)}) m
    where p.code = m.key`);
  return rowCount;
}
