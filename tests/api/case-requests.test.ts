import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import sql from 'sql-template-tag';
import type { CaseDetail, CaseSummary, Timeline } from '#contract/cases';
import type { CaseRequest } from '#contract/requests';
import type { ErrorBody } from '#contract/shared';
import type { CheckerCandidate, Workflow, WorkflowSettings } from '#contract/workflow';
import { act, doAct, expectStatus, fileVendor, uploadPhoto } from '../support/case-story.ts';
import { engines } from '../support/test-database.ts';
import { startTestServer, type TestServer } from '../support/test-server.ts';
import type { TestClient } from '../support/test-client.ts';

const MINUTE = 60_000;
const notOurs = { reason: '不属于本单位职责', reasonCode: 'not-our-duty' };

describe.each(engines)('what a unit asks for on %s', (engine) => {
  let server: TestServer;
  const people: Record<string, TestClient> = {};
  const as = (name: string) => {
    const client = people[name];
    if (!client) throw new Error(`${name} is not signed in`);
    return client;
  };

  beforeAll(async () => {
    server = await startTestServer({ engine });
    for (const name of [
      'operator',
      'clerk',
      'dispatcher',
      'supervisor',
      'collector',
      'admin',
      'chief',
      'unit-enforcement',
      'unit-police',
    ]) {
      people[name] = await server.signIn(name);
    }
  });
  afterAll(() => server.close());

  const file = async () => (await fileVendor(server, as('operator'))).case;
  const read = async (id: string) => expectStatus(await as('clerk').get<CaseDetail>(`/cases/${id}`), 200);
  const timelineOf = async (id: string) =>
    expectStatus(await as('clerk').get<Timeline>(`/cases/${id}/timeline`), 200);
  const requests = async (client: TestClient, query = '') =>
    expectStatus(await client.get<{ items: CaseRequest[] }>(`/case-requests${query}`), 200).items;

  it('extends the limit by what was approved, and says so in the log', async () => {
    const filed = await file();
    const unit = as('unit-enforcement');
    const asked = await doAct(unit, filed, 'request-extension', { reason: '需协调', seconds: 3600 });
    expect(asked).toMatchObject({ dueAt: filed.dueAt, request: { kind: 'extension', unit: 'enforcement' } });
    const again = await act(unit, asked, 'request-postponement', { reason: '再缓' });
    expect([again.status, again.body.code]).toEqual([409, 'ACTION_NOT_ALLOWED']);
    expect((await act(as('dispatcher'), asked, 'decide-request', { approved: true })).body.code).toBe(
      'NOT_ALLOWED',
    );
    const much = await act(as('supervisor'), asked, 'decide-request', { approved: true, seconds: 7200 });
    expect(much.body).toMatchObject({ code: 'SECONDS_OUT_OF_RANGE', details: { maximum: 3600 } });
    const decided = await doAct(as('supervisor'), asked, 'decide-request', { approved: true, seconds: 1800 });
    expect(Date.parse(decided.dueAt ?? '') - Date.parse(filed.dueAt ?? '')).toBe(30 * MINUTE);
    expect(Date.parse(decided.whole.dueAt ?? '')).toBeGreaterThan(Date.parse(filed.whole.dueAt ?? ''));
    expect(decided.flags.extendedAt).toBeDefined();
    expect(decided.request).toBeUndefined();
    expect(decided.requests).toMatchObject([{ state: 'approved', seconds: 3600, approvedSeconds: 1800 }]);
    const { events } = await timelineOf(filed.id);
    expect(events.at(-1)).toMatchObject({
      action: 'decide-request',
      payload: {
        kind: 'extension',
        approved: true,
        seconds: 1800,
        clocks: { changed: [{ stage: 'handling', unit: 'enforcement' }] },
      },
    });
    const late = await act(as('supervisor'), decided, 'decide-request', {
      request: asked.request?.id,
      approved: false,
      reason: 'x',
    });
    expect([late.status, late.body.code]).toEqual([409, 'REQUEST_DECIDED']);
    const moved = await doAct(as('dispatcher'), decided, 'dispatch', { unit: 'police', reason: '改派' });
    const { clocks } = await timelineOf(moved.id);
    const limits = clocks.filter(({ stage }) => stage === 'handling').map(({ limitSeconds }) => limitSeconds);
    // The extension was the first unit's alone.
    expect(limits).toEqual([7200 + 1800, 7200]);
  });

  it('flags a postponement without moving a clock; a refusal needs its reason', async () => {
    const filed = await file();
    const photo = await uploadPhoto(as('unit-enforcement'));
    const asked = await doAct(as('unit-enforcement'), filed, 'request-postponement', {
      reason: '雨季',
      photos: [photo],
    });
    expect(asked.requests[0]?.photos).toEqual([photo]);
    const bare = await act(as('supervisor'), asked, 'decide-request', { approved: false });
    expect(bare.body.code).toBe('REASON_REQUIRED');
    const refused = await doAct(as('supervisor'), asked, 'decide-request', {
      approved: false,
      reason: '不成立',
    });
    expect(refused.flags.postponedAt).toBeUndefined();
    expect(refused.requests).toMatchObject([{ state: 'refused', decisionNote: '不成立', photos: [photo] }]);
    const second = await doAct(as('unit-enforcement'), refused, 'request-postponement', { reason: '大雨' });
    const granted = await doAct(as('supervisor'), second, 'decide-request', { approved: true });
    expect(granted.dueAt).toBe(filed.dueAt);
    expect(granted.flags.postponedAt).toBeDefined();
    expect(granted.requests.map(({ state }) => state)).toEqual(['approved', 'refused']);
    const third = await act(as('unit-enforcement'), granted, 'request-postponement', { reason: 'x' });
    expect(third.body).toMatchObject({ code: 'ACTION_NOT_ALLOWED', details: { because: 'not-postponed' } });
  });

  it('takes the first return at once and asks the arbiter about the second, whose word binds', async () => {
    const filed = await file();
    const returned = await doAct(as('unit-enforcement'), filed, 'return', notOurs);
    expect(returned).toMatchObject({ stage: 'dispatch' });
    expect(returned.flags.returnedAt).toBeDefined();
    const given = await doAct(as('dispatcher'), returned, 'dispatch', { unit: 'police', reason: '涉及交通' });
    const asked = await doAct(as('unit-police'), given, 'return', notOurs);
    expect(asked).toMatchObject({ stage: 'handling', unit: { code: 'police' }, request: { kind: 'return' } });
    expect(asked.dueAt).toBe(given.dueAt);
    expect(asked.requests[0]?.arbiter?.name.zh).toBe('督办员');
    const foreign = await act(as('admin'), asked, 'decide-request', { approved: true });
    expect([foreign.status, foreign.body.code]).toEqual([403, 'NOT_ALLOWED']);
    const kept = await doAct(as('supervisor'), asked, 'decide-request', {
      approved: false,
      reason: '属职责',
    });
    expect(kept).toMatchObject({ stage: 'handling', unit: { code: 'police' } });
    const more = await act(as('unit-police'), kept, 'return', notOurs);
    expect(more.body).toMatchObject({ code: 'ACTION_NOT_ALLOWED', details: { because: 'not-arbitrated' } });
    const actions = (await timelineOf(filed.id)).events.map(({ action }) => action);
    expect(actions).toEqual(['file', 'dispatch', 'return', 'dispatch', 'request-return', 'decide-request']);
  });

  it('is decided by any supervisor when the arbiter is gone, and takes the case from the unit', async () => {
    const filed = await file();
    const returned = await doAct(as('unit-enforcement'), filed, 'return', notOurs);
    const given = await doAct(as('dispatcher'), returned, 'dispatch', { unit: 'police', reason: '涉及交通' });
    const asked = await doAct(as('unit-police'), given, 'return', notOurs);
    await server.db.query(sql`update users set disabled_at = now() where username = 'supervisor'`);
    const decided = await doAct(as('admin'), asked, 'decide-request', { approved: true });
    await server.db.query(sql`update users set disabled_at = null where username = 'supervisor'`);
    expect(decided).toMatchObject({ stage: 'dispatch' });
    expect(decided.unit).toBeUndefined();
    const back = await doAct(as('dispatcher'), decided, 'dispatch');
    const refused = await act(as('unit-enforcement'), back, 'return', notOurs);
    expect(refused.body.details).toMatchObject({ because: 'not-arbitrated' });
  });

  it('lapses when the unit feeds back', async () => {
    const filed = await file();
    const asked = await doAct(as('unit-enforcement'), filed, 'request-extension', {
      reason: 'x',
      seconds: 600,
    });
    const photos = [await uploadPhoto(as('unit-enforcement'))];
    const fed = await doAct(as('unit-enforcement'), asked, 'feedback', { photos });
    expect(fed.request).toBeUndefined();
    expect(fed.requests).toMatchObject([{ state: 'lapsed' }]);
  });

  it('is listed to the centre and to the unit that asked, also of cases the unit has lost', async () => {
    const open = await requests(as('supervisor'), '?state=open');
    expect(open).toEqual([]);
    const all = await requests(as('supervisor'));
    expect(all.length).toBeGreaterThanOrEqual(6);
    const times = all.map(({ requestedAt }) => requestedAt);
    expect(times).toEqual([...times].sort().reverse());
    const own = await requests(as('unit-police'));
    expect(own.every(({ unit }) => unit.code === 'police')).toBe(true);
    expect(own.map(({ kind }) => kind)).toEqual(['return', 'return']);
    expect(await requests(as('unit-police'), '?unit=enforcement')).toEqual([]);
    const page = expectStatus(
      await as('clerk').get<{ items: CaseRequest[]; next: string }>('/case-requests?limit=2'),
      200,
    );
    expect([...page.items, ...(await requests(as('clerk'), `?after=${page.next}`))]).toEqual(all);
  });

  it('answers an urge with the next act of the unit, not with what others say', async () => {
    const filed = await file();
    const urged = await doAct(as('supervisor'), filed, 'supervise');
    const noted = await doAct(as('clerk'), urged, 'note', { note: '已电话联系' });
    expect(noted.supervision).toBeDefined();
    const answered = await doAct(as('unit-enforcement'), noted, 'note', { note: '正在路上' });
    expect(answered.supervision).toBeUndefined();
    expect(answered.dueAt).toBe(filed.dueAt);
  });

  it('merges and unmerges: the reports go along and come back, the unit’s time accumulates', async () => {
    const first = await file();
    const second = await file();
    server.clock.advance(20 * MINUTE);
    const merged = await doAct(as('clerk'), second, 'merge', { into: first.id });
    expect(merged).toMatchObject({ stage: 'void', mergedInto: { id: first.id, number: first.number } });
    expect(await read(first.id)).toMatchObject({
      reportCount: 2,
      mergedFrom: [{ id: second.id, number: second.number }],
    });
    server.clock.advance(30 * MINUTE);
    expect((await act(as('clerk'), merged, 'unmerge')).body.code).toBe('REASON_REQUIRED');
    const back = await doAct(as('clerk'), merged, 'unmerge', { reason: '不是同一处' });
    expect(back).toMatchObject({ stage: 'dispatch', reportCount: 1 });
    expect(back.mergedInto).toBeUndefined();
    expect(back.closedAt).toBeUndefined();
    expect(await read(first.id)).toMatchObject({ reportCount: 1, mergedFrom: [] });
    const given = await doAct(as('dispatcher'), back, 'dispatch');
    const { clocks } = await timelineOf(given.id);
    expect(clocks.filter(({ stage }) => stage === 'handling').map((one) => one.usedBeforeSeconds)).toEqual([
      0, 1200,
    ]);
    const whole = await doAct(as('supervisor'), await read(first.id), 'void', { reason: '误报' });
    expect((await act(as('clerk'), whole, 'unmerge', { reason: 'x' })).body.code).toBe('ACTION_NOT_ALLOWED');
  });

  it('follows a chain of merges when a case in the middle has gone on', async () => {
    const [a, b, c] = [await file(), await file(), await file()];
    const mergedA = await doAct(as('clerk'), a, 'merge', { into: b.id });
    await doAct(as('clerk'), await read(b.id), 'merge', { into: c.id });
    expect(await read(c.id)).toMatchObject({ reportCount: 3 });
    const back = await doAct(as('clerk'), mergedA, 'unmerge', { reason: '另一处' });
    expect(back.reportCount).toBe(1);
    expect(await read(c.id)).toMatchObject({ reportCount: 2 });
    const backB = await doAct(as('clerk'), await read(b.id), 'unmerge', { reason: '另一处' });
    expect(backB.reportCount).toBe(1);
    expect(await read(c.id)).toMatchObject({ reportCount: 1 });
  });

  it('sends the nearest free collector, never the reporter, and lets only that one check', async () => {
    const filed = await file();
    const photos = [await uploadPhoto(as('unit-enforcement'))];
    const fed = await doAct(as('unit-enforcement'), filed, 'feedback', { photos });
    const candidates = expectStatus(
      await as('dispatcher').get<CheckerCandidate[]>(`/cases/${fed.id}/checkers`),
      200,
    );
    // The collector of the district and the one of this subdistrict, not those of others.
    expect(candidates).toHaveLength(2);
    const sent = await doAct(as('dispatcher'), fed, 'send-for-check');
    expect(sent.checker?.id).toBe(candidates[0]?.id);
    const area = await server.signIn(`collector-${filed.subdistrictCode}`);
    const me = expectStatus(await area.get<{ id: string }>('/me'), 200);
    const [right, wrong] = sent.checker?.id === me.id ? [area, as('collector')] : [as('collector'), area];
    const mine = await right.get<{ items: CaseSummary[] }>('/cases?checker=me&stage=check');
    expect(expectStatus(mine, 200).items.map(({ id }) => id)).toContain(filed.id);
    expect((await act(wrong, sent, 'check', { passed: true })).body.code).toBe('NOT_ALLOWED');
    expect((await doAct(right, sent, 'check', { passed: true })).stage).toBe('closing');

    const other = await file();
    const otherFed = await doAct(as('unit-enforcement'), other, 'feedback', {
      photos: [await uploadPhoto(as('unit-enforcement'))],
    });
    const supervisor = expectStatus(await as('supervisor').get<{ id: string }>('/me'), 200);
    const refused = await act(as('dispatcher'), otherFed, 'send-for-check', { checker: supervisor.id });
    expect(refused.body.code).toBe('CHECKER_REFUSED');
  });

  it('filters the desks’ lists by light, stage, request, flag and order', async () => {
    const list = async (query: string) =>
      expectStatus(await as('clerk').get<{ items: CaseSummary[]; next?: string }>(`/cases?${query}`), 200);
    const filed = await file();
    await doAct(as('unit-enforcement'), filed, 'request-extension', { reason: 'x', seconds: 600 });
    expect((await list('request=open')).items.map(({ id }) => id)).toContain(filed.id);
    expect((await list('request=postponement')).items).toEqual([]);
    const gone = await doAct(as('unit-enforcement'), await file(), 'return', notOurs);
    const returned = (await list('flag=returned&flag=extended&limit=500')).items;
    expect(returned.map(({ id }) => id)).toContain(gone.id);
    expect(returned.every(({ flags }) => flags.returnedAt ?? flags.extendedAt)).toBe(true);
    const two = (await list('stage=dispatch&stage=closing&limit=500')).items;
    expect(two.map(({ id }) => id)).toContain(gone.id);
    expect(two.every(({ stage }) => stage === 'dispatch' || stage === 'closing')).toBe(true);
    const lights = (await list('light=green&light=yellow&limit=500')).items;
    expect(lights.every(({ light }) => light === 'green' || light === 'yellow')).toBe(true);
    expect((await list('noSubject=true')).items).toEqual([]);
    for (const sort of ['whole', 'received'] as const) {
      const whole = (await list(`open=true&sort=${sort}&limit=500`)).items;
      const at = whole.map((one) => (sort === 'whole' ? (one.whole.dueAt ?? '9') : one.receivedAt));
      expect(at).toEqual([...at].sort());
      const first = await list(`open=true&sort=${sort}&limit=1`);
      const rest = await list(`open=true&sort=${sort}&limit=500&after=${first.next}`);
      expect([...first.items, ...rest.items].map(({ id }) => id)).toEqual(whole.map(({ id }) => id));
    }
  });

  it('is switched by the administrator, who may name another arbiter', async () => {
    const settings = expectStatus(await as('supervisor').get<WorkflowSettings>('/workflow-settings'), 200);
    expect(settings).toMatchObject({ checkAssignment: 'nearest', arbiter: { name: { zh: '督办员' } } });
    const admin = settings.candidates.find(({ name }) => name.zh === '系统管理员');
    const body = { arbiter: admin?.id, checkAssignment: 'random', reason: '轮换' };
    const put = (client: TestClient, edit: object) =>
      client.call<WorkflowSettings & ErrorBody>('PUT', '/workflow-settings', edit);
    expect((await put(as('supervisor'), body)).body.code).toBe('NOT_ALLOWED');
    const stranger = expectStatus(await as('clerk').get<{ id: string }>('/me'), 200).id;
    expect((await put(as('admin'), { ...body, arbiter: stranger })).body.code).toBe('ARBITER_REFUSED');
    expect(expectStatus(await put(as('admin'), body), 200)).toMatchObject({
      checkAssignment: 'random',
      named: admin,
      arbiter: admin,
    });
    expectStatus(await put(as('admin'), { arbiter: null, checkAssignment: 'nearest', reason: '恢复' }), 200);
  });

  it('declares itself as data', async () => {
    const { transitions, actions } = expectStatus(await as('chief').get<Workflow>('/workflow'), 200);
    expect(actions).toContain('unmerge');
    expect(transitions.filter(({ action }) => action === 'return')).toHaveLength(2);
    expect((await server.anonymous().get('/workflow')).status).toBe(401);
  });
});
