import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import exceljs from 'exceljs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import sql, { raw } from 'sql-template-tag';
import type { IssuedApiKey } from '#contract/access';
import type { ErrorBody } from '#contract/shared';
import { fileVendor } from '../support/case-story.ts';
import { eventually } from '../support/live-client.ts';
import type { TestClient } from '../support/test-client.ts';
import { engines } from '../support/test-database.ts';
import { startTestServer, type TestServer } from '../support/test-server.ts';

const drainCode = '62010301003000001';
const hasGdal = (() => {
  try {
    return execFileSync('ogrinfo', ['--version']).length > 0;
  } catch {
    return false;
  }
})();

describe.each(engines)('exports on %s', (engine) => {
  let server: TestServer;
  let operator: TestClient;
  beforeAll(async () => {
    server = await startTestServer({ engine });
    operator = await server.signIn('operator');
    await server.db.query(sql`
      update parts set note = '=HYPERLINK("http://evil.example")', owner_name = '+甲,"乙"' where code = ${drainCode}`);
  });
  afterAll(() => server.close());

  const count = async (where: string) =>
    (await server.db.query<{ n: number }>(sql`select count(*)::integer as n from ${raw(where)}`)).rows[0]?.n;
  const scratch = () => {
    const folder = join(server.context.config.dataDir, `exports-${hostname()}`);
    return existsSync(folder) ? readdirSync(folder) : [];
  };
  async function fetchBytes(path: string, client = operator): Promise<{ bytes: Buffer; headers: Headers }> {
    const answer = await fetch(`${server.origin}/api/v1/exports/${path}`, {
      headers: { cookie: client.cookie },
    });
    const bytes = Buffer.from(await answer.arrayBuffer());
    expect(answer.status, bytes.toString().slice(0, 300)).toBe(200);
    return { bytes, headers: answer.headers };
  }
  const readCsv = (bytes: Buffer): Record<string, string>[] => parse(bytes, { bom: true, columns: true });

  test('CSV begins with its mark, keeps every row, and holds no formula', async () => {
    const { bytes, headers } = await fetchBytes('parts.csv?class=P01003');
    expect(bytes.subarray(0, 3)).toEqual(Buffer.from([0xef, 0xbb, 0xbf]));
    expect(headers.get('content-disposition')).toBe(
      `attachment; filename="parts-2026-10-16.csv"; filename*=UTF-8''%E9%83%A8%E4%BB%B6-2026-10-16.csv`,
    );
    const rows = readCsv(bytes);
    expect(rows).toHaveLength((await count(`parts where class_id = 'P01003'`)) ?? -1);
    const drain = rows.find((row) => row['部件标识码'] === drainCode);
    expect(drain).toMatchObject({
      类别名称: expect.stringMatching(/\p{Script=Han}/u) as string,
      备注: `'=HYPERLINK("http://evil.example")`,
      权属单位: `'+甲,"乙"`,
      经度: '103.7608273',
      纬度: '36.0634948',
    });
    const english = readCsv((await fetchBytes('parts.csv?class=P01003&lang=en')).bytes);
    expect(english[0]).toMatchObject({
      'Class name': expect.stringMatching(/^[A-Z]/) as string,
      Longitude: expect.any(String) as string,
    });
  });

  test('every layer is handed out in every list’s filters', async () => {
    await fileVendor(server, operator);
    const rows = async (path: string) => readCsv((await fetchBytes(path)).bytes).length;
    expect(await rows('cells.csv?division=620103001')).toBe(
      await count(`cells where retired_at is null and community_code like '620103001%'`),
    );
    expect(await rows('divisions.csv?level=subdistrict')).toBe(
      await count(`divisions where level = 'subdistrict'`),
    );
    expect(await rows('buildings.csv?kind=public')).toBe(await count(`buildings where kind = 'public'`));
    expect(await rows('roads.csv')).toBe(await count('roads'));
    expect(await rows('cameras.csv')).toBe(await count('cameras'));
    expect(await rows('units.csv?kind=bureau')).toBe(await count(`units where kind = 'bureau'`));
    expect(await rows('cases.csv?open=true')).toBe(await count('cases where closed_at is null'));
    expect(await rows('parts.csv?division=620103001&state=damaged')).toBe(
      await count(`parts where cell_code like '620103001%' and state = 'damaged'`),
    );
    const wrong = await operator.get<ErrorBody>('/exports/roads.csv?owner=x');
    expect([wrong.status, wrong.body.code]).toEqual([400, 'INVALID_INPUT']);
    expect((await operator.get('/exports/roads.pdf')).status).toBe(400);
    expect((await operator.get('/exports/trees.csv')).status).toBe(400);
    expect((await operator.get('/exports/parts.csv?bbox=1')).status).toBe(400);
  });

  test('GeoJSON has seven decimals, and the shifted datum where asked', async () => {
    const read = async (query: string) =>
      JSON.parse(
        (await fetchBytes(`parts.geojson?q=${drainCode}${query}`)).bytes.toString(),
      ) as GeoJSON.FeatureCollection<GeoJSON.Point>;
    const [plain] = (await read('')).features;
    expect(plain).toMatchObject({ id: drainCode, geometry: { coordinates: [103.7608273, 36.0634948] } });
    const [shifted] = (await read('&datum=gcj02')).features;
    const [lon = 0, lat = 0] = shifted?.geometry.coordinates ?? [];
    expect(lon - 103.7608273).toBeGreaterThan(0.001);
    expect(lat - 36.0634948).toBeLessThan(0);
    expect(String(lon).length).toBeLessThanOrEqual(11);
    const all = JSON.parse((await fetchBytes('cells.geojson')).bytes.toString()) as GeoJSON.FeatureCollection;
    expect(all.features).toHaveLength((await count('cells where retired_at is null')) ?? -1);
    const none = JSON.parse(
      (await fetchBytes('parts.geojson?class=P99999')).bytes.toString(),
    ) as GeoJSON.FeatureCollection;
    expect(none.features).toEqual([]);
  });

  test('a workbook opens again, numbers as numbers and formulas as texts', async () => {
    const { bytes, headers } = await fetchBytes('parts.xlsx?class=P01003');
    expect(headers.get('content-length')).toBe(String(bytes.length));
    const workbook = new exceljs.Workbook();
    await workbook.xlsx.load(bytes as unknown as ArrayBuffer);
    const sheet = workbook.worksheets[0]!;
    expect(sheet.name).toBe('部件');
    expect(sheet.actualRowCount).toBe(((await count(`parts where class_id = 'P01003'`)) ?? 0) + 1);
    const headings = (sheet.getRow(1).values as string[]).slice(1);
    const drain = sheet.getRow(2);
    const cell = (heading: string) => drain.getCell(headings.indexOf(heading) + 1);
    expect(cell('部件标识码').value).toBe(drainCode);
    expect(cell('备注').value).toBe('=HYPERLINK("http://evil.example")');
    expect(cell('备注').type).toBe(exceljs.ValueType.String);
    expect(cell('经度').value).toBe(103.7608273);
    await eventually(() => scratch().length === 0, 'the scratch is removed');
  }, 60_000);

  test.skipIf(!hasGdal)(
    'a GeoPackage is read by GDAL itself (skipped without ogrinfo)',
    async () => {
      const folder = mkdtempSync(join(tmpdir(), 'gridwatch-gpkg-'));
      try {
        for (const [layer, query, expected] of [
          ['parts', '?class=P01003', `parts where class_id = 'P01003'`],
          ['divisions', '', 'divisions'],
          ['units', '', 'units'],
        ] as const) {
          const file = join(folder, `${layer}.gpkg`);
          writeFileSync(file, (await fetchBytes(`${layer}.gpkg${query}`)).bytes);
          const said = execFileSync('ogrinfo', ['-ro', '-al', '-so', file]).toString();
          expect(said).toContain(`Layer name: ${layer}`);
          expect(said).toContain(`Feature Count: ${await count(expected)}`);
          if (layer === 'parts') {
            expect(said).toContain('Geometry: Point');
            expect(said).toContain('code: String');
            expect(said).toContain('initialDate: Date');
            expect(said).toContain('WGS 84');
          }
        }
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
      await eventually(() => scratch().length === 0, 'the scratch is removed');
    },
    120_000,
  );

  test('everybody gets their own scope, machines too', async () => {
    const chief = await server.signIn('subdistrict-620103001');
    const rows = readCsv((await fetchBytes('parts.csv', chief)).bytes);
    expect(rows).toHaveLength((await count(`parts where cell_code like '620103001%'`)) ?? -1);
    const { key } = (await chief.post<IssuedApiKey>('/api-keys', { name: 'x' })).body;
    const byKey = await fetch(`${server.origin}/api/v1/exports/parts.csv?class=P01003&key=${key}`);
    const class1 = readCsv(Buffer.from(await byKey.arrayBuffer()));
    expect(class1).toHaveLength(
      (await count(`parts where class_id = 'P01003' and cell_code like '620103001%'`)) ?? -1,
    );
    expect((await server.anonymous().get('/exports/parts.csv')).status).toBe(401);
    const { rows: audit } = await server.db.query<{ details: unknown }>(
      sql`select details from audit where action = 'export' and subject = 'parts' order by id desc limit 1`,
    );
    expect(audit[0]?.details).toMatchObject({ format: 'csv', filter: { class: 'P01003' } });
  });

  test('a caller who hangs up stops the reading', async () => {
    const counted = { pages: 0 };
    const { db } = server;
    const original = db.query;
    db.query = (statement) => {
      if (statement.text.includes('st_asgeojson')) counted.pages += 1;
      return original(statement);
    };
    try {
      const abort = new AbortController();
      const answer = await fetch(`${server.origin}/api/v1/exports/parts.geojson`, {
        headers: { cookie: operator.cookie, 'accept-encoding': 'identity' },
        signal: abort.signal,
      });
      await answer.body?.getReader().read();
      abort.abort();
      const settled = async () => {
        const before = counted.pages;
        await new Promise((resolve) => setTimeout(resolve, 300));
        return counted.pages === before;
      };
      await eventually(settled, 'the reading stops');
      const all = Math.ceil(((await count('parts')) ?? 0) / (engine === 'embedded' ? 500 : 2000));
      expect(counted.pages).toBeLessThan(all);
    } finally {
      db.query = original;
    }
  });
});
