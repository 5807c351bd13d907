import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import sql from 'sql-template-tag';
import type { CaseSummary } from '#contract/cases';
import type { RegisterChange } from '#contract/history';
import type { NewPart, Part, PartEdit, StateChanged } from '#contract/parts';
import type { Change } from '#contract/realtime';
import type { ErrorBody } from '#contract/shared';
import { versionOf } from '../../server/settings/service.ts';
import { fileVendor } from '../support/case-story.ts';
import { eventually } from '../support/live-client.ts';
import type { TestClient } from '../support/test-client.ts';
import { engines } from '../support/test-database.ts';
import { startTestServer, type TestServer } from '../support/test-server.ts';

const drainCode = '62010301003000001';
const sampleJpeg = readFileSync(join(import.meta.dirname, '../../data/qilihe/sample-photo.jpg'));

describe.each(engines)('editing parts on %s', (engine) => {
  let server: TestServer;
  let admin: TestClient;
  beforeAll(async () => {
    server = await startTestServer({ engine });
    admin = await server.signIn('admin');
  });
  afterAll(() => server.close());

  const get = async (code: string) => (await admin.get<Part>(`/parts/${code}`)).body;
  const patch = <T = Part>(code: string, edit: PartEdit, client = admin) =>
    client.call<T>('PATCH', `/parts/${code}`, edit);
  const historyOf = async (code: string) =>
    (await admin.get<{ items: RegisterChange[] }>(`/register/changes?subject=part&code=${code}`)).body.items;

  async function add(given: Partial<NewPart> = {}): Promise<Part> {
    const { position } = await get(drainCode);
    const answer = await admin.post<Part>('/parts', { class: 'P01003', position, ...given });
    expect(answer.status, JSON.stringify(answer.body)).toBe(201);
    return answer.body;
  }

  test('a new part gets the next code of its class, a cell, an authority and a first version', async () => {
    const { rows } = await server.db.query<{ last: string }>(
      sql`select max(code) as last from parts where class_id = 'P01003'`,
    );
    const one = await add({ note: '新装' });
    const two = await add();
    expect(BigInt(one.code) - BigInt(rows[0]?.last ?? 0)).toBe(1n);
    expect(BigInt(two.code) - BigInt(one.code)).toBe(1n);
    expect(one).toMatchObject({
      class: 'P01003',
      cell: { code: '620103005005023' },
      authority: { code: 'planning' },
      state: 'intact',
      initialDate: '2026-10-16',
      note: '新装',
      version: 1,
      photos: [],
    });
    expect(one.owner).toBeUndefined();
    expect(await historyOf(one.code)).toMatchObject([
      { action: 'add', after: { class: 'P01003', geometry: { type: 'Point' } } },
    ]);
    const old = await add({ class: '2013:P0104', authority: { code: 'planning', name: '规划建设局' } });
    expect(old.code).toBe('6201030104000001');
  });

  test('adding says what is wrong with it', async () => {
    const { position } = await get(drainCode);
    const refused = async (given: Partial<NewPart>) => {
      const answer = await admin.post<ErrorBody>('/parts', { class: 'P01003', position, ...given });
      return [answer.status, answer.body.code];
    };
    expect(await refused({ class: 'P01999' })).toEqual([422, 'UNKNOWN_CLASS']);
    expect(await refused({ class: 'E01001' })).toEqual([422, 'UNKNOWN_CLASS']);
    expect(await refused({ position: { lon: 0, lat: 0 } })).toEqual([422, 'POSITION_OUTSIDE_DISTRICT']);
    expect(await refused({ code: drainCode })).toEqual([409, 'PART_CODE_TAKEN']);
    expect(await refused({ code: '62010301004000001' })).toEqual([422, 'PART_CODE_WRONG']);
    expect(await refused({ code: '62010401003000001' })).toEqual([422, 'PART_CODE_WRONG']);
    expect(await refused({ class: '2013:P0101' })).toEqual([422, 'PART_AUTHORITY_REQUIRED']);
    expect(await refused({ note: 'a\0b' })).toEqual([400, 'INVALID_INPUT']);
    expect(await refused({ initialDate: '2026-02-30' })).toEqual([400, 'INVALID_INPUT']);
    const part = await add({ code: '62010301003777777' });
    expect(part.code).toBe('62010301003777777');
  });

  test('when the last sequence is taken the gaps are used', async () => {
    const last = await add({ code: '62010301003999999' });
    expect(last.version).toBe(1);
    const { rows } = await server.db.query<{ free: string }>(sql`
      select '62010301003' || lpad(min(n)::text, 6, '0') as free from generate_series(1, 999999) n
      where not exists (select 1 from parts where code = '62010301003' || lpad(n::text, 6, '0'))`);
    expect((await add()).code).toBe(rows[0]?.free);
  });

  test('the same idempotency key adds once', async () => {
    const { position } = await get(drainCode);
    const body = { class: 'P01003', position };
    const send = (given: unknown) =>
      admin.post<Part>('/parts', given, { 'idempotency-key': `once ${engine}` });
    const [first, second] = [await send(body), await send(body)];
    expect(second.body).toEqual(first.body);
    const reused = await send({ ...body, note: 'other' });
    expect(reused.body).toMatchObject({ code: 'IDEMPOTENCY_KEY_REUSED' });
  });

  test('an edit changes what it names, keeps the rest and the history of both', async () => {
    const part = await add({ note: 'as it was', owner: { code: 'invest', name: '公投集团' } });
    const answer = await patch(part.code, {
      expectedVersion: 1,
      owner: null,
      maintainer: { code: 'planning', name: '规划建设局' },
      reason: '移交',
    });
    expect(answer.body).toMatchObject({ note: 'as it was', maintainer: { code: 'planning' }, version: 2 });
    expect(answer.body.owner).toBeUndefined();
    expect(answer.body.changedDate).toBe('2026-10-16');
    const [change] = await historyOf(part.code);
    expect(change).toMatchObject({ action: 'edit', reason: '移交', undone: false });
    expect(change?.before).toEqual({ owner: { code: 'invest', name: '公投集团' }, maintainer: null });
    expect(change?.after).toEqual({ owner: null, maintainer: { code: 'planning', name: '规划建设局' } });
  });

  test('moving finds the new cell, and refuses to leave the district', async () => {
    const part = await add();
    const { rows } = await server.db.query<{ code: string; lon: number; lat: number }>(sql`
      select c.code, st_x(st_pointonsurface(c.geom)) as lon, st_y(st_pointonsurface(c.geom)) as lat
      from cells c where c.community_code like '620103001%' order by c.code limit 1`);
    const target = rows[0]!;
    const moved = await patch(part.code, {
      expectedVersion: 1,
      position: { lon: target.lon, lat: target.lat },
    });
    expect(moved.body.cell.code).toBe(target.code);
    expect((await historyOf(part.code))[0]?.action).toBe('move');
    const outside = await patch<ErrorBody>(part.code, {
      expectedVersion: 2,
      position: { lon: 104.5, lat: 36 },
    });
    expect(outside.body.code).toBe('POSITION_OUTSIDE_DISTRICT');
    expect((await get(part.code)).version).toBe(2);
  });

  test('a stale edit gets the part as it is now', async () => {
    const part = await add();
    await patch(part.code, { expectedVersion: 1, note: 'first' });
    const stale = await patch<ErrorBody>(part.code, { expectedVersion: 1, note: 'second' });
    expect([stale.status, stale.body.code]).toEqual([409, 'STALE_VERSION']);
    expect(stale.body.details).toMatchObject({ part: { code: part.code, version: 2, note: 'first' } });
    const both = await Promise.all(['a', 'b'].map((note) => patch(part.code, { expectedVersion: 2, note })));
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
  });

  test('an edit that changes nothing writes nothing', async () => {
    const part = await add();
    const version = await versionOf(server.db, 'parts');
    const answer = await patch(part.code, { expectedVersion: 1, state: 'intact', position: part.position });
    expect(answer.body).toEqual(part);
    expect(await historyOf(part.code)).toHaveLength(1);
    expect(await versionOf(server.db, 'parts')).toBe(version);
    await patch(part.code, { expectedVersion: 1, state: 'damaged' });
    expect(await versionOf(server.db, 'parts')).not.toBe(version);
  });

  test('retiring keeps the part as removed', async () => {
    const part = await add();
    const answer = await admin.post<Part>(`/parts/${part.code}/retire`, {
      expectedVersion: 1,
      reason: '拆除',
    });
    expect(answer.body.state).toBe('removed');
    expect((await historyOf(part.code))[0]).toMatchObject({ action: 'retire', reason: '拆除' });
    const noReason = await admin.post(`/parts/${part.code}/retire`, { expectedVersion: 2 });
    expect(noReason.status).toBe(400);
  });

  test('a batch of states is all or none, and is undone as one', async () => {
    const parts = [await add(), await add(), await add({ state: 'damaged' })];
    const codes = parts.map(({ code }) => code);
    const states = async () => Promise.all(codes.map(async (code) => (await get(code)).state));
    const body = { state: 'damaged', reason: '暴雨', codes };
    const none = await admin.post<ErrorBody>('/parts/states', {
      ...body,
      codes: [...codes, '62010301003888888'],
    });
    expect([none.status, none.body.details]).toEqual([404, { parts: ['62010301003888888'], count: 1 }]);
    expect(await states()).toEqual(['intact', 'intact', 'damaged']);

    const done = await admin.post<StateChanged>('/parts/states', body);
    expect(done.body).toMatchObject({ changed: 2, unchanged: 1 });
    expect(await states()).toEqual(['damaged', 'damaged', 'damaged']);
    const undone = await admin.post(`/register/changes/${done.body.batch}/undo`);
    expect(undone.body).toMatchObject({ undone: 2 });
    expect(await states()).toEqual(['intact', 'intact', 'damaged']);
    expect((await get(codes[0]!)).version).toBe(3);
    const again = await admin.post<ErrorBody>(`/register/changes/${done.body.batch}/undo`);
    expect(again.body.code).toBe('ALREADY_UNDONE');

    const neither = await admin.post<ErrorBody>('/parts/states', { state: 'damaged', reason: 'x' });
    expect(neither.body.code).toBe('INVALID_INPUT');
  });

  test('ten thousand parts change state in one batch and back, and no more than that', async () => {
    const everything = { state: 'abandoned', reason: '普查', filter: {} };
    const tooMany = await admin.post<ErrorBody>('/parts/states', everything);
    expect([tooMany.status, tooMany.body.code]).toEqual([422, 'TOO_MANY_PARTS']);
    const { rows } = await server.db.query<{ code: string }>(sql`
      select code from parts where state = 'intact' order by code limit 10000`);
    const codes = rows.map(({ code }) => code);
    const started = performance.now();
    const done = await admin.post<StateChanged>('/parts/states', { state: 'damaged', reason: '普查', codes });
    const changed = performance.now();
    expect(done.body, JSON.stringify(done.body)).toMatchObject({ changed: 10_000 });
    const undone = await admin.post<{ undone: number }>(`/register/changes/${done.body.batch}/undo`);
    console.log(
      `${engine}: 10,000 states ${Math.round(changed - started)} ms, undone ${Math.round(performance.now() - changed)} ms`,
    );
    expect(undone.body.undone).toBe(10_000);
    const left = await server.db.query(
      sql`select 1 from parts where code = any(${codes}) and state <> 'intact'`,
    );
    expect(left.rowCount).toBe(0);
  }, 60_000);

  test('a filter chooses the parts of a batch', async () => {
    const filter = { class: 'P01003', cell: '620103005005023', state: 'intact' } as const;
    const query = new URLSearchParams({ ...filter, limit: '500' });
    const before = (await admin.get<{ items: Part[] }>(`/parts?${query}`)).body.items.length;
    const done = await admin.post<StateChanged>('/parts/states', { state: 'damaged', reason: 'x', filter });
    expect(done.body).toMatchObject({ changed: before, unchanged: 0 });
    await admin.post(`/register/changes/${done.body.batch}/undo`);
  });

  test('an edit, a move and an addition are undone; what was changed since is not', async () => {
    const part = await add();
    await patch(part.code, {
      expectedVersion: 1,
      note: 'x',
      position: { ...part.position, lon: part.position.lon + 0.0004 },
    });
    const [edit, added] = await historyOf(part.code);
    await patch(part.code, { expectedVersion: 2, note: 'y' });
    const since = await admin.post<ErrorBody>(`/register/changes/${edit!.batch}/undo`);
    expect(since.body.code).toBe('CHANGED_SINCE');
    const [last] = await historyOf(part.code);
    expect((await admin.post(`/register/changes/${last!.batch}/undo`)).status).toBe(200);
    expect((await admin.post(`/register/changes/${edit!.batch}/undo`)).status).toBe(200);
    const back = await get(part.code);
    expect(back).toMatchObject({ position: part.position, cell: part.cell, version: 5 });
    expect(back.note).toBeUndefined();
    expect((await admin.post(`/register/changes/${added!.batch}/undo`)).status).toBe(200);
    expect((await get(part.code)).state).toBe('removed');
  });

  test('photos are added by who uploaded them, shown to who sees the part, and taken off again', async () => {
    const part = await add();
    const upload = await admin.call<{ id: string }>('POST', '/attachments', sampleJpeg, {
      'content-type': 'image/jpeg',
    });
    const { id } = upload.body;
    const supervisor = await server.signIn('supervisor');
    const foreign = await supervisor.post<ErrorBody>(`/parts/${part.code}/photos`, { attachmentId: id });
    expect(foreign.body.code).toBe('ATTACHMENT_NOT_FOUND');
    for (let n = 0; n < 2; n++) {
      const answer = await admin.post<Part>(`/parts/${part.code}/photos`, { attachmentId: id });
      expect(answer.body.photos).toEqual([id]);
    }
    expect((await (await server.signIn('operator')).get(`/attachments/${id}`)).status).toBe(200);
    expect((await (await server.signIn('subdistrict-620103001')).get(`/attachments/${id}`)).status).toBe(404);
    const gone = await admin.call<Part>('DELETE', `/parts/${part.code}/photos/${id}`);
    expect(gone.body.photos).toEqual([]);
    const [removed] = await historyOf(part.code);
    await admin.post(`/register/changes/${removed!.batch}/undo`);
    expect((await get(part.code)).photos).toEqual([id]);
  });

  test('open maps hear of it', async () => {
    const socket = await (await server.signIn('operator')).connect();
    const heard: Change[] = [];
    socket.on('changes', ({ changes }) => heard.push(...changes));
    const part = await add();
    await patch(part.code, { expectedVersion: 1, state: 'missing' });
    await eventually(
      () => heard.some(({ id, patch: p }) => id === part.code && (p as Part).version === 2),
      'the change',
    );
    expect(heard.findLast(({ id }) => id === part.code)).toMatchObject({
      kind: 'part',
      patch: { class: 'P01003', state: 'missing', position: part.position },
    });
    socket.close();
  });

  test('those who only read may not change, those outside the scope know of nothing', async () => {
    const part = await add();
    const edit = { expectedVersion: 1, note: 'x' };
    for (const username of ['chief', 'collector', 'operator', 'wall', 'unit-planning']) {
      const answer = await patch<ErrorBody>(part.code, edit, await server.signIn(username));
      expect([username, answer.body.code]).toEqual([username, 'NOT_ALLOWED']);
    }
    expect((await patch(part.code, edit, await server.signIn('supervisor'))).status).toBe(200);
    await server.db.query(sql`
      update users set scope_kind = 'subdistrict', scope_code = '620103001' where username = 'supervisor'`);
    const narrow = await server.signIn('supervisor');
    expect((await patch(part.code, { ...edit, expectedVersion: 2 }, narrow)).status).toBe(404);
    const outside = await narrow.post<ErrorBody>('/parts', { class: 'P01003', position: part.position });
    expect(outside.body.code).toBe('POSITION_OUTSIDE_DISTRICT');
    await server.db.query(sql`
      update users set scope_kind = 'district', scope_code = '620103' where username = 'supervisor'`);
  });

  test('the cases of a part are those one may see', async () => {
    const operator = await server.signIn('operator');
    const { id } = (await fileVendor(server, operator)).case;
    await server.db.query(sql`update cases set part_code = ${drainCode} where id = ${id}`);
    const cases = async (username: string, query = '') => {
      const path = `/parts/${drainCode}/cases${query}`;
      return (await (await server.signIn(username)).get<{ items: CaseSummary[] }>(path)).body.items;
    };
    expect((await cases('operator')).map((one) => one.id)).toEqual([id]);
    expect(await cases('operator', '?open=true')).toHaveLength(1);
    expect(await cases('unit-planning')).toEqual([]);
    expect((await admin.get('/parts/62010301003888888/cases')).status).toBe(404);
  });

  test('lists take every filter', async () => {
    const list = async (query: string) => (await admin.get<{ items: Part[] }>(`/parts?${query}`)).body.items;
    const inside = await list('division=620103001&limit=500');
    expect(inside).toHaveLength(500);
    expect(inside.every(({ cell }) => cell.code.startsWith('620103001'))).toBe(true);
    const owned = await list('owner=invest&class=P01003');
    expect(owned.length).toBeGreaterThan(0);
    expect(owned.every(({ owner }) => owner?.code === 'invest')).toBe(true);
    const kept = await list('maintainer=post');
    expect(kept.every(({ maintainer }) => maintainer?.code === 'post')).toBe(true);
    const broken = await list('state=damaged');
    expect(broken.every(({ state }) => state === 'damaged')).toBe(true);
    expect((await admin.get('/parts?bbox=1,2')).status).toBe(400);
    expect((await admin.get('/parts?q=a%00b')).status).toBe(400);
  });
});
