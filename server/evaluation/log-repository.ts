import sql from 'sql-template-tag';
import type { Queryable } from '../db/database.ts';
import type { CaseFacts } from './case-facts.ts';
import { foldLog, type LoggedCase } from './fold-log.ts';
import { toFacts, type FactRow } from './repository.ts';

const PAGE = 1_000;

type EventRow = LoggedCase['events'][number] & { caseId: string; number: string };

/** The logs of cases up to an instant, a page of cases after another by their ids. */
export async function* readLogs(db: Queryable, asOf: Date): AsyncGenerator<LoggedCase[]> {
  let after: string | null = null;
  for (;;) {
    const page: { rows: { id: string }[] } = await db.query<{ id: string }>(sql`
      select id
      from cases
      where ${after}::uuid is null or id > ${after}::uuid
      order by id
      limit ${PAGE}`);
    const ids = page.rows.map(({ id }) => id);
    const last = ids.at(-1);
    if (last === undefined) return;
    yield await readLogsOf(db, ids, asOf);
    after = last;
  }
}

async function readLogsOf(db: Queryable, ids: readonly string[], asOf: Date): Promise<LoggedCase[]> {
  const { rows } = await db.query<EventRow>(sql`
    select e.case_id as "caseId", c.number, e.at, e.actor_id as "actorId", e.action, e.from_stage as "fromStage",
      e.to_stage as "toStage", e.payload
    from case_events e
    join cases c on c.id = e.case_id
    where e.case_id = any(${ids}::uuid[]) and e.at <= ${asOf}::timestamptz
    order by e.case_id, e.n`);
  const byCase = new Map<string, LoggedCase & { events: EventRow[] }>();
  for (const row of rows) {
    const logged = byCase.get(row.caseId);
    if (logged) logged.events.push(row);
    else byCase.set(row.caseId, { caseId: row.caseId, number: row.number, events: [row] });
  }
  return [...byCase.values()];
}

/**
 * The facts of all cases as they stood at an instant that is over: the rows of those that nothing happened to since,
 * the log of the others.
 */
export async function listFactsAt(db: Queryable, asOf: Date): Promise<CaseFacts[]> {
  const { rows } = await db.query<FactRow>(sql`
    select f.*
    from case_facts f
    join cases c on c.id = f.case_id
    where c.updated_at <= ${asOf}::timestamptz and f.filed_at <= ${asOf}::timestamptz and f.due_at is not null`);
  const facts = rows.map(toFacts);
  const { rows: changed } = await db.query<{ id: string }>(sql`
    select c.id
    from cases c
    where c.updated_at > ${asOf}::timestamptz and c.filed_at <= ${asOf}::timestamptz`);
  for (let from = 0; from < changed.length; from += PAGE) {
    const ids = changed.slice(from, from + PAGE).map(({ id }) => id);
    facts.push(...(await readLogsOf(db, ids, asOf)).flatMap((one) => foldLog(one) ?? []));
  }
  return facts;
}
