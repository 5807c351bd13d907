import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import sql from 'sql-template-tag';
import type { CellFigures, MapView } from '#contract/map';
import type { ErrorBody } from '#contract/shared';
import { engines } from '../support/test-database.ts';
import { startTestServer, testStart, type TestServer } from '../support/test-server.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
const cell = '620103005005023';

describe.each(engines)('the map on %s', (engine) => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startTestServer({ engine });
  });
  afterAll(() => server.close());

  interface Given {
    stage: string;
    /** days from the start of the test to the handling deadline */
    dueDays: number;
    usedSeconds?: number;
    dispatches?: number;
    notices?: number;
    unit?: string;
  }
  let made = 0;
  async function addCase({
    stage,
    dueDays,
    usedSeconds,
    dispatches = 1,
    notices = 0,
    unit = 'planning',
  }: Given) {
    made += 1;
    const id = `0199e0a0-0000-7000-8000-${String(made).padStart(12, '0')}`;
    const due = new Date(testStart.getTime() + dueDays * DAY_MS);
    const closed = stage === 'closed' ? due : null;
    await server.db.query(sql`
      insert into cases (id, number, class_id, limit_id, kind, channel, accuracy_metres, cell_code, community_code,
        subdistrict_code, stage, unit_code, resolution, urgent, special, dispatch_count, second_notices, received_at,
        filed_at, stage_since, due_at, closed_at, updated_at, geom)
      select ${id}::uuid, ${`m${made}`}, 'P01003', min(l.id), 'part', 'video', 1, ${cell}, '620103005005', '620103005',
        ${stage}, ${unit}, '{}', false, false, ${dispatches}::integer, ${notices}::integer, now(), now(), now(),
        ${due}::timestamptz, ${closed}::timestamptz, now(), st_setsrid(st_makepoint(103.76, 36.06), 4326)
      from class_limits l
      where l.class_id = 'P01003'`);
    await server.db.query(sql`
      insert into case_facts (case_id, number, class_id, kind, channel, urgent, special, subdistrict_code,
        community_code, cell_code, received_at, filed_at, filed_in_time, unit_code, due_at, limit_seconds, used_seconds,
        closed_at, voided_at, repeated_at)
      values (${id}::uuid, ${`m${made}`}, 'P01003', 'part', 'video', false, false, '620103005', '620103005005', ${cell},
        now(), now(), true, ${unit}, ${due}::timestamptz, 3600, ${usedSeconds ?? null}::bigint, ${closed}::timestamptz,
        ${stage === 'void' ? due : null}::timestamptz, ${dispatches + notices > 1 ? due : null}::timestamptz)`);
  }

  test('colours cells by open and overdue cases and by their score of 30 days', async () => {
    const none = await (await server.signIn('wall')).get<CellFigures>('/map/cells');
    expect(none.body).toEqual({
      codes: [],
      open: [],
      overdue: [],
      score: [],
      asOf: testStart.toISOString(),
    });
    await addCase({ stage: 'closed', dueDays: -1, usedSeconds: 3600 });
    await addCase({ stage: 'closed', dueDays: -1, usedSeconds: 3601 });
    await addCase({ stage: 'closed', dueDays: -1, usedSeconds: 10, dispatches: 2 });
    await addCase({ stage: 'closed', dueDays: -1, usedSeconds: 10, notices: 1 });
    await addCase({ stage: 'closed', dueDays: -31, usedSeconds: 10 });
    await addCase({ stage: 'void', dueDays: -1 });
    await addCase({ stage: 'handling', dueDays: -1, unit: 'post' });
    await addCase({ stage: 'handling', dueDays: 1 });
    server.clock.advance(4_000);
    const chief = await server.signIn('chief');
    const shown = await chief.get<CellFigures>('/map/cells');
    // five due, four closed, one in time: 100 × (0.8 × 1/5 + 0.2 × 4/5)
    expect(shown.body).toMatchObject({ codes: [cell], open: [2], overdue: [1], score: [32] });
    const etag = shown.headers.get('etag') ?? '';
    server.clock.advance(10_000);
    expect((await chief.call('GET', '/map/cells', undefined, { 'if-none-match': etag })).status).toBe(304);
    const own = await (await server.signIn('unit-post')).get<CellFigures>('/map/cells');
    expect(own.body).toMatchObject({ codes: [cell], open: [1], overdue: [1], score: [0] });
    const elsewhere = await (await server.signIn('subdistrict-620103001')).get<CellFigures>('/map/cells');
    expect(elsewhere.body.codes).toEqual([]);
    expect((await server.anonymous().get('/map/cells')).status).toBe(401);
  });

  test('keeps views for their owner, and for all when a supervisor shares them', async () => {
    const operator = await server.signIn('operator');
    const supervisor = await server.signIn('supervisor');
    const view = {
      name: '夜间巡查',
      shared: false,
      search: { c: '103.76,36.06,1200', layers: 'parts,cases' },
    };
    const made = await operator.post<MapView>('/map/views', view);
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({ ...view, mine: true });
    const id = made.body.id;
    const listOf = async (client: typeof operator) =>
      (await client.get<{ items: MapView[] }>('/map/views')).body.items.map(({ name, mine }) => [name, mine]);
    expect(await listOf(operator)).toEqual([['夜间巡查', true]]);
    expect(await listOf(supervisor)).toEqual([]);
    expect((await supervisor.call('DELETE', `/map/views/${id}`)).status).toBe(404);
    const refused = await operator.call<ErrorBody>('PUT', `/map/views/${id}`, { ...view, shared: true });
    expect([refused.status, refused.body.code]).toEqual([403, 'NOT_ALLOWED']);

    const shared = await supervisor.post<MapView>('/map/views', { ...view, name: '全区', shared: true });
    expect(await listOf(operator)).toEqual([
      ['夜间巡查', true],
      ['全区', false],
    ]);
    expect((await operator.call('DELETE', `/map/views/${shared.body.id}`)).status).toBe(403);
    const admin = await server.signIn('admin');
    const renamed = await admin.call<MapView>('PUT', `/map/views/${shared.body.id}`, {
      ...view,
      name: '全区夜景',
      shared: true,
    });
    expect(renamed.body).toMatchObject({ name: '全区夜景', mine: false });
    expect((await admin.call('DELETE', `/map/views/${shared.body.id}`)).status).toBe(204);
    expect((await operator.call('DELETE', `/map/views/${id}`)).status).toBe(204);
    expect(await listOf(operator)).toEqual([]);
    for (const wrong of [
      { ...view, name: '' },
      { ...view, more: 1 },
      { ...view, search: { a: { b: 1 } } },
    ])
      expect((await operator.post('/map/views', wrong)).status).toBe(400);
    expect((await operator.call('DELETE', '/map/views/nothing')).status).toBe(400);
  });

  test('has no sources but its own tiles until some are configured', async () => {
    const wall = await server.signIn('wall');
    expect((await wall.get('/map/sources')).body).toEqual({ items: [] });
    expect((await server.anonymous().get('/map/sources')).status).toBe(401);
  });
});
