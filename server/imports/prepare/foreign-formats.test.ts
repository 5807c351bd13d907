import { existsSync, mkdirSync, readFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ZipFile } from 'yazl';
import { openWorkshop, prepareFileInThread } from './preparation-fixture.ts';

const REAL = new URL('../../../../shared/realdata/', import.meta.url).pathname;

let shop: ReturnType<typeof openWorkshop>;
beforeEach(() => (shop = openWorkshop()));
afterEach(() => shop.close());
const prepare = (path: string, layer: Parameters<typeof prepareFileInThread>[1], options = {}) =>
  prepareFileInThread(path, layer, shop.folder, options);

/** Files GDAL writes: what surveyors hand over. */
interface Writer {
  open(path: string): Promise<{ datasets: object[] }>;
  ogr2ogr(dataset: object, options: string[], name: string): Promise<{ real: string }>;
}
let made: ReturnType<typeof openWorkshop>;
let writer: Writer;
beforeAll(async () => {
  made = openWorkshop();
  const require = createRequire(import.meta.url);
  const entry = require.resolve('gdal3.js/node.js');
  const initialise = require(entry) as (config: object) => Promise<Writer>;
  mkdirSync(join(made.folder, 'out'));
  writer = await initialise({
    path: relative(process.cwd(), join(dirname(entry), 'dist/package')),
    dest: join(made.folder, 'out'),
    useWorker: false,
  });
  return () => made.close();
});

const lamps = {
  type: 'FeatureCollection',
  features: [1, 2, 3].map((n) => ({
    type: 'Feature',
    properties: { 标识码: `6201030103700000${n}`, 类别: '路灯', 状态: '破损' },
    geometry: { type: 'Point', coordinates: [103.7 + n / 100, 36.01] },
  })),
};

async function write(format: string, name: string, options: string[] = []): Promise<string> {
  const { datasets } = await writer.open(made.write(`${name}.geojson`, JSON.stringify(lamps)));
  return (await writer.ogr2ogr(datasets[0]!, ['-f', format, ...options], name)).real;
}

async function zipShapefile(name: string, without: string[] = []): Promise<string> {
  const archive = new ZipFile();
  const folder = join(made.folder, 'out');
  for (const file of readdirSync(folder))
    if (file.startsWith(`${name}.`) && !without.some((extension) => file.endsWith(extension)))
      archive.addBuffer(readFileSync(join(folder, file)), `数据/${file}`);
  archive.end();
  const pieces: Buffer[] = [];
  for await (const piece of archive.outputStream) pieces.push(piece as Buffer);
  return shop.write(`${name}.zip`, Buffer.concat(pieces));
}

describe('a zipped shapefile', () => {
  it.each([
    ['UTF-8', []],
    ['GBK', []],
    ['GBK', ['.cpg']],
    ['UTF-8', ['.cpg']],
  ])('in %s without %j', async (encoding, without) => {
    const name = `lamps-${encoding}`.toLowerCase();
    await write('ESRI Shapefile', name, ['-lco', `ENCODING=${encoding}`]);
    const { rows, errors, inspection } = await prepare(await zipShapefile(name, without), 'parts');
    expect(errors).toEqual([]);
    expect(inspection).toMatchObject({ format: 'shapefile', datum: 'wgs84', warnings: [] });
    expect(rows.map((row) => [row[0], row[1], row[3], row[11]])).toEqual(
      [1, 2, 3].map((n) => [n, `6201030103700000${n}`, 'P01037', 'damaged']),
    );
  });

  it('in a zone of CGCS2000 comes out in degrees; with the system taken from the user, too', async () => {
    await write('ESRI Shapefile', 'zone', ['-t_srs', 'EPSG:4523', '-lco', 'ENCODING=UTF-8']);
    const own = await prepare(await zipShapefile('zone'), 'parts');
    expect(own.inspection.datum).toBe('EPSG:4523');
    const named = await prepare(await zipShapefile('zone', ['.prj']), 'parts', { datum: 'EPSG:4523' });
    for (const { rows, warnings } of [own, named]) {
      expect(warnings).toEqual([]);
      const bytes = Buffer.from(rows[0]![16] as string, 'hex');
      expect(bytes.readDoubleLE(9)).toBeCloseTo(103.71, 6);
      expect(bytes.readDoubleLE(17)).toBeCloseTo(36.01, 6);
    }
  });

  it('without .prj is not taken at its word', async () => {
    await write('ESRI Shapefile', 'bare', ['-lco', 'ENCODING=UTF-8']);
    const { warnings } = await prepare(await zipShapefile('bare', ['.prj']), 'parts');
    expect(warnings).toMatchObject([{ code: 'NO_REFERENCE_SYSTEM', blocking: true }]);
  });

  it('that is damaged is refused', async () => {
    await write('ESRI Shapefile', 'torn', ['-lco', 'ENCODING=UTF-8']);
    const archive = new ZipFile();
    archive.addBuffer(readFileSync(join(made.folder, 'out/torn.shp')).subarray(0, 60), 'torn.shp');
    archive.end();
    const pieces: Buffer[] = [];
    for await (const piece of archive.outputStream) pieces.push(piece as Buffer);
    await expect(prepare(shop.write('torn.zip', Buffer.concat(pieces)), 'parts')).rejects.toMatchObject({
      code: 'IMPORT_BROKEN_FILE',
    });
  });
});

