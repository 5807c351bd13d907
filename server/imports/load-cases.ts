import sql from 'sql-template-tag';
import { importPastCases, type PastCase } from '../cases/import-cases.ts';
import type { Queryable } from '../db/database.ts';
import { actorOfLoad, sideTable, type ImportCounts, type Load } from './load.ts';

const PAGE = 500;

type PastCaseRow = PastCase & { line: number };

/** Past cases in the order of the file, a page at a time. */
async function* eachPage(tx: Queryable, load: Load): AsyncGenerator<PastCase[]> {
  for (let after = 0; ;) {
    load.tools.signal.throwIfAborted();
    const { rows } = await tx.query<PastCaseRow>(sql`
      select s.line, s.number, s.class_id as "classId", s.channel, s.note, s.cell_code as "cellCode",
        st_x(s.geom) as lon, st_y(s.geom) as lat, s.received_at::timestamptz as "receivedAt",
        s.filed_at::timestamptz as "filedAt", s.dispatched_at::timestamptz as "dispatchedAt",
        s.feedback_at::timestamptz as "feedbackAt", s.closed_at::timestamptz as "closedAt",
        case when u.code is not null then jsonb_build_object('code', u.code, 'phone', u.phone,
          'name', jsonb_build_object('zh', u.name_zh, 'en', u.name_en)) end as unit
      from ${sideTable(load, 'rows')} s
      left join units u on u.code = s.unit_code
      where s.line > ${after}
      order by s.line
      limit ${PAGE}`);
    const last = rows.at(-1);
    if (!last) return;
    yield rows.map(({ line: _, ...one }) => one);
    after = last.line;
  }
}

async function fresh(tx: Queryable, page: readonly PastCase[]): Promise<PastCase[]> {
  const numbers = page.map(({ number }) => number);
  const { rows } = await tx.query<{ number: string }>(sql`
    select number from cases where number = any(${numbers}::text[])`);
  const taken = new Set(rows.map(({ number }) => number));
  return page.filter(({ number }) => !taken.has(number));
}

/** A case of the past does not change any more: it is new, or there already. */
export async function planCases(load: Load): Promise<ImportCounts> {
  await load.session.query(sql`create index on ${sideTable(load, 'rows')} (line)`);
  const counts = { added: 0, updated: 0, unchanged: 0 };
  for await (const page of eachPage(load.session, load)) {
    const { length } = await fresh(load.session, page);
    counts.added += length;
    counts.unchanged += page.length - length;
  }
  return counts;
}

export async function writeCases(tx: Queryable, load: Load): Promise<void> {
  for await (const page of eachPage(tx, load)) {
    const cases = await fresh(tx, page);
    await importPastCases(tx, cases, {
      at: load.at,
      actor: actorOfLoad(load),
      fileName: load.fileName,
      batch: load.job.id,
      axis: load.context.axis.current(),
    });
  }
}
