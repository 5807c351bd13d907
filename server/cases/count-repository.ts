import sql from 'sql-template-tag';
import type { Scope } from '#contract/access';
import type { CaseCounts } from '#contract/cases';
import { caseScope } from '../access/scope.ts';
import type { Queryable } from '../db/database.ts';

/** All counters in one statement, so that they agree with each other. */
export async function countCases(
  db: Queryable,
  scope: Scope,
  { now, midnight }: { now: Date; midnight: Date },
): Promise<CaseCounts> {
  const { rows } = await db.query<CaseCounts>(sql`
    with open as (
      select c.stage, c.subdistrict_code, c.unit_code,
        coalesce(c.due_at < ${now}, false) as red,
        coalesce(c.warn_at <= ${now} and c.due_at >= ${now}, false) as yellow,
        coalesce(c.warn_at > ${now} and c.due_at >= ${now}, false) as green
      from cases c
      where c.closed_at is null and ${caseScope(scope, 'c')}
    ),
    by_stage as (
      select stage, count(*)::integer as open from open group by stage
    ),
    by_subdistrict as (
      select d.code, jsonb_build_object('zh', d.name_zh, 'en', d.name_en) as name, count(*)::integer as open,
        (count(*) filter (where red))::integer as red, (count(*) filter (where yellow))::integer as yellow
      from open
      join divisions d on d.code = open.subdistrict_code
      group by d.code
    ),
    by_unit as (
      select u.code, jsonb_build_object('zh', u.name_zh, 'en', u.name_en) as name, count(*)::integer as open,
        (count(*) filter (where red))::integer as red, (count(*) filter (where yellow))::integer as yellow
      from open
      join units u on u.code = open.unit_code
      group by u.code
    )
    select
      (select count(*) from open)::integer as open,
      (select count(*) from open where red)::integer as red,
      (select count(*) from open where yellow)::integer as yellow,
      (select count(*) from open where green)::integer as green,
      (
        select count(*) from cases c where c.filed_at >= ${midnight} and ${caseScope(scope, 'c')}
      )::integer as "filedToday",
      (
        select count(*)
        from cases c
        where c.closed_at >= ${midnight} and c.stage = 'closed' and ${caseScope(scope, 'c')}
      )::integer as "closedToday",
      coalesce((select jsonb_object_agg(stage, open) from by_stage), '{}') as "byStage",
      coalesce((select jsonb_agg(to_jsonb(s) order by s.red desc, s.open desc, s.code) from by_subdistrict s), '[]')
        as "bySubdistrict",
      coalesce((select jsonb_agg(to_jsonb(u) order by u.red desc, u.open desc, u.code) from by_unit u), '[]')
        as "byUnit"`);
  const [counts] = rows;
  if (!counts) throw new Error('counting gave no row');
  return counts;
}
