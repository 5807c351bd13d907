/**
 * The evaluation of a year, by unit and by whatever else, and a page of the cases behind it; against one statement
 * written by hand for the units' figures, both modes and all quotas, in the same run. Both must give the same figures.
 */
import { deepStrictEqual } from 'node:assert';
import { pathToFileURL } from 'node:url';
import sql from 'sql-template-tag';
import type { EvaluationRow, SubjectKind } from '#contract/evaluation';
import { readConfig } from '../../server/config.ts';
import { openDatabase, type Database } from '../../server/db/database.ts';
import { openEmbedded } from '../../server/db/embedded.ts';
import { migrate } from '../../server/db/migrate.ts';
import type { Services } from '../../server/evaluation/open-period.ts';
import { evaluate, listJudgedCases } from '../../server/evaluation/service.ts';
import { prepareDatabase } from '../../server/prepare-database.ts';
import { startPostgresCluster } from '../support/postgres-cluster.ts';
import { percentile, type BenchRow, type BenchSection } from './bench-row.ts';
import { JUDGED_AT, writeYear, YEAR } from './evaluated-year.ts';

const SIZES = [10_000, 100_000, 1_000_000];
const EMBEDDED_SIZE = 100_000;
const ASKED = 9;
const PAGE = 100;

const everybody = { kind: 'district', code: '' } as const;

/** What somebody would write who knows the rules, the tables and PostgreSQL, and needs nothing but the units. */
const BARE = sql`
  with judged as (
    select unit_code, count(*) as gross, count(*) * 300 / 10000 as quota,
      count(*) filter (where plain) as plain, count(*) filter (where plain and closed) as solved,
      count(*) filter (where plain and closed and used_seconds <= limit_seconds - extension_seconds) as in_time,
      count(*) filter (where plain and not closed and coalesce(used_seconds > limit_seconds, true)) as overdue
    from (
      select unit_code, used_seconds, limit_seconds, extension_seconds,
        closed_at is not null and closed_at <= ${JUDGED_AT}::timestamptz as closed,
        postponed_at is null and extended_at is null and returned_at is null and repeated_at is null
          and ruling is null as plain
      from case_facts
      where due_at >= '2025-01-01 00:00+08' and due_at < '2026-01-01 00:00+08' and unit_code is not null
        and voided_at is null and ruling is distinct from 'left-out'
    ) cases
    group by unit_code
  ),
  ranked as (
    select unit_code, closed_at is not null and closed_at <= ${JUDGED_AT}::timestamptz as closed, used_seconds,
      limit_seconds, extension_seconds, postponed_at, extended_at, returned_at, repeated_at, ruling,
      row_number() over (partition by unit_code, ruling is null and postponed_at is not null
        order by postponed_at, case_id) as postponement,
      row_number() over (partition by unit_code, ruling is null and extended_at is not null
        order by extended_at, case_id) as extension,
      row_number() over (partition by unit_code, ruling is null and repeated_at is not null
        order by repeated_at, case_id) as repeat
    from case_facts
    where due_at >= '2025-01-01 00:00+08' and due_at < '2026-01-01 00:00+08' and unit_code is not null
      and voided_at is null and ruling is distinct from 'left-out'
      and (postponed_at is not null or extended_at is not null or returned_at is not null
        or repeated_at is not null or ruling is not null)
  ),
  placed as (
    select r.*,
      ruling is null and postponed_at is not null and postponement <= quota as is_out,
      ruling is null and extended_at is not null and extension <= quota as extension_counts,
      ruling is null and repeated_at is not null and repeat <= quota as repeat_counts
    from ranked r
    join judged j using (unit_code)
  ),
  flagged as (
    select unit_code,
      count(*) filter (where not is_out) as due,
      count(*) filter (where not is_out and closed) as solved,
      count(*) filter (where not is_out and closed and ruling = 'in-time') as ruled,
      count(*) filter (where not is_out and closed and ruling is null and postponed_at is null
        and returned_at is null and (repeated_at is null or repeat_counts)
        and (extended_at is null or extension_counts) and used_seconds <= limit_seconds) as tolerated,
      count(*) filter (where not is_out and not closed and coalesce(used_seconds > limit_seconds, true)) as overdue,
      count(postponed_at) as postponed, count(*) filter (where is_out) as postponed_within,
      count(extended_at) as extended, count(*) filter (where extension_counts) as extended_within,
      count(returned_at) as returned,
      count(repeated_at) as repeated, count(*) filter (where repeat_counts) as repeated_within
    from placed
    group by unit_code
  )
  select j.unit_code as unit, j.gross, j.plain + coalesce(f.due, 0) as due, j.solved + coalesce(f.solved, 0) as solved,
    j.in_time + coalesce(f.ruled, 0) as "inTime", j.in_time + coalesce(f.ruled + f.tolerated, 0) as "tolerantInTime",
    j.overdue + coalesce(f.overdue, 0) as "overdueOpen",
    coalesce(f.postponed, 0) as postponed, coalesce(f.postponed_within, 0) as "postponedWithinQuota",
    coalesce(f.extended, 0) as extended, coalesce(f.extended_within, 0) as "extendedWithinQuota",
    coalesce(f.returned, 0) as returned,
    coalesce(f.repeated, 0) as repeated, coalesce(f.repeated_within, 0) as "repeatedWithinQuota"
  from judged j
  left join flagged f using (unit_code)
  order by unit`;

