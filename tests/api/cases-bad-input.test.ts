import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import sql from 'sql-template-tag';
import type { CaseDetail, CaseSummary, Timeline } from '#contract/cases';
import type { ErrorBody } from '#contract/shared';
import { act, doAct, expectStatus, fileVendor, uploadPhoto } from '../support/case-story.ts';
import { engines } from '../support/test-database.ts';
import { startTestServer, type TestServer } from '../support/test-server.ts';
import type { TestClient } from '../support/test-client.ts';

const MINUTE = 60_000;

describe.each(engines)('a case in bad weather on %s', (engine) => {
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
      'admin',
      'unit-enforcement',
      'unit-police',
    ]) {
      people[name] = await server.signIn(name);
    }
  });
  afterAll(() => server.close());

  const file = async (more: object = {}) => (await fileVendor(server, as('operator'), more)).case;
  const read = async (id: string) => expectStatus(await as('clerk').get<CaseDetail>(`/cases/${id}`), 200);

  /** An urgent condition and its class, from the dictionary. */
  async function fileUrgent(): Promise<CaseDetail> {
    const { rows } = await server.db.query<{ id: number; class_id: string }>(sql`
      select id, class_id from class_limits
      where urgent and class_id like 'E%' and class_id not like '%:%' and valid_to is null
      order by id limit 1`);
    const [limit] = rows;
    if (!limit) throw new Error('the dictionary has no urgent condition');
    return file({ class: limit.class_id, condition: limit.id });
  }

  it('lets an urgent limit be changed, with a reason and not into the past', async () => {
    const filed = await fileUrgent();
    expect(filed).toMatchObject({ urgent: true, timing: 'natural' });
    // Some urgent classes have no rule for a unit: then the limit counts from the dispatch.
    const unit = filed.unit?.code ?? 'enforcement';
    const given = filed.unit
      ? filed
      : await doAct(as('supervisor'), filed, 'dispatch', { unit, reason: '属地' });
    const { clocks } = expectStatus(await as('clerk').get<Timeline>(`/cases/${given.id}/timeline`), 200);
    const limit = clocks.at(-1)?.limitSeconds ?? 0;
    const bare = await act(as('dispatcher'), given, 'change-limit', { seconds: limit + 3600 });
    expect(bare.body.code).toBe('REASON_REQUIRED');
    const longer = await doAct(as('dispatcher'), given, 'change-limit', {
      seconds: limit + 3600,
      reason: '抢修',
    });
    expect(Date.parse(longer.dueAt ?? '') - Date.parse(given.dueAt ?? '')).toBe(60 * MINUTE);
    expect(Date.parse(longer.whole.dueAt ?? '') - Date.parse(given.whole.dueAt ?? '')).toBe(60 * MINUTE);
    server.clock.advance(30 * MINUTE);
    const past = await act(as('dispatcher'), longer, 'change-limit', { seconds: 600, reason: '太慢' });
    expect([past.status, past.body.code]).toEqual([422, 'DEADLINE_PASSED']);
    for (const seconds of [0, -5, 59, 315_360_001, 1.5]) {
      const odd = await act(as('dispatcher'), longer, 'change-limit', { seconds, reason: 'x' });
      expect([odd.status, odd.body.code]).toEqual([400, 'INVALID_INPUT']);
    }
    const most = await doAct(as('dispatcher'), longer, 'change-limit', {
      seconds: 315_360_000,
      reason: '封路',
    });
    expect(most.dueAt?.slice(0, 4)).toBe('2036');
  });

  it('changes the limit of a case that waits for dispatch, which then starts with it', async () => {
    const filed = await fileUrgent();
    const returned = filed.unit
      ? await doAct(await server.signIn(`unit-${filed.unit.code}`), filed, 'return', {
          reason: '不属于',
          reasonCode: 'not-our-duty',
        })
      : filed;
    const changed = await doAct(as('supervisor'), returned, 'change-limit', { seconds: 5_400, reason: '雨' });
    expect(changed.dueAt).toBe(returned.dueAt);
    expect(changed.whole.dueAt).not.toBe(returned.whole.dueAt);
    const unit = filed.unit?.code === 'police' ? 'enforcement' : 'police';
    const given = await doAct(as('supervisor'), changed, 'dispatch', { unit, reason: '就近' });
    const { clocks } = expectStatus(await as('clerk').get<Timeline>(`/cases/${given.id}/timeline`), 200);
    expect([5_400, 5_400 + 1_800]).toContain(clocks.at(-1)?.limitSeconds);
  });

  it('says that ten years of working time lie outside the calendar', async () => {
    const filed = await file({ class: 'E06010' });
    const unit = await server.signIn(`unit-${filed.unit?.code}`);
    const asked = await doAct(unit, filed, 'request-extension', { reason: 'x', seconds: 315_360_000 });
    const answer = await act(as('supervisor'), asked, 'decide-request', { approved: true });
    expect([answer.status, answer.body.code]).toEqual([503, 'DEADLINE_OUTSIDE_CALENDAR']);
    expect((await read(filed.id)).request?.kind).toBe('extension');
  });

  it('stays with a unit that closed, which can be relieved of it', async () => {
    const filed = await file();
    expectStatus(
      await as('admin').call('PATCH', '/units/enforcement', { closedAt: '2026-10-16', reason: '撤销' }),
      200,
    );
    const held = await as('clerk').get<{ items: CaseSummary[] }>(
      '/cases?unit=enforcement&open=true&limit=500',
    );
    expect(expectStatus(held, 200).items.map(({ id }) => id)).toContain(filed.id);
    const photos = [await uploadPhoto(as('unit-enforcement'))];
    const fed = await doAct(as('unit-enforcement'), await read(filed.id), 'feedback', { photos });
    const sent = await doAct(as('clerk'), fed, 'send-for-check');
    const again = await doAct(as('supervisor'), sent, 'check', { passed: false });
    expect(again).toMatchObject({ unit: { code: 'enforcement' }, secondNotices: 1 });
    expect(again.flags.repeatedAt).toBeDefined();
    const moved = await doAct(as('dispatcher'), again, 'dispatch', { unit: 'police', reason: '单位已撤销' });
    const back = await act(as('dispatcher'), moved, 'dispatch', { unit: 'enforcement', reason: 'x' });
    expect(back.body.code).toBe('UNIT_CLOSED');
    expectStatus(
      await as('admin').call('PATCH', '/units/enforcement', { closedAt: null, reason: '恢复' }),
      200,
    );
  });

  it('keeps its log in order when the clock of a server goes back', async () => {
    const filed = await file();
    server.clock.advance(10 * MINUTE);
    const noted = await doAct(as('clerk'), filed, 'note', { note: '一' });
    server.clock.advance(-4 * MINUTE);
    const photos = [await uploadPhoto(as('unit-enforcement'))];
    const fed = await doAct(as('unit-enforcement'), noted, 'feedback', { photos });
    const { events, clocks } = expectStatus(
      await as('clerk').get<Timeline>(`/cases/${fed.id}/timeline`),
      200,
    );
    expect(events.at(-1)?.at).toBe(events.at(-2)?.at);
    expect(clocks.find(({ stage }) => stage === 'handling')?.usedSeconds).toBe(600);
    server.clock.advance(4 * MINUTE);
  });

  it('is red at once on its third dispatch, and only so', async () => {
    let now = await file();
    const fail = async () => {
      const photos = [await uploadPhoto(as('unit-enforcement'))];
      const fed = await doAct(as('unit-enforcement'), now, 'feedback', { photos });
      server.clock.advance(70 * MINUTE);
      const sent = await doAct(as('clerk'), fed, 'send-for-check');
      return doAct(as('supervisor'), sent, 'check', { passed: false });
    };
    now = await fail();
    // The centre's own time is not the unit's on the second …
    expect(now.light).toBe('green');
    now = await fail();
    // … and all of it is from the third on (三次(含)以上全过程累计计时).
    expect(now).toMatchObject({ light: 'red', secondNotices: 2 });
    const { events } = expectStatus(await as('clerk').get<Timeline>(`/cases/${now.id}/timeline`), 200);
    expect(events.at(-1)?.payload).toMatchObject({
      cause: 'repeat',
      ordinal: 3,
      rule: 'whole-process',
      passed: false,
    });
  });

  it('decides a request once, whoever comes first', async () => {
    const filed = await file();
    const asked = await doAct(as('unit-enforcement'), filed, 'request-postponement', { reason: '雨' });
    const answers = await Promise.all([
      act(as('supervisor'), asked, 'decide-request', { request: asked.request?.id, approved: true }),
      act(as('admin'), asked, 'decide-request', {
        request: asked.request?.id,
        approved: false,
        reason: '否',
      }),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    const late = answers.find(({ status }) => status === 409)?.body as ErrorBody | undefined;
    expect(['STALE_VERSION', 'REQUEST_DECIDED']).toContain(late?.code);
  });

  it('waits for a coordinator when no rule names a unit', async () => {
    const { rows } = await server.db.query<{ class_id: string }>(sql`
      select distinct l.class_id
      from class_limits l
      join classes k on k.id = l.class_id
      where k.kind = 'event' and l.class_id not like '%:%'
        and not exists (select from duties d where d.class_id = l.class_id or d.class_id is null)
      order by l.class_id limit 1`);
    const [lone] = rows;
    if (!lone) return;
    const filed = await file({ class: lone.class_id });
    expect(filed).toMatchObject({ stage: 'dispatch', noSubject: true });
    const body = { unit: 'police', reason: '属地管理' };
    expect((await act(as('dispatcher'), filed, 'dispatch', body)).body.code).toBe('NOT_ALLOWED');
    const bare = await act(as('supervisor'), filed, 'dispatch', { unit: 'police' });
    expect(bare.body.code).toBe('REASON_REQUIRED');
    const given = await doAct(as('supervisor'), filed, 'dispatch', body);
    expect(given.noSubject).toBeUndefined();
    const back = await doAct(as('unit-police'), given, 'return', {
      reason: '非本单位',
      reasonCode: 'not-our-duty',
    });
    expect(back.noSubject).toBe(true);
    const alone = await as('supervisor').get<{ items: CaseSummary[] }>('/cases?noSubject=true&open=true');
    expect(expectStatus(alone, 200).items.map(({ id }) => id)).toContain(filed.id);
  });
});
