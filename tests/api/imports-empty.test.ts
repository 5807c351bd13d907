import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import sql from 'sql-template-tag';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CaseSummary } from '#contract/cases';
import { listBrokenLogs } from '../../server/cases/verify-logs.ts';
import { projectRoot } from '../../server/project-root.ts';
import { startEmptyServer, type EmptyServer } from '../support/empty-server.ts';
import { importFile, type ImportJob } from '../support/import-client.ts';
import { engines } from '../support/test-database.ts';

const realdata = join(projectRoot, '../shared/realdata');
const real = existsSync(realdata) ? test : test.skip;

const HYDRANT = 'P01013';
const LAMP = 'P01037';

type Position = [number, number];

function box(west: number, south: number, east: number, north: number) {
  const ring: Position[] = [
    [west, south],
    [east, south],
    [east, north],
    [west, north],
    [west, south],
  ];
  return { type: 'Polygon', coordinates: [ring] };
}

const collection = (features: [properties: object, geometry: object][]) =>
  JSON.stringify({
    type: 'FeatureCollection',
    features: features.map(([properties, geometry]) => ({ type: 'Feature', properties, geometry })),
  });

/** A district with one subdistrict, one community, and one cell over all of it. */
function groundOf(district: string, name: string, bounds: [number, number, number, number]) {
  const outline = box(...bounds);
  return {
    divisions: collection([
      [{ code: district, name }, outline],
      [{ code: `${district}001`, name: `${name}街道` }, outline],
      [{ code: `${district}001001`, name: `${name}社区` }, outline],
    ]),
    cells: collection([[{ code: `${district}001001001` }, outline]]),
  };
}