interface BareRow {
  unit: string;
}

export async function evaluationSummary(): Promise<BenchSection> {
  const rows: BenchRow[] = [];
  const cluster = await startPostgresCluster();
  if (!cluster) throw new Error('PostgreSQL with PostGIS is not installed');
  try {
    const connection = { connectionString: cluster.url };
    await migrate(connection, 'postgresql', () => undefined);
    const db = openDatabase({ engine: 'postgresql', connection });
    try {
      await prepareDatabase(db, 'qilihe', () => undefined);
      for (const size of SIZES) rows.push(...(await measure(db, size)));
    } finally {
      await db.close();
    }
  } finally {
    await cluster.stop();
  }
  const embedded = await openEmbedded({});
  try {
    await migrate(embedded.connection, 'embedded', () => undefined);
    await prepareDatabase(embedded, 'qilihe', () => undefined);
    rows.push(...(await measure(embedded, EMBEDDED_SIZE)));
  } finally {
    await embedded.close();
  }
  return {
    title: 'Evaluation',
    how: `A year judged through the service, scores, ranks and names included, and the first ${PAGE} of the cases behind it with their sentences, ${ASKED} times each, turn by turn. Bare: one statement by hand for the units' figures in both modes, with the same quotas; its figures are compared with the service's. 25 units; one case in seven carries a flag.`,
    rows,
  };
}

async function measure(db: Database, size: number): Promise<BenchRow[]> {
  await writeYear(db, size);
  const services: Services = { db, config: readConfig({}), clock: { now: () => JUDGED_AT } };
  const evaluateBy = (by: SubjectKind) => () => evaluate(services, everybody, { period: YEAR, by });
  const list = (figure: 'due' | 'late') => () =>
    listJudgedCases(services, everybody, {
      period: YEAR,
      by: 'district',
      figure,
      mode: 'tolerant',
      limit: PAGE,
    });
  const asks: Record<string, () => Promise<unknown>> = {
    'evaluation by unit': evaluateBy('unit'),
    'evaluation by community': evaluateBy('community'),
    'evaluation by class': evaluateBy('class'),
    'page of cases due': list('due'),
    'page of late cases': list('late'),
  };
  await compare(services);
  const bare: number[] = [];
  const times = Object.entries(asks).map(([name, ask]) => ({ name, ask, took: [] as number[] }));
  for (const { ask } of times) await ask();
  // Turn by turn, so that whatever else the machine does meets both.
  for (let n = 0; n < ASKED; n++) {
    bare.push(await time(() => db.query(BARE)));
    for (const one of times) one.took.push(await time(one.ask));
  }
  const engine = db.engine === 'embedded' ? 'PGlite' : 'PostgreSQL';
  return times.map(({ name, took }, index) => ({
    what: `${name}, ${size.toLocaleString('en')} cases, ${engine}`,
    measured: `p50 ${percentile(took, 50).toFixed(1)} ms`,
    ...(index > 2
      ? {}
      : {
          bare: `p50 ${percentile(bare, 50).toFixed(1)} ms`,
          ratio: (percentile(took, 50) / percentile(bare, 50)).toFixed(2),
        }),
    ...(index === 0 ? { budget: '≤ 1.5' } : {}),
  }));
}

/** @throws when a figure of the service differs from the bare statement's */
async function compare(services: Services): Promise<void> {
  const { items } = await evaluate(services, everybody, { period: YEAR, by: 'unit' });
  const { rows } = await services.db.query<BareRow>(BARE);
  const ours = items.filter(({ gross }) => gross > 0).map(figuresOf);
  deepStrictEqual(
    ours.sort((a, b) => (a.unit < b.unit ? -1 : 1)),
    rows.map((row) => ({ ...row })),
  );
}

function figuresOf(row: EvaluationRow) {
  return {
    unit: row.subject.code,
    gross: row.gross,
    due: row.due,
    solved: row.solved,
    inTime: row.inTime,
    tolerantInTime: row.tolerant.inTime,
    overdueOpen: row.overdueOpen,
    postponed: row.postponed,
    postponedWithinQuota: row.postponedWithinQuota,
    extended: row.extended,
    extendedWithinQuota: row.extendedWithinQuota,
    returned: row.returned,
    repeated: row.repeated,
    repeatedWithinQuota: row.repeatedWithinQuota,
  };
}

async function time(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  console.log(JSON.stringify(await evaluationSummary(), null, 2));
}
