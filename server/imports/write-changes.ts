import sql, { raw } from 'sql-template-tag';
import type { Queryable } from '../db/database.ts';
import { appError } from '../errors.ts';
import { renewVersions } from '../settings/service.ts';
import { followCells } from './follow-cells.ts';
import { keepHistory } from './keep-history.ts';
import { sideTable, type ImportCounts, type Load } from './load.ts';
import { coverRoads } from './road-surfaces.ts';
import type { TargetTable } from './target-tables.ts';
import { writeColumns } from './write-columns.ts';

/** Writes the plan into the table in use, inside the one transaction of the import. */
export async function writeChanges(
  tx: Queryable,
  load: Load,
  target: TargetTable,
  counts: ImportCounts,
): Promise<void> {
  if (target.versioned) await settleEdits(tx, load, target);
  await keepHistory(tx, load, target, counts);
  const plan = sideTable(load, 'plan');
  const rows = sideTable(load, 'rows');
  const table = raw(target.name);
  const { names, inserted, updated } = writeColumns(load, target);
  const isParts = target.name === 'parts';
  const { rowCount: added } = await tx.query(sql`
    insert into ${table} (code, ${raw(names.join(', '))} ${raw(isParts ? ', changed_at' : '')})
    select p.code, ${inserted} ${isParts ? sql`, ${load.at}::timestamptz` : raw('')}
    from ${plan} p
    join ${rows} s on s.line = p.line
    where not p.known
    on conflict (code) do nothing`);
  const planned = await tx.query<{ count: number }>(sql`
    select count(*)::integer as count from ${plan} where not known`);
  if (added !== planned.rows[0]?.count) throw appError('IMPORT_EDITED_MEANWHILE');
  const assignments = [...updated].map(([column, value]) => `${column} = ${value}`);
  if (target.versioned) assignments.push('version = t.version + 1');
  if (target.alsoSet) assignments.push(target.alsoSet);
  await tx.query(sql`
    update ${table} o
    set ${raw(assignments.join(', '))} ${isParts ? sql`, changed_at = ${load.at}` : raw('')}
    from ${plan} p
    join ${rows} s on s.line = p.line
    join ${table} t on t.code = p.code
    where p.changed and o.code = p.code`);
  if (target.name === 'roads') await coverRoads(tx, load);
  if (target.name === 'cells') await followCells(tx, load);
  await renewVersions(tx, ...target.renews);
}

/**
 * Rows that somebody edited since the plan was made keep the edit: what a person just did is newer than the file.
 * A warning names them.
 */
export async function settleEdits(tx: Queryable, load: Load, target: TargetTable): Promise<void> {
  const plan = sideTable(load, 'plan');
  const { rows: edited } = await tx.query<{ code: string }>(sql`
    update ${plan} p
    set changed = false
    from ${raw(target.name)} t
    where p.changed and t.code = p.code and t.version <> p.version
    returning p.code`);
  warnOfEdits(
    load,
    edited.map(({ code }) => code),
  );
}

const CODES_NAMED = 100;

export function warnOfEdits(load: Load, codes: readonly string[]): void {
  if (codes.length === 0) return;
  load.warn({
    code: 'EDITED_MEANWHILE',
    message: {
      zh: `导入期间有 ${codes.length} 条被人修改，保留了人工修改`,
      en: `${codes.length} were edited while the import ran; the edits were kept`,
    },
    blocking: false,
    details: { codes: codes.slice(0, CODES_NAMED), count: codes.length },
  });
}
