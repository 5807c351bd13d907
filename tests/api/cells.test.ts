import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import sql from 'sql-template-tag';
import type { CellCard, CellCheckResult, CellEdited, DivisionCard } from '#contract/grid';
import type { TestClient } from '../support/test-client.ts';
import { engines } from '../support/test-database.ts';
import { startTestServer, type TestServer } from '../support/test-server.ts';
import { finishJob } from '../support/finish-job.ts';

const CELL = '620103005003010';
const COMMUNITY = '620103005003';

describe.each(engines)('cells on %s', (engine) => {
  let server: TestServer;
  let admin: TestClient;
  beforeAll(async () => {
    server = await startTestServer({ engine });
    admin = await server.signIn('admin');
  });
  afterAll(() => server.close());

  const card = async (code = CELL) => (await admin.get(`/cells/${code}`)).body as CellCard;
  const edit = async (code: string, outline: unknown, expectedVersion: number) =>
    admin.call('PATCH', `/cells/${code}`, { expectedVersion, outline, reason: '边界调整' });

  /** The outline with its eastern side moved by a share of its width: negative shrinks it. */
  function stretched({ outline }: CellCard, share: number): CellCard['outline'] {
    const ring = outline.coordinates[0] ?? [];
    const east = Math.max(...ring.map(([lon = 0]) => lon));
    const west = Math.min(...ring.map(([lon = 0]) => lon));
    const moved = ring.map(([lon = 0, lat = 0]) => [
      lon > (east + west) / 2 ? lon + (east - west) * share : lon,
      lat,
    ]);
    return { type: 'Polygon', coordinates: [moved] };
  }

  test('a card tells divisions, heads, parts and open cases', async () => {
    const cell = await card();
    expect(cell.divisions.map(({ level }) => level)).toEqual(['district', 'subdistrict', 'community']);
    expect(cell).toMatchObject({ code: CELL, version: 1, outline: { type: 'Polygon' } });
    expect(cell.heads.map(({ role }) => role)).toContain('grid-head');
    expect(cell.heads.every(({ invented }) => invented)).toBe(true);
    const division = (await admin.get('/divisions/620103005')).body as DivisionCard;
    expect(division.counts.children).toBeGreaterThan(3);
    expect(division.counts.cells).toBeGreaterThan(100);
    expect(division.counts.parts).toBeGreaterThan(100);
    expect(division.counts.heads).toBeGreaterThan(5);
  });

  test('a list is cut to a division of any level', async () => {
    for (const [division, least] of [
      ['620103', 400],
      ['620103005', 100],
      [COMMUNITY, 10],
    ] as const) {
      const { items } = (await admin.get(`/cells?division=${division}&limit=500`)).body as {
        items: { code: string }[];
      };
      expect(items.length).toBeGreaterThan(least);
      expect(items.every(({ code }) => code.startsWith(division))).toBe(true);
    }
  });

  test('a smaller outline is kept, its gap told, its history and its undo', async () => {
    const before = await card();
    const answer = await edit(CELL, stretched(before, -0.3), before.version);
    expect(answer.status).toBe(200);
    const edited = answer.body as CellEdited;
    expect(edited.version).toBe(2);
    expect(edited.areaSquareMetres).toBeLessThan(before.areaSquareMetres * 0.75);
    expect(edited.warnings).toMatchObject([{ kind: 'gap', cells: [CELL] }]);
    expect(edited.warnings[0]?.squareMetres).toBeCloseTo(
      before.areaSquareMetres - edited.areaSquareMetres,
      -1,
    );

    const stale = await edit(CELL, before.outline, 1);
    expect(stale).toMatchObject({
      status: 409,
      body: { code: 'STALE_VERSION', details: { cell: { version: 2 } } },
    });

    const check = await finishJob<CellCheckResult>(
      admin,
      await admin.post('/cells/check', { divisions: [COMMUNITY] }),
    );
    expect(check.counts).toEqual({ gap: 1 });
    expect(check.problems[0]).toMatchObject({ kind: 'gap', geometry: { type: 'Polygon' } });

    const history = (await admin.get(`/register/changes?subject=cell&code=${CELL}`)).body as {
      items: unknown[];
    };
    expect(history.items).toMatchObject([{ action: 'edit', reason: '边界调整', undone: false }]);
    const undone = await admin.post(`/register/changes/${edited.batch}/undo`, {});
    expect(undone.status).toBe(200);
    const again = await card();
    expect(again.outline).toEqual(before.outline);
    expect(again.version).toBe(3);
  });

  test('an outline that overlaps, leaves the community or crosses itself is refused', async () => {
    const before = await card();
    const wide = await edit(CELL, stretched(before, 0.5), before.version);
    expect(['CELL_OVERLAPS', 'CELL_OUTSIDE_COMMUNITY']).toContain((wide.body as { code: string }).code);
    const { lon, lat } = before.centre;
    const far = [0, 1].map((n) => [lon + 1 + n / 1000, lat]);
    const away = { type: 'Polygon', coordinates: [[...far, [lon + 1, lat + 0.001], far[0]]] };
    expect((await edit(CELL, away, before.version)).body).toMatchObject({ code: 'CELL_OUTSIDE_COMMUNITY' });
    const d = 0.0002;
    const bow = [
      [lon - d, lat - d],
      [lon + d, lat + d],
      [lon + d, lat - d],
      [lon - d, lat + 2 * d],
      [lon - d, lat - d],
    ];
    expect((await edit(CELL, { type: 'Polygon', coordinates: [bow] }, before.version)).body).toMatchObject({
      code: 'OUTLINE_INVALID',
    });
    expect(await card()).toEqual(before);
  });

  test('a border moves between two cells in two steps, and the parts go along', async () => {
    const { rows } = await server.db.query<{ a: string; b: string }>(sql`
      select a.code as a, b.code as b
      from cells a
      join cells b on b.community_code = a.community_code and b.code <> a.code
        and st_length(st_collectionextract(st_intersection(a.geom, b.geom), 2)) > 0.0008
        and abs(st_y(st_centroid(a.geom)) - st_y(st_centroid(b.geom))) < 0.00001
        and st_x(st_centroid(b.geom)) > st_x(st_centroid(a.geom))
      where a.community_code = ${COMMUNITY} and st_npoints(a.geom) = 5 and st_npoints(b.geom) = 5
        and (select count(*) from parts p where p.cell_code = b.code) > 0
      order by (select count(*) from parts p where p.cell_code = b.code) desc
      limit 1`);
    const [pair] = rows;
    if (!pair) throw new Error('the sample has no two square neighbours here');
    const [a, b] = [await card(pair.a), await card(pair.b)];
    const ring = b.outline.coordinates[0] ?? [];
    const west = Math.min(...ring.map(([lon = 0]) => lon));
    const middle = b.centre.lon;
    const shrunk = {
      ...b.outline,
      coordinates: [ring.map(([lon = 0, lat = 0]) => [lon === west ? middle : lon, lat])],
    };
    expect((await edit(pair.b, shrunk, b.version)).status).toBe(200);
    const own = a.outline.coordinates[0] ?? [];
    const east = Math.max(...own.map(([lon = 0]) => lon));
    const grown = {
      ...a.outline,
      coordinates: [own.map(([lon = 0, lat = 0]) => [lon === east ? middle : lon, lat])],
    };
    const answer = await edit(pair.a, grown, a.version);
    expect(answer.body).toMatchObject({ warnings: [] });
    const wrong = await server.db.query(sql`
      select p.code
      from parts p
      join cells c on c.code = p.cell_code
      where p.cell_code in (${pair.a}, ${pair.b}) and not st_covers(c.geom, p.geom)`);
    expect(wrong.rows).toEqual([]);
  });

  test('the sample is in order but for what is known of it', async () => {
    const check = await finishJob<CellCheckResult>(
      admin,
      await admin.post('/cells/check', { divisions: ['620103'] }),
    );
    expect(check.cells).toBe(7033);
    const { area: _, ...rest } = check.counts;
    expect(rest).toEqual({});
  });

  test('finds overlap, gap, orphan, wrong code and order', async () => {
    const other = '620103005004';
    await server.db.query(sql`
      update cells set geom = st_translate(geom, 0.0005, 0) where code = ${`${other}002`}`);
    await server.db.query(sql`
      update cells set community_code = ${other} where code = '620103005005001'`);
    await server.db.query(sql`
      with last as (
        select max(c.code) as code from cells c where c.community_code = ${other} and starts_with(c.code, ${other})
      ),
      swapped as (
        select a.code, b.geom
        from last l
        join cells a on a.code in (l.code, ${`${other}003`})
        join cells b on b.code in (l.code, ${`${other}003`}) and b.code <> a.code
      )
      update cells c set geom = s.geom from swapped s where s.code = c.code`);
    const check = await finishJob<CellCheckResult>(
      admin,
      await admin.post('/cells/check', { divisions: [other] }),
    );
    for (const kind of ['overlap', 'gap', 'orphan', 'code', 'order'])
      expect(check.counts, kind).toHaveProperty(kind);
    expect(check.problems.every(({ kind, geometry }) => kind === 'code' || geometry !== undefined)).toBe(
      true,
    );
  });

  test('is the administrator’s to change', async () => {
    const dispatcher = await server.signIn('dispatcher');
    const before = await card();
    const refused = await dispatcher.call('PATCH', `/cells/${CELL}`, {
      expectedVersion: 1,
      outline: before.outline,
    });
    expect(refused.status).toBe(403);
    expect((await dispatcher.post('/cells/check', {})).status).toBe(403);
    expect((await admin.post('/cells/check', { divisions: ['999999'] })).body).toMatchObject({
      code: 'UNKNOWN_DIVISION',
    });
  });
});
