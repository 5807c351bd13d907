import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import sql from 'sql-template-tag';
import type { Part } from '#contract/parts';
import { listNearestParts } from '../../server/parts/service.ts';
import { engines } from '../support/test-database.ts';
import { startTestServer, type TestServer } from '../support/test-server.ts';

const drainCode = '62010301003000001';
const district = { kind: 'district', code: '620103' } as const;

describe.each(engines)('parts on %s', (engine) => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startTestServer({ engine });
  });
  afterAll(() => server.close());

  test('are listed by extent, class, cell and text', async () => {
    const clerk = await server.signIn('clerk');
    const list = async (query: string) => (await clerk.get<{ items: Part[] }>(`/parts?${query}`)).body.items;
    const near = await list('bbox=103.7607,36.0634,103.7609,36.0636&limit=500');
    expect(near.map(({ code }) => code)).toContain(drainCode);
    expect(
      near.every(
        ({ position: { lon, lat } }) =>
          lon >= 103.7607 && lon <= 103.7609 && lat >= 36.0634 && lat <= 36.0636,
      ),
    ).toBe(true);
    const drains = await list('class=P01003&cell=620103005005023&limit=500');
    expect(drains.length).toBeGreaterThanOrEqual(2);
    expect(drains.every((one) => one.class === 'P01003' && one.cell.code === '620103005005023')).toBe(true);
    expect((await list(`q=${drainCode}`)).map(({ code }) => code)).toEqual([drainCode]);
    expect(await list('q=%25')).toEqual([]);
  });

  test('outside one’s scope are not there', async () => {
    const status = async (username: string) =>
      (await (await server.signIn(username)).get(`/parts/${drainCode}`)).status;
    expect(await status('operator')).toBe(200);
    expect(await status('subdistrict-620103005')).toBe(200);
    expect(await status('subdistrict-620103001')).toBe(404);
    expect(await status('unit-planning')).toBe(200);
    expect(await status('unit-post')).toBe(404);
    const post = await server.signIn('unit-post');
    const { body } = await post.get<{ items: Part[] }>('/parts?limit=500');
    expect(body.items.length).toBeGreaterThan(0);
    for (const { owner, maintainer, authority } of body.items) {
      expect([owner?.code, maintainer?.code, authority.code]).toContain('post');
    }
    expect((await server.anonymous().get(`/parts/${drainCode}`)).status).toBe(401);
  });

  test('nearest are those of the ellipsoid, never of the degrees', async () => {
    const { rows } = await server.db.query<{ lon: number; lat: number }>(sql`
      select st_x(geom) + 0.00008 as lon, st_y(geom) + 0.00011 as lat from parts order by md5(code) limit 12`);
    for (const position of rows) {
      const brute = await server.db.query<{ code: string }>(sql`
        select code from parts
        where state <> 'removed'
        order by st_distance(geom::geography, st_setsrid(st_makepoint(${position.lon}::float8, ${position.lat}::float8), 4326)::geography), code
        limit 1`);
      const [nearest] = await listNearestParts(server.db, position, { scope: district, count: 1 });
      expect(nearest?.code).toBe(brute.rows[0]?.code);
    }
  });

  test('are found however far the nearest is', async () => {
    const found = await listNearestParts(
      server.db,
      { lon: 103.75, lat: 35.86 },
      { scope: district, count: 5 },
    );
    expect(found).toHaveLength(1);
    expect(found[0]?.distanceMetres).toBeGreaterThan(50);
  });
});
