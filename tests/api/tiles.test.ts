import { get } from 'node:http';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import sql from 'sql-template-tag';
import type { ErrorBody } from '#contract/shared';
import type { Scope } from '#contract/access';
import { renewVersions } from '../../server/settings/service.ts';
import { partsHolderOf } from '../../server/tiles/hold-parts.ts';
import { renderParts } from '../../server/tiles/render-parts.ts';
import { renderTile } from '../../server/tiles/repository.ts';
import { findPartsInMemory } from '../../server/tiles/service.ts';
import type { TileLayer } from '../../server/tiles/tile-layers.ts';
import { decodeTile } from '../support/decode-tile.ts';
import { engines, openTestDatabase } from '../support/test-database.ts';
import { startTestServer, type TestServer } from '../support/test-server.ts';
import type { TestClient } from '../support/test-client.ts';

const centre = { lon: 103.7608273, lat: 36.0634948 };
const district: Scope = { kind: 'district', code: '620103' };

function tileAt(z: number, { lon, lat } = centre) {
  const side = 2 ** z;
  const y = 0.5 - Math.asinh(Math.tan((lat * Math.PI) / 180)) / (2 * Math.PI);
  return { z, x: Math.floor(((lon + 180) / 360) * side), y: Math.floor(y * side) };
}
const path = (layer: string, z: number, at = centre) => {
  const { x, y } = tileAt(z, at);
  return `/tiles/${layer}/${z}/${x}/${y}.mvt`;
};

