import sql, { raw } from 'sql-template-tag';
import { sideTable, type ImportCounts, type Load } from './load.ts';
import { codeOfRow } from './number-parts.ts';
import { withConstants, type TargetTable } from './target-tables.ts';

/**
 * Compares the rows with the register, in the side table `plan`: (line, code, known, changed, version). A row that says
 * nothing else than the register is unchanged, and stays so to the version.
 */
export async function planChanges(load: Load, target: TargetTable, numbered: boolean): Promise<ImportCounts> {
  const plan = sideTable(load, 'plan');
  const { code, from } = codeOfRow(load, numbered);
  const differs = target.columns
    .filter(({ derived }) => !derived)
    .map(({ name, value }) => `(${value} is not null and ${value} is distinct from t.${name})`);
  if (target.alsoDiffers) differs.push(`(${target.alsoDiffers})`);
  await load.session.query(sql`
    create unlogged table ${plan} as
    select s.line, ${code} as code, t.code is not null as known,
      t.code is not null and (${raw(withConstants(differs.join(' or '), load))}) as changed
      ${target.versioned ? raw(', t.version') : raw('')}
    from ${sideTable(load, 'rows')} s
    ${from}
    left join ${raw(target.name)} t on t.code = ${code}`);
  await load.session.query(sql`analyze ${plan}`);
  const { rows } = await load.session.query<ImportCounts>(sql`
    select count(*) filter (where not known)::integer as added, count(*) filter (where changed)::integer as updated,
      count(*) filter (where known and not changed)::integer as unchanged
    from ${plan}`);
  return rows[0] ?? { added: 0, updated: 0, unchanged: 0 };
}
