import sql, { raw } from 'sql-template-tag';
import type { ImportLayer, ImportMapping } from '#contract/imports';
import { createFreshRows, saidColumns } from './fresh-parts.ts';
import { sideTable, type Load } from './load.ts';
import type { RowSink, SinkColumn } from './load-session.ts';
import { stagedColumns } from './prepared-rows.ts';

/** Layers of points, each of which lies in a cell; its code comes with the prepared rows. */
export const IN_CELLS: readonly ImportLayer[] = ['parts', 'cameras', 'cases'];

export interface Staging {
  /** Of `stagedColumns`, those it takes. */
  readonly columns: readonly string[];
  write(data: Uint8Array): Promise<void>;
  /** All rows are in. */
  end(): Promise<void>;
  abort(): Promise<void>;
}

/** The side table of an import, ready to take prepared rows. */
export async function openStaging(load: Load, mapping: ImportMapping): Promise<Staging> {
  const { session, layer, tools, fresh } = load;
  const staged: readonly string[] = fresh ? saidColumns(mapping) : stagedColumns[layer];
  const columns: SinkColumn[] = [
    { name: 'line', type: 'integer' },
    ...staged.map((name) => ({ name, type: 'text' })),
    { name: 'geom', type: 'geometry' },
    ...(IN_CELLS.includes(layer) ? [{ name: 'cell_code', type: 'text' }] : []),
  ];
  const table = sideTable(load, 'rows');
  await session.query(sql`create schema ${raw(tools.schema)}`);
  if (fresh) await createFreshRows(load, mapping);
  else
    await session.query(
      sql`create unlogged table ${table} (${raw(columns.map(({ name, type }) => `${name} ${type}`).join(', '))})`,
    );
  const sink = session.openSink(table, columns);
  return {
    columns: staged,
    write: (data) => sink.write(data),
    abort: () => sink.abort(),
    end: () => finish(load, sink),
  };
}

const TIMES = ['received_at', 'filed_at', 'dispatched_at', 'feedback_at', 'closed_at'];

/** A time without an offset is one of the deployment's zone, whatever the zone of the database. */
async function placeTimes(load: Load): Promise<void> {
  const { timeZone } = load.context.config;
  const assignments = TIMES.map(
    (
      name,
    ) => `${name} = case when ${name} ~ '[0-9](Z|[+-][0-9]{2}(:?[0-9]{2})?)$' and ${name} ~ ':' then ${name}
      else (${name}::timestamp at time zone '${timeZone}')::text end`,
  );
  await load.session.query(sql`update ${sideTable(load, 'rows')} set ${raw(assignments.join(', '))}`);
}

async function finish(load: Load, sink: RowSink): Promise<void> {
  await sink.end();
  const { session, layer } = load;
  const table = sideTable(load, 'rows');
  if (layer === 'buildings' || layer === 'roads') {
    // A thing without a code is known again by its key, else by its shape.
    await session.query(sql`
      update ${table}
      set code = coalesce(
        nullif(trim('-' from regexp_replace(source_key, '[^A-Za-z0-9._-]+', '-', 'g')), ''),
        'g' || left(md5(st_astext(geom, 7)), 16)
      )
      where code is null`);
  }
  if (layer === 'cells' || layer === 'buildings' || layer === 'roads') {
    await session.query(sql`
      update ${table}
      set geom = st_geometryn(geom, 1)
      where geometrytype(geom) in ('MULTIPOLYGON', 'MULTILINESTRING') and st_numgeometries(geom) = 1`);
  }
  if (layer === 'cases') await placeTimes(load);
  await session.query(sql`analyze ${table}`);
}
