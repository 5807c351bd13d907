import sql from 'sql-template-tag';
import type { Role } from '#contract/access';
import type { Names } from '#contract/shared';
import type { CheckerCandidate } from '#contract/workflow';
import type { Queryable } from '../db/database.ts';
import type { FullCase } from './case-record.ts';

/**
 * Collectors in whose area the case lies, apart from those who reported it or fed back about it: the fewest open
 * checks first, of these the nearest. Somebody is where they last reported or checked, and before that in the middle
 * of their area.
 */
export async function listCheckers(
  db: Queryable,
  record: Pick<FullCase, 'id' | 'position' | 'communityCode' | 'subdistrictCode' | 'fedBackBy'>,
): Promise<CheckerCandidate[]> {
  const { lon, lat } = record.position;
  const { rows } = await db.query<CheckerCandidate>(sql`
    select u.id, jsonb_build_object('zh', u.display_name_zh, 'en', u.display_name_en) as name,
      load.open as "openChecks",
      st_distance(place.geom::geography, st_setsrid(st_makepoint(${lon}::float8, ${lat}::float8), 4326)::geography)
        as "distanceMetres"
    from users u
    cross join lateral (
      select count(*)::integer as open
      from cases c
      where c.checker_id = u.id and c.stage = 'check' and c.closed_at is null
    ) load
    left join lateral (
      select r.geom, r.received_at as at
      from reports r
      where r.created_by = u.id
      order by r.received_at desc
      limit 1
    ) reported on true
    left join lateral (
      select c.geom, e.at
      from case_events e
      join cases c on c.id = e.case_id
      where e.actor_id = u.id and e.action = 'check'
      order by e.at desc
      limit 1
    ) checked on true
    join divisions d on d.code = u.scope_code
    cross join lateral (
      select case
        when reported.geom is not null and (checked.at is null or reported.at >= checked.at) then reported.geom
        when checked.geom is not null then checked.geom
        else st_pointonsurface(d.geom)
      end as geom
    ) place
    where u.role = 'collector' and u.disabled_at is null
      and u.id is distinct from ${record.fedBackBy}::uuid
      and u.scope_code in (${record.communityCode.slice(0, 6)}, ${record.subdistrictCode}, ${record.communityCode})
      and not exists (
        select
        from reports r
        where r.case_id = ${record.id} and r.created_by = u.id
      )
    order by load.open, "distanceMetres", u.id`);
  return rows;
}

/** Who may decide about a second return, those of longest standing first. */
export async function listArbiterCandidates(
  db: Queryable,
): Promise<{ id: string; name: Names; role: Role }[]> {
  const { rows } = await db.query<{ id: string; name: Names; role: Role }>(sql`
    select id, jsonb_build_object('zh', display_name_zh, 'en', display_name_en) as name, role
    from users
    where role in ('supervisor', 'administrator') and disabled_at is null
    order by created_at, id`);
  return rows;
}
