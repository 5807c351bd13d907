import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import sql from 'sql-template-tag';
import type { Found, SearchAnswer } from '#contract/search';
import { BESIDE_DEGREES, findRoadLine, listPartsAtPlace } from '../../server/search/repository.ts';
import { findBesideLine } from '../../server/tiles/find-parts.ts';
import { partsHolderOf } from '../../server/tiles/hold-parts.ts';
import { findPartsInMemory } from '../../server/tiles/service.ts';
import { engines } from '../support/test-database.ts';
import { startTestServer, type TestServer } from '../support/test-server.ts';
import type { TestClient } from '../support/test-client.ts';

const here = 'lon=103.7608273&lat=36.0634948';

describe.each(engines)('search on %s', (engine) => {
  let server: TestServer;
  let operator: TestClient;
  beforeAll(async () => {
    server = await startTestServer({ engine });
    operator = await server.signIn('operator');
    const parts = partsHolderOf(server.context);
    await findPartsInMemory(server.db, parts);
    await parts.settled();
  });
  afterAll(() => server.close());

  async function find(q: string, client = operator, more = ''): Promise<Found[]> {
    const answer = await client.get<SearchAnswer>(`/search?q=${encodeURIComponent(q)}${more}`);
    expect(answer.status, q).toBe(200);
    return answer.body.items;
  }
  const first = async (q: string, more = '') => {
    const [found] = await find(q, operator, more);
    return found && `${found.kind} ${found.id}`;
  };

  async function anyPart(where = sql`true`) {
    const { rows } = await server.db.query<{ code: string; class_id: string; lon: number; lat: number }>(sql`
      select p.code, p.class_id, st_x(p.geom) as lon, st_y(p.geom) as lat from parts p
      where p.state <> 'removed' and ${where} order by p.code limit 1`);
    if (!rows[0]) throw new Error('no such part');
    return rows[0];
  }

  test('finds parts by their code, its beginning and its last digits, near ones first', async () => {
    const part = await anyPart();
    expect(await first(part.code)).toBe(`part ${part.code}`);
    expect(
      (await find(part.code.slice(0, 14))).every(({ id }) => id.startsWith(part.code.slice(0, 14))),
    ).toBe(true);
    const ending = part.code.slice(-6);
    const near = `&lon=${part.lon}&lat=${part.lat}`;
    expect(await first(ending, near)).toBe(`part ${part.code}`);
    const all = await find(ending, operator, '&limit=50');
    expect(all.filter(({ kind }) => kind === 'part').every(({ id }) => id.endsWith(ending))).toBe(true);
    expect(await first(part.code.slice(-8), near)).toBe(`part ${part.code}`);
  });

  test('finds divisions, cells, roads, classes, units and cameras by code, name, pinyin and English', async () => {
    expect(await first('620103005')).toBe('division 620103005');
    expect(await first('620103005005023')).toBe('cell 620103005005023');
    expect(await first('P01012')).toBe('class P01012');
    const { rows } = await server.db.query<{ code: string; name_zh: string; name_en: string }>(sql`
      select code, name_zh, name_en from roads where name_zh like '西津西路%' order by code limit 1`);
    const road = rows[0];
    if (!road) throw new Error('the sample has no 西津西路');
    for (const q of ['西津西路', 'xjxl', 'xijinxilu', 'xi jin xi lu'])
      expect(
        (await find(q)).some(({ kind, title }) => kind === 'road' && title.zh.startsWith('西津西路')),
        q,
      ).toBe(true);
    expect((await find(road.name_en)).some(({ kind }) => kind === 'road')).toBe(true);
    const units = await server.db.query<{ code: string; name_zh: string }>(
      sql`select code, name_zh from units where code = 'planning'`,
    );
    expect(await first(units.rows[0]?.name_zh ?? '')).toBe('unit planning');
    const cameras = await server.db.query<{ id: string; name_zh: string }>(
      sql`select id, name_zh from cameras order by id limit 1`,
    );
    expect((await find(cameras.rows[0]?.name_zh ?? '')).some(({ kind }) => kind === 'camera')).toBe(true);
    expect((await find(cameras.rows[0]?.name_zh ?? '', await server.signIn('unit-post'))).length).toBe(0);
  });

  test('finds positions, roads with a number, and parts of a class at a place', async () => {
    expect((await find('36.06N 103.78E'))[0]).toMatchObject({
      kind: 'position',
      position: { lon: 103.78, lat: 36.06 },
    });
    expect((await find('36.06,103.78'))[0]?.position).toEqual({ lon: 103.78, lat: 36.06 });
    expect((await find('gcj02 103.78,36.06'))[0]?.detail.en).toMatch(/GCJ-02/);
    const numbered = await find('西津西路 123号');
    expect(numbered[0]).toMatchObject({ kind: 'road' });
    expect(numbered[0]?.detail.zh).toMatch(/123号/);

    const beside = await server.db.query<{ road: string; class_id: string; class_zh: string }>(sql`
      select r.name_zh as road, k.id as class_id, k.name_zh as class_zh
      from roads r
      join parts p on st_dwithin(p.geom, r.geom, 0.0001)
      join classes k on k.id = p.class_id
      where p.state <> 'removed' and r.name_zh <> ''
      group by 1, 2, 3 order by count(*) desc, 1, 2 limit 1`);
    const { road, class_id: id, class_zh: name } = beside.rows[0] ?? { road: '', class_id: '', class_zh: '' };
    for (const q of [`${name} ${road}`, `${road} ${name}`, `${road}${name}`]) {
      const parts = (await find(q, operator, `&${here}`)).filter(({ kind }) => kind === 'part');
      expect(parts.length, q).toBeGreaterThan(0);
      expect(
        parts.some(({ title }) => title.zh === name),
        q,
      ).toBe(true);
    }
    const nearest = (await find(name, operator, `&${here}`)).filter(({ kind }) => kind === 'part');
    const { rows } = await server.db.query<{ code: string }>(sql`
      select p.code from parts p where p.class_id = ${id} and p.state <> 'removed'
      order by p.geom::geography <-> st_setsrid(st_makepoint(103.7608273, 36.0634948), 4326)::geography limit 1`);
    expect(nearest[0]?.id).toBe(rows[0]?.code);
  });

  test('finds from memory what the database finds beside a road, for everybody', async () => {
    const index = await findPartsInMemory(server.db, partsHolderOf(server.context));
    if (!index) throw new Error('the parts are not in memory');
    const near = { lon: 103.7608273, lat: 36.0634948 };
    const classes = ['P01037', 'P01003', 'P01023'];
    const { rows: roads } = await server.db.query<{ code: string }>(sql`
      select code from roads order by st_length(geom) desc limit 12`);
    let found = 0;
    for (const { code } of roads) {
      const line = await findRoadLine(server.db, code);
      for (const scope of [
        { kind: 'district', code: '620103' },
        { kind: 'subdistrict', code: '620103001' },
        { kind: 'unit', code: 'unit-of-nobody' },
      ] as const) {
        const given = { classes, near, limit: 10_000 };
        const memory = findBesideLine(index, scope, { ...given, line, degrees: BESIDE_DEGREES });
        const database = await listPartsAtPlace(server.db, scope, {
          ...given,
          place: { kind: 'road', id: code },
        });
        expect(memory.toSorted(), code).toEqual(database.map((part) => part.code).toSorted());
        found += memory.length;
      }
    }
    expect(found).toBeGreaterThan(100);
  });

  test('finds cases by number, digits of it and note, for those who may see them', async () => {
    await server.db.query(sql`
      insert into cases (id, number, class_id, limit_id, kind, channel, note, accuracy_metres, cell_code, community_code,
        subdistrict_code, stage, unit_code, resolution, urgent, special, received_at, filed_at, stage_since, updated_at,
        geom)
      select '0199e0a0-0000-7000-8000-000000000001', '620103-20261016-00077', 'P01003', min(l.id), 'part', 'video',
        '井盖 100%_破碎', 1, '620103005005023', '620103005005', '620103005', 'handling', 'planning', '{}', false, false,
        now(), now(), now(), now(), st_setsrid(st_makepoint(103.76, 36.06), 4326)
      from class_limits l where l.class_id = 'P01003'`);
    for (const q of [
      '620103-20261016-00077',
      '620103-20261016',
      '20261016-00077',
      '00077',
      '100%_破',
      '井盖',
    ])
      expect(
        (await find(q)).some(({ kind, title }) => kind === 'case' && title.zh.endsWith('00077')),
        q,
      ).toBe(true);
    expect((await find('100_破')).some(({ kind }) => kind === 'case')).toBe(false);
    const elsewhere = await server.signIn('subdistrict-620103001');
    expect((await find('620103-20261016', elsewhere)).some(({ kind }) => kind === 'case')).toBe(false);
  });

  test('shows parts to those alone who may see them', async () => {
    const part = await anyPart(sql`p.cell_code like '620103005%' and p.owner_code is distinct from 'post'
      and p.maintainer_code is distinct from 'post' and p.authority_code <> 'post'`);
    const has = async (client: TestClient, q: string) =>
      (await find(q, client)).some(({ id }) => id === part.code);
    expect(await has(await server.signIn('subdistrict-620103005'), part.code)).toBe(true);
    for (const other of ['subdistrict-620103001', 'unit-post']) {
      const client = await server.signIn(other);
      for (const q of [part.code, part.code.slice(0, 13), part.code.slice(-7)])
        expect(await has(client, q), `${other} ${q}`).toBe(false);
    }
    expect((await server.anonymous().get('/search?q=1')).status).toBe(401);
  });

  test('takes anything that may be typed', async () => {
    for (const q of [
      '%',
      '_',
      '%%%%',
      '\\',
      "'",
      '"; drop table parts; --',
      ' ',
      '\u0007\u200b',
      '🚧',
      '(',
      '9'.repeat(200),
      'é',
    ])
      expect(Array.isArray(await find(q)), q).toBe(true);
    for (const query of [
      '',
      'q=a&limit=0',
      'q=a&limit=51',
      'q=a&lon=1',
      'q=a&other=1',
      `q=${'a'.repeat(201)}`,
      'q=%00',
    ])
      expect((await operator.get(`/search?${query}`)).status, query).toBe(400);
    expect(await find('')).toEqual([]);
  });
});