describe.each(engines)('a deployment without the sample on %s', (engine) => {
  let server: EmptyServer;
  beforeAll(async () => {
    server = await startEmptyServer(engine);
  });
  afterAll(() => server.close());

  const run = (layer: string, name: string, content: string | Uint8Array, options = {}): Promise<ImportJob> =>
    importFile(server.admin, { layer, name, content, options: { acceptWarnings: true, ...options } });
  const written = async (layer: string, name: string, content: string | Uint8Array, options = {}) => {
    const job = await run(layer, name, content, options);
    expect({ error: job.error, errors: job.result?.errors.slice(0, 3) }).toEqual({
      error: undefined,
      errors: [],
    });
    expect(job.result?.written).toBe(true);
    return job.result;
  };
  const addGround = async (...given: Parameters<typeof groundOf>) => {
    const { divisions, cells } = groundOf(...given);
    await written('divisions', 'divisions.geojson', divisions);
    await written('cells', 'cells.geojson', cells);
  };
  const rowsOf = async <Row>(statement: ReturnType<typeof sql>) =>
    (await server.db.query<Row>(statement)).rows;

  test('has the dictionary with its limits, and grows from divisions to cells to the rest', async () => {
    const { body } = await server.admin.get<{ items: { limits: unknown[] }[] }>('/classes');
    expect(body.items.length).toBeGreaterThan(200);
    await addGround('620103', '七里河', [103.7, 36.0, 103.72, 36.02]);
    const roads = collection([
      [
        { code: 'R1', name: '西津路', class: 'main', carriageway_metres: 20, footway_metres: 4 },
        {
          type: 'LineString',
          coordinates: [
            [103.702, 36.01],
            [103.712, 36.01],
          ],
        },
      ],
    ]);
    await written('roads', 'roads.geojson', roads);
    const surfaces = await rowsOf<{ kind: string; area: number; length: number }>(sql`
      select s.kind, sum(st_area(s.geom::geography)) as area, min(st_length(r.geom::geography)) as length
      from surfaces s join roads r on r.code = s.road_code group by 1 order by 1`);
    const [carriageway, footway] = surfaces;
    expect((carriageway?.area ?? 0) / ((carriageway?.length ?? 1) * 20)).toBeCloseTo(1, 2);
    expect((footway?.area ?? 0) / ((footway?.length ?? 1) * 8)).toBeCloseTo(1, 2);
    const place = await server.admin.get<{ place: string }>('/locate?lon=103.705&lat=36.01');
    expect(place.body.place).toBe('carriageway');
    expect((await written('roads', 'roads.geojson', roads))?.counts).toMatchObject({
      added: 0,
      unchanged: 1,
    });

    const building = collection([[{ name: '楼', height: 12 }, box(103.705, 36.005, 103.7055, 36.0054)]]);
    expect((await written('buildings', 'b.geojson', building))?.counts).toMatchObject({ added: 1 });
    expect((await written('buildings', 'b.geojson', building))?.counts).toMatchObject({
      added: 0,
      unchanged: 1,
    });
    expect(await rowsOf(sql`select height_metres, kind from buildings`)).toEqual([
      { height_metres: 12, kind: 'residential' },
    ]);
  });

  test('refuses cells that overlap, leave their community, or belong to none', async () => {
    const cells = collection([
      [{ code: '620103001001002' }, box(103.71, 36.01, 103.715, 36.015)],
      [{ code: '620103001001003' }, box(103.719, 36.019, 103.721, 36.021)],
      [{ code: '620103009009001' }, box(103.8, 36.1, 103.81, 36.11)],
    ]);
    const job = await run('cells', 'cells.geojson', cells);
    expect(job.error?.code).toBe('IMPORT_ROWS_REJECTED');
    const reasons = job.result?.errors.map(({ line, reason }) => `${line} ${reason}`);
    expect(reasons).toEqual(
      expect.arrayContaining(['1 overlap', '2 outside-community', '3 unknown-community']),
    );
    const preview = await server.admin.get<{ features: { properties: object }[] }>(
      `/imports/${job.id}/preview.geojson`,
    );
    expect(preview.body.features.map(({ properties }) => properties)).toContainEqual(
      expect.objectContaining({ rejected: true, line: 3, reason: 'unknown-community' }),
    );
  });

  test('moves the parts of a cell that gives up ground', async () => {
    await written(
      'parts',
      'parts.csv',
      'code,class,lon,lat\n62010301003000001,P01003,103.7050000,36.0150000\n62010301003000002,P01003,103.7150000,36.0150000\n',
    );
    await written(
      'cells',
      'halves.geojson',
      collection([
        [{ code: '620103001001001' }, box(103.7, 36.0, 103.71, 36.02)],
        [{ code: '620103001001002' }, box(103.71, 36.0, 103.72, 36.02)],
      ]),
    );
    expect(await rowsOf(sql`select code, cell_code, version from parts order by code`)).toEqual([
      { code: '62010301003000001', cell_code: '620103001001001', version: 1 },
      { code: '62010301003000002', cell_code: '620103001001002', version: 1 },
    ]);
  });

  test('takes cameras without calibration, by the same rule for their addresses', async () => {
    const header = 'id,name,source_url,lon,lat\n';
    const good = `cam-1,路口,rtsp://user:secret@10.0.0.1/live,103.705,36.005\n`;
    const bad = await run(
      'cameras',
      'cameras.csv',
      `${header}${good}cam-2,坏,file:///etc/passwd,103.705,36.005\n`,
    );
    expect(bad.error?.code).toBe('IMPORT_ROWS_REJECTED');
    await written('cameras', 'cameras.csv', header + good);
    const camera = await server.admin.get('/cameras/cam-1');
    expect(camera.body).toMatchObject({ id: 'cam-1', name: { zh: '路口' }, calibrationVersion: 0 });
    expect(JSON.stringify(camera.body)).not.toContain('secret');
    expect((await written('cameras', 'cameras.csv', header + good))?.counts).toMatchObject({ unchanged: 1 });
    const renamed = header + good.replace('路口', '西路口');
    expect((await written('cameras', 'cameras.csv', renamed))?.counts).toMatchObject({ updated: 1 });
  });

  test('takes past cases as closed ones, with a log that verifies', async () => {
    const csv = [
      'number,class,lon,lat,received_at,filed_at,dispatched_at,feedback_at,closed_at,note',
      'OLD-2019-1,E06010,103.705,36.005,2019-04-12 09:00,2019-04-12 09:10,2019-04-12 09:20,2019-04-12 11:00,2019-04-12 12:00,暴露垃圾',
      '620103-20190413-00007,E06010,103.715,36.005,2019-04-13 09:00,,,,2019-04-13 12:00,',
    ].join('\n');
    expect((await written('cases', 'cases.csv', csv))?.counts).toMatchObject({ added: 2 });
    const list = await server.admin.get<{ items: CaseSummary[] }>('/cases?open=false&limit=10');
    expect(list.body.items).toHaveLength(2);
    const one = list.body.items.find(({ number }) => number === 'OLD-2019-1');
    expect(one).toMatchObject({ stage: 'closed', class: 'E06010', receivedAt: '2019-04-12T01:00:00.000Z' });
    const timeline = await server.admin.get<{ events: object[] }>(`/cases/${one?.id}/timeline`);
    expect(timeline.body.events).toMatchObject([{ n: 1, action: 'import', toStage: 'closed' }]);
    expect(await listBrokenLogs(server.db)).toEqual({ checked: 2, broken: [] });
    expect((await written('cases', 'cases.csv', csv))?.counts).toMatchObject({ added: 0, unchanged: 2 });
    const backwards = csv
      .replace('2019-04-12 12:00', '2019-04-11 12:00')
      .replaceAll('OLD-2019-1', 'OLD-2019-9');
    expect((await run('cases', 'cases.csv', backwards)).error?.code).toBe('IMPORT_ROWS_REJECTED');
    expect(await rowsOf(sql`select last from case_numbers where day = '20190413'`)).toEqual([{ last: 7 }]);
  });

  real('takes 5,000 hydrants of New York by latitude and longitude', async () => {
    await addGround('360061', 'New York', [-74.3, 40.4, -73.6, 41.0]);
    const csv = readFileSync(join(realdata, 'assets/nyc_hydrants.csv'));
    const dry = await run('parts', 'nyc_hydrants.csv', csv, { dryRun: true });
    const mapping = {
      ...dry.result?.mapping,
      class_id: { constant: HYDRANT },
      source_key: { column: 'unitid' },
    };
    const options = { mapping };
    const first = await written('parts', 'nyc_hydrants.csv', csv, options);
    expect(first?.counts).toMatchObject({ read: 5000, added: 5000, rejected: 0 });
    const again = await written('parts', 'nyc_hydrants.csv', csv, options);
    expect(again?.counts).toMatchObject({ added: 0, updated: 0, unchanged: 5000 });
    const [extent] = await rowsOf<{ west: number; north: number }>(sql`
      select st_xmin(st_extent(geom)) as west, st_ymax(st_extent(geom)) as north
      from parts where cell_code like '360061%'`);
    expect(extent?.west).toBeGreaterThan(-74.3);
    expect(extent?.north).toBeLessThan(41);
  });

  real('takes the trees, lamps and hydrants of Berlin', async () => {
    await addGround('110000', 'Berlin', [13.3, 52.49, 13.4, 52.54]);
    const pbf = readFileSync(join(realdata, 'osm/berlin-siegessaeule.osm.gz'));
    const result = await written('parts', 'berlin.osm.gz', pbf);
    expect(result?.counts.rejected).toBe(0);
    // One of the trees is a natural monument, which is a class of its own.
    const counts = await rowsOf<{ class: string; n: number }>(sql`
      select case when class_id in ('P04001', 'P04002', 'P04003') then 'tree' else class_id end as class,
        count(*)::integer as n
      from parts
      where cell_code like '110000%'
      group by 1`);
    expect(Object.fromEntries(counts.map((one) => [one.class, one.n]))).toMatchObject({
      tree: 117,
      [LAMP]: 47,
      [HYDRANT]: 10,
    });
  });

  real('unites the pieces of Shanghai’s buildings', async () => {
    const file = JSON.parse(
      readFileSync(join(realdata, 'osm/shanghai-lujiazui-osm-layers.geojson'), 'utf8'),
    ) as {
      features: { properties: { id: number; layer: string }; geometry: { type: string } }[];
    };
    const buildings = file.features.filter(
      ({ properties, geometry }) => properties.layer === 'buildings' && geometry.type.endsWith('Polygon'),
    );
    const ids = new Set(buildings.map(({ properties }) => properties.id));
    const content = JSON.stringify({ type: 'FeatureCollection', features: buildings });
    const job = await run('buildings', 'shanghai.geojson', content, { rejected: 'leave-out' });
    expect(job.error).toBeUndefined();
    expect(job.result?.warnings.map(({ code }) => code)).toContain('MERGED_PIECES');
    const { added = 0, rejected = 0 } = job.result?.counts ?? {};
    expect(added + rejected).toBe(ids.size);
    expect(added / ids.size).toBeGreaterThan(0.95);
    const again = await run('buildings', 'shanghai.geojson', content, { rejected: 'leave-out' });
    expect(again.result?.counts).toMatchObject({ added: 0, updated: 0, unchanged: added });
  });

  real('puts the outline of Lanzhou where it is', async () => {
    const content = readFileSync(join(realdata, 'boundary/echarts-china-cities_lanzhou.geojson'), 'utf8');
    const names = (JSON.parse(content) as { features: { properties: { name: string } }[] }).features.map(
      ({ properties }) => properties.name,
    );
    const codes = Object.fromEntries(names.map((name, at) => [name, `6201${String(at + 41)}`]));
    const mapping = {
      code: { column: 'name', values: codes },
      name_zh: { column: 'name' },
      geometry: { column: '@geometry' },
    };
    // Three of the outlines cross themselves: those are told, with the place, and left out.
    const refused = await run('divisions', 'lanzhou.geojson', content, { datum: 'gcj02', mapping });
    expect(refused.result?.errors.map(({ reason }) => reason).sort()).toEqual([
      'invalid-polygon',
      'self-intersection',
      'self-intersection',
    ]);
    const result = await run('divisions', 'lanzhou.geojson', content, {
      datum: 'gcj02',
      mapping,
      rejected: 'leave-out',
    });
    expect(result.error).toBeUndefined();
    expect(result.result?.counts).toMatchObject({ added: 5, rejected: 3 });
    const raw = JSON.parse(content) as { features: { geometry: object; properties: { name: string } }[] };
    const [one] = await rowsOf<{ name_zh: string; code: string }>(sql`
      select name_zh, code from divisions where code = any(${Object.values(codes)}::text[]) order by code limit 1`);
    const drawn = raw.features.find(({ properties }) => properties.name === one?.name_zh);
    const [shift] = await rowsOf<{ metres: number }>(sql`
      select st_distance(st_centroid(geom)::geography,
        st_centroid(st_setsrid(st_geomfromgeojson(${JSON.stringify(drawn?.geometry)}), 4326))::geography) as metres
      from divisions where code = ${one?.code}`);
    const [kept] = await rowsOf<{ valid: boolean }>(
      sql`select bool_and(st_isvalid(geom)) as valid from divisions`,
    );
    expect(kept?.valid).toBe(true);
    expect(shift?.metres).toBeGreaterThan(150);
    expect(shift?.metres).toBeLessThan(350);
  });
});
