/**
 * The dispatcher's queue: a page of open cases, the soonest due first, as the desk asks for it, and bare SQL for the
 * same rows in the same run.
 */
import { pathToFileURL } from 'node:url';
import pg from 'pg';
import { listCases } from '../../server/cases/service.ts';
import { percentile, type BenchRow, type BenchSection } from './bench-row.ts';
import { openCaseCity, type CaseCity } from './case-city.ts';

const SIZES = [
  { open: 10_000, total: 16_000 },
  { open: 100_000, total: 110_000 },
  { open: 100_000, total: 1_000_000 },
];
const PAGE = 100;
const ASKED = 60;

const BARE = `
  select c.id, c.number, c.stage, c.class_id, c.unit_code, c.due_at, c.warn_at, c.urgent, st_x(c.geom), st_y(c.geom)
  from cases c
  where c.closed_at is null
  order by coalesce(c.due_at, 'infinity'::timestamptz), c.id
  limit ${PAGE + 1}`;

export async function queueSummary(): Promise<BenchSection> {
  const city = await openCaseCity();
  const pool = new pg.Pool({ connectionString: city.connectionString, max: 1 });
  // Clients whose server has gone at the end of the bench.
  pool.on('error', () => undefined);
  try {
    const rows: BenchRow[] = [
      {
        what: 'simulated cases written, PostgreSQL',
        measured: `${city.perSecond.toFixed(0)} / s`,
        budget: '≥ 2,000 / s',
      },
    ];
    for (const size of SIZES) {
      await city.growTo(size);
      rows.push(...(await measure(city, pool, size)));
    }
    return {
      title: 'Queue',
      how: `A page of ${PAGE} open cases with everything a desk shows of each, ${ASKED} times, through the service; bare: the same rows' main columns by raw \`pg\` in the same order. PostgreSQL; cases of a simulated year, copied.`,
      rows,
    };
  } finally {
    await pool.end();
    await city.close();
  }
}

async function measure(
  { context, userOf }: CaseCity,
  pool: pg.Pool,
  { open, total }: (typeof SIZES)[number],
): Promise<BenchRow[]> {
  const dispatcher = await userOf('dispatcher');
  const clerk = await userOf('unit-enforcement');
  const page = { limit: PAGE };
  const queues = {
    'first page': () => listCases(context, dispatcher, { open: true }, page),
    'red ones': () => listCases(context, dispatcher, { open: true, light: ['red'] }, page),
    'waiting for dispatch': () => listCases(context, dispatcher, { open: true, stage: ['dispatch'] }, page),
    'a unit’s own': () => listCases(context, clerk, { open: true }, page),
  };
  const bare: number[] = [];
  const times = Object.entries(queues).map(([name, ask]) => ({ name, ask, took: [] as number[] }));
  // Turn by turn, so that whatever else the machine does meets both.
  for (let n = 0; n < ASKED; n++) {
    bare.push(await time(() => pool.query(BARE)));
    for (const one of times) one.took.push(await time(one.ask));
  }
  const show = (values: readonly number[]) =>
    `p50 ${percentile(values, 50).toFixed(1)} ms, p95 ${percentile(values, 95).toFixed(1)} ms`;
  return times.map(({ name, took }, index) => ({
    what: `queue, ${name}, ${open.toLocaleString('en')} open of ${total.toLocaleString('en')}`,
    measured: show(took),
    ...(index === 0
      ? { bare: show(bare), ratio: (percentile(took, 50) / percentile(bare, 50)).toFixed(2) }
      : {}),
    budget: 'p95 ≤ 100 ms',
  }));
}

async function time(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  console.log(JSON.stringify(await queueSummary(), null, 2));
}