describe('a GeoPackage', () => {
  it('is read by layer', async () => {
    const { rows, errors, inspection } = await prepare(
      await write('GPKG', 'lamps', ['-nln', '部件']),
      'parts',
    );
    expect(errors).toEqual([]);
    expect(inspection).toMatchObject({
      format: 'geopackage',
      sourceLayer: '部件',
      sourceLayers: [{ name: '部件', rows: 3 }],
    });
    expect(rows.map((row) => row[1])).toEqual([1, 2, 3].map((n) => `6201030103700000${n}`));
  });
});

describe('a system of the registry', () => {
  it('is looked up by its number, unless its shift to WGS 84 is unknown', async () => {
    const path = shop.write('berlin.csv', 'key,class,x,y\na,路灯,388000.0,5819500.0\n');
    const mapping = {
      class_id: { column: 'class' },
      source_key: { column: 'key' },
      lon: { column: 'x' },
      lat: { column: 'y' },
    };
    const { rows } = await prepare(path, 'parts', { mapping, datum: 'EPSG:25833' });
    expect(Buffer.from(rows[0]![16] as string, 'hex').readDoubleLE(9)).toBeCloseTo(13.35, 1);
    for (const datum of ['EPSG:2326', 'EPSG:99999'])
      await expect(prepare(path, 'parts', { mapping, datum })).rejects.toMatchObject({
        code: 'IMPORT_UNKNOWN_REFERENCE_SYSTEM',
      });
  });
});

/** Rows of a class. */
const count = (rows: (string | number | null)[][], id: string) => rows.filter((row) => row[3] === id).length;

describe.skipIf(!existsSync(`${REAL}osm`))('real files (skipped where the folder is missing)', () => {
  it('Berlin: 117 trees, 47 lamps, 10 hydrants', async () => {
    const { rows, errors } = await prepare(`${REAL}osm/berlin-siegessaeule.osm.gz`, 'parts');
    expect(errors).toEqual([]);
    expect(count(rows, 'P04001') + count(rows, 'P04002') + count(rows, 'P04003')).toBe(117);
    expect(count(rows, 'P01037')).toBe(47);
    expect(count(rows, 'P01013')).toBe(10);
  });

  it('New York: 5,000 hydrants by longitude and latitude, not by feet', async () => {
    const path = `${REAL}assets/nyc_hydrants.csv`;
    const { rows, errors, inspection } = await prepare(path, 'parts');
    expect(errors).toEqual([]);
    expect(rows).toHaveLength(5000);
    expect(inspection.mapping).toMatchObject({
      lon: { column: 'longitude' },
      lat: { column: 'latitude' },
      source_key: { column: 'unitid' },
      class_id: { constant: 'P01013' },
    });
    const mapping = { ...inspection.mapping, lon: { column: 'point_x' }, lat: { column: 'point_y' } };
    const feet = await prepare(path, 'parts', { mapping });
    expect(feet.warnings[0]).toMatchObject({
      code: 'NOT_DEGREES',
      blocking: true,
      details: { hints: ['EPSG:2263'] },
    });
  });

  it('Shanghai: buildings cut at tile edges become whole, whatever the layer', async () => {
    const path = `${REAL}osm/shanghai-lujiazui-osm-layers.geojson`;
    const buildings = await prepare(path, 'buildings');
    expect(buildings.inspection.sourceLayer).toBe('buildings');
    expect(new Set(buildings.rows.map((row) => row[2])).size).toBe(buildings.rows.length);
    expect(buildings.warnings.find(({ code }) => code === 'MERGED_PIECES')!.details).toEqual({
      things: 114,
      pieces: 236,
    });
    const roads = await prepare(path, 'roads');
    expect(roads.rows.length).toBeGreaterThan(900);
    expect(new Set(roads.rows.map((row) => row[2])).size).toBe(roads.rows.length);
  });

  it('Lanzhou: the outline in GCJ-02 is told from the district’s', async () => {
    const path = `${REAL}boundary/echarts-china-cities_lanzhou.geojson`;
    const asGcj = await prepare(path, 'divisions', { datum: 'gcj02' });
    const own = asGcj.rows.find((row) => row[1] === '620103')!;
    expect(own.slice(2, 5)).toEqual([null, 'district', '七里河区']);
    expect(asGcj.warnings.map(({ code }) => code)).not.toContain('SUSPECTED_DATUM');
    const asWgs = await prepare(path, 'divisions');
    expect(asWgs.warnings).toMatchObject([{ code: 'SUSPECTED_DATUM', details: { likely: 'gcj02' } }]);
  });
});
