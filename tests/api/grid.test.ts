import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import gcoord from 'gcoord';
import type { Cell, Division, Location } from '#contract/grid';
import type { ErrorBody } from '#contract/shared';
import { findCellAt } from '../../server/grid/find-cell-at.ts';
import sql from 'sql-template-tag';
import { engines } from '../support/test-database.ts';
import { startTestServer, type TestServer } from '../support/test-server.ts';
import type { TestClient } from '../support/test-client.ts';

/** On a carriageway of the sample, where two drains lie two metres apart. */
const drain = { lon: 103.7608273, lat: 36.0634948 };
const inSubdistrict = '620103005';

describe.each(engines)('the ground on %s', (engine) => {
  let server: TestServer;
  let clerk: TestClient;
  beforeAll(async () => {
    server = await startTestServer({ engine });
    clerk = await server.signIn('clerk');
  });
  afterAll(() => server.close());

  test('is told to nobody without a session', async () => {
    const nobody = server.anonymous();
    for (const path of [
      '/divisions',
      '/cells',
      `/locate?lon=${drain.lon}&lat=${drain.lat}`,
      '/divisions/620103',
    ]) {
      expect((await nobody.get<ErrorBody>(path)).body.code, path).toBe('NOT_SIGNED_IN');
    }
  });

  test('has a district, its subdistricts and their communities', async () => {
    const answer = await clerk.get<{ items: Division[] }>('/divisions?limit=500');
    const { items } = answer.body;
    const count = (level: string) => items.filter((one) => one.level === level).length;
    expect([count('district'), count('subdistrict'), count('community')]).toEqual([1, 15, 141]);
    for (const { centre, bounds } of items) {
      const [west = 0, south = 0, east = 0, north = 0] = bounds;
      expect(centre.lon >= west && centre.lon <= east && centre.lat >= south && centre.lat <= north).toBe(
        true,
      );
    }
    const found = await clerk.get<{ items: Division[] }>(
      `/divisions?q=${encodeURIComponent('西站')}&level=subdistrict`,
    );
    expect(found.body.items.map(({ code }) => code)).toEqual([inSubdistrict]);
    const below = await clerk.get<{ items: Division[] }>(`/divisions?parent=${inSubdistrict}`);
    expect(below.body.items.every(({ parentCode }) => parentCode === inSubdistrict)).toBe(true);
  });

  test('comes by pages that leave nothing out and repeat nothing', async () => {
    const codes: string[] = [];
    for (let after: string | undefined = ''; after !== undefined;) {
      const page: { body: { items: Cell[]; next?: string } } = await clerk.get(
        `/cells?community=620103005005&limit=7&after=${after}`,
      );
      codes.push(...page.body.items.map(({ code }) => code));
      after = page.body.next;
    }
    expect(codes.length).toBeGreaterThan(14);
    expect(codes).toEqual([...new Set(codes)].sort());
    expect(codes.every((code) => code.startsWith('620103005005'))).toBe(true);
  });

  test('gives outlines as GeoJSON', async () => {
    const district = await clerk.get<{ outline: GeoJSON.MultiPolygon; code: string }>('/divisions/620103');
    expect(district.body.outline.type).toBe('MultiPolygon');
    expect(district.headers.get('content-type')).toContain('application/json');
    const cell = await clerk.get<{
      outline: GeoJSON.Polygon;
      parts: { class: string; count: number }[];
      openCases: number;
    }>('/cells/620103005005023');
    expect(cell.body.outline.type).toBe('Polygon');
    expect(cell.body.parts.find((one) => one.class === 'P01003')?.count).toBeGreaterThanOrEqual(2);
    expect(cell.body.openCases).toBe(0);
    expect((await clerk.get('/cells/999999999999999')).status).toBe(404);
    expect((await clerk.get('/divisions/999999')).status).toBe(404);
  });

  test('refuses a broken extent, an unknown key and too large a page', async () => {
    for (const query of [
      'bbox=1,2,3',
      'bbox=a,b,c,d',
      'limit=501',
      'limit=0',
      'level=country',
      'colour=red',
    ]) {
      const answer = await clerk.get<ErrorBody>(`/divisions?${query}`);
      expect([answer.status, answer.body.code], query).toEqual([400, 'INVALID_INPUT']);
    }
  });

  test('says where a position is', async () => {
    const { body } = await clerk.get<Location>(`/locate?lon=${drain.lon}&lat=${drain.lat}`);
    expect(body.divisions.map(({ level }) => level)).toEqual(['district', 'subdistrict', 'community']);
    expect(body.cell.code).toBe('620103005005023');
    expect(body.place).toBe('carriageway');
    expect(body.parts[0]).toMatchObject({ code: '62010301003000001', class: 'P01003' });
    expect(body.parts[0]?.distanceMetres).toBeLessThan(0.01);
    expect(body.parts[1]?.distanceMetres).toBeCloseTo(2, 1);
  });

  test('takes Chinese map coordinates for what they are', async () => {
    for (const [datum, system] of [
      ['gcj02', gcoord.GCJ02],
      ['bd09', gcoord.BD09],
    ] as const) {
      const [lon, lat] = gcoord.transform([drain.lon, drain.lat], gcoord.WGS84, system);
      const { body } = await clerk.get<Location>(`/locate?lon=${lon}&lat=${lat}&datum=${datum}`);
      expect(body.parts[0]?.code, datum).toBe('62010301003000001');
    }
  });

  test('ends at the district', async () => {
    const answer = await clerk.get<ErrorBody>('/locate?lon=116.4&lat=39.9');
    expect([answer.status, answer.body.code]).toEqual([422, 'POSITION_OUTSIDE_DISTRICT']);
    expect((await clerk.get('/locate?lon=200&lat=39.9')).status).toBe(400);
  });

  test('shows an area head the parts and cameras of the own area alone', async () => {
    const own = await server.signIn(`subdistrict-${inSubdistrict}`);
    const other = await server.signIn('subdistrict-620103001');
    const path = `/locate?lon=${drain.lon}&lat=${drain.lat}`;
    expect((await own.get<Location>(path)).body.parts.length).toBeGreaterThan(1);
    const seen = (await other.get<Location>(path)).body;
    expect(seen.cell.code).toBe('620103005005023');
    const inside = await server.db.query<{ n: number }>(sql`
      select count(*)::integer as n from parts
      where code = any(${seen.parts.map(({ code }) => code)}::text[]) and cell_code like '620103001%'`);
    expect(inside.rows[0]?.n).toBe(seen.parts.length);
    expect(seen.cameras).toEqual([]);
  });

  test('gives a border to the cell with the lowest code', async () => {
    const { rows } = await server.db.query<{ lon: number; lat: number; codes: string[] }>(sql`
      with corners as (
        select distinct st_x((d).geom) as lon, st_y((d).geom) as lat
        from (select st_dumppoints(geom) as d from cells where community_code = '620103005005') points
      )
      select lon, lat, (
        select array_agg(c.code order by c.code) from cells c
        where st_covers(c.geom, st_setsrid(st_makepoint(lon, lat), 4326))
      ) as codes
      from corners
      order by lon, lat
      limit 40`);
    const shared = rows.filter(({ codes }) => codes.length > 1);
    expect(shared.length).toBeGreaterThan(5);
    for (const { lon, lat, codes } of shared) {
      expect((await findCellAt(server.db, { lon: lon + 2e-9, lat })).code).toBe(codes[0]);
    }
  });
});
