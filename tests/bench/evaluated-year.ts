/**
 * A year's case facts, made up by SQL: 25 units of very different size, cases due one after another as they come in,
 * and flags, rulings, void and open ones in shares like a district's. The rows of the cases themselves are left out.
 */
import sql from 'sql-template-tag';
import type { Database } from '../../server/db/database.ts';

export const YEAR = '2025';
/** The whole year has been over for so long that nothing of it is still to come. */
export const JUDGED_AT = new Date('2026-02-01T00:00:00Z');

const UNITS = 25;

/** Instead of whatever there was. */
export async function writeYear(db: Database, cases: number): Promise<void> {
  await db.transaction(
    async (tx) => {
      await tx.query(sql`alter table case_facts drop constraint if exists case_facts_case_id_fkey`);
      await tx.query(sql`truncate case_facts`);
      await tx.query(sql`select setseed(0.25)`);
      await tx.query(sql`
        with units as (
          select array_agg(code order by code) as codes
          from (select code from units order by code limit ${UNITS}) few
        ),
        classes as (select array_agg(id order by id) as ids from classes where edition = 2026),
        communities as (select array_agg(code order by code) as codes from divisions where level = 'community'),
        drawn as materialized (
          select n, random() as unit, random() as class, random() as place, random() as pace, random() as fate,
            random() as postponed, random() as extended, random() as returned, random() as repeated,
            timestamptz '2025-01-01 00:00+08' + n * interval '365 days' / ${cases + 1}::integer as due_at,
            (array[7200, 14400, 28800, 86400, 259200])[1 + floor(random() * 5)::integer] as plain_limit
          from generate_series(1, ${cases}::integer) n
        ),
        flagged as (
          select d.*, case when extended < 0.045 then 86400 else 0 end as extension
          from drawn d
        )
        insert into case_facts (case_id, number, class_id, kind, channel, urgent, special, subdistrict_code,
          community_code, cell_code, received_at, filed_at, filed_in_time, first_dispatched_at, dispatched_in_time,
          dispatches, unit_code, unit_dispatches, due_at, limit_seconds, extension_seconds, used_seconds, fed_back_at,
          checks, checks_in_time, failed_checks, closed_at, closed_in_time, voided_at, postponed_at, extended_at,
          returned_at, repeated_at, ruling)
        select gen_random_uuid(), '620103' || to_char(due_at, 'YYYYMMDD') || lpad(n::text, 7, '0'),
          classes.ids[1 + floor(class * class * cardinality(classes.ids))::integer],
          'event', (array['video', 'collector', 'hotline', 'public'])[1 + floor(place * 4)::integer], false, false,
          left(community, 9), community, community || '001',
          due_at - interval '2 days', due_at - interval '2 days', true, due_at - interval '2 days', true, 1,
          case when fate > 0.004
            then units.codes[1 + floor(unit * unit * cardinality(units.codes))::integer] end,
          case when repeated < 0.04 then 2 else 1 end,
          due_at, plain_limit + extension, extension,
          case when fate > 0.025 then floor(pace * pace * 1.25 * (plain_limit + extension))::integer end,
          case when fate > 0.025 then due_at - interval '1 hour' end,
          1, 1, case when repeated < 0.04 then 1 else 0 end,
          case when fate > 0.025 then due_at + (pace - 0.75) * interval '1 day' end, true,
          case when fate > 0.985 then due_at end,
          case when postponed < 0.035 then due_at - postponed * interval '20 days' end,
          case when extended < 0.045 then due_at - extended * interval '20 days' end,
          case when returned < 0.02 then due_at - returned * interval '20 days' end,
          case when repeated < 0.04 then due_at - repeated * interval '20 days' end,
          case when fate between 0.5 and 0.501 then 'left-out' when fate between 0.6 and 0.602 then 'in-time' end
        from flagged
        cross join units
        cross join classes
        cross join communities
        cross join lateral (
          select communities.codes[1 + floor(place * cardinality(communities.codes))::integer] as community
        ) chosen
        order by n`);
    },
    { heldMs: 900_000 },
  );
  await db.query(sql`vacuum analyze case_facts`);
}