describe.each(engines)('tiles on %s', (engine) => {
  let server: TestServer;
  let wall: TestClient;
  beforeAll(async () => {
    server = await startTestServer({ engine });
    wall = await server.signIn('wall');
  });
  afterAll(() => server.close());

  async function features(client: TestClient, layer: string, z: number) {
    const answer = await client.get<Buffer>(path(layer, z));
    expect([200, 204], `${layer} ${z}`).toContain(answer.status);
    return decodeTile(answer.body, layer);
  }

  test('show each layer with the properties it is described with', async () => {
    for (const [layer, z] of [
      ['divisions', 12],
      ['cells', 14],
      ['parts', 16],
      ['buildings', 15],
      ['roads', 14],
      ['surfaces', 16],
      ['cameras', 12],
      ['coverage', 14],
    ] as const) {
      const shown = await features(wall, layer, z);
      expect(shown.length, layer).toBeGreaterThan(0);
      const { body } = await wall.get<{
        minzoom: number;
        vector_layers: { fields: Record<string, string> }[];
      }>(`/tiles/${layer}.json`);
      const known = Object.keys(body.vector_layers[0]?.fields ?? {});
      for (const { properties } of shown)
        expect(known).toEqual(expect.arrayContaining(Object.keys(properties)));
    }
  });

  test('show parts one by one close in and as counts of their cells farther out', async () => {
    const single = await features(wall, 'parts', 15);
    expect(single.every(({ properties: { code, class: id, state } }) => code && id && state)).toBe(true);
    const counted = await features(wall, 'parts', 13);
    expect(counted.every(({ properties: { cell, n } }) => cell && Number(n) > 0)).toBe(true);
    const whole = await server.db.query<{ n: number }>(sql`
      select count(*)::integer as n from parts where cell_code = ${String(counted[0]?.properties.cell)} and state <> 'removed'`);
    expect(counted[0]?.properties.n).toBe(whole.rows[0]?.n);
  });

  test('are empty where there is nothing and refused where there is no tile', async () => {
    expect((await wall.get('/tiles/parts/15/0/0.mvt')).status).toBe(204);
    expect((await wall.get(path('surfaces', 10))).status).toBe(204);
    for (const address of ['parts/2/4/0', 'parts/23/0/0', 'nothing/3/0/0']) {
      const answer = await wall.get<ErrorBody>(`/tiles/${address}.mvt`);
      expect([answer.status, answer.body.code], address).toEqual([400, 'INVALID_INPUT']);
    }
    expect((await server.anonymous().get(path('parts', 15))).status).toBe(401);
    expect((await server.anonymous().get('/tiles/parts.json')).status).toBe(401);
  });

  test('are not sent again until their layer changes', async () => {
    const first = await wall.get(path('parts', 16));
    const etag = first.headers.get('etag') ?? '';
    expect(etag).toMatch(/^"[\w-]+"$/);
    const ask = (tag: string) => wall.call('GET', path('parts', 16), undefined, { 'if-none-match': tag });
    expect((await ask(etag)).status).toBe(304);
    expect((await ask(`"other", ${etag}`)).status).toBe(304);
    expect((await ask('"other"')).status).toBe(200);
    await renewVersions(server.db, 'parts');
    expect((await ask(etag)).status).toBe(200);
    const plain = await wall.call('GET', path('parts', 16), undefined, { 'accept-encoding': 'identity' });
    expect(plain.headers.get('content-encoding')).toBeNull();
    expect(plain.headers.get('etag')).not.toBe(first.headers.get('etag'));
  });

  test('are cut to what their reader may see', async () => {
    const own = await server.signIn('subdistrict-620103005');
    const other = await server.signIn('subdistrict-620103001');
    const unit = await server.signIn('unit-planning');
    expect((await features(own, 'parts', 17)).length).toBeGreaterThan(0);
    expect(await features(other, 'parts', 17)).toEqual([]);
    const whole = await features(wall, 'parts', 17);
    const owned = await features(unit, 'parts', 17);
    expect(owned.length).toBeGreaterThan(0);
    expect(owned.length).toBeLessThan(whole.length);
    expect(await features(unit, 'cameras', 12)).toEqual([]);
    expect((await features(unit, 'divisions', 12)).length).toBeGreaterThan(0);
  });

  test('show open cases with their clocks to those who may see them', async () => {
    await server.db.query(sql`
      insert into cases (id, number, class_id, limit_id, kind, channel, accuracy_metres, cell_code, community_code,
        subdistrict_code, stage, unit_code, resolution, urgent, special, received_at, filed_at, stage_since, due_at,
        updated_at, geom)
      select ('0199e0a0-0000-7000-8000-00000000000' || row_number() over ())::uuid, 'n' || row_number() over (), 'P01003',
        l.id, 'part', 'video', 1, '620103005005023', '620103005005', '620103005', stage, unit, '{}', false, false, now(),
        now(), now(), '2026-10-16T03:00:00Z', now(), st_setsrid(st_makepoint(${centre.lon}, ${centre.lat}), 4326)
      from (values ('handling', 'planning'), ('check', 'post'), ('void', 'planning')) as given (stage, unit),
        (select min(id) as id from class_limits where class_id = 'P01003') l`);
    const ids = async (username: string) =>
      (await features(await server.signIn(username), 'cases', 14)).map(({ properties }) => properties);
    expect(await ids('chief')).toEqual([
      {
        id: '0199e0a0-0000-7000-8000-000000000001',
        unit: 'planning',
        stage: 'handling',
        due_at: Date.parse('2026-10-16T03:00:00Z'),
      },
      {
        id: '0199e0a0-0000-7000-8000-000000000002',
        unit: 'post',
        stage: 'check',
        due_at: Date.parse('2026-10-16T03:00:00Z'),
      },
    ]);
    expect((await ids('unit-post')).map(({ unit }) => unit)).toEqual(['post']);
    expect(await ids('subdistrict-620103001')).toEqual([]);
  });

  test('have an overview of the district under a megabyte', async () => {
    const answer = await wall.get<{
      bounds: number[];
      divisions: GeoJSON.FeatureCollection;
      roads: GeoJSON.FeatureCollection;
    }>('/map/overview');
    expect(answer.body.divisions.features).toHaveLength(157);
    expect(answer.body.roads.features.length).toBeGreaterThan(100);
    expect(answer.body.bounds).toHaveLength(4);
    expect(JSON.stringify(answer.body).length).toBeLessThan(1_000_000);
    const etag = answer.headers.get('etag') ?? '';
    expect((await wall.call('GET', '/map/overview', undefined, { 'if-none-match': etag })).status).toBe(304);
    expect((await server.anonymous().get('/map/overview')).status).toBe(401);
  });

  /** The parts in memory, loaded if they are not, up to what is committed. */
  async function loadedParts() {
    const parts = partsHolderOf(server.context);
    await findPartsInMemory(server.db, parts);
    await parts.settled();
    const index = await findPartsInMemory(server.db, parts);
    if (!index) throw new Error('the parts are not in memory');
    return index;
  }

  test('of parts from memory show what the database shows, in every scope and at every zoom', async () => {
    const index = await loadedParts();
    const scopes: Scope[] = [
      district,
      { kind: 'subdistrict', code: '620103005' },
      { kind: 'community', code: '620103005005' },
      { kind: 'unit', code: 'planning' },
    ];
    for (const scope of scopes) {
      for (const z of [8, 10, 12, 13, 14, 15, 16, 18]) {
        const [a, b] = [
          renderParts(index, tileAt(z), scope),
          await renderTile(server.db, 'parts', tileAt(z), scope),
        ].map((bytes) =>
          decodeTile(bytes, 'parts')
            .map((feature) => ({
              key: JSON.stringify(Object.entries(feature.properties).sort()),
              bounds: feature.bbox(),
            }))
            // What lies on the very edge of the buffer is in or out by rounding.
            .filter(({ bounds }) => bounds.every((edge) => edge > -63 && edge < 4096 + 63))
            .sort((one, other) => (one.key < other.key ? -1 : one.key > other.key ? 1 : 0)),
        );
        expect(
          a?.map(({ key }) => key),
          `${scope.kind} ${z}`,
        ).toEqual(b?.map(({ key }) => key));
        a?.forEach(({ key, bounds }, n) => {
          const same = b?.filter((other) => other.key === key) ?? [];
          expect(
            same.some((other) =>
              bounds.every((edge, side) => Math.abs(edge - (other.bounds[side] ?? NaN)) <= 1),
            ),
            `${scope.kind} ${z} ${key} ${n}`,
          ).toBe(true);
        });
      }
    }
  });

  test('of parts from memory follow every change', async () => {
    await loadedParts();
    const at = server.clock.now();
    const [first] = await features(wall, 'parts', 17);
    const code = String(first?.properties.code);
    const stateOf = async () =>
      (await features(wall, 'parts', 17)).find(({ properties }) => properties.code === code)?.properties
        .state;
    for (const state of ['missing', 'removed', 'damaged', 'intact']) {
      await server.db.query(sql`
        update parts set state = ${state}, changed_at = ${at}::timestamptz, version = version + 1 where code = ${code}`);
      await renewVersions(server.db, 'parts');
      expect(await stateOf()).toBe(state === 'removed' ? undefined : state);
    }
    const before = await loadedParts();
    await server.db.query(sql`
      update parts set geom = st_translate(geom, 0.05, 0), changed_at = ${at}::timestamptz where code = ${code}`);
    await renewVersions(server.db, 'parts');
    expect(await stateOf()).toBeUndefined();
    expect(await loadedParts()).toBe(before);
    await server.db.query(sql`
      update parts set geom = st_translate(geom, -0.05, 0), changed_at = ${at}::timestamptz where code = ${code}`);
    await renewVersions(server.db, 'parts');
    expect(await stateOf()).toBe('intact');
  });

  test('of parts from memory take in what an import wrote long before it committed', async () => {
    const index = await loadedParts();
    const [part] = await features(wall, 'parts', 17);
    const code = String(part?.properties.code);
    const began = server.clock.now();
    const job = '0199e0a0-0000-7000-8000-0000000000aa';
    await server.db.query(sql`
      insert into jobs (id, kind, state, title_zh, title_en, created_by, created_at, started_at, heartbeat_at, input)
      select ${job}::uuid, 'import', 'running', '', '', u.id, ${began}::timestamptz, ${began}::timestamptz, now(), '{}'
      from users u where u.username = 'admin'`);
    server.clock.advance(10 * 60_000);
    // An edit meanwhile moves the watch on, but not past the import.
    await renewVersions(server.db, 'parts');
    await loadedParts();
    await server.db.query(sql`
      update parts set state = 'abandoned', changed_at = ${began}::timestamptz where code = ${code}`);
    await server.db.query(sql`update jobs set state = 'done', ended_at = now() where id = ${job}::uuid`);
    await renewVersions(server.db, 'parts');
    const shown = await features(wall, 'parts', 17);
    expect(shown.find(({ properties }) => properties.code === code)?.properties.state).toBe('abandoned');
    expect(await loadedParts()).toBe(index);
  });

  test('of parts are loaded anew when another table takes the place of the old one', async () => {
    const before = await loadedParts();
    await server.db.query(sql`alter table parts rename to parts_before`);
    await server.db.query(sql`create table parts (like parts_before including all)`);
    await server.db.query(
      sql`insert into parts select * from parts_before where cell_code <> '620103005005023'`,
    );
    await renewVersions(server.db, 'parts');
    const at = (index: typeof before) => index.count();
    const after = await loadedParts();
    expect(after).not.toBe(before);
    expect(at(after)).toBeLessThan(at(before));
    const shown = await features(wall, 'parts', 14);
    expect(shown.some(({ properties }) => properties.cell === '620103005005023')).toBe(false);
    await server.db.query(sql`drop table parts`);
    await server.db.query(sql`alter table parts_before rename to parts`);
    await renewVersions(server.db, 'parts');
    expect(at(await loadedParts())).toBe(at(before));
  });

  test('carry a key on from their description', async () => {
    const plain = await wall.get<{ tiles: string[] }>('/tiles/parts.json');
    expect(plain.body.tiles).toEqual([`${server.origin}/api/v1/tiles/parts/{z}/{x}/{y}.mvt`]);
    const chief = await server.signIn('chief');
    const { key } = (await chief.post<{ key: string }>('/api-keys', { name: '外部地图' })).body;
    const keyed = await server.anonymous().get<{ tiles: string[] }>(`/tiles/parts.json?key=${key}`);
    expect(keyed.body.tiles).toEqual([`${server.origin}/api/v1/tiles/parts/{z}/{x}/{y}.mvt?key=${key}`]);
    const tile = keyed.body.tiles[0]?.replace('{z}/{x}/{y}', path('x', 16).slice(9, -4)) ?? '';
    expect((await fetch(tile)).status).toBe(200);
  });

  test('stay below half a megabyte at every zoom', async () => {
    for (const layer of ['divisions', 'cells', 'parts', 'buildings', 'roads', 'surfaces'] as const)
      for (const z of [9, 11, 12, 13, 14, 15, 16]) {
        const { body } = await wall.get<Buffer>(path(layer, z));
        expect(body.length, `${layer} ${z}`).toBeLessThan(500_000);
      }
  });

  test('come gzipped', async () => {
    const bytes = await new Promise<Buffer>((resolve, reject) => {
      get(
        `${server.origin}/api/v1${path('buildings', 15)}`,
        { headers: { cookie: wall.cookie, 'accept-encoding': 'gzip' } },
        (response) => {
          expect(response.headers['content-encoding']).toBe('gzip');
          const chunks: Buffer[] = [];
          response.on('data', (chunk: Buffer) => chunks.push(chunk));
          response.on('end', () => resolve(Buffer.concat(chunks)));
        },
      ).on('error', reject);
    });
    expect(decodeTile(gunzipSync(bytes), 'buildings').length).toBeGreaterThan(0);
  });
});

