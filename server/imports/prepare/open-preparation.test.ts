import { existsSync, readdirSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ZipFile } from 'yazl';
import { openPreparation } from './open-preparation.ts';
import { openWorkshop, prepareFile, prepareFileInThread, sampleFacts } from './preparation-fixture.ts';

let shop: ReturnType<typeof openWorkshop>;
beforeEach(() => (shop = openWorkshop()));
afterEach(() => shop.close());

const prepare = (path: string, layer: Parameters<typeof prepareFile>[1], options = {}) =>
  prepareFile(path, layer, shop.folder, options);

async function zip(files: Record<string, Uint8Array | string>): Promise<Buffer> {
  const archive = new ZipFile();
  for (const [name, content] of Object.entries(files)) archive.addBuffer(Buffer.from(content), name);
  archive.end();
  const pieces: Buffer[] = [];
  for await (const piece of archive.outputStream) pieces.push(piece as Buffer);
  return Buffer.concat(pieces);
}

const header = '管理部件标识码,管理部件名称,主管部门名称,管理部件状态,初始日期,经度,纬度';
const row = (n: number, name = '路灯', place = '103.7500000,36.0600000') =>
  `62010301037${String(n).padStart(6, '0')},${name},城管局,完好,2024年5月6日,${place}`;

describe('preparing delimited text', () => {
  it('reads the attributes of the standard by their names, into our own values', async () => {
    const { inspection, rows, errors } = await prepare(
      shop.write('部件.csv', `${header}\n${row(1)}\n`),
      'parts',
    );
    expect(errors).toEqual([]);
    expect(inspection).toMatchObject({ format: 'csv', encoding: 'utf-8', datum: 'wgs84', warnings: [] });
    expect(rows).toEqual([
      [
        2,
        '62010301037000001',
        null,
        'P01037',
        '城管局',
        '城管局',
        null,
        null,
        null,
        null,
        null,
        'intact',
        '2024-05-06',
        null,
        null,
        null,
        '0101000020e61000000000000000f0594048e17a14ae074240',
      ],
    ]);
  });

  it.each([
    ['\t', 'utf-8'],
    [';', 'utf-16le'],
    ['|', 'utf-16be'],
  ])('finds the delimiter %j and the encoding %s', async (delimiter, encoding) => {
    const text = `\ufeff${header}\n${row(1)}\n`.replaceAll(',', delimiter);
    const bytes = Buffer.from(text, encoding === 'utf-8' ? 'utf8' : 'utf16le');
    if (encoding === 'utf-16be') bytes.swap16();
    const { inspection, rows } = await prepare(shop.write('a.txt', bytes), 'parts');
    expect(inspection.encoding).toBe(encoding);
    expect(rows).toHaveLength(1);
  });

  it('falls back to GB 18030 and says so', async () => {
    // 编码,类别,经度,纬度 / 62010301037000001,路灯,103.75,36.06
    const gbk = Buffer.concat([
      Buffer.from([0xb1, 0xe0, 0xc2, 0xeb]),
      Buffer.from(','),
      Buffer.from([0xc0, 0xe0, 0xb1, 0xf0]),
      Buffer.from(','),
      Buffer.from([0xbe, 0xad, 0xb6, 0xc8]),
      Buffer.from(','),
      Buffer.from([0xce, 0xb3, 0xb6, 0xc8]),
      Buffer.from('\n62010301037000001,'),
      Buffer.from([0xc2, 0xb7, 0xb5, 0xc6]),
      Buffer.from(',103.75,36.06\n'),
    ]);
    const { inspection, rows, warnings } = await prepare(shop.write('gbk.csv', gbk), 'parts');
    expect(inspection.encoding).toBe('gb18030');
    expect(warnings.map(({ code }) => code)).toEqual(['GUESSED_ENCODING']);
    expect(rows[0]![3]).toBe('P01037');
  });

  it('tells line, field and reason of every row it cannot take', async () => {
    const lines = [
      header,
      row(1),
      row(2, '路登'),
      row(3, '路灯', '0,0'),
      row(4, '路灯', 'NaN,36'),
      row(5, '路灯', '103.75,Infinity'),
      row(6, '路灯', ','),
      '1,2,3',
      row(1),
      row(7).replace('完好', '上锁'),
      row(8).replace('2024年5月6日', '2024-02-30'),
    ];
    const { rows, errors, warnings } = await prepare(shop.write('a.csv', lines.join('\n')), 'parts');
    expect(
      errors
        .map(({ line, field, reason }) => [line, field, reason])
        .sort((a, b) => Number(a[0]) - Number(b[0])),
    ).toEqual([
      [2, 'code', 'repeated-code'],
      [3, 'class_id', 'unknown-class'],
      [4, 'geometry', 'null-island'],
      [5, 'geometry', 'coordinate-not-a-number'],
      [6, 'geometry', 'coordinate-not-a-number'],
      [7, 'geometry', 'no-position'],
      [8, '', 'wrong-column-count'],
      [9, 'code', 'repeated-code'],
      [10, 'state', 'unknown-value'],
      [11, 'initial_date', 'not-a-date'],
    ]);
    expect(errors.find(({ line }) => line === 3)!.message.zh).toContain('路灯（P01037）');
    expect(rows).toHaveLength(1);
    expect(warnings.map(({ code }) => code)).toEqual(['NULL_ISLAND']);
  });

  it('finds the class in ids, names and codes of every edition', async () => {
    const values = [
      'P01012',
      '公安井盖',
      'Public-security manhole cover',
      '01012',
      '62010301012000001',
      '2013:P0107',
      '0107',
      'hydrant',
    ];
    const text = ['key,class,lon,lat', ...values.map((value, n) => `k${n},${value},103.75,36.06`)].join('\n');
    const { rows, errors } = await prepare(shop.write('a.csv', text), 'parts');
    expect(errors).toEqual([]);
    expect(rows.map((values) => values[3])).toEqual(
      ['P01012', 'P01012', 'P01012', '01012', '01012', '', '', ''].map((_, n) =>
        n < 5 ? 'P01012' : n < 7 ? 'P01007' : 'P01013',
      ),
    );
  });

  it('keeps only the mapped ones of 300 columns', async () => {
    const names = Array.from({ length: 296 }, (_, n) => `extra${n}`);
    const text = `code,class,lon,lat,${names.join(',')}\n62010301037000001,路灯,103.75,36.06,${names.join(',')}\n`;
    const { inspection, rows } = await prepare(shop.write('wide.csv', text), 'parts');
    expect(inspection.columns).toHaveLength(300);
    expect(rows[0]).toHaveLength(17);
  });

  it('gives rows without any key one that is the same next time', async () => {
    const text = 'class,lon,lat\n路灯,103.75,36.06\n路灯,103.75,36.06\n';
    const first = await prepare(shop.write('a.csv', text), 'parts');
    const second = await prepare(shop.write('b.csv', text), 'parts');
    expect(first.rows.map((values) => values[2])).toEqual([
      'at:103.75,36.06 P01037',
      'at:103.75,36.06 P01037 #2',
    ]);
    expect(second.rows).toEqual(first.rows);
  });

  it('reads geometry out of a column of WKT', async () => {
    const text =
      'code,wkt\n620103001001001,"POLYGON((103.75 36.06,103.76 36.06,103.76 36.07,103.75 36.06))"\n';
    const { rows, errors } = await prepare(shop.write('cells.csv', text), 'cells');
    expect(errors).toEqual([]);
    expect(rows[0]!.slice(0, 3)).toEqual([2, '620103001001001', '620103001001']);
    expect(rows[0]![3]).toMatch(/^0103000020e6100000010000000400/);
  });

  it('looks at the file before the mapping is complete, and only then refuses', async () => {
    const path = shop.write('a.csv', 'number,what\n1,2\n');
    const preparation = await openPreparation({
      path,
      fileName: 'a.csv',
      layer: 'parts',
      options: {},
      facts: sampleFacts(),
      form: 'copy',
      workFolder: shop.folder,
    });
    expect(preparation.inspection.columns.map(({ name }) => name)).toEqual(['number', 'what']);
    await expect(preparation.batches()[Symbol.asyncIterator]().next()).rejects.toMatchObject({
      code: 'IMPORT_MAPPING_INCOMPLETE',
    });
  });
});

