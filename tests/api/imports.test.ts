import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import sql from 'sql-template-tag';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ImportProfile } from '#contract/imports';
import type { RegisterChange } from '#contract/history';
import type { Part } from '#contract/parts';
import { findCellAt } from '../../server/grid/find-cell-at.ts';
import { importFile, submitFile, untilEnded } from '../support/import-client.ts';
import type { TestClient } from '../support/test-client.ts';
import { engines } from '../support/test-database.ts';
import { startTestServer, type TestServer } from '../support/test-server.ts';

describe.each(engines)('importing parts on %s', (engine) => {
  let server: TestServer;
  let admin: TestClient;
  let places: { lon: number; lat: number; cell: string }[];
  beforeAll(async () => {
    server = await startTestServer({ engine });
    admin = await server.signIn('admin');
    const { rows } = await server.db.query<{ lon: number; lat: number; cell: string }>(sql`
      select round(st_x(p)::numeric, 7)::float8 as lon, round(st_y(p)::numeric, 7)::float8 as lat, code as cell
      from (select code, st_pointonsurface(geom) as p from cells order by md5(code) limit 50) c`);
    places = rows;
  });
  afterAll(() => server.close());

  const header = 'code,class,lon,lat,owner_code,owner_name,state';
  const lineOf = (code: string, at: number, more = 'planning,规划建设局,完好') =>
    `${code},P01003,${places[at]?.lon},${places[at]?.lat},${more}`;
  const count = async () =>
    (await server.db.query<{ n: number }>(sql`select count(*)::integer as n from parts`)).rows[0]?.n ?? 0;
  const leftovers = async () => {
    const { rows } = await server.db.query<{ n: string }>(sql`
      select nspname as n from pg_namespace where nspname like 'import\\_%'`);
    const jobs = join(server.context.config.dataDir, 'jobs');
    return [...rows.map(({ n }) => n), ...(existsSync(jobs) ? readdirSync(jobs) : [])];
  };

  test('a dry run says what would happen and writes nothing', async () => {
    const before = await count();
    const job = await importFile(admin, {
      layer: 'parts',
      name: 'new.csv',
      content: [header, lineOf('62010301003900001', 0), lineOf('62010301003900002', 1)].join('\n'),
      options: { dryRun: true },
    });
    expect(job.error).toBeUndefined();
    expect(job).toMatchObject({
      state: 'done',
      kind: 'import',
      title: { en: 'dry run: import parts from new.csv' },
    });
    expect(job.result).toMatchObject({
      written: false,
      dryRun: true,
      counts: { read: 2, added: 2, updated: 0, unchanged: 0, rejected: 0 },
    });
    expect(await count()).toBe(before);
    expect(await leftovers()).toEqual([]);
    const preview = await admin.get<{ features: { geometry: unknown; properties: object }[] }>(
      `/imports/${job.id}/preview.geojson`,
    );
    expect(preview.headers.get('content-type')).toContain('application/geo+json');
    expect(preview.body.features).toHaveLength(2);
    expect(preview.body.features[0]).toMatchObject({
      geometry: { type: 'Point', coordinates: [places[0]?.lon, places[0]?.lat] },
      properties: { rejected: false, line: 2, class_id: 'P01003' },
    });

    const again = await admin.post<{ id: string }>(`/imports/${job.id}/run`, {});
    expect(again.status).toBe(202);
    expect((await untilEnded(admin, again.body)).result).toMatchObject({
      written: true,
      counts: { added: 2 },
    });
    expect(await count()).toBe(before + 2);
  });

  test('rows come in with their cell, are found again by code, and history keeps what changed', async () => {
    const first = [header, ...[2, 3, 4].map((at) => lineOf(`6201030100391000${at}`, at))].join('\n');
    const job = await importFile(admin, { layer: 'parts', name: 'drains.csv', content: first });
    expect(job.result).toMatchObject({ written: true, counts: { read: 3, added: 3 } });
    const part = (await admin.get<Part>('/parts/62010301003910002')).body;
    expect(part).toMatchObject({
      class: 'P01003',
      cell: { code: (await findCellAt(server.db, part.position)).code },
      owner: { code: 'planning', name: '规划建设局' },
      state: 'intact',
      source: 'drains.csv',
      version: 1,
    });

    const repeated = await importFile(admin, { layer: 'parts', name: 'drains.csv', content: first });
    expect(repeated.result).toMatchObject({
      counts: { read: 3, added: 0, updated: 0, unchanged: 3 },
      written: true,
    });
    expect((await admin.get<Part>('/parts/62010301003910002')).body).toEqual(part);

    const second = [
      header,
      lineOf('62010301003910002', 2, 'planning,规划建设局,破损'),
      lineOf('62010301003910003', 5),
      lineOf('62010301003910004', 4, ',,'),
    ].join('\n');
    const changed = await importFile(admin, { layer: 'parts', name: 'later.csv', content: second });
    expect(changed.result).toMatchObject({ counts: { added: 0, updated: 2, unchanged: 1 } });
    expect((await admin.get<Part>('/parts/62010301003910002')).body).toMatchObject({
      state: 'damaged',
      version: 2,
      source: 'drains.csv',
    });
    expect((await admin.get<Part>('/parts/62010301003910004')).body).toMatchObject({
      version: 1,
      owner: { code: 'planning' },
    });
    const moved = (await admin.get<Part>('/parts/62010301003910003')).body;
    expect(moved.cell.code).toBe((await findCellAt(server.db, moved.position)).code);
    const history = await admin.get<{ items: RegisterChange[] }>(
      '/register/changes?subject=part&code=62010301003910002',
    );
    expect(history.body.items[0]).toMatchObject({
      action: 'import',
      batch: changed.id,
      before: { state: 'intact' },
      after: { state: 'damaged' },
      reason: 'later.csv',
    });
    expect(history.body.items[1]).toMatchObject({ action: 'import', batch: job.id });
    expect(await leftovers()).toEqual([]);
  });

  test('a file without codes gets the next free ones, and keeps them', async () => {
    const { rows } = await server.db.query<{ last: string }>(sql`
      select max(code) as last from parts where code like '62010301013______'`);
    const next = String(BigInt(rows[0]?.last ?? '62010301013000000') + 1n);
    const content = [
      'class,lon,lat,unitid',
      `P01013,${places[6]?.lon},${places[6]?.lat},a`,
      `P01013,${places[7]?.lon},${places[7]?.lat},b`,
      `P01013,${places[8]?.lon},${places[8]?.lat},`,
    ].join('\n');
    const job = await importFile(admin, { layer: 'parts', name: 'keys.csv', content });
    expect(job.result?.counts).toMatchObject({ added: 3 });
    expect((await admin.get<Part>(`/parts/${next}`)).body.position).toEqual({
      lon: places[6]?.lon,
      lat: places[6]?.lat,
    });
    const again = await importFile(admin, { layer: 'parts', name: 'keys.csv', content });
    expect(again.result?.counts).toMatchObject({ added: 0, updated: 0, unchanged: 3 });
    const moved = content.replace(
      `${places[7]?.lon},${places[7]?.lat},b`,
      `${places[9]?.lon},${places[9]?.lat},b`,
    );
    const third = await importFile(admin, { layer: 'parts', name: 'keys.csv', content: moved });
    expect(third.result?.counts).toMatchObject({ added: 0, updated: 1, unchanged: 2 });
  });

  test('is all or nothing: one bad row refuses the file, unless it is to be left out', async () => {
    const before = await count();
    const content = [
      header,
      lineOf('62010301003920001', 10),
      '62010301003920002,P01003,121.5,31.2,,,',
      lineOf('62010301003920003', 11, ',,=cmd'),
    ].join('\n');
    const refused = await importFile(admin, { layer: 'parts', name: 'mixed.csv', content });
    expect(refused).toMatchObject({ state: 'failed', error: { code: 'IMPORT_ROWS_REJECTED' } });
    expect(refused.result?.errors.map(({ line }) => line)).toEqual(expect.arrayContaining([3, 4]));
    expect(await count()).toBe(before);
    const { body, headers } = await admin.get<Buffer>(`/jobs/${refused.id}/errors.csv`);
    expect(headers.get('content-type')).toContain('text/csv');
    const csv = body.toString('utf8');
    expect(csv.startsWith('\u{FEFF}line,field,reason,message_zh,message_en,value\r\n')).toBe(true);
    expect(csv).toContain('\r\n3,');
    expect(csv).toContain("'=cmd");

    const left = await importFile(admin, {
      layer: 'parts',
      name: 'mixed.csv',
      content,
      options: { rejected: 'leave-out', acceptWarnings: true },
    });
    expect(left.error).toBeUndefined();
    expect(left.result).toMatchObject({ written: true, counts: { read: 3, added: 1, rejected: 2 } });
    expect(await count()).toBe(before + 1);
  });

  test('a code that comes twice is nobody’s: both rows are left out', async () => {
    const before = await count();
    const content = [
      header,
      lineOf('62010301003930001', 12),
      lineOf('62010301003930002', 13),
      lineOf('62010301003930001', 14),
    ].join('\n');
    const left = await importFile(admin, {
      layer: 'parts',
      name: 'twice.csv',
      content,
      options: { rejected: 'leave-out', acceptWarnings: true },
    });
    expect(left.error).toBeUndefined();
    expect(left.result).toMatchObject({ written: true, counts: { read: 3, added: 1, rejected: 2 } });
    expect(await count()).toBe(before + 1);
  });

  test('a large one puts a new table in the place of the old, and loses nothing of it', async () => {
    const before = await count();
    const shapeOf = async () => {
      const { rows } = await server.db.query<{ what: string }>(sql`
        select pg_get_indexdef(indexrelid) as what from pg_index where indrelid = 'public.parts'::regclass
        union all
        select conname || ' ' || pg_get_constraintdef(oid) from pg_constraint
        where conrelid = 'public.parts'::regclass and contype <> 'n'
        union all
        select attname || ' ' || attnotnull from pg_attribute
        where attrelid = 'public.parts'::regclass and attnum > 0
        order by 1`);
      return rows.map(({ what }) => what);
    };
    const shape = await shapeOf();
    const kept = (await admin.get<Part>('/parts/62010301003910002')).body;
    const size = engine === 'embedded' ? 6_000 : 60_000;
    const lines = [header];
    for (let n = 0; n < size; n++) {
      const { lon, lat } = places[n % places.length] ?? { lon: 0, lat: 0 };
      const step = 1e-7 * Math.floor(n / places.length);
      lines.push(
        `62010301012${String(n + 100_000)},P01012,${(lon + step).toFixed(7)},${lat},planning,规划建设局,完好`,
      );
    }
    lines.push(lineOf('62010301003910002', 2, 'planning,规划建设局,丢失'));
    const content = lines.join('\n');
    const job = await importFile(admin, { layer: 'parts', name: 'large.csv', content });
    expect(job.error).toBeUndefined();
    expect(job.result?.counts).toMatchObject({ added: size, updated: 1, rejected: 0 });
    expect(await count()).toBe(before + size);
    expect(await shapeOf()).toEqual(shape);
    expect((await admin.get<Part>('/parts/62010301003910002')).body).toMatchObject({
      ...kept,
      state: 'missing',
      version: kept.version + 1,
    });
    const wrong = await server.db.query(sql`
      select p.code from parts p
      where p.class_id = 'P01012' and p.cell_code <> (
        select c.code from cells c where c.retired_at is null and st_covers(c.geom, p.geom) order by c.code limit 1
      )`);
    expect(wrong.rows).toEqual([]);
    const again = await importFile(admin, { layer: 'parts', name: 'large.csv', content });
    expect(again.result?.counts).toMatchObject({ added: 0, updated: 0, unchanged: size + 1 });
    expect(await leftovers()).toEqual([]);
  });

  test('a cancelled one stops soon and leaves nothing', async () => {
    const before = await count();
    const lines = [header];
    for (let n = 0; n < 200_000; n++) {
      lines.push(
        `62010301014${String(n + 100_000)},P01014,${places[n % 50]?.lon},${places[n % 50]?.lat},,,完好`,
      );
    }
    const job = await submitFile(admin, { layer: 'parts', name: 'long.csv', content: lines.join('\n') });
    expect((await admin.post(`/jobs/${job.id}/cancel`)).status).toBe(200);
    expect(await untilEnded(admin, job)).toMatchObject({ state: 'cancelled' });
    expect(await count()).toBe(before);
    expect(await leftovers()).toEqual([]);
    expect((await admin.post(`/jobs/${job.id}/cancel`)).body).toMatchObject({ code: 'JOB_ENDED' });
  });

  test('is the administrator’s alone', async () => {
    const operator = await server.signIn('operator');
    for (const path of ['/jobs', '/import-profiles', '/import-layers']) {
      expect((await operator.get(path)).status).toBe(403);
      expect((await server.anonymous().get(path)).status).toBe(401);
    }
    const form = new FormData();
    form.append('file', new Blob(['a']), 'a.csv');
    expect((await operator.post('/imports?layer=parts', form)).status).toBe(403);
    expect((await admin.post('/imports?layer=parts', {})).body).toMatchObject({
      code: 'IMPORT_FILE_REQUIRED',
    });
    expect((await admin.post('/imports?layer=trees', new FormData())).status).toBe(400);
  });

  test('mappings are kept as profiles', async () => {
    const profile = {
      name: 'surveyor',
      layer: 'parts',
      mapping: {
        class_id: { constant: 'P01003' },
        code: { column: 'bh' },
        lon: { column: 'jd' },
        lat: { column: 'wd' },
      },
      datum: 'wgs84',
    };
    const made = await admin.post<ImportProfile>('/import-profiles', profile);
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject(profile);
    expect((await admin.post('/import-profiles', profile)).body).toMatchObject({
      code: 'IMPORT_PROFILE_EXISTS',
    });
    const renamed = await admin.call<ImportProfile>('PUT', `/import-profiles/${made.body.id}`, {
      ...profile,
      name: 'x',
    });
    expect(renamed.body.name).toBe('x');
    const job = await importFile(admin, {
      layer: 'parts',
      name: 'odd.csv',
      content: `bh,jd,wd\n62010301003930001,${places[12]?.lon},${places[12]?.lat}\n`,
      options: { profile: 'x', dryRun: true },
    });
    expect(job.result?.counts).toMatchObject({ added: 1, rejected: 0 });
    expect((await admin.call('DELETE', `/import-profiles/${made.body.id}`)).status).toBe(204);
    expect((await admin.get<{ items: unknown[] }>('/import-profiles')).body.items).toEqual([]);
  });
});
