import sql from 'sql-template-tag';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CaseDetail, Timeline } from '#contract/cases';
import type { FramingPreview, FramingResult, Report } from '#contract/reports';
import type { ErrorBody } from '#contract/shared';
import {
  doAct,
  expectStatus,
  fileVendor,
  nearBox,
  tinyJpeg,
  uploadPhoto,
  vendor,
  vendorFraming,
} from '../support/case-story.ts';
import { engines } from '../support/test-database.ts';
import { startTestServer, type TestServer } from '../support/test-server.ts';
import type { TestClient } from '../support/test-client.ts';

/** 2026-10-16 is a Friday; working time is 08:30–11:30 and 13:30–17:00, and Saturday works (R1). */
const shanghai = (text: string) => new Date(`${text}+08:00`);
const iso = (text: string) => shanghai(text).toISOString();

describe.each(engines)('a framing on %s', (engine) => {
  let server: TestServer;
  let operator: TestClient;
  let clerk: TestClient;

  beforeAll(async () => {
    server = await startTestServer({ engine });
    operator = await server.signIn('operator');
    clerk = await server.signIn('clerk');
  });
  afterAll(() => server.close());

  const send = (body: object, key?: string, client = operator) =>
    client.post<FramingResult & ErrorBody>(
      '/framings',
      body,
      key === undefined ? {} : { 'idempotency-key': key },
    );

  async function countRows(): Promise<Record<string, number>> {
    const { rows } = await server.db.query<Record<string, number>>(sql`
      select (select count(*) from reports) as reports, (select count(*) from framings) as framings,
        (select count(*) from cases) as cases, (select count(*) from case_events) as events,
        (select count(*) from case_clocks) as clocks`);
    return rows[0] ?? {};
  }

  it('answers a repeated key with the first answer, and refuses it with another body', async () => {
    const body = vendorFraming(server);
    const first = expectStatus(await send(body, 'once-1'), 201);
    const before = await countRows();
    server.clock.advance(60_000);
    expect(expectStatus(await send(body, 'once-1'), 201)).toEqual(first);
    const other = await send({ ...body, note: 'other' }, 'once-1');
    expect([other.status, other.body.code]).toEqual([422, 'IDEMPOTENCY_KEY_REUSED']);
    const otherStill = await send({ ...body, still: undefined }, 'once-1');
    expect(otherStill.body.code).toBe('IDEMPOTENCY_KEY_REUSED');
    expect(await countRows()).toEqual(before);
  });

  it('files one case when the same call comes twice at once', async () => {
    const before = await countRows();
    const body = vendorFraming(server);
    const [one, two] = await Promise.all([send(body, 'twice'), send(body, 'twice')]);
    expect(expectStatus(one, 201)).toEqual(expectStatus(two, 201));
    expect((await countRows()).cases).toBe((before.cases ?? 0) + 1);
  });

  it('replays even when the frame has left the recording meanwhile', async () => {
    const body = vendorFraming(server);
    const first = expectStatus(await send(body, 'old'), 201);
    server.clock.advance(3_600_000);
    expect(expectStatus(await send(body, 'old'), 201)).toEqual(first);
    expect((await send({ ...body, note: 'new' })).body.code).toBe('TIME_OUTSIDE_RING');
  });

  it('is undone within ten seconds by the person who made it, and only then', async () => {
    const { framing, case: filed } = await fileVendor(server, operator);
    const stranger = await clerk.post<ErrorBody>(`/framings/${framing.id}/undo`);
    expect([stranger.status, stranger.body.code]).toEqual([404, 'REPORT_NOT_FOUND']);
    server.clock.advance(9_000);
    const undone = expectStatus(
      await operator.post<{ report: Report; case: CaseDetail }>(`/framings/${framing.id}/undo`),
      200,
    );
    expect(undone).toMatchObject({
      report: { state: 'rejected', stateReason: 'undone' },
      case: { stage: 'void' },
    });
    const { events } = expectStatus(await clerk.get<Timeline>(`/cases/${filed.id}/timeline`), 200);
    expect(events.at(-1)).toMatchObject({ action: 'undo', toStage: 'void', payload: { reason: 'undone' } });
    const again = await operator.post<ErrorBody>(`/framings/${framing.id}/undo`);
    expect([again.status, again.body.code]).toEqual([409, 'REPORT_DECIDED']);

    const late = await fileVendor(server, operator);
    server.clock.advance(10_001);
    const refused = await operator.post<ErrorBody>(`/framings/${late.framing.id}/undo`);
    expect([refused.status, refused.body.code]).toEqual([409, 'UNDO_EXPIRED']);
  });

  it('is attached to an open case, and detached by undoing', async () => {
    const { case: filed } = await fileVendor(server, operator);
    const attached = expectStatus(await send(vendorFraming(server, { attachTo: filed.id })), 201);
    expect(attached).toMatchObject({ attached: true, report: { state: 'merged', caseId: filed.id } });
    expect(attached.case).toMatchObject({ id: filed.id, reportCount: 2, version: 2, dueAt: filed.dueAt });
    const undone = expectStatus(
      await operator.post<{ case: CaseDetail }>(`/framings/${attached.id}/undo`),
      200,
    );
    expect(undone.case).toMatchObject({ id: filed.id, reportCount: 1, stage: 'handling' });
    const { events } = expectStatus(await clerk.get<Timeline>(`/cases/${filed.id}/timeline`), 200);
    expect(events.map(({ action }) => action)).toEqual(['file', 'dispatch', 'attach', 'detach']);
  });

  it('does not void a case that others have reported too', async () => {
    const { framing, case: filed } = await fileVendor(server, operator);
    expectStatus(await send(vendorFraming(server, { attachTo: filed.id })), 201);
    const refused = await operator.post<ErrorBody>(`/framings/${framing.id}/undo`);
    expect([refused.status, refused.body.code]).toEqual([409, 'ACTION_NOT_ALLOWED']);
  });

  it('without filing waits as a report until the clerk accepts it', async () => {
    const framed = expectStatus(await send(vendorFraming(server, { file: false })), 201);
    expect(framed.case).toBeUndefined();
    expect(framed.report).toMatchObject({ state: 'received', channel: 'video', cameraId: 'camera-1' });
    const decided = expectStatus(
      await clerk.post<{ report: Report; case: CaseDetail }>(`/reports/${framed.report.id}/accept`, {
        expectedVersion: 1,
      }),
      200,
    );
    expect(decided.report).toMatchObject({ state: 'filed', caseId: decided.case.id, version: 2 });
    expect(decided.case).toMatchObject({
      stage: 'handling',
      cameraId: 'camera-1',
      stillId: framed.report.stillId,
    });
    expect(decided.case.framing).toMatchObject({ cameraId: 'camera-1', box: nearBox });
  });

  it('takes the still as a file beside the framing, and keeps it with the evidence', async () => {
    const form = new FormData();
    form.set('framing', JSON.stringify(vendorFraming(server, { still: undefined })));
    form.set('still', new Blob([tinyJpeg], { type: 'image/jpeg' }), 'still.jpg');
    const framed = expectStatus(await operator.call<FramingResult>('POST', '/framings', form), 201);
    const still = await operator.get<Buffer>(`/attachments/${framed.case?.stillId ?? ''}`);
    expect(still.status).toBe(200);
    expect(still.headers.get('content-type')).toBe('image/jpeg');
    expect(still.body.equals(tinyJpeg)).toBe(true);
    const evidenceId = framed.case?.framing?.evidenceId;
    if (evidenceId !== undefined) {
      expect((await clerk.get(`/attachments/${evidenceId}`)).headers.get('content-type')).toBe('video/mp4');
    }
    const unit = await server.signIn('unit-enforcement');
    expect((await unit.get(`/attachments/${framed.case?.stillId ?? ''}`)).status).toBe(200);
    const other = await server.signIn('unit-police');
    expect((await other.get<ErrorBody>(`/attachments/${framed.case?.stillId ?? ''}`)).body.code).toBe(
      'ATTACHMENT_NOT_FOUND',
    );
  });

  it('shows while dragging what filing would decide, and similar cases', async () => {
    const { framing, case: filed } = await fileVendor(server, operator);
    const preview = expectStatus(
      await operator.post<FramingPreview>('/framings/preview', {
        cameraId: 'camera-1',
        box: nearBox,
        class: vendor,
      }),
      200,
    );
    expect(preview.ground).toEqual(framing.ground);
    expect(preview.footprint).toEqual(framing.footprint);
    expect(preview.cell).toEqual(filed.cell);
    expect(preview.resolution?.unit?.code).toBe(filed.unit?.code);
    expect(preview.cellOutline.coordinates[0]?.length).toBeGreaterThan(3);
    expect(preview.similar.map(({ id }) => id)).toContain(filed.id);
    const plain = expectStatus(
      await operator.post<FramingPreview>('/framings/preview', { cameraId: 'camera-1', box: nearBox }),
      200,
    );
    expect(plain.resolution).toBeUndefined();
    expect(plain.similar).toEqual([]);
  });

  it('after hours on a Friday: natural handling goes on, the rest waits for Saturday morning', async () => {
    server.clock.set(shanghai('2026-10-16T17:10:00'));
    const unit = await server.signIn('unit-enforcement');
    const { case: filed } = await fileVendor(server, operator);
    // Two urgent hours are natural time; yellow when a fifth, 24 minutes, remains.
    expect(filed).toMatchObject({
      timing: 'natural',
      urgent: false,
      dueAt: iso('2026-10-16T19:10:00'),
      warnAt: iso('2026-10-16T18:46:00'),
      light: 'green',
      // 30 + 30 + 120 + 30 + 60 + 30 minutes, running naturally while the handling does.
      whole: { dueAt: iso('2026-10-16T22:10:00'), light: 'green' },
    });
    const lightAt = async (text: string) => {
      server.clock.set(shanghai(text));
      return expectStatus(await clerk.get<CaseDetail>(`/cases/${filed.id}`), 200).light;
    };
    expect(await lightAt('2026-10-16T18:45:59')).toBe('green');
    expect(await lightAt('2026-10-16T18:46:00')).toBe('yellow');
    expect(await lightAt('2026-10-16T19:10:00')).toBe('yellow');
    expect(await lightAt('2026-10-16T19:10:01')).toBe('red');

    server.clock.set(shanghai('2026-10-16T19:20:00'));
    let now = await doAct(unit, filed, 'feedback', { photos: [await uploadPhoto(unit)] });
    // Working time again: half an hour from Saturday 08:30, yellow for its last ten minutes.
    expect(now).toMatchObject({
      timing: 'working',
      dueAt: iso('2026-10-17T09:00:00'),
      warnAt: iso('2026-10-17T08:50:00'),
      light: 'green',
      // Five hours less the 130 minutes of handling: 170 minutes of Saturday's working time.
      whole: { dueAt: iso('2026-10-17T11:20:00') },
    });
    server.clock.set(shanghai('2026-10-17T11:00:00'));
    now = await doAct(clerk, now, 'send-for-check');
    expect(now.dueAt).toBe(iso('2026-10-17T14:00:00'));
    now = await doAct(operator, now, 'check', { passed: true });
    // Over the noon rest: 11:00 plus half an hour ends with the morning.
    expect(now.dueAt).toBe(iso('2026-10-17T11:30:00'));
    const { clocks } = expectStatus(await clerk.get<Timeline>(`/cases/${filed.id}/timeline`), 200);
    expect(clocks.map(({ stage, usedSeconds, light }) => [stage, usedSeconds, light])).toEqual([
      ['filing', 0, 'green'],
      ['dispatch', 0, 'green'],
      ['handling', 7800, 'red'],
      ['send-for-check', 9000, 'red'],
      ['check', 0, 'green'],
      ['closing', 0, 'green'],
    ]);
  });

  it('leaves sending for check untimed for a night stall, the whole clock standing still', async () => {
    server.clock.set(shanghai('2026-10-19T09:00:00'));
    const unit = await server.signIn('unit-enforcement');
    const { case: filed } = await fileVendor(server, operator, { condition: 142 });
    expect(filed).toMatchObject({ special: true, dueAt: iso('2026-10-19T11:00:00') });
    server.clock.set(shanghai('2026-10-19T10:00:00'));
    const now = await doAct(unit, filed, 'feedback', { photos: [await uploadPhoto(unit)] });
    expect(now.dueAt).toBeUndefined();
    expect(now.light).toBe('none');
    expect(now.whole).toEqual({ light: 'green' });
    server.clock.set(shanghai('2026-10-22T10:00:00'));
    const checked = await doAct(clerk, now, 'send-for-check');
    // 30 + 30 + 120 + 60 + 30 minutes less the hour used: 210 minutes of working time from Thursday 10:00.
    expect(checked.whole.dueAt).toBe(iso('2026-10-22T15:30:00'));
  });
});
