import sql from 'sql-template-tag';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ErrorBody } from '#contract/shared';
import { errorCatalogue } from '../../server/errors.ts';
import { doAct, fileVendor, nearBox, tinyJpeg, vendorFraming } from '../support/case-story.ts';
import { engines } from '../support/test-database.ts';
import { startTestServer, type TestServer } from '../support/test-server.ts';
import type { Answer, TestClient } from '../support/test-client.ts';

describe.each(engines)('bad input on %s', (engine) => {
  let server: TestServer;
  let operator: TestClient;
  let clerk: TestClient;

  beforeAll(async () => {
    server = await startTestServer({ engine });
    operator = await server.signIn('operator');
    clerk = await server.signIn('clerk');
  });
  afterAll(() => server.close());

  async function countRows() {
    const { rows } = await server.db.query(sql`
      select (select count(*) from reports) as reports, (select count(*) from framings) as framings,
        (select count(*) from cases) as cases, (select count(*) from case_events) as events,
        (select count(*) from case_clocks) as clocks, (select count(*) from attachments) as attachments,
        (select count(*) from outbox) + (select count(*) from feed) as changes,
        (select count(*) from idempotency_keys) as keys, (select coalesce(sum(last), 0) from case_numbers) as numbers`);
    return rows[0];
  }

  /** The call is refused with this code in both languages, and nothing at all is written. */
  async function expectRefused(code: keyof typeof errorCatalogue, call: () => Promise<Answer<unknown>>) {
    const before = await countRows();
    const answer = await call();
    const body = answer.body as ErrorBody;
    expect(`${answer.status} ${body.code}`).toBe(`${errorCatalogue[code][0]} ${code}`);
    expect(body.message).toMatch(/\p{Script=Han}.* \/ [A-Z]/u);
    expect(body.requestId).toBeTruthy();
    expect(await countRows()).toEqual(before);
    return body;
  }

  const frame = (more: object) => operator.post('/framings', { ...vendorFraming(server), ...more });
  const atOffset = (milliseconds: number) =>
    new Date(server.clock.now().getTime() + milliseconds).toISOString();

  it('refuses a camera that does not exist', () =>
    expectRefused('CAMERA_NOT_FOUND', () => frame({ cameraId: 'camera-99' })));

  it('refuses a time outside the recording, before and after', async () => {
    await expectRefused('TIME_OUTSIDE_RING', () => frame({ at: atOffset(-3_600_000) }));
    await expectRefused('TIME_OUTSIDE_RING', () => frame({ at: atOffset(3_600_000) }));
    await expectRefused('INVALID_INPUT', () => frame({ at: 'yesterday' }));
  });

  it('refuses a rectangle above the horizon, outside the picture, or out of range', async () => {
    await expectRefused('RECTANGLE_ABOVE_HORIZON', () =>
      frame({ box: { x: 0.4, y: 0, width: 0.1, height: 0.02 } }),
    );
    await expectRefused('RECTANGLE_OUTSIDE_PICTURE', () =>
      frame({ box: { x: 0.95, y: 0.5, width: 0.1, height: 0.1 } }),
    );
    await expectRefused('RECTANGLE_OUTSIDE_PICTURE', () =>
      frame({ box: { x: -0.1, y: 0.5, width: 0.2, height: 0.1 } }),
    );
    await expectRefused('RECTANGLE_OUTSIDE_PICTURE', () => frame({ box: { ...nearBox, width: 0 } }));
    await expectRefused('RECTANGLE_OUTSIDE_PICTURE', () => frame({ box: { ...nearBox, height: -0.1 } }));
    await expectRefused('INVALID_INPUT', () => frame({ box: { ...nearBox, width: 'wide' } }));
  });

  it('refuses a class, condition or part that does not exist', async () => {
    await expectRefused('UNKNOWN_CLASS', () => frame({ class: 'E99999' }));
    await expectRefused('UNKNOWN_CONDITION', () => frame({ condition: 999_999 }));
    await expectRefused('UNKNOWN_PART', () => frame({ part: '62010399999999999' }));
  });

  it('refuses a position outside the district', () =>
    expectRefused('POSITION_OUTSIDE_DISTRICT', () =>
      operator.post('/reports', {
        channel: 'collector',
        class: 'E09001',
        position: { lon: 116.4, lat: 39.9 },
      }),
    ));

  it('refuses a stale version, telling the case as it is', async () => {
    const { case: filed } = await fileVendor(server, operator);
    await doAct(clerk, filed, 'note', { note: '已电话联系' });
    const body = await expectRefused('STALE_VERSION', () =>
      clerk.post(`/cases/${filed.id}/actions/note`, { expectedVersion: 1, note: 'x' }),
    );
    expect(body.details).toMatchObject({ case: { id: filed.id, version: 2 } });
  });

  it('refuses a key used with another body', async () => {
    const headers = { 'idempotency-key': 'bad-input' };
    await operator.post('/framings', vendorFraming(server), headers);
    await expectRefused('IDEMPOTENCY_KEY_REUSED', () =>
      operator.post('/framings', vendorFraming(server, { note: 'another' }), headers),
    );
  });

  it('refuses an expired session, and none, differently', async () => {
    const late = await server.signIn('dispatcher');
    await server.db.query(sql`
      update sessions set expires_at = ${server.clock.now()}
      where user_id = (select id from users where username = 'dispatcher')`);
    await expectRefused('SESSION_EXPIRED', () => late.post('/framings', vendorFraming(server)));
    await expectRefused('NOT_SIGNED_IN', () => server.anonymous().post('/framings', vendorFraming(server)));
  });

  it('refuses a note of ten megabytes, and one that is merely too long', async () => {
    await expectRefused('TOO_LARGE', () => frame({ note: 'x'.repeat(10 * 1024 * 1024) }));
    await expectRefused('INVALID_INPUT', () => frame({ note: 'x'.repeat(4001) }));
  });

  it('refuses broken JSON, also inside a form', async () => {
    const json = { 'content-type': 'application/json' };
    await expectRefused('BROKEN_JSON', () => operator.post('/framings', '{"cameraId": ', json));
    const form = new FormData();
    form.set('framing', '{"cameraId": ');
    await expectRefused('BROKEN_JSON', () => operator.call('POST', '/framings', form));
  });

  it('refuses a still or photo that is not an image', async () => {
    const text = Buffer.from('GIF89a, no: this is text').toString('base64');
    await expectRefused('NOT_AN_IMAGE', () => frame({ still: text }));
    await expectRefused('NOT_AN_IMAGE', () => frame({ still: '!!!' }));
    await expectRefused('NOT_AN_IMAGE', () => frame({ still: tinyJpeg.subarray(0, 20).toString('base64') }));
    await expectRefused('TOO_LARGE', () =>
      frame({ still: Buffer.concat([tinyJpeg, Buffer.alloc(4 * 1024 * 1024)]).toString('base64') }),
    );
    const image = { 'content-type': 'image/jpeg' };
    await expectRefused('NOT_AN_IMAGE', () => operator.post('/attachments', Buffer.from('hello'), image));
    await expectRefused('TOO_LARGE', () =>
      operator.post('/attachments', Buffer.alloc(11 * 1024 * 1024), image),
    );
    await expectRefused('MEDIA_TYPE_REFUSED', () =>
      operator.post('/attachments', Buffer.from('hello'), { 'content-type': 'application/x-unknown' }),
    );
  });

  it('refuses text that cannot be kept, unknown keys and ids that are none', async () => {
    await expectRefused('INVALID_INPUT', () => frame({ note: 'a\0b' }));
    await expectRefused('INVALID_INPUT', () => frame({ note: '\ud800' }));
    await expectRefused('INVALID_INPUT', () => frame({ colour: 'red' }));
    await expectRefused('CASE_NOT_FOUND', () => clerk.get('/cases/1%27%20or%201=1'));
    await expectRefused('CASE_NOT_FOUND', () => frame({ attachTo: '01990000-0000-7000-8000-000000000000' }));
    await expectRefused('ATTACHMENT_NOT_FOUND', () => clerk.get('/attachments/nothing'));
    await expectRefused('REPORT_NOT_FOUND', () =>
      clerk.post('/reports/nothing/accept', { expectedVersion: 1 }),
    );
    await expectRefused('INVALID_INPUT', () =>
      clerk.post('/cases/x/actions/explode', { expectedVersion: 1 }),
    );
    await expectRefused('INVALID_INPUT', () => clerk.get('/cases?q=%00'));
  });

  it('refuses a role that may not', async () => {
    const wall = await server.signIn('wall');
    await expectRefused('NOT_ALLOWED', () => wall.post('/framings', vendorFraming(server)));
    const unit = await server.signIn('unit-police');
    await expectRefused('NOT_ALLOWED', () => unit.post('/framings', vendorFraming(server)));
  });
});
