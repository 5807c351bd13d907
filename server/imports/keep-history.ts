import sql, { raw } from 'sql-template-tag';
import type { Queryable } from '../db/database.ts';
import { recordChangesFrom } from '../history/service.ts';
import { actorOfLoad, sideTable, type ImportCounts, type Load } from './load.ts';
import type { TargetTable } from './target-tables.ts';
import { writeColumns } from './write-columns.ts';

/**
 * Up to so many new rows are each kept in the history, where they can be undone; of more the audit alone keeps that
 * they came, because a million lines saying "added" serve nobody.
 */
export const ADDED_ROWS_KEPT = 20_000;

/** Keeps what changes, before it is written. Every updated row is kept with what differs. */
export async function keepHistory(
  tx: Queryable,
  load: Load,
  target: TargetTable,
  counts: ImportCounts,
): Promise<void> {
  const { history, name } = target;
  if (!history) return;
  const plan = sideTable(load, 'plan');
  const rows = sideTable(load, 'rows');
  const { updated, names, inserted } = writeColumns(load, target);
  const fieldsOf = raw(
    `jsonb_build_object(${Object.entries(history.fields)
      .map(([key, value]) => `'${key}', ${value}`)
      .join(', ')})`,
  );
  const common = {
    batch: load.job.id,
    subject: history.subject,
    at: load.at,
    actor: actorOfLoad(load),
    action: 'import' as const,
    reason: load.fileName,
  };
  if (counts.updated > 0) {
    const wanted = raw([...updated].map(([column, value]) => `${value} as ${column}`).join(', '));
    await recordChangesFrom(
      tx,
      common,
      sql`
      select w.code,
        (select jsonb_object_agg(o.key, o.value) from jsonb_each(w.old) o where o.value is distinct from w.new -> o.key),
        (select jsonb_object_agg(n.key, n.value) from jsonb_each(w.new) n where n.value is distinct from w.old -> n.key)
      from (
        select p.code,
          (select ${fieldsOf} from ${raw(name)} r where r.code = p.code) as old,
          (select ${fieldsOf} from (select ${wanted}) r) as new
        from ${plan} p
        join ${rows} s on s.line = p.line
        join ${raw(name)} t on t.code = p.code
        where p.changed
      ) w`,
    );
  }
  if (counts.added > 0 && counts.added <= ADDED_ROWS_KEPT) {
    await recordChangesFrom(
      tx,
      common,
      sql`
      select p.code, null::jsonb, (select jsonb_strip_nulls(${fieldsOf}) from (select ${inserted}) r (${raw(names.join(', '))}))
      from ${plan} p
      join ${rows} s on s.line = p.line
      where not p.known`,
    );
  }
}
