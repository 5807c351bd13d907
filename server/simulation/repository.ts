import sql from 'sql-template-tag';
import type { Role, Scope } from '#contract/access';
import type { LonLat } from '#contract/shared';
import type { SessionUser } from '../access/session-user.ts';
import type { Queryable } from '../db/database.ts';

/** Everybody who may enter, as a caller. */
export async function listAccounts(db: Queryable): Promise<SessionUser[]> {
  const { rows } = await db.query<{
    id: string;
    username: string;
    zh: string;
    en: string;
    role: Role;
    kind: Scope['kind'];
    code: string;
  }>(sql`
    select id, username, display_name_zh as zh, display_name_en as en, role, scope_kind as kind, scope_code as code
    from users
    where disabled_at is null
    order by username`);
  return rows.map(({ id, username, zh, en, role, kind, code }) => ({
    id,
    username,
    name: { zh, en },
    role,
    scope: { kind, code },
    sessionSha256: '',
    expiresAt: new Date(0),
  }));
}

/** Where something can go wrong: on a street, inside a cell, or at a part. */
export interface Spot {
  kind: 'carriageway' | 'footway' | 'inside' | 'part';
  position: LonLat;
  part: string | null;
  class: string | null;
}

/** Always the same spots of the same district, `each` of every kind at most, spread all over it. */
export async function listSpots(db: Queryable, each: number): Promise<Spot[]> {
  const { rows } = await db.query<Omit<Spot, 'position'> & LonLat>(sql`
    (select s.kind, st_x(st_pointonsurface(s.geom)) as lon, st_y(st_pointonsurface(s.geom)) as lat, null as part,
      null as class
    from (select kind, geom from surfaces order by md5(id::text) limit ${each}) s)
    union all
    (select 'inside', st_x(st_pointonsurface(c.geom)), st_y(st_pointonsurface(c.geom)), null, null
    from (select geom from cells where retired_at is null order by md5(code) limit ${each}) c)
    union all
    (select 'part', st_x(p.geom), st_y(p.geom), p.code, p.class_id
    from (select code, class_id, geom from parts order by md5(code) limit ${each}) p)`);
  return rows.map(({ lon, lat, ...spot }) => ({ ...spot, position: { lon, lat } }));
}

/** The numbers already given, by day. */
export async function listLastNumbers(db: Queryable, days: readonly string[]): Promise<Map<string, number>> {
  const { rows } = await db.query<{ day: string; last: number }>(sql`
    select day, last from case_numbers where day = any(${days}::text[])`);
  return new Map(rows.map(({ day, last }) => [day, last]));
}

/** Takes numbers of days, `from` … `to`; false when somebody else took one of them meanwhile. */
export async function takeNumbers(
  tx: Queryable,
  numbers: readonly { day: string; before: number; last: number }[],
): Promise<boolean> {
  const { rowCount } = await tx.query(sql`
    insert into case_numbers (day, last)
    select day, last
    from jsonb_to_recordset(${JSON.stringify(numbers)}::jsonb) as given (day text, before integer, last integer)
    order by day
    on conflict (day) do update set last = excluded.last
    where case_numbers.last = excluded.last - (
      select g.last - g.before
      from jsonb_to_recordset(${JSON.stringify(numbers)}::jsonb) as g (day text, before integer, last integer)
      where g.day = excluded.day
    )`);
  return rowCount === numbers.length;
}
