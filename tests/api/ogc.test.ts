import { execFile, execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import sql, { raw } from 'sql-template-tag';
import type { IssuedApiKey } from '#contract/access';
import { fileVendor } from '../support/case-story.ts';
import { engines } from '../support/test-database.ts';
import { startTestServer, type TestServer } from '../support/test-server.ts';

interface Link {
  rel: string;
  href: string;
  type: string;
}
interface Items {
  features: GeoJSON.Feature<GeoJSON.Point, Record<string, unknown>>[];
  numberReturned: number;
  numberMatched?: number;
  links: Link[];
}

const hasGdal = (() => {
  try {
    return execFileSync('ogrinfo', ['--formats']).toString().includes('OAPIF');
  } catch {
    return false;
  }
})();
const run = promisify(execFile);

describe.each(engines)('OGC API – Features on %s', (engine) => {
  let server: TestServer;
  let key: string;
  let narrowKey: string;
  beforeAll(async () => {
    server = await startTestServer({ engine });
    const issue = async (username: string) => {
      const client = await server.signIn(username);
      return (await client.post<IssuedApiKey>('/api-keys', { name: 'QGIS' })).body.key;
    };
    key = await issue('operator');
    narrowKey = await issue('subdistrict-620103001');
  });
  afterAll(() => server.close());

  const open = (path: string, { as = key, ...init }: RequestInit & { as?: string } = {}) =>
    fetch(path.startsWith('http') ? path : `${server.origin}/ogc${path}`, {
      ...init,
      headers: { authorization: `Bearer ${as}` },
    });
  const read = async <T = Items>(path: string, as?: string): Promise<T> => {
    const answer = await open(path, as === undefined ? {} : { as });
    expect(answer.status, `${path}: ${await answer.clone().text()}`.slice(0, 400)).toBe(200);
    return (await answer.json()) as T;
  };
  const status = async (path: string) => (await open(path)).status;
  const count = async (where: string) =>
    (await server.db.query<{ n: number }>(sql`select count(*)::integer as n from parts ${raw(where)}`))
      .rows[0]?.n;

  test('every link from the landing page leads where it says', async () => {
    for (const root of [`${server.origin}/ogc`, `${server.origin}/api/v1/ogc`]) {
      const landing = await read<{ links: Link[] }>(root);
      expect(landing.links.map(({ rel }) => rel)).toEqual(['self', 'service-desc', 'conformance', 'data']);
      for (const { href, type } of landing.links) {
        expect(href.startsWith(root)).toBe(true);
        const answer = await open(href);
        expect([href, answer.status, answer.headers.get('content-type')?.split(';')[0]]).toEqual([
          href,
          200,
          type.split(';')[0],
        ]);
      }
    }
    const { conformsTo } = await read<{ conformsTo: string[] }>('/conformance');
    expect(conformsTo).toContain('http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/geojson');
    const api = await read<{ openapi: string; paths: object }>('/api');
    expect(api.openapi).toMatch(/^3\.0/);
    expect(Object.keys(api.paths)).toContain('/collections/parts/items');
  });

  test('collections say where and when they are, and what they can be asked by', async () => {
    const { collections } = await read<{ collections: { id: string; links: Link[]; extent: unknown }[] }>(
      '/collections',
    );
    expect(collections.map(({ id }) => id)).toEqual([
      'divisions',
      'cells',
      'parts',
      'buildings',
      'roads',
      'cameras',
      'cases',
    ]);
    for (const { id, links } of collections) {
      for (const { href } of links) expect([id, await status(href)]).toEqual([id, 200]);
      const { features } = await read(`/collections/${id}/items?limit=2`);
      if (id !== 'cases') expect(features.length).toBeGreaterThan(0);
    }
    const parts = collections.find(({ id }) => id === 'parts');
    expect(parts?.extent).toMatchObject({
      spatial: {
        bbox: [[expect.closeTo(103.7, 0), expect.closeTo(36, 0), expect.any(Number), expect.any(Number)]],
      },
      temporal: { interval: [[expect.stringMatching(/^\d{4}-/), null]] },
    });
    const queryables = await read<{ properties: object }>('/collections/parts/queryables');
    expect(queryables.properties).toMatchObject({
      class: { type: 'string' },
      initialDate: { format: 'date' },
    });
  });

  test('pages follow each other to the end, each feature once', async () => {
    const codes = new Set<string>();
    let href: string | undefined = '/collections/parts/items?class=P01003&limit=400';
    let pages = 0;
    while (href) {
      const page: Items = await read(href);
      if (pages === 0) expect(page.numberMatched).toBe(await count(`where class_id = 'P01003'`));
      expect(page.numberReturned).toBe(page.features.length);
      for (const { id } of page.features) codes.add(String(id));
      pages += 1;
      href = page.links.find(({ rel }) => rel === 'next')?.href;
    }
    expect(pages).toBe(4);
    expect(codes.size).toBe(await count(`where class_id = 'P01003'`));
    const { features } = await read('/collections/parts/items?limit=9999999');
    expect(features).toHaveLength(5000);
  });

  test('items are chosen by extent, time and properties together', async () => {
    const near = await read('/collections/parts/items?bbox=103.7607,36.0634,103.7609,36.0636&limit=5000');
    expect(near.features.length).toBeGreaterThan(1);
    for (const { geometry } of near.features) {
      expect(geometry.coordinates[0]).toBeGreaterThanOrEqual(103.7607);
      expect(geometry.coordinates[1]).toBeLessThanOrEqual(36.0636);
    }
    const high = await read(
      '/collections/parts/items?bbox=103.7607,36.0634,-5,103.7609,36.0636,99&limit=5000',
    );
    expect(high.features.length).toBe(near.features.length);
    const owned = await read('/collections/parts/items?class=P01003&ownerCode=invest&limit=5000');
    expect(owned.features.length).toBe(await count(`where class_id = 'P01003' and owner_code = 'invest'`));
    const early = await read(
      '/collections/parts/items?class=P01003&datetime=../2012-12-31T23:59:59Z&limit=5000',
    );
    expect(early.features.length).toBeGreaterThan(0);
    expect(early.features.every(({ properties }) => String(properties?.initialDate) <= '2013')).toBe(true);
    const before = await read('/collections/parts/items?datetime=1950-01-01T00:00:00Z');
    expect(before.numberMatched).toBe(0);
    expect(
      (await read('/collections/cells/items?datetime=1950-01-01T00:00:00Z&limit=1')).features,
    ).toHaveLength(1);
    const cell = await read('/collections/cells/items?bbox=103.76082,36.06349,103.76083,36.06350');
    expect(cell.features.map(({ id }) => id)).toEqual(['620103005005023']);
  });

  test('what it does not know it refuses', async () => {
    const wrong = [
      'colour=red',
      'bbox=1,2,3',
      'bbox=1,2,3,x',
      'bbox=1,5,2,4',
      'limit=0',
      'limit=ten',
      'datetime=yesterday',
      'datetime=2026-02-01T00:00:00Z/2026-01-01T00:00:00Z',
      'version=x',
      'class=a&class=b',
      'f=gml',
      'note=%00',
    ];
    for (const query of wrong) {
      expect([query, await status(`/collections/parts/items?${query}`)]).toEqual([query, 400]);
    }
    expect(await status('/collections/cases/items?after=x')).toBe(400);
    expect(await status('/conformance?x=1')).toBe(400);
    for (const path of [
      '/collections/trees',
      '/collections/units/items',
      '/collections/parts/items/1',
      '/nothing',
    ]) {
      expect([path, await status(path)]).toEqual([path, 404]);
    }
    const none = await fetch(`${server.origin}/ogc/collections`);
    expect([none.status, none.headers.get('www-authenticate')]).toEqual([401, 'Basic realm="Gridwatch"']);
    expect((await fetch(`${server.origin}/api/v1/parts`)).headers.get('www-authenticate')).toBeNull();
  });

  test('an item, its head and its coordinates', async () => {
    const path = '/collections/parts/items/62010301003000001';
    const item = await read<GeoJSON.Feature & { links: Link[] }>(path);
    expect(item).toMatchObject({
      id: '62010301003000001',
      geometry: { type: 'Point', coordinates: [103.7608273, 36.0634948] },
      properties: { class: 'P01003', cell: '620103005005023' },
    });
    const head = await open(path, { method: 'HEAD' });
    expect([head.status, head.headers.get('content-type'), head.headers.get('content-crs')]).toEqual([
      200,
      'application/geo+json; charset=utf-8',
      '<http://www.opengis.net/def/crs/OGC/1.3/CRS84>',
    ]);
  });

  test('everybody sees their own scope', async () => {
    const page = await read('/collections/parts/items?limit=5000', narrowKey);
    expect(page.features.length).toBeGreaterThan(0);
    expect(page.features.every(({ properties }) => String(properties?.cell).startsWith('620103001'))).toBe(
      true,
    );
    expect((await open('/collections/parts/items/62010301003000001', { as: narrowKey })).status).toBe(404);
    const operator = await server.signIn('operator');
    const { id } = (await fileVendor(server, operator)).case;
    expect((await open(`/collections/cases/items/${id}`)).status).toBe(200);
    const { body } = await operator.get<{ subdistrictCode: string }>(`/cases/${id}`);
    const inScope = body.subdistrictCode === '620103001' ? 200 : 404;
    expect((await open(`/collections/cases/items/${id}`, { as: narrowKey })).status).toBe(inScope);
  });

  test('a key in the address is in the links too, and in nobody else’s', async () => {
    const page = (await (
      await fetch(`${server.origin}/ogc/collections/parts/items?limit=1&key=${key}`)
    ).json()) as Items;
    const next = page.links.find(({ rel }) => rel === 'next')?.href ?? '';
    expect(new URL(next).searchParams.get('key')).toBe(key);
    expect((await fetch(next)).status).toBe(200);
    expect(JSON.stringify(await read('/collections/parts/items?limit=1'))).not.toContain('key=');
  });

  test.skipIf(!hasGdal)(
    'GDAL reads layers, filters and pages (skipped without ogrinfo)',
    async () => {
      const environment = { ...process.env, GDAL_HTTP_USERPWD: `qgis:${key}`, CPL_DEBUG: 'OFF' };
      const source = `OAPIF:${server.origin}/ogc`;
      const info = await run('ogrinfo', ['-ro', '-q', source], { env: environment });
      for (const layer of ['divisions', 'cells', 'parts', 'cases']) expect(info.stdout).toContain(layer);
      const filtered = await run(
        'ogrinfo',
        ['-ro', '-al', '-so', '-where', "class='P01003' AND ownerCode='invest'", source, 'parts'],
        { env: environment },
      );
      const expected = await count(`where class_id = 'P01003' and owner_code = 'invest'`);
      expect(filtered.stdout).toContain(`Feature Count: ${expected}`);
      expect(filtered.stdout).toMatch(/Geometry: (Point|Unknown)/);

      const folder = mkdtempSync(join(tmpdir(), 'gridwatch-ogc-'));
      try {
        const file = join(folder, 'parts.geojson');
        await run('ogr2ogr', ['-f', 'GeoJSON', '-oo', 'PAGE_SIZE=1000', file, source, 'parts'], {
          env: { ...process.env, GDAL_HTTP_HEADERS: `X-API-Key: ${key}` },
        });
        const copied = JSON.parse(readFileSync(file, 'utf8')) as {
          features: { properties: { code: string } }[];
        };
        expect(new Set(copied.features.map(({ properties }) => properties.code)).size).toBe(await count(''));
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    },
    120_000,
  );
});