describe('the thread', () => {
  it('hands on what reading here gives, and ends', async () => {
    const path = shop.write(
      'a.csv',
      [header, ...Array.from({ length: 20_000 }, (_, n) => row(n + 1))].join('\n'),
    );
    const there = await prepareFileInThread(path, 'parts', shop.folder);
    expect(there.rows).toHaveLength(20_000);
    expect(there).toEqual(await prepare(path, 'parts'));
  });

  it('hands on a refusal with its details', async () => {
    await expect(
      prepareFileInThread(shop.write('a.csv', 'a\nb\n'), 'parts', shop.folder),
    ).rejects.toMatchObject({
      code: 'IMPORT_NO_COLUMNS',
      details: { firstLine: 'a' },
    });
  });
});

describe('positions that look wrong', () => {
  const grid = (move: (lon: number, lat: number) => [number, number]) =>
    [
      'key,class,x,y',
      ...Array.from(
        { length: 60 },
        (_, n) => `k${n},路灯,${move(103.62 + n * 0.005, 35.84 + n * 0.0045).join(',')}`,
      ),
    ].join('\n');
  const mapping = {
    source_key: { column: 'key' },
    class_id: { column: 'class' },
    lon: { column: 'x' },
    lat: { column: 'y' },
  };
  const codes = async (text: string, options = {}) =>
    (await prepare(shop.write('a.csv', text), 'parts', { mapping, ...options })).warnings.map(
      ({ code }) => code,
    );

  it('raises nothing about good ones', async () => {
    expect(await codes(grid((lon, lat) => [lon, lat]))).toEqual([]);
  });

  it('warns of swapped axes', async () => {
    expect(await codes(grid((lon, lat) => [lat, lon]))).toEqual(['SWAPPED_AXES']);
  });

  it('warns of metres, and names the zone they fit in', async () => {
    const text = grid((lon, lat) => [35_000_000 + 500_000 + (lon - 105) * 90_163, lat * 110_940]);
    const { warnings } = await prepare(shop.write('a.csv', text), 'parts', { mapping });
    expect(warnings[0]).toMatchObject({
      code: 'NOT_DEGREES',
      blocking: true,
      details: { hints: ['EPSG:4523'] },
    });
  });

  it('warns of a file from elsewhere', async () => {
    expect(await codes(grid((lon, lat) => [lon + 5, lat]))).toEqual(['FAR_FROM_DISTRICT']);
  });
});

