import sql, { raw } from 'sql-template-tag';
import type { RowError } from '#contract/imports';
import { sideTable, type Load } from './load.ts';

/**
 * Gives rows of parts that bring no code the one they have in the register already, or a new one, in the side table
 * `numbers`. A row is known again by its key in the file it came from, within its class; else by class and place, where
 * no two keys speak against it. New codes are district, class and the next free sequence (SPEC section 6).
 * @returns whether any row needed one, and the rows for which there is none
 */
export async function numberParts(load: Load): Promise<{ any: boolean; errors: RowError[] }> {
  const { session } = load;
  const rows = sideTable(load, 'rows');
  const numbers = sideTable(load, 'numbers');
  const { rows: missing } = await session.query<{ any: boolean; keys: boolean }>(sql`
    select exists (select from ${rows} where code is null) as any,
      exists (select from ${rows} where code is null and source_key is not null) as keys`);
  if (!missing[0]?.any) return { any: false, errors: [] };

  await session.query(sql`create unlogged table ${numbers} (line integer primary key, code text not null)`);
  if (missing[0].keys) {
    await session.query(sql`
      insert into ${numbers} (line, code)
      select distinct on (s.line) s.line, p.code
      from ${rows} s
      join parts p on p.source_key = s.source_key and p.class_id = s.class_id
      where s.code is null
        and not exists (select from ${rows} o where o.code = p.code)
      order by s.line, p.code`);
  }
  await session.query(sql`
    insert into ${numbers} (line, code)
    select distinct on (code) line, code
    from (
      select distinct on (s.line) s.line, p.code
      from ${rows} s
      join parts p on p.class_id = s.class_id and p.geom = s.geom
      where s.code is null
        and (s.source_key is null or p.source_key is null)
        and not exists (select from ${numbers} n where n.line = s.line or n.code = p.code)
        and not exists (select from ${rows} o where o.code = p.code)
      order by s.line, p.code
    ) found
    order by code, line`);
  await session.query(sql`
    insert into ${numbers} (line, code)
    with fresh as (
      select s.line, left(s.cell_code, 6) || k.major_code || k.minor_code as prefix
      from ${rows} s
      join classes k on k.id = s.class_id
      where s.code is null and not exists (select from ${numbers} n where n.line = s.line)
    ),
    used as (
      select left(code, 11) as prefix, max(right(code, 6)::integer) as last
      from (
        select code from parts where length(code) = 17
        union all
        select code from ${rows} where length(code) = 17
      ) taken
      group by 1
    ),
    numbered as (
      select f.line, f.prefix,
        coalesce(u.last, 0) + row_number() over (partition by f.prefix order by f.line) as sequence
      from fresh f
      left join used u on u.prefix = f.prefix
    )
    select line, prefix || lpad(sequence::text, 6, '0')
    from numbered
    where length(prefix) = 11 and sequence <= 999999`);
  await session.query(sql`analyze ${numbers}`);
  const { rows: without } = await session.query<{ line: number; value: string }>(sql`
    select s.line, s.class_id as value
    from ${rows} s
    where s.code is null and not exists (select from ${numbers} n where n.line = s.line)`);
  return {
    any: true,
    errors: without.map(({ line, value }) => ({
      line,
      field: 'code',
      reason: 'no-code-left',
      message: {
        zh: '该类别无法生成 17 位编码（非现行类别，或序号已用完）',
        en: 'no code of 17 digits can be made: not a class in force, or its numbers are used up',
      },
      value,
    })),
  };
}

/** SQL for the code of a row `s`, and the join it takes. */
export function codeOfRow(load: Load, numbered: boolean) {
  return numbered
    ? {
        code: raw('coalesce(s.code, n.code)'),
        from: sql`left join ${sideTable(load, 'numbers')} n on n.line = s.line`,
      }
    : { code: raw('s.code'), from: raw('') };
}