describe.runIf(engines.includes('postgresql'))('both engines', () => {
  // Two units of the tile (half a metre at zoom 15): one engine cuts before rounding, the other after. Four where
  // buildings are hardly larger than that.
  test('draw the same tiles from the same data', async () => {
    const [embedded, postgres] = [await openTestDatabase('embedded'), await openTestDatabase('postgresql')];
    try {
      for (const [layer, z] of [
        ['divisions', 12],
        ['cells', 14],
        ['cells', 16],
        ['parts', 10],
        ['parts', 13],
        ['parts', 16],
        ['buildings', 13],
        ['buildings', 15],
        ['roads', 14],
        ['surfaces', 16],
        ['cameras', 12],
      ] satisfies [TileLayer, number][]) {
        const drawn = async (db: typeof embedded) =>
          decodeTile(await renderTile(db, layer, tileAt(z), district), layer).map((feature) => ({
            type: feature.type,
            properties: feature.properties,
            bounds: feature.bbox(),
          }));
        const [a, b] = [await drawn(embedded), await drawn(postgres)];
        const key = ({ properties }: (typeof a)[number]) => JSON.stringify(properties);
        expect(a.map(key), `${layer} ${z}`).toEqual(b.map(key));
        a.forEach((feature, index) => {
          expect(feature.type).toBe(b[index]?.type);
          feature.bounds.forEach((edge, side) => {
            expect(
              Math.abs(edge - (b[index]?.bounds[side] ?? NaN)),
              `${layer} ${z} ${key(feature)}`,
            ).toBeLessThanOrEqual(layer === 'buildings' && z < 15 ? 4 : 2);
          });
        });
      }
    } finally {
      await embedded.close();
      await postgres.close();
    }
  });
});
