import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CaseDetail, Timeline } from '#contract/cases';
import type { BulletinSummary, Contest, Evaluation, JudgedCase } from '#contract/evaluation';
import type { Change } from '#contract/realtime';
import type { ErrorBody } from '#contract/shared';
import { doAct, expectStatus, fileVendor, uploadPhoto } from '../support/case-story.ts';
import type { TestClient } from '../support/test-client.ts';
import { engines } from '../support/test-database.ts';
import { startTestServer, type TestServer } from '../support/test-server.ts';

const HOUR_MS = 3_600_000;
const october = '2026-10';
const people = [
  'operator',
  'clerk',
  'dispatcher',
  'supervisor',
  'evaluator',
  'unit-enforcement',
  'unit-planning',
];

describe.each(engines)('contests on %s', (engine) => {
  let server: TestServer;
  let cases: CaseDetail[] = [];
  const clients = new Map<string, TestClient>();
  const client = (name: string) => clients.get(name) as TestClient;

  beforeAll(async () => {
    server = await startTestServer({ engine });
    await signIn();
    const filed: CaseDetail[] = [];
    for (let n = 0; n < 4; n++) filed.push((await fileVendor(server, client('operator'))).case);
    // All an hour late.
    server.clock.advance(3 * HOUR_MS);
    cases = [];
    for (const one of filed) cases.push(await close(one));
  });
  afterAll(() => server.close());

  async function signIn() {
    for (const name of people) clients.set(name, await server.signIn(name));
  }

  async function close(filed: { id: string; version: number }) {
    const unit = client('unit-enforcement');
    const fedBack = await doAct(unit, filed, 'feedback', { photos: [await uploadPhoto(unit)] });
    const sent = await doAct(client('clerk'), fedBack, 'send-for-check');
    const checked = await doAct(client('operator'), sent, 'check', { passed: true });
    return doAct(client('clerk'), checked, 'close');
  }

  const caseAt = (n: number) => cases[n] as CaseDetail;
  const enforcement = async () => {
    const path = `/evaluations/${october}?by=unit`;
    const { items } = expectStatus(await client('evaluator').get<Evaluation>(path), 200);
    return items.find(({ subject }) => subject.code === 'enforcement');
  };
  const contest = async (n: number, more: object = {}, who = 'unit-enforcement', key?: string) => {
    const body = {
      caseId: caseAt(n).id,
      wants: 'left-out',
      reason: '现场无法进入',
      photos: [await uploadPhoto(client(who))],
      ...more,
    };
    return send(body, who, key);
  };
  const send = (body: object, who = 'unit-enforcement', key?: string) =>
    client(who).post<Contest & ErrorBody>('/contests', body, key ? { 'idempotency-key': key } : undefined);
  const decide = (one: Contest, upheld: boolean, who = 'supervisor') =>
    client(who).post<Contest & ErrorBody>(`/contests/${one.id}/decide`, {
      expectedVersion: one.version,
      upheld,
      note: upheld ? '属实' : '证据不足',
    });
  const told = (answer: { status: number; body: ErrorBody }) => [answer.status, answer.body.code];

  it('are filed by the unit that is charged, with evidence, and by nobody else', async () => {
    expect((await contest(0, { photos: [] })).status).toBe(400);
    expect(told(await contest(0, { photos: [randomUUID()] }))[0]).toBe(404);
    expect(told(await contest(0, {}, 'unit-planning'))).toEqual([404, 'CASE_NOT_FOUND']);
    expect((await contest(0, {}, 'supervisor')).status).toBe(403);
    const running = (await fileVendor(server, client('operator'))).case;
    expect(told(await contest(0, { caseId: running.id }))).toEqual([422, 'CONTEST_NOT_COUNTED']);
    // It was a mistake: it shall count nowhere.
    await doAct(client('supervisor'), running, 'void', { reason: '误报' });
    expect(await enforcement()).toMatchObject({ due: 4, solved: 4, inTime: 0, score: 20 });
  });

  it('are filed once, however often the request comes, and the feed tells who sees the case', async () => {
    const before = expectStatus(
      await client('supervisor').get<{ changes: Change[]; to: number }>('/feed?after=0'),
      200,
    );
    const photos = [await uploadPhoto(client('unit-enforcement'))];
    const body = { caseId: caseAt(0).id, wants: 'left-out', reason: '现场无法进入', photos };
    const key = randomUUID();
    const one = expectStatus(await send(body, 'unit-enforcement', key), 201);
    expect(one).toMatchObject({ state: 'open', period: october, unit: { code: 'enforcement' }, photos });
    expect(expectStatus(await send(body, 'unit-enforcement', key), 201)).toEqual(one);
    expect(told(await contest(0))).toEqual([409, 'CONTEST_EXISTS']);
    for (const [who, sees] of [
      ['supervisor', true],
      ['unit-enforcement', true],
      ['unit-planning', false],
    ] as const) {
      const { changes } = (await client(who).get<{ changes: Change[] }>(`/feed?after=${before.to}`)).body;
      const ids = changes.filter(({ kind }) => kind === 'contest').map(({ id }) => id);
      expect(ids, who).toEqual(sees ? [one.id] : []);
      const { items } = (await client(who).get<{ items: Contest[] }>('/contests?state=open')).body;
      expect(items.map(({ id }) => id)).toEqual(sees ? [one.id] : []);
    }
  });

  it('leave a case out when they are upheld, which its log says', async () => {
    const [one] = (await client('supervisor').get<{ items: Contest[] }>('/contests?state=open')).body.items;
    if (!one) throw new Error('no contest is open');
    expect((await decide(one, true, 'dispatcher')).status).toBe(403);
    expect((await decide(one, true, 'unit-enforcement')).status).toBe(403);
    const stale = await client('supervisor').post<ErrorBody>(`/contests/${one.id}/decide`, {
      expectedVersion: one.version + 1,
      upheld: true,
      note: '属实',
    });
    expect(told(stale)).toEqual([409, 'STALE_VERSION']);
    // Two supervisors at once: one decides.
    const both = await Promise.all([decide(one, true), decide(one, true)]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(told(await decide(one, false))).toEqual([409, 'CONTEST_DECIDED']);
    expect(await enforcement()).toMatchObject({ gross: 3, due: 3, solved: 3, inTime: 0 });
    const timeline = await client('clerk').get<Timeline>(`/cases/${caseAt(0).id}/timeline`);
    expect(expectStatus(timeline, 200).events.slice(-2)).toMatchObject([
      { action: 'contest', payload: { contest: one.id, wants: 'left-out', period: october } },
      { action: 'rule-on-contest', payload: { contest: one.id, upheld: true, ruling: 'left-out' } },
    ]);
  });

  it('count a case as in time when that is upheld, and change nothing when they are refused', async () => {
    const upheld = expectStatus(await contest(1, { wants: 'in-time' }), 201);
    expectStatus(await decide(upheld, true), 200);
    const refused = expectStatus(await contest(2), 201);
    expect(expectStatus(await decide(refused, false), 200)).toMatchObject({
      state: 'refused',
      decisionNote: '证据不足',
    });
    // 100 × (0.8 × 1/3 + 0.2 × 3/3)
    expect(await enforcement()).toMatchObject({
      due: 3,
      inTime: 1,
      score: 46.67,
      tolerant: { inTime: 1, score: 46.67 },
    });
    const path = `/evaluations/${october}/cases?by=unit&subject=enforcement&figure=in-time`;
    const { items } = (await client('evaluator').get<{ items: JudgedCase[] }>(path)).body;
    expect(items).toHaveLength(1);
    expect(items[0]).toMatchObject({
      caseId: caseAt(1).id,
      why: { zh: '申诉成立，按及时解决计', en: 'a contest was upheld: counted as in time' },
      contest: { id: upheld.id, state: 'upheld' },
    });
    expect(items[0]?.rules).toContain('SPEC 5 申诉');
  });

  it('are too late after a bulletin was published, and after the window', async () => {
    server.clock.set(new Date('2026-11-02T01:00:00Z'));
    await signIn();
    const open = expectStatus(await contest(3), 201);
    expectStatus(await decide(open, false), 200);
    let bulletin = expectStatus(
      await client('evaluator').post<BulletinSummary>('/bulletins', { period: october }),
      200,
    );
    for (const [who, step] of [
      ['evaluator', 'share'],
      ['supervisor', 'review'],
      ['evaluator', 'publish'],
    ] as const) {
      const path = `/bulletins/${bulletin.id}/${step}`;
      const body = { expectedVersion: bulletin.version };
      bulletin = expectStatus(await client(who).post<BulletinSummary>(path, body), 200);
    }
    expect(told(await contest(3))).toEqual([409, 'PERIOD_FROZEN']);
    server.clock.set(new Date('2026-12-20T01:00:00Z'));
    await signIn();
    expect(told(await contest(3))).toEqual([409, 'CONTEST_WINDOW_OVER']);
  });
});
