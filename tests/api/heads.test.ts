import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Head, HeadDetail } from '#contract/grid';
import type { RegisterChange } from '#contract/history';
import type { TestClient } from '../support/test-client.ts';
import { engines } from '../support/test-database.ts';
import { startTestServer, type TestServer } from '../support/test-server.ts';

const COMMUNITY = '620103005003';
const cell = (n: number) => COMMUNITY + String(n).padStart(3, '0');

describe.each(engines)('heads on %s', (engine) => {
  let server: TestServer;
  let admin: TestClient;
  beforeAll(async () => {
    server = await startTestServer({ engine });
    admin = await server.signIn('admin');
  });
  afterAll(() => server.close());

  const list = async (query: string, client = admin) =>
    ((await client.get(`/heads?${query}`)).body as { items: Head[]; next?: string }).items;
  const newHead = (more: object) => ({
    name: { zh: '赵敏', en: 'Zhao Min' },
    role: 'courtyard-head',
    communityCode: COMMUNITY,
    cells: [],
    from: '2026-10-16',
    ...more,
  });

  test('every cell of the sample has one grid head, invented and labelled so', async () => {
    const heads = await list(`division=${COMMUNITY}&role=grid-head`);
    const { items } = (await admin.get(`/cells?division=${COMMUNITY}&limit=500`)).body as {
      items: unknown[];
    };
    expect(heads.reduce((sum, { cellCount }) => sum + cellCount, 0)).toBe(items.length);
    expect(heads.every(({ invented, cellCount }) => invented && cellCount <= 14)).toBe(true);
    const withCells = (await list(`cell=${cell(1)}&role=grid-head&cells=true`)) as HeadDetail[];
    expect(withCells).toHaveLength(1);
    expect(withCells[0]?.cells).toContain(cell(1));
    expect(heads[0]).not.toHaveProperty('cells');
  });

  test('a list goes on where the page ended', async () => {
    const all = await list('division=620103005&limit=500');
    const seen: string[] = [];
    for (let after = ''; ;) {
      const { body } = await admin.get(`/heads?division=620103005&limit=7${after}`);
      const page = body as { items: Head[]; next?: string };
      seen.push(...page.items.map(({ id }) => id));
      if (page.next === undefined) break;
      after = `&after=${page.next}`;
    }
    expect(seen).toEqual(all.map(({ id }) => id));
  });

  test('a head is added, changed and ended, with history', async () => {
    const added = await admin.post<HeadDetail>(
      '/heads',
      newHead({ cells: [cell(20), cell(21)], phone: '0931-0009000' }),
    );
    expect(added.status).toBe(201);
    expect(added.body).toMatchObject({
      cellCount: 2,
      invented: false,
      version: 1,
      cells: [cell(20), cell(21)],
    });
    const { id } = added.body;
    const patch = (body: object) => admin.call<HeadDetail>('PATCH', `/heads/${id}`, body);
    const edited = await patch({
      expectedVersion: 1,
      cells: [cell(21), cell(22)],
      phone: null,
      reason: '调整',
    });
    expect(edited.body).toMatchObject({ version: 2, cells: [cell(21), cell(22)] });
    expect(edited.body).not.toHaveProperty('phone');
    expect(await patch({ expectedVersion: 1, name: { zh: '甲', en: 'A' } })).toMatchObject({
      status: 409,
      body: { code: 'STALE_VERSION', details: { head: { version: 2 } } },
    });
    const ended = await patch({ expectedVersion: 2, to: '2026-12-01' });
    expect(ended.body).toMatchObject({ to: '2026-12-01', version: 3 });
    expect((await list(`cell=${cell(22)}&on=2026-11-30`)).map((head) => head.id)).toContain(id);
    expect((await list(`cell=${cell(22)}&on=2026-12-01`)).map((head) => head.id)).not.toContain(id);
    const { body } = await admin.get(`/register/changes?subject=head&code=${id}`);
    expect((body as { items: { action: string }[] }).items.map(({ action }) => action)).toEqual([
      'edit',
      'edit',
      'add',
    ]);
  });

  test('changes of a head are undone, the last first', async () => {
    const from = '2026-10-16';
    const { body: added } = await admin.post<HeadDetail>('/heads', newHead({ cells: [cell(14), cell(15)] }));
    const path = `/heads/${added.id}`;
    const patch = (body: object) => admin.call<HeadDetail>('PATCH', path, body);
    await patch({ expectedVersion: 1, cells: [cell(15), cell(19)], cellsFrom: '2026-11-01' });
    await patch({ expectedVersion: 2, to: '2026-12-01' });
    const batches = async () => {
      const { body } = await admin.get(`/register/changes?subject=head&code=${added.id}`);
      return (body as { items: RegisterChange[] }).items.filter(({ action }) => action !== 'undo');
    };
    const [ended, moved, first] = await batches();
    const undo = (change?: RegisterChange) =>
      admin.post<{ code?: string }>(`/register/changes/${change?.batch}/undo`);
    expect((await undo(moved)).body.code).toBe('CHANGED_SINCE');
    expect((await undo(ended)).status).toBe(200);
    expect((await admin.get<HeadDetail>(`${path}?on=2027-01-01`)).body).toMatchObject({
      cells: [cell(15), cell(19)],
    });
    expect((await undo(moved)).status).toBe(200);
    expect((await admin.get<HeadDetail>(`${path}?on=2027-01-01`)).body).toMatchObject({
      from,
      cells: [cell(14), cell(15)],
    });
    expect((await undo(first)).status).toBe(200);
    expect((await admin.get(path)).status).toBe(404);
  });

  test('what was given to somebody else meanwhile is not taken back by undoing', async () => {
    const { body: one } = await admin.post<HeadDetail>('/heads', newHead({ cells: [cell(17)] }));
    await admin.call('PATCH', `/heads/${one.id}`, { expectedVersion: 1, cells: [] });
    const { body: other } = await admin.post<HeadDetail>('/heads', newHead({ cells: [cell(17)] }));
    const { body } = await admin.get(`/register/changes?subject=head&code=${one.id}`);
    const [taken] = (body as { items: RegisterChange[] }).items;
    expect((await admin.post<{ code: string }>(`/register/changes/${taken?.batch}/undo`)).body.code).toBe(
      'CELL_HAS_HEAD',
    );
    await admin.call('PATCH', `/heads/${other.id}`, { expectedVersion: 1, cells: [] });
  });

  test('a head that was ended goes on with its cells, unless somebody else has them', async () => {
    const { body: one } = await admin.post<HeadDetail>(
      '/heads',
      newHead({ cells: [cell(18)], to: '2026-12-01' }),
    );
    const patch = (expectedVersion: number, to: string | null) =>
      admin.call<HeadDetail & { code: string }>('PATCH', `/heads/${one.id}`, { expectedVersion, to });
    const cellsOn = async (day: string) =>
      (await admin.get<HeadDetail>(`/heads/${one.id}?on=${day}`)).body.cells;
    expect((await patch(1, '2027-01-01')).status).toBe(200);
    expect(await cellsOn('2026-12-31')).toEqual([cell(18)]);
    const after = newHead({ cells: [cell(18)], from: '2027-01-01' });
    const { body: next } = await admin.post<HeadDetail>('/heads', after);
    expect((await patch(2, null)).body.code).toBe('CELL_HAS_HEAD');
    await admin.call('PATCH', `/heads/${next.id}`, {
      expectedVersion: 1,
      cells: [],
      cellsFrom: '2027-01-01',
    });
    expect((await patch(2, null)).body).not.toHaveProperty('to');
    expect(await cellsOn('2028-01-01')).toEqual([cell(18)]);
  });

  test('a cell has one head of a role at a time', async () => {
    const taken = await admin.post('/heads', newHead({ role: 'grid-head', cells: [cell(1)] }));
    expect(taken).toMatchObject({
      status: 409,
      body: { code: 'CELL_HAS_HEAD', details: { taken: [{ cell: cell(1) }] } },
    });
    expect((await admin.post('/heads', newHead({ cells: ['620103001001001'] }))).body).toMatchObject({
      code: 'UNKNOWN_CELL',
    });
    expect(
      (await admin.post('/heads', newHead({ from: '2026-10-16', to: '2026-10-16' }))).body,
    ).toMatchObject({
      code: 'INVALID_INPUT',
    });
  });

  test('an area sees its own, and only the administrator changes them', async () => {
    const chief = await server.signIn('subdistrict-620103001');
    const own = await list('limit=500', chief);
    expect(own.length).toBeGreaterThan(5);
    expect(own.every(({ communityCode }) => communityCode.startsWith('620103001'))).toBe(true);
    expect(await list('division=620103005', chief)).toEqual([]);
    const [other] = await list('division=620103005');
    expect((await chief.get(`/heads/${other?.id}`)).status).toBe(404);
    expect((await chief.post('/heads', newHead({}))).status).toBe(403);
    expect((await server.anonymous().get('/heads')).status).toBe(401);
  });
});