describe('preparing GeoJSON', () => {
  const feature = (properties: object, geometry: object, id?: string) => ({
    type: 'Feature',
    ...(id ? { id } : {}),
    properties,
    geometry,
  });
  const square = (x: number, y = 36) => ({
    type: 'Polygon',
    coordinates: [
      [
        [x, y],
        [x + 0.001, y],
        [x + 0.001, y + 0.001],
        [x, y + 0.001],
        [x, y],
      ],
    ],
  });

  it.each(['collection', 'array', 'lines', 'gzip'])('as %s', async (kind) => {
    const features = [1, 2].map((n) =>
      feature({ unitid: `u${n}`, class: '路灯' }, { type: 'Point', coordinates: [103.7 + n / 100, 36] }),
    );
    const text =
      kind === 'collection'
        ? JSON.stringify({ type: 'FeatureCollection', features }, null, 2)
        : kind === 'array'
          ? JSON.stringify(features)
          : features.map((one) => JSON.stringify(one)).join('\n');
    const { rows, inspection } = await prepare(
      shop.write('a.json', kind === 'gzip' ? gzipSync(text) : text),
      'parts',
    );
    expect(inspection.format).toBe(kind === 'lines' || kind === 'gzip' ? 'ndjson' : 'geojson');
    expect(rows.map((values) => values.slice(0, 4))).toEqual([
      [1, null, 'u1', 'P01037'],
      [2, null, 'u2', 'P01037'],
    ]);
  });

  it('unites a building that tiles have cut, and leaves one of two pieces in two', async () => {
    const features = [
      feature({ id: 7, height: '12 m' }, square(103.75)),
      feature({ id: 8, height: 20 }, square(103.76)),
      feature({ id: 7 }, square(103.751)),
      feature({ id: 8 }, square(103.77)),
    ];
    const { rows, errors, warnings } = await prepare(
      shop.write('b.geojson', JSON.stringify({ type: 'FeatureCollection', features })),
      'buildings',
    );
    expect(errors).toEqual([]);
    expect(rows.map((values) => [values[2], values[5]])).toEqual([
      ['7', '12'],
      ['8', '20'],
      ['8#2', '20'],
    ]);
    expect(warnings.find(({ code }) => code === 'MERGED_PIECES')!.details).toEqual({ things: 2, pieces: 4 });
  });

  it('repairs a building that crosses itself, and refuses such a cell with the place', async () => {
    const bow = {
      type: 'Polygon',
      coordinates: [
        [
          [103.75, 36],
          [103.752, 36.002],
          [103.752, 36],
          [103.75, 36.002],
          [103.75, 36],
        ],
      ],
    };
    const text = JSON.stringify([feature({ id: 1, code: '620103001001001' }, bow)]);
    const building = await prepare(shop.write('b.json', text), 'buildings');
    expect(building.errors).toEqual([]);
    expect(building.warnings.map(({ code }) => code)).toEqual(['REPAIRED_GEOMETRY']);
    const cell = await prepare(shop.write('c.json', text), 'cells');
    expect(cell.errors).toMatchObject([
      {
        line: 1,
        reason: 'self-intersection',
        message: { en: 'The border crosses itself at 103.751, 36.001' },
      },
    ]);
  });

  it('takes a point of a polygon where points are wanted, and no polygon of a point', async () => {
    const mixed = [
      feature({ unitid: 'a', class: '路灯', code: '620103001001001' }, square(103.75)),
      feature(
        { unitid: 'b', class: '路灯', code: '620103001001002' },
        { type: 'Point', coordinates: [103.7, 36] },
      ),
    ];
    const parts = await prepare(shop.write('p.json', JSON.stringify(mixed)), 'parts', {
      mapping: {
        source_key: { column: 'unitid' },
        class_id: { column: 'class' },
        geometry: { column: '@geometry' },
      },
    });
    expect(parts.rows).toHaveLength(2);
    expect(parts.warnings.map(({ code }) => code)).toEqual(['MIXED_GEOMETRY']);
    const cells = await prepare(shop.write('c.json', JSON.stringify(mixed)), 'cells');
    expect(cells.errors).toMatchObject([{ line: 2, reason: 'wrong-geometry' }]);
  });
});

