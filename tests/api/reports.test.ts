import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CaseDetail } from '#contract/cases';
import type { Report } from '#contract/reports';
import type { ErrorBody } from '#contract/shared';
import { expectStatus, fileVendor, vendor } from '../support/case-story.ts';
import { engines } from '../support/test-database.ts';
import { startTestServer, type TestServer } from '../support/test-server.ts';
import type { TestClient } from '../support/test-client.ts';

describe.each(engines)('a report on %s', (engine) => {
  let server: TestServer;
  let hotline: TestClient;
  let clerk: TestClient;
  let somewhere: { lon: number; lat: number };

  beforeAll(async () => {
    server = await startTestServer({ engine });
    hotline = await server.signIn('hotline');
    clerk = await server.signIn('clerk');
    somewhere = (await fileVendor(server, await server.signIn('operator'))).case.position;
  });
  afterAll(() => server.close());

  const send = (body: object, client = hotline) => client.post<Report & ErrorBody>('/reports', body);
  const decide = <T = { report: Report; case: CaseDetail } & ErrorBody>(
    report: Report,
    how: string,
    body: object = {},
  ) => clerk.post<T>(`/reports/${report.id}/${how}`, { expectedVersion: report.version, ...body });

  it('is the same report when its source key comes again from the same sender', async () => {
    const body = {
      channel: 'hotline',
      sourceKey: '12345-1',
      text: '占道经营',
      class: vendor,
      position: somewhere,
    };
    const first = expectStatus(await send(body), 201);
    expect(expectStatus(await send({ ...body, text: 'again' }), 200)).toEqual(first);
    const other = expectStatus(await send(body, await server.signIn('collector')), 201);
    expect(other.id).not.toBe(first.id);
  });

  it('is one report when two copies of it come at once', async () => {
    const body = { channel: 'hotline', sourceKey: 'twice', text: '两次' };
    const answers = await Promise.all([send(body), send(body), send(body)]);
    expect(new Set(answers.map((answer) => answer.body.id)).size).toBe(1);
  });

  it('has half an hour of working time to be filed, and becomes a case with that clock', async () => {
    const report = expectStatus(
      await send({ channel: 'hotline', class: vendor, position: somewhere, text: '小贩' }),
      201,
    );
    expect(Date.parse(report.dueAt) - Date.parse(report.receivedAt)).toBe(30 * 60_000);
    server.clock.advance(10 * 60_000);
    const { report: filed, case: made } = expectStatus(await decide(report, 'accept'), 200);
    expect(filed).toMatchObject({ state: 'filed', version: 2, caseId: made.id });
    expect(made).toMatchObject({
      channel: 'hotline',
      note: '小贩',
      receivedAt: report.receivedAt,
      stage: 'handling',
    });
    const timeline = expectStatus(
      await clerk.get<{ clocks: { stage: string; usedSeconds: number }[] }>(`/cases/${made.id}/timeline`),
      200,
    );
    expect(timeline.clocks[0]).toMatchObject({ stage: 'filing', usedSeconds: 600 });
  });

  it('needs a class and a position to be filed, which the clerk may add', async () => {
    const report = expectStatus(await send({ channel: 'hotline', text: '说不清' }), 201);
    expect((await decide(report, 'accept')).body.code).toBe('CLASS_REQUIRED');
    expect((await decide(report, 'accept', { class: vendor })).body.code).toBe('POSITION_REQUIRED');
    const { case: made } = expectStatus(
      await decide(report, 'accept', { class: vendor, position: somewhere }),
      200,
    );
    expect(made).toMatchObject({
      class: vendor,
      cell: { code: expect.stringMatching(/^\d{15}$/) as string },
    });
  });

  it('is decided once', async () => {
    const report = expectStatus(await send({ channel: 'hotline', text: '误报' }), 201);
    expect((await decide(report, 'reject', { reason: ' ' })).body.code).toBe('REASON_REQUIRED');
    const rejected = expectStatus(await decide<Report>(report, 'reject', { reason: '重复来电' }), 200);
    expect(rejected).toMatchObject({ state: 'rejected', stateReason: '重复来电' });
    const again = await decide(report, 'accept', { class: vendor, position: somewhere });
    expect([again.status, again.body.code]).toEqual([409, 'REPORT_DECIDED']);
  });

  it('is filed by one of two clerks deciding at once', async () => {
    const report = expectStatus(await send({ channel: 'hotline', class: vendor, position: somewhere }), 201);
    const answers = await Promise.all([decide(report, 'accept'), decide(report, 'accept')]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
  });

  it('is merged into an open case', async () => {
    const one = expectStatus(await send({ channel: 'hotline', class: vendor, position: somewhere }), 201);
    const { case: made } = expectStatus(await decide(one, 'accept'), 200);
    const two = expectStatus(await send({ channel: 'public', text: '同一处' }), 201);
    const merged = expectStatus(await decide(two, 'merge', { into: made.id }), 200);
    expect(merged).toMatchObject({ report: { state: 'merged', caseId: made.id }, case: { reportCount: 2 } });
  });

  it('comes out of the case it was merged into, to wait again or as a case of its own', async () => {
    const one = expectStatus(await send({ channel: 'hotline', class: vendor, position: somewhere }), 201);
    const { report: filed, case: made } = expectStatus(await decide(one, 'accept'), 200);
    const body = { channel: 'public', class: vendor, position: somewhere, text: '另一处' };
    const merge = async () => {
      const report = expectStatus(await send(body), 201);
      return expectStatus(await decide(report, 'merge', { into: made.id }), 200).report;
    };
    const [two, three] = [await merge(), await merge()];
    type Unmerged = { report: Report; from: CaseDetail; case?: CaseDetail } & ErrorBody;
    const unmerge = (report: Report, more: object = {}) =>
      decide<Unmerged>(report, 'unmerge', { reason: '不是同一处', ...more });
    expect((await unmerge(two, { reason: ' ' })).body.code).toBe('REASON_REQUIRED');
    // The report that filed the case is the case.
    expect((await unmerge(filed)).body.code).toBe('REPORT_NOT_MERGED');
    const waiting = expectStatus(await unmerge(two), 200);
    expect(waiting).toMatchObject({
      report: { state: 'received', dueAt: two.dueAt },
      from: { reportCount: 2 },
    });
    expect(waiting.report.caseId).toBeUndefined();
    expect((await unmerge(waiting.report)).body.code).toBe('REPORT_NOT_MERGED');
    const own = expectStatus(await unmerge(three, { file: true }), 200);
    expect(own).toMatchObject({
      report: { state: 'filed' },
      from: { reportCount: 1 },
      case: { reportCount: 1 },
    });
    expect(own.report.caseId).toBe(own.case?.id);
    expect(own.case?.id).not.toBe(made.id);
    expect((await send(body, await server.signIn('collector'))).status).toBe(201);
    const byUnit = (await server.signIn('unit-enforcement')).post<ErrorBody>(
      `/reports/${own.report.id}/unmerge`,
      { expectedVersion: 1, reason: 'x' },
    );
    expect((await byUnit).body.code).toBe('NOT_ALLOWED');
  });

  it('is listed newest first, to those whose area it lies in', async () => {
    const first = expectStatus(await clerk.get<{ items: Report[]; next: string }>('/reports?limit=2'), 200);
    const second = expectStatus(
      await clerk.get<{ items: Report[] }>(`/reports?limit=500&after=${first.next}`),
      200,
    );
    const all = expectStatus(await clerk.get<{ items: Report[] }>('/reports?limit=500'), 200);
    expect([...first.items, ...second.items]).toEqual(all.items);
    const received = expectStatus(await clerk.get<{ items: Report[] }>('/reports?state=received'), 200);
    expect(received.items.every(({ state }) => state === 'received')).toBe(true);
    const unit = await server.signIn('unit-enforcement');
    expect(expectStatus(await unit.get<{ items: Report[] }>('/reports'), 200).items).toEqual([]);
  });
});
