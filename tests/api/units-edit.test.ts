import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import sql from 'sql-template-tag';
import type { CaseDetail, CaseSummary } from '#contract/cases';
import type { RegisterChange } from '#contract/history';
import type { Report } from '#contract/reports';
import type { ErrorBody } from '#contract/shared';
import type { EditedUnit, Resolution, Unit } from '#contract/units';
import { expectStatus, fileVendor } from '../support/case-story.ts';
import { engines } from '../support/test-database.ts';
import { startTestServer, type TestServer } from '../support/test-server.ts';
import type { TestClient } from '../support/test-client.ts';

const drain = 'class=P01003&lon=103.7608273&lat=36.0634948';
const today = '2026-10-16';
const newUnit = {
  code: 'night-market',
  name: { zh: '夜市管理办公室', en: 'Night Market Office' },
  kind: 'other',
  isCommand: false,
  phone: '0931-1',
  leader: '某人',
  acceptanceClerk: '某人',
  reason: '新设',
};

describe.each(engines)('editing units on %s', (engine) => {
  let server: TestServer;
  let admin: TestClient;
  let dispatcher: TestClient;
  beforeAll(async () => {
    server = await startTestServer({ engine });
    admin = await server.signIn('admin');
    dispatcher = await server.signIn('dispatcher');
  });
  afterAll(() => server.close());

  const changesOf = async (code: string) =>
    (await admin.get<{ items: RegisterChange[] }>(`/register/changes?subject=unit&code=${code}`)).body.items;
  const resolve = async () => (await dispatcher.get<Resolution>(`/resolve?${drain}`)).body;

  test('is the administrator’s alone, and asks for a reason', async () => {
    expect((await dispatcher.post('/units', newUnit)).status).toBe(403);
    expect((await server.anonymous().call('PATCH', '/units/police', { reason: 'x' })).status).toBe(401);
    expect((await admin.call('PATCH', '/units/police', { phone: '110' })).status).toBe(400);
    expect((await admin.call('PATCH', '/units/police', { code: 'x', reason: 'y' })).status).toBe(400);
    expect((await admin.call('PATCH', '/units/nobody', { phone: '1', reason: 'y' })).status).toBe(404);
  });

  test('adds a unit once, kept in history and audit', async () => {
    const added = await admin.post<Unit>('/units', newUnit);
    expect([added.status, added.body.invented]).toEqual([201, false]);
    expect((await admin.post<ErrorBody>('/units', newUnit)).body.code).toBe('UNIT_CODE_TAKEN');
    const elsewhere = { ...newUnit, code: 'elsewhere', subdistrictCode: '110101001' };
    expect((await admin.post<ErrorBody>('/units', elsewhere)).body.code).toBe('UNKNOWN_DIVISION');
    expect(await changesOf('night-market')).toMatchObject([
      { action: 'add', reason: '新设', after: { name: newUnit.name, subdistrictCode: null } },
    ]);
    const { rows } = await server.db.query<{ action: string; subject: string }>(sql`
      select action, subject from audit where subject = 'night-market'`);
    expect(rows).toEqual([{ action: 'add-unit', subject: 'night-market' }]);
  });

  test('keeps only what changed, and puts it back', async () => {
    const edit = { phone: '0931-110', isCommand: true, name: { zh: '公安局', en: 'Public Security Bureau' } };
    const { body } = await admin.call<EditedUnit>('PATCH', '/units/police', { ...edit, reason: '换号' });
    expect(body).toMatchObject({ phone: '0931-110', isCommand: true });
    const [change] = await changesOf('police');
    expect(change).toMatchObject({
      action: 'edit',
      before: { phone: '0931-0000001', isCommand: false },
      after: { phone: '0931-110', isCommand: true },
    });
    expect(change?.before).not.toHaveProperty('name');
    await admin.call('PATCH', '/units/police', { phone: '0931-110', reason: '没有变化' });
    expect(await changesOf('police')).toHaveLength(1);
    expect((await admin.post(`/register/changes/${change?.batch}/undo`)).status).toBe(200);
    expect((await admin.get<Unit>('/units/police')).body).toMatchObject({
      phone: '0931-0000001',
      isCommand: false,
    });
    expect((await admin.post<ErrorBody>(`/register/changes/${change?.batch}/undo`)).body.code).toBe(
      'ALREADY_UNDONE',
    );
  });

  /** A storm drain reported by telephone and accepted: the planning bureau has it. */
  async function acceptDrain() {
    const position = { lon: 103.7608273, lat: 36.0634948 };
    const body = { channel: 'hotline', class: 'P01003', position, text: '井盖破损' };
    const hotline = await server.signIn('hotline');
    const clerk = await server.signIn('clerk');
    const report = expectStatus(await hotline.post<Report>('/reports', body), 201);
    const accepted = await clerk.post<{ case: CaseDetail }>(`/reports/${report.id}/accept`, {
      expectedVersion: report.version,
    });
    return expectStatus(accepted, 200).case;
  }

  test('closes a unit from a day on: passed over with the reason, its open cases told', async () => {
    const before = await resolve();
    expect(before.unit?.code).toBe('planning');
    expect(before.candidates[before.winner ?? -1]?.unit.code).toBe('planning');
    const close = (closedAt: string) =>
      admin.call<EditedUnit & ErrorBody>('PATCH', '/units/planning', { closedAt, reason: '机构改革' });
    expect((await close('2026-10-15')).body.code).toBe('DAY_IN_PAST');
    expect((await acceptDrain()).unit?.code).toBe('planning');
    const { body: cases } = await dispatcher.get<{ items: CaseSummary[] }>('/cases?unit=planning&open=true');
    const { body: closed } = await close('2026-10-17');
    expect(closed.closedAt).toBe('2026-10-17');
    expect(cases.items.length).toBeGreaterThan(0);
    expect(closed.openCases.count).toBe(cases.items.length);
    expect(closed.openCases.items.map(({ id }) => id).sort()).toEqual(cases.items.map(({ id }) => id).sort());

    // Friday 23:59:59.999 in Shanghai it still answers, at midnight no longer.
    server.clock.set(new Date('2026-10-16T15:59:59.999Z'));
    expect((await resolve()).unit?.code).toBe('planning');
    server.clock.set(new Date('2026-10-16T16:00:00.000Z'));
    const after = await resolve();
    expect(after.unit?.code).not.toBe('planning');
    const passed = after.candidates.find(({ unit }) => unit.code === 'planning');
    expect(passed?.applies).toBe(false);
    const why = passed?.conditions.find(({ name }) => name === 'unit-open');
    expect(why).toMatchObject({ holds: false, actual: '2026-10-17' });
    expect(why?.text).toEqual({
      zh: '该单位自 2026-10-17 起停用',
      en: 'the unit is closed since 2026-10-17',
    });
    server.clock.set(new Date('2026-10-16T02:00:00.000Z'));
  });

  test('gives no case to a closed unit, and takes none from it', async () => {
    const held = (await fileVendor(server, await server.signIn('operator'))).case;
    if (!held.unit) throw new Error('nobody has the case');
    const holder = held.unit.code;
    const other = holder === 'police' ? 'enforcement' : 'police';
    const { body: closed } = await admin.call<EditedUnit>('PATCH', `/units/${holder}`, {
      closedAt: today,
      reason: '撤销',
    });
    expect(closed.openCases.items.map(({ id }) => id)).toContain(held.id);
    await admin.call('PATCH', `/units/${other}`, { closedAt: today, reason: '撤销' });
    const act = (unit: string) =>
      dispatcher.post<CaseDetail & ErrorBody>(`/cases/${held.id}/actions/dispatch`, {
        expectedVersion: held.version,
        unit,
        reason: '单位撤销',
      });
    const refused = await act(other);
    expect([refused.status, refused.body.code]).toEqual([422, 'UNIT_CLOSED']);
    expect((await dispatcher.get<CaseDetail>(`/cases/${held.id}`)).body.unit?.code).toBe(holder);

    const { body: open } = await admin.call<EditedUnit>('PATCH', `/units/${other}`, {
      closedAt: null,
      reason: '恢复',
    });
    expect(open.closedAt).toBeUndefined();
    const [change] = await changesOf(other);
    expect(change).toMatchObject({ action: 'edit', before: { closedAt: today }, after: { closedAt: null } });
  });
});
