import sql from 'sql-template-tag';
import type { Queryable } from '../db/database.ts';
import { renewVersions } from '../settings/service.ts';
import { sideTable, type Load } from './load.ts';

/**
 * Parts on ground that changed hands get the cell they lie in now: those of a changed cell, and those that a new or
 * changed cell covers. A part that no cell covers any more keeps its last one.
 */
export async function followCells(tx: Queryable, load: Load): Promise<void> {
  const plan = sideTable(load, 'plan');
  const { rowCount } = await tx.query(sql`
    update parts o
    set cell_code = n.code, version = o.version + 1, changed_at = ${load.at}
    from (
      select moved.code as part, (
        select c.code
        from cells c
        where c.retired_at is null and st_covers(c.geom, moved.geom)
        order by c.code
        limit 1
      ) as code
      from (
        select p.code, p.geom
        from parts p
        join ${plan} ch on ch.code = p.cell_code and ch.changed
        union
        select p.code, p.geom
        from ${plan} ch
        join cells c on c.code = ch.code
        join parts p on p.geom && c.geom
        where (ch.changed or not ch.known) and p.cell_code <> c.code
      ) moved
    ) n
    where o.code = n.part and n.code is not null and n.code <> o.cell_code`);
  if (rowCount > 0) await renewVersions(tx, 'parts');
}
