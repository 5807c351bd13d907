import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ErrorBody } from '#contract/shared';
import { doAct, expectStatus, fileVendor, tinyJpeg, uploadPhoto } from '../support/case-story.ts';
import { engines } from '../support/test-database.ts';
import { startTestServer, type TestServer } from '../support/test-server.ts';

describe.each(engines)('a photo on %s', (engine) => {
  let server: TestServer;

  beforeAll(async () => {
    server = await startTestServer({ engine });
  });
  afterAll(() => server.close());

  it('is seen by its uploader alone until it belongs to a case, then by who sees the case', async () => {
    const unit = await server.signIn('unit-enforcement');
    const clerk = await server.signIn('clerk');
    const stranger = await server.signIn('unit-police');
    const photo = await uploadPhoto(unit);
    const own = await unit.get<Buffer>(`/attachments/${photo}`);
    expect(own.body.equals(tinyJpeg)).toBe(true);
    expect((await clerk.get<ErrorBody>(`/attachments/${photo}`)).body.code).toBe('ATTACHMENT_NOT_FOUND');

    const { case: filed } = await fileVendor(server, await server.signIn('operator'));
    await doAct(unit, filed, 'feedback', { photos: [photo] });
    expectStatus(await clerk.get(`/attachments/${photo}`), 200);
    expect((await stranger.get<ErrorBody>(`/attachments/${photo}`)).body.code).toBe('ATTACHMENT_NOT_FOUND');
  });

  it('comes as a form, too, and is told by its bytes, not by its name', async () => {
    const collector = await server.signIn('collector');
    const form = new FormData();
    form.set('file', new Blob([tinyJpeg], { type: 'text/plain' }), 'notes.txt');
    const { id } = expectStatus(await collector.call<{ id: string }>('POST', '/attachments', form), 201);
    expect((await collector.get(`/attachments/${id}`)).headers.get('content-type')).toBe('image/jpeg');
    const fake = new FormData();
    fake.set('file', new Blob(['<script>'], { type: 'image/png' }), 'photo.png');
    expect((await collector.call<ErrorBody>('POST', '/attachments', fake)).body.code).toBe('NOT_AN_IMAGE');
  });
});
