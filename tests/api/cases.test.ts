import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CaseCounts, CaseDetail, CaseSummary, Timeline } from '#contract/cases';
import type { ErrorBody } from '#contract/shared';
import { act, doAct, expectStatus, fileVendor, sendToCollector, uploadPhoto } from '../support/case-story.ts';
import { engines } from '../support/test-database.ts';
import { startTestServer, type TestServer } from '../support/test-server.ts';
import type { TestClient } from '../support/test-client.ts';

const MINUTE = 60_000;

describe.each(engines)('a case on %s', (engine) => {
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
      'chief',
      'wall',
      'admin',
      'unit-enforcement',
      'unit-police',
      'evaluator',
    ]) {
      people[name] = await server.signIn(name);
    }
  });
  afterAll(() => server.close());

  it('goes from a rectangle on a video to closed, a failed check in between', async () => {
    const filed = await fileVendor(server, as('operator'), { note: '占道经营' });
    expect(filed.case).toMatchObject({
      stage: 'handling',
      class: 'E09001',
      unit: { code: 'enforcement' },
      note: '占道经营',
      version: 1,
      secondNotices: 0,
    });
    expect(filed.case.number).toMatch(/^620103-20261016-\d{5}$/);
    expect(filed.case.cell.code).toHaveLength(15);
    expect(filed.case.divisionNames).toHaveLength(3);
    expect(filed.case.framing?.footprint).toMatchObject({ type: 'Polygon' });

    const unit = as('unit-enforcement');
    const photo = await uploadPhoto(unit);
    server.clock.advance(30 * MINUTE);
    const seen = expectStatus(await unit.get<CaseDetail>(`/cases/${filed.case.id}`), 200);
    expect(seen.allowed).toContainEqual({
      action: 'feedback',
      primary: true,
      fields: [
        { name: 'photos', need: 'required' },
        { name: 'note', need: 'optional' },
      ],
    });
    let now = await doAct(unit, seen, 'feedback', { photos: [photo], note: '已劝离' });
    expect(now).toMatchObject({ stage: 'send-for-check', photos: [{ attachmentId: photo }] });
    now = await sendToCollector(as('clerk'), as('collector'), now);
    expect(now.checker?.name.zh).toBe('信息采集员');
    now = await doAct(as('collector'), now, 'check', { passed: false, note: '仍在' });
    expect(now).toMatchObject({ stage: 'handling', unit: { code: 'enforcement' }, secondNotices: 1 });

    server.clock.advance(10 * MINUTE);
    now = await doAct(unit, now, 'feedback', { photos: [await uploadPhoto(unit)] });
    now = await doAct(as('dispatcher'), now, 'send-for-check');
    now = await doAct(as('operator'), now, 'check', { passed: true });
    now = await doAct(as('clerk'), now, 'close');
    expect(now).toMatchObject({ stage: 'closed', light: 'none', whole: { light: 'green' } });
    expect(now.dueAt).toBeUndefined();
    expect(now.photos).toHaveLength(2);

    const timeline = expectStatus(await as('chief').get<Timeline>(`/cases/${now.id}/timeline`), 200);
    expect(timeline.events.map(({ action, toStage }) => `${action} → ${toStage}`)).toEqual([
      'file → dispatch',
      'dispatch → handling',
      'feedback → send-for-check',
      'send-for-check → check',
      'check → handling',
      'feedback → send-for-check',
      'send-for-check → check',
      'check → closing',
      'close → closed',
    ]);
    const handling = timeline.clocks.filter(({ stage }) => stage === 'handling');
    // The second notice accumulates: 30 minutes before, 10 after (SPEC section 4).
    expect(
      handling.map(({ round, usedBeforeSeconds, usedSeconds }) => [round, usedBeforeSeconds, usedSeconds]),
    ).toEqual([
      [1, 0, 1800],
      [2, 1800, 2400],
    ]);
    expect(timeline.clocks.every(({ endedAt }) => endedAt !== undefined)).toBe(true);
  });

  it('is taken by one of two dispatchers; the other learns how it is now', async () => {
    const { case: filed } = await fileVendor(server, as('operator'));
    const answers = await Promise.all([
      act(as('dispatcher'), filed, 'dispatch', { unit: 'police', reason: '涉及交通' }),
      act(as('supervisor'), filed, 'dispatch', { unit: 'police', reason: '涉及交通' }),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    const late = answers.find(({ status }) => status === 409)?.body;
    expect(late).toMatchObject({
      code: 'STALE_VERSION',
      details: { case: { version: 2, unit: { code: 'police' } } },
    });
  });

  it('leaves the sight of a unit that it is dispatched away from', async () => {
    const { case: filed } = await fileVendor(server, as('operator'));
    await doAct(as('dispatcher'), filed, 'dispatch', { unit: 'police', reason: '涉及交通' });
    const hidden = await as('unit-enforcement').get<ErrorBody>(`/cases/${filed.id}`);
    expect([hidden.status, hidden.body.code]).toEqual([404, 'CASE_NOT_FOUND']);
    expectStatus(await as('unit-police').get(`/cases/${filed.id}`), 200);
  });

  it('accumulates the time of a unit that returned it and gets it back, and restarts for another', async () => {
    const { case: filed } = await fileVendor(server, as('operator'));
    server.clock.advance(20 * MINUTE);
    let now = await doAct(as('unit-enforcement'), filed, 'return', {
      reason: '不属于本单位职责',
      reasonCode: 'not-our-duty',
    });
    expect(now).toMatchObject({ stage: 'dispatch' });
    expect(now.unit).toBeUndefined();
    now = await doAct(as('dispatcher'), now, 'dispatch');
    expect(now.unit?.code).toBe('enforcement');
    server.clock.advance(5 * MINUTE);
    await doAct(as('dispatcher'), now, 'dispatch', { unit: 'police', reason: '改派' });
    const { clocks } = expectStatus(await as('clerk').get<Timeline>(`/cases/${filed.id}/timeline`), 200);
    const handling = clocks.filter(({ stage }) => stage === 'handling');
    expect(handling.map((one) => [one.unitCode, one.usedBeforeSeconds])).toEqual([
      ['enforcement', 0],
      ['enforcement', 1200],
      ['police', 0],
    ]);
  });

  it('starts the supervision clock when the chief urges, once while it runs', async () => {
    const { case: filed } = await fileVendor(server, as('operator'));
    const urged = await doAct(as('chief'), filed, 'supervise', { note: '请尽快处理' });
    expect(urged.supervision).toMatchObject({ light: 'green' });
    expect(urged.stage).toBe('handling');
    expect(urged.dueAt).toBe(filed.dueAt);
    const again = await act(as('supervisor'), urged, 'supervise');
    expect([again.status, again.body.code]).toEqual([409, 'ACTION_NOT_ALLOWED']);
    const { events } = expectStatus(await as('clerk').get<Timeline>(`/cases/${filed.id}/timeline`), 200);
    expect(events.at(-1)).toMatchObject({ action: 'supervise', payload: { by: { username: 'chief' } } });
  });

  it('says what each action lacks, and what is not for whom', async () => {
    const { case: filed } = await fileVendor(server, as('operator'));
    const outcome = async (name: string, action: string, body: object = {}) => {
      const answer = await act(as(name), filed, action, body);
      return `${answer.status} ${answer.body.code}`;
    };
    expect(await outcome('unit-enforcement', 'feedback')).toBe('422 EVIDENCE_REQUIRED');
    expect(await outcome('unit-enforcement', 'return')).toBe('422 RETURN_REASON_REQUIRED');
    const reasonCode = 'wrong-place';
    expect(await outcome('unit-enforcement', 'return', { reasonCode })).toBe('422 REASON_REQUIRED');
    expect(await outcome('unit-enforcement', 'return', { reasonCode, reason: '  ' })).toBe(
      '422 REASON_REQUIRED',
    );
    expect(await outcome('unit-enforcement', 'return', { reasonCode, reason: '不在此处' })).toBe(
      '422 EVIDENCE_REQUIRED',
    );
    expect(await outcome('unit-enforcement', 'request-extension', { reason: 'x' })).toBe(
      '422 SECONDS_REQUIRED',
    );
    expect(await outcome('unit-enforcement', 'request-extension', { reason: 'x', seconds: 0 })).toBe(
      '400 INVALID_INPUT',
    );
    expect(
      await outcome('unit-enforcement', 'request-extension', { reason: 'x', seconds: 400_000_000 }),
    ).toBe('400 INVALID_INPUT');
    expect(await outcome('supervisor', 'decide-request', { approved: true })).toBe('409 ACTION_NOT_ALLOWED');
    expect(await outcome('dispatcher', 'change-limit', { seconds: 3600, reason: 'x' })).toBe(
      '409 ACTION_NOT_ALLOWED',
    );
    expect(await outcome('dispatcher', 'dispatch')).toBe('422 UNIT_REQUIRED');
    expect(await outcome('dispatcher', 'dispatch', { unit: 'police' })).toBe('422 REASON_REQUIRED');
    expect(await outcome('dispatcher', 'dispatch', { unit: 'nobody', reason: 'x' })).toBe('422 UNKNOWN_UNIT');
    expect(await outcome('supervisor', 'void')).toBe('422 REASON_REQUIRED');
    expect(await outcome('clerk', 'note')).toBe('400 INVALID_INPUT');
    expect(await outcome('clerk', 'close')).toBe('409 ACTION_NOT_ALLOWED');
    expect(await outcome('operator', 'dispatch', { unit: 'police', reason: 'x' })).toBe('403 NOT_ALLOWED');
    expect(await outcome('unit-police', 'feedback')).toBe('404 CASE_NOT_FOUND');
    expect(await outcome('wall', 'note', { note: 'x' })).toBe('403 NOT_ALLOWED');
    const stranger = await uploadPhoto(as('operator'));
    expect(await outcome('unit-enforcement', 'feedback', { photos: [stranger] })).toBe(
      '404 ATTACHMENT_NOT_FOUND',
    );
    const wrong = await act(as('dispatcher'), filed, 'send-for-check');
    expect(wrong.body.details).toMatchObject({ allowed: ['dispatch', 'merge', 'note'], stage: 'handling' });
    const { case: again } = {
      case: expectStatus(await as('clerk').get<CaseDetail>(`/cases/${filed.id}`), 200),
    };
    expect(again.version).toBe(1);
  });

  it('merges into another, whose reports grow', async () => {
    const { case: first } = await fileVendor(server, as('operator'));
    const { case: second } = await fileVendor(server, as('operator'));
    const merged = await doAct(as('clerk'), second, 'merge', { into: first.id });
    expect(merged.stage).toBe('void');
    const into = expectStatus(await as('clerk').get<CaseDetail>(`/cases/${first.id}`), 200);
    expect(into).toMatchObject({ reportCount: 2, version: 2 });
  });

  it('is listed by due time, page by page, within the scope', async () => {
    for (let count = 0; count < 3; count++) await fileVendor(server, as('operator'));
    const all: CaseSummary[] = [];
    let after = '';
    do {
      const page = expectStatus(
        await as('clerk').get<{ items: CaseSummary[]; next?: string }>(`/cases?open=true&limit=2${after}`),
        200,
      );
      all.push(...page.items);
      after = page.next ? `&after=${page.next}` : '';
    } while (after);
    const whole = expectStatus(
      await as('clerk').get<{ items: CaseSummary[] }>('/cases?open=true&limit=500'),
      200,
    );
    expect(all.map(({ id }) => id)).toEqual(whole.items.map(({ id }) => id));
    expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
    const due = all.map(({ dueAt }) => dueAt ?? '9');
    expect(due).toEqual([...due].sort());

    const own = expectStatus(await as('unit-police').get<{ items: CaseSummary[] }>('/cases?limit=500'), 200);
    expect(own.items.length).toBeGreaterThan(0);
    expect(own.items.every(({ unit }) => unit?.code === 'police')).toBe(true);

    const { lon, lat } = whole.items[0]?.position ?? { lon: 0, lat: 0 };
    const filters = [
      'stage=handling',
      'light=green',
      `near=${lon},${lat},50`,
      'class=E09001',
      'q=620103-2026',
      'unit=police',
    ];
    for (const filter of filters) {
      expect(
        expectStatus(await as('clerk').get<{ items: unknown[] }>(`/cases?${filter}`), 200).items.length,
      ).toBeGreaterThan(0);
    }
    expect(expectStatus(await as('clerk').get<{ items: unknown[] }>('/cases?class=none'), 200).items).toEqual(
      [],
    );
    expect((await as('clerk').get('/cases?after=nonsense')).status).toBe(400);
    expect((await as('clerk').get('/cases?limit=501')).status).toBe(400);
    expect((await as('clerk').get('/cases?colour=red')).status).toBe(400);
  });

  it('is counted as it is listed', async () => {
    const counts = expectStatus(await as('wall').get<CaseCounts>('/cases/counts'), 200);
    const { items } = expectStatus(
      await as('wall').get<{ items: CaseSummary[] }>('/cases?open=true&limit=500'),
      200,
    );
    expect(counts.open).toBe(items.length);
    expect(counts.red + counts.yellow + counts.green).toBe(items.length);
    expect(counts.green).toBe(items.filter(({ light }) => light === 'green').length);
    expect(Object.values(counts.byStage).reduce((sum, count) => sum + count, 0)).toBe(counts.open);
    expect(counts.bySubdistrict.reduce((sum, { open }) => sum + open, 0)).toBe(counts.open);
    expect(counts.closedToday).toBe(1);
    const own = expectStatus(await as('unit-police').get<CaseCounts>('/cases/counts'), 200);
    expect(own.byUnit.map(({ code }) => code)).toEqual(['police']);
  });
});