describe('hostile files', () => {
  const refused = async (
    name: string,
    content: string | Uint8Array,
    layer: 'parts' | 'buildings' = 'parts',
  ) =>
    prepare(shop.write(name, content), layer).then(
      () => undefined,
      (error: { code: string; details: unknown }) => [error.code, error.details],
    );

  it.each([
    ['an empty file', '', 'IMPORT_EMPTY'],
    ['blank lines', '\n\n  \n', 'IMPORT_EMPTY'],
    ['one column', 'a\nb\nc\n', 'IMPORT_NO_COLUMNS'],
    ['a page', '<!doctype html><p>not found', 'IMPORT_UNKNOWN_FORMAT'],
    ['other JSON', '{"type":"Topology","objects":{}}', 'IMPORT_UNKNOWN_FORMAT'],
    [
      'JSON cut off',
      '{"type":"FeatureCollection","features":[{"type":"Feature","properties":{}',
      'IMPORT_BROKEN_FILE',
    ],
    ['JSON nested deeply', `[{"type":"Feature","properties":${'{"a":'.repeat(5000)}`, 'IMPORT_BROKEN_FILE'],
    ['an open quotation mark', 'a,b\n1,"2\n3,4\n', 'IMPORT_BROKEN_FILE'],
    ['a collection of nothing', '{"type":"FeatureCollection","features":[]}', 'IMPORT_EMPTY'],
  ])('%s', async (_, text, code) => {
    expect((await refused('file', text))?.[0]).toBe(code);
  });

  it('bytes of anything', async () => {
    const bytes = Buffer.alloc(10_000, 0).map((_, n) => (n * 7919 + (n >> 3)) & 255);
    expect((await refused('a.csv', bytes))?.[0]).toBe('IMPORT_UNKNOWN_FORMAT');
  });

  it('a line of 20 MB', async () => {
    expect(await refused('a.csv', `a,b\n${'x'.repeat(20 * 2 ** 20)},1\n`)).toMatchObject([
      'IMPORT_LINE_TOO_LONG',
      { line: 2 },
    ]);
  });

  it('a zip cut off, one that is a bomb, and one with nothing to import', async () => {
    const whole = await zip({ 'a.csv': `${header}\n${row(1)}\n` });
    expect((await refused('cut.zip', whole.subarray(0, whole.length - 40)))?.[0]).toBe('IMPORT_BROKEN_FILE');
    const bomb = await zip({ 'a.csv': Buffer.alloc(200 * 2 ** 20, 0x61) });
    expect(await refused('bomb.zip', bomb)).toMatchObject([
      'IMPORT_ARCHIVE_REFUSED',
      { reason: 'PACKED_TOO_TIGHTLY' },
    ]);
    expect(await refused('none.zip', await zip({ 'a.exe': 'MZ' }))).toMatchObject([
      'IMPORT_ARCHIVE_REFUSED',
      { reason: 'NOTHING_TO_IMPORT' },
    ]);
    expect((await refused('bomb.csv.gz', gzipSync(Buffer.alloc(200 * 2 ** 20, 0x61))))?.[0]).toBe(
      'IMPORT_ARCHIVE_REFUSED',
    );
  });

  it('gzip that stops in the middle', async () => {
    const packed = gzipSync(Array.from({ length: 5000 }, (_, n) => row(n)).join('\n'));
    expect((await refused('a.csv.gz', packed.subarray(0, packed.length / 2)))?.[0]).toBe(
      'IMPORT_BROKEN_FILE',
    );
    expect(readdirSync(shop.folder).filter((name) => name.startsWith('unpacked'))).toEqual([]);
  });

  it('names in a zip that lead out of the folder stay in it', async () => {
    const evil = await zip({ 'aa/bb/evil.csv': `${header}\n${row(1)}\n` });
    for (let at = evil.indexOf('aa/bb/'); at >= 0; at = evil.indexOf('aa/bb/', at + 1))
      evil.write('../../', at, 'latin1');
    expect((await refused('evil.zip', evil))?.[0] ?? 'read').toMatch(/^(IMPORT_BROKEN_FILE|read)$/);
    expect(existsSync(`${shop.folder}/../../evil.csv`)).toBe(false);
  });
});
