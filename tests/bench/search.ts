/** The search box over HTTP, from the sample to a million parts; codes beside the bare SQL in the same run. */
import sql, { type Sql } from 'sql-template-tag';
import { openBenchCity, timeEach, type BenchCity } from './bench-city.ts';
import { percentile, type BenchRow, type BenchSection } from './bench-row.ts';

const SIZES = [20_000, 100_000, 1_000_000];
const TIMES = 25;
const HERE = 'lon=103.7608&lat=36.0635';

interface Kind {
  name: string;
  queries: string[];
  bare?: (q: string) => Sql;
}

export async function searchSummary(): Promise<BenchSection> {
  const city = await openBenchCity();
  try {
    const rows: BenchRow[] = [];
    for (const size of SIZES) {
      const index = await city.growTo(size);
      const name = index.count().toLocaleString('en');
      for (const kind of await kindsOf(city)) rows.push(await measure(city, name, kind));
    }
    return {
      title: 'Search',
      how: `${TIMES} searches of each kind over HTTP, one after another, by an operator who looks at one place; PostgreSQL. Bare: one statement by hand for the same codes.`,
      rows,
    };
  } finally {
    await city.close();
  }
}

async function kindsOf({ db }: BenchCity): Promise<Kind[]> {
  const { rows: parts } = await db.query<{ code: string; class_zh: string }>(sql`
    select p.code, k.name_zh as class_zh
    from parts p
    join classes k on k.id = p.class_id
    where p.state <> 'removed'
    order by md5(p.code)
    limit ${TIMES}`);
  const { rows: roads } = await db.query<{ name: string }>(sql`
    select r.name_zh as name from roads r where r.name_zh <> '' order by md5(r.code) limit ${TIMES}`);
  const codes = parts.map(({ code }) => code);
  const names = roads.map(({ name }) => name);
  return [
    {
      name: 'a whole code',
      queries: codes,
      bare: (q) => sql`select p.code from parts p where p.code = ${q}`,
    },
    {
      name: 'a code’s beginning',
      queries: codes.map((code) => code.slice(0, 14)),
      bare: (q) => sql`select p.code from parts p where p.code like ${`${q}%`} order by p.code limit 20`,
    },
    {
      name: 'a code’s last five digits',
      queries: codes.map((code) => code.slice(-5)),
      bare: (q) => sql`
        select p.code from parts p where p.code like ${`%${q}`}
        order by p.geom <-> st_setsrid(st_makepoint(103.7608, 36.0635), 4326) limit 20`,
    },
    { name: 'a name', queries: names },
    { name: 'initials', queries: ['xjxl', 'dhl', 'nbh', 'ld', 'ssb'] },
    { name: 'a class', queries: parts.map(({ class_zh: zh }) => zh) },
    {
      name: 'a class at a road',
      queries: parts.map(({ class_zh: zh }, n) => `${zh} ${names[n % names.length]}`),
    },
    { name: 'a position', queries: ['103.76,36.06', '36.06N 103.76E'] },
    { name: 'nothing there is', queries: ['没有这样的名字', 'zzqqxx'] },
  ];
}

async function measure(
  { db, client }: BenchCity,
  parts: string,
  { name, queries, bare }: Kind,
): Promise<BenchRow> {
  const all = Array.from({ length: TIMES }, (_, n) => queries[n % queries.length] ?? '');
  const ask = (q: string) => client.get(`/search?q=${encodeURIComponent(q)}&${HERE}`);
  await ask(all[0] ?? '');
  const times = await timeEach(all, ask);
  const bareTimes = bare && (await timeEach(all, (q) => db.query(bare(q))));
  const pair = (values: readonly number[]) =>
    `${percentile(values, 50).toFixed(1)} / ${percentile(values, 95).toFixed(1)} ms`;
  return {
    what: `${parts} parts: ${name}, p50 / p95`,
    measured: pair(times),
    ...(bareTimes
      ? {
          bare: pair(bareTimes),
          ratio: (percentile(times, 95) / percentile(bareTimes, 95)).toFixed(2),
        }
      : {}),
    budget: 'p95 ≤ 150 ms',
  };
}
