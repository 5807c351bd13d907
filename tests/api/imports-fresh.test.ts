import sql from 'sql-template-tag';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startEmptyServer, type EmptyServer } from '../support/empty-server.ts';
import { importFile } from '../support/import-client.ts';
import { engines } from '../support/test-database.ts';

const district = '620103';
const [west, south, east, north] = [103.6, 35.9, 103.8, 36.1];
const outline = {
  type: 'Polygon',
  coordinates: [
    [
      [west, south],
      [east, south],
      [east, north],
      [west, north],
      [west, south],
    ],
  ],
};
const ground = (codes: readonly string[]) =>
  JSON.stringify({
    type: 'FeatureCollection',
    features: codes.map((code) => ({
      type: 'Feature',
      properties: { code, name: code },
      geometry: outline,
    })),
  });

describe.each(engines)('the first parts of a city on %s', (engine) => {
  let server: EmptyServer;
  beforeAll(async () => {
    server = await startEmptyServer(engine);
  });
  afterAll(() => server.close());

  const load = async (layer: string, name: string, content: string, options = {}) =>
    importFile(server.admin, { layer, name, content, options: { acceptWarnings: true, ...options } });

  /** Everything the table has beside its rows. */
  async function shapeOfParts(): Promise<string[]> {
    const { rows } = await server.db.query<{ what: string }>(sql`
      select pg_get_indexdef(indexrelid) as what from pg_index where indrelid = 'public.parts'::regclass
      union all
      select conname || ' ' || pg_get_constraintdef(oid) from pg_constraint
      where conrelid = 'public.parts'::regclass
      union all
      select a.attname || ' ' || format_type(a.atttypid, a.atttypmod) || ' ' || a.attnotnull || ' ' ||
        coalesce(pg_get_expr(d.adbin, d.adrelid), '')
      from pg_attribute a
      left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
      where a.attrelid = 'public.parts'::regclass and a.attnum > 0 and not a.attisdropped
      union all
      select relpersistence::text from pg_class where oid = 'public.parts'::regclass
      order by 1`);
    return rows.map(({ what }) => what);
  }

  test('are what a later file would have made of them, and the table keeps its rules', async () => {
    for (const [layer, codes] of [
      ['divisions', [district, `${district}001`, `${district}001001`]],
      ['cells', [`${district}001001001`]],
    ] as const) {
      const job = await load(layer, `${layer}.geojson`, ground(codes));
      expect(job.error).toBeUndefined();
    }
    const shape = await shapeOfParts();
    const size = engine === 'embedded' ? 6_000 : 60_000;
    const lineOf = (n: number, more = '') =>
      `62010301037${String(n).padStart(6, '0')},P01037,${(west + 0.001 + n / 1e6).toFixed(7)},36,${more}`;
    const lines = ['code,class,lon,lat,权属单位名称,部件状态,养护单位代码'];
    for (let n = 1; n <= size; n++)
      lines.push(lineOf(n, n % 1_000 === 0 ? '自来水公司,,water' : '自来水公司,破损,'));
    // The same code twice, and a place in no cell.
    lines.push(lineOf(7, '自来水公司,完好,'), `62010301037900000,P01037,${west - 0.01},36,,,`);
    const content = lines.join('\n');

    const dry = await load('parts', 'first.csv', content, { dryRun: true });
    expect(dry.result?.counts).toMatchObject({ added: size - 1, updated: 0, unchanged: 0, rejected: 3 });
    expect(await shapeOfParts()).toEqual(shape);
    const refused = await load('parts', 'first.csv', content);
    expect(refused.error?.code).toBe('IMPORT_ROWS_REJECTED');

    const job = await load('parts', 'first.csv', content, { rejected: 'leave-out' });
    expect(job.error).toBeUndefined();
    expect(job.result?.counts).toMatchObject({ added: size - 1, updated: 0, unchanged: 0, rejected: 3 });
    expect(await shapeOfParts()).toEqual(shape);
    const { rows } = await server.db.query(sql`
      select p.state, p.authority_code, p.authority_name, p.owner_code, p.owner_name, p.maintainer_code,
        p.maintainer_name, p.source, p.note, p.version, p.cell_code, p.changed_at > p.initial_date as changed,
        count(*)::integer as n
      from parts p
      group by 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12
      order by n`);
    const every = {
      authority_code: '未登记',
      authority_name: '未登记',
      owner_code: '自来水公司',
      owner_name: '自来水公司',
      source: 'first.csv',
      note: null,
      version: 1,
      cell_code: `${district}001001001`,
      changed: true,
    };
    const few = size / 1_000;
    expect(rows).toEqual([
      { ...every, state: 'intact', maintainer_code: 'water', maintainer_name: 'water', n: few },
      { ...every, state: 'damaged', maintainer_code: null, maintainer_name: null, n: size - 1 - few },
    ]);

    const again = await load('parts', 'first.csv', content, { rejected: 'leave-out' });
    expect(again.result?.counts).toMatchObject({ added: 0, updated: 0, unchanged: size - 1, rejected: 3 });
    const { rows: left } = await server.db.query(sql`
      select nspname from pg_namespace where nspname like 'import\\_%'`);
    expect(left).toEqual([]);
  });
});
