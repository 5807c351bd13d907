import sql from 'sql-template-tag';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CellCard, CellCheckResult, GridPlanResult, Head } from '#contract/grid';
import type { Job } from '#contract/jobs';
import { endJob, finishJob } from '../support/finish-job.ts';
import type { TestClient } from '../support/test-client.ts';
import { engines } from '../support/test-database.ts';
import { startTestServer, type TestServer } from '../support/test-server.ts';

const COMMUNITY = '620103005003';

interface PlanFeatures {
  features: { id: string; properties: { areaSquareMetres: number; communityCode: string } }[];
}

describe.each(engines)('grid plans on %s', (engine) => {
  let server: TestServer;
  let admin: TestClient;
  beforeAll(async () => {
    server = await startTestServer({ engine });
    admin = await server.signIn('admin');
  });
  afterAll(() => server.close());

  const plan = (divisions: string[], targetSquareMetres: number) =>
    admin.post<Job>('/grid-plans', { divisions, targetSquareMetres });
  const lost = (table: 'parts' | 'cases' | 'reports') => {
    const tables = {
      parts: sql`parts`,
      cases: sql`cases`,
      reports: sql`reports`,
    };
    return server.db.query<{ code: string }>(sql`
      select t.cell_code as code
      from ${tables[table]} t
      join cells c on c.code = t.cell_code
      where left(t.cell_code, 12) = ${COMMUNITY} and (c.retired_at is not null or not st_covers(c.geom, t.geom))`);
  };

  test('a plan changes nothing, shows its cells, and is put in force whole', async () => {
    const before = (await admin.get(`/cells?division=${COMMUNITY}&limit=500`)).body as {
      items: { code: string }[];
    };
    const { rows: places } = await server.db.query<{ lon: number; lat: number }>(sql`
      select st_x(p.geom) as lon, st_y(p.geom) as lat from parts p where starts_with(p.cell_code, ${COMMUNITY}) limit 1`);
    const [place] = places;
    if (!place) throw new Error('the sample has no part here');
    const filed = await admin.post('/reports', {
      channel: 'hotline',
      class: 'P01003',
      position: place,
      text: '井盖破损',
    });
    expect(filed.status).toBe(201);

    const submitted = await plan([COMMUNITY], 5_000);
    const result = await finishJob<GridPlanResult>(admin, submitted);
    expect(result).toMatchObject({ communities: 1, replaced: before.items.length, applied: false });
    expect(result.medianSquareMetres).toBeGreaterThan(4_500);
    expect(result.medianSquareMetres).toBeLessThan(5_500);
    expect(result.maxSquareMetres).toBeLessThan(10_500);
    expect(result.parts).toBeGreaterThan(10);
    const { id } = submitted.body;

    const shown = await admin.get<PlanFeatures>(`/grid-plans/${id}/cells.geojson`);
    expect(shown.headers.get('content-type')).toContain('application/geo+json');
    expect(shown.body.features).toHaveLength(result.cells);
    expect(shown.body.features[0]?.id).toBe(`${COMMUNITY}001`);
    const { rows: whole } = await server.db.query<{ share: number }>(sql`
      select (select sum(st_area(p.geom)) from grid_plan_cells p) / st_area(d.geom) as share
      from divisions d
      where d.code = ${COMMUNITY}`);
    expect(whole[0]?.share).toBeCloseTo(1, 5);
    const same = (await admin.get(`/cells?division=${COMMUNITY}&limit=500`)).body;
    expect(same).toEqual(before);

    const applied = await admin.post<GridPlanResult>(`/grid-plans/${id}/apply`, {});
    expect(applied).toMatchObject({ status: 200, body: { applied: true, cells: result.cells } });
    const after = (await admin.get(`/cells?division=${COMMUNITY}&limit=500`)).body as {
      items: { code: string }[];
    };
    expect(after.items).toHaveLength(result.cells);
    for (const table of ['parts', 'cases', 'reports'] as const)
      expect((await lost(table)).rows, table).toEqual([]);

    const check = await finishJob<CellCheckResult>(
      admin,
      await admin.post('/cells/check', { divisions: [COMMUNITY] }),
    );
    const { area: _, ...rest } = check.counts;
    expect(rest).toEqual({});

    const heads = (await admin.get<{ items: Head[] }>(`/heads?division=${COMMUNITY}&role=grid-head`)).body
      .items;
    expect(heads.reduce((sum, { cellCount }) => sum + cellCount, 0)).toBe(result.cells);

    const history = await admin.get(`/register/changes?subject=cell&code=${COMMUNITY}001`);
    expect(history.body).toMatchObject({
      items: [{ action: 'edit', before: { geometry: { type: 'Polygon' } } }],
    });
    expect((await admin.get<{ result: GridPlanResult }>(`/jobs/${id}`)).body.result.applied).toBe(true);
    expect((await admin.post(`/grid-plans/${id}/apply`, {})).body).toMatchObject({ code: 'PLAN_APPLIED' });
  });

  test('cells that are no more stay as ended ones, and come back under their code', async () => {
    const large = await plan([COMMUNITY], 60_000);
    await finishJob(admin, large);
    expect((await admin.post(`/grid-plans/${large.body.id}/apply`, {})).status).toBe(200);
    const gone = (await admin.get<CellCard>(`/cells/${COMMUNITY}020`)).body;
    expect(gone.retiredAt).toBe('2026-10-16T02:00:00.000Z');
    expect(gone.heads).toEqual([]);
    for (const table of ['parts', 'cases', 'reports'] as const)
      expect((await lost(table)).rows, table).toEqual([]);
    const small = await plan([COMMUNITY], 10_000);
    await finishJob(admin, small);
    expect((await admin.post(`/grid-plans/${small.body.id}/apply`, {})).status).toBe(200);
    expect((await admin.get<CellCard>(`/cells/${COMMUNITY}020`)).body).not.toHaveProperty('retiredAt');
  });

  test('live screens hear of an open case whose cell changed', async () => {
    const { rows } = await server.db.query<{ code: string; lon: number; lat: number }>(sql`
      select c.code, st_x(st_pointonsurface(c.geom)) as lon, st_y(st_pointonsurface(c.geom)) as lat
      from cells c
      where c.community_code = ${COMMUNITY} and c.retired_at is null
      order by c.code desc
      limit 1`);
    const [last] = rows;
    if (!last) throw new Error('no cell');
    const report = await admin.post<{ id: string }>('/reports', {
      channel: 'hotline',
      class: 'P01003',
      position: { lon: last.lon, lat: last.lat },
      text: '井盖破损',
    });
    const accepted = await admin.post<{ id: string }>(`/reports/${report.body.id}/accept`, {
      expectedVersion: 1,
    });
    expect(accepted.status).toBeLessThan(300);
    const feed = async (after: number) =>
      (
        await admin.get<{ to: number; changes: { kind: string; patch: { cell?: { code: string } } }[] }>(
          `/feed?after=${after}&limit=500`,
        )
      ).body;
    const seen = (await feed(0)).to;
    const coarse = await plan([COMMUNITY], 30_000);
    await finishJob(admin, coarse);
    expect((await admin.post(`/grid-plans/${coarse.body.id}/apply`, {})).status).toBe(200);
    const cells = async () =>
      (await feed(seen)).changes.filter(({ kind }) => kind === 'case').map(({ patch }) => patch.cell?.code);
    await expect.poll(async () => (await cells()).length).toBeGreaterThan(0);
    expect(await cells()).not.toContain(last.code);
  });

  test('a plan of too many cells says which target would do', async () => {
    const job = await endJob(admin, await plan(['620103101'], 2_500));
    expect(job).toMatchObject({ state: 'failed', error: { code: 'TOO_MANY_CELLS' } });
    const details = job.error?.details as { communities: string[]; targetSquareMetres: number };
    expect(details.communities.length).toBeGreaterThan(0);
    const enough = await finishJob<GridPlanResult>(
      admin,
      await plan(['620103101'], details.targetSquareMetres),
    );
    expect(enough.cells).toBeGreaterThan(500);
    const left = await server.db.query(sql`select 1 from grid_plan_cells p where p.job_id = ${job.id}`);
    expect(left.rows).toEqual([]);
  });

  test('a plan of communities that changed since is out of date', async () => {
    const old = await plan([COMMUNITY], 8_000);
    await finishJob(admin, old);
    await server.db.query(sql`update settings set value = '"another"' where key = 'version:divisions'`);
    expect((await admin.post(`/grid-plans/${old.body.id}/apply`, {})).body).toMatchObject({
      code: 'PLAN_OUTDATED',
    });
    expect((await admin.get(`/grid-plans/${old.body.id}/cells.geojson`)).status).toBe(200);
  });

  test('is the administrator’s, for divisions there are', async () => {
    const chief = await server.signIn('chief');
    expect(
      (await chief.post('/grid-plans', { divisions: [COMMUNITY], targetSquareMetres: 10_000 })).status,
    ).toBe(403);
    expect((await plan(['999999999999'], 10_000)).body).toMatchObject({ code: 'UNKNOWN_DIVISION' });
    expect((await admin.get('/grid-plans/0199e5a0-0000-7000-8000-000000000000/cells.geojson')).status).toBe(
      404,
    );
  });
});
