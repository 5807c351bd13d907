import sql from 'sql-template-tag';
import type { Queryable } from '../db/database.ts';
import { sideTable, type Load } from './load.ts';

/**
 * Carriageway and footway of the roads that came or changed, so that "which kind of place is this" has an answer
 * there: the line widened by half the carriageway, and what is beyond that within a footway's width on either side.
 * Widths are metres in the local projection that PostGIS picks for a geography.
 */
export async function coverRoads(tx: Queryable, load: Load): Promise<void> {
  const plan = sideTable(load, 'plan');
  await tx.query(sql`
    delete from surfaces s
    using ${plan} p
    where s.road_code = p.code and p.changed`);
  await tx.query(sql`
    insert into surfaces (kind, road_code, geom)
    select w.kind, w.code, (st_dump(w.geom)).geom
    from (
      select r.code, k.kind,
        case k.kind
          when 'carriageway' then r.carriageway
          else st_difference(st_buffer(r.line, r.half + r.footway_metres, 'endcap=flat')::geometry, r.carriageway)
        end as geom
      from (
        select r.code, r.geom::geography as line, r.footway_metres, r.carriageway_metres / 2 as half,
          st_buffer(r.geom::geography, r.carriageway_metres / 2, 'endcap=flat')::geometry as carriageway
        from roads r
        join ${plan} p on p.code = r.code
        where (p.changed or not p.known) and r.carriageway_metres > 0
      ) r
      cross join (values ('carriageway'), ('footway')) as k (kind)
      where k.kind = 'carriageway' or r.footway_metres > 0
    ) w
    where not st_isempty(w.geom)`);
}
