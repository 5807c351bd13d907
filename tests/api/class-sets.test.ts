import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ClassEntry, ClassSet, ClassSetChange, SetInForce } from '#contract/dictionary';
import type { ErrorBody } from '#contract/shared';
import type { TestClient } from '../support/test-client.ts';
import { engines } from '../support/test-database.ts';
import { startTestServer, type TestServer } from '../support/test-server.ts';

describe.each(engines)('sets of classes on %s', (engine) => {
  let server: TestServer;
  let admin: TestClient;
  beforeAll(async () => {
    server = await startTestServer({ engine });
    admin = await server.signIn('admin');
  });
  afterAll(() => server.close());

  const inForce = async () =>
    (await admin.get<{ items: ClassSet[] }>('/class-sets')).body.items
      .filter(({ active }) => active)
      .map(({ edition }) => edition);
  const compare = async (edition: number) =>
    (await admin.get<ClassSetChange>(`/class-sets/${edition}/consequences`)).body;

  test('says first what would stay behind', async () => {
    const { classes, limits, duties, replaces } = await compare(2013);
    expect(replaces).toBe(2026);
    expect(classes).toMatchObject({ before: 250, after: 244 });
    expect(classes.none.length).toBeGreaterThan(0);
    expect(classes.none.length + classes.open).toBeLessThan(250);
    expect(limits.carried).toBeGreaterThan(100);
    expect(limits.carried + limits.own + limits.open + limits.none).toBe(636);
    expect(duties.carried).toBeGreaterThan(0);
  });

  test('is put in force with the limits and duties that go over, and taken back as a whole', async () => {
    const { version, limits, duties } = await compare(2013);
    const put = (expectedVersion: string) =>
      admin.post<SetInForce & ErrorBody>('/class-sets/2013/put-in-force', {
        reason: '试行旧版字典',
        expectedVersion,
      });
    expect((await put('0')).body.code).toBe('STALE_VERSION');
    const done = await put(version);
    expect(done.body).toMatchObject({ edition: 2013, limits: limits.carried, duties: duties.carried });
    expect(await inForce()).toEqual([2013]);
    const { items } = (await admin.get<{ items: ClassEntry[] }>('/classes')).body;
    expect(items.every(({ edition }) => edition === 2013)).toBe(true);
    expect(items.reduce((sum, entry) => sum + entry.limits.length, 0)).toBe(limits.carried);
    const { body: again } = await admin.post<ErrorBody>('/class-sets/2013/put-in-force', {
      reason: '再来一次',
      expectedVersion: (await compare(2026)).version,
    });
    expect(again.code).toBe('SET_IN_FORCE');

    const { body: changes } = await admin.get<{ items: { code: string; after: object }[] }>(
      '/register/changes?subject=class-set',
    );
    expect(changes.items.map(({ code, after }) => ({ code, after }))).toEqual([
      { code: '2013', after: { active: true } },
      { code: '2026', after: { active: false } },
    ]);
    expect((await admin.post(`/register/changes/${done.body.batch}/undo`)).status).toBe(200);
    expect(await inForce()).toEqual([2026]);
    expect((await compare(2013)).limits).toEqual(limits);
  });

  test('is for the administrator, and for sets that there are', async () => {
    const dispatcher = await server.signIn('dispatcher');
    expect((await dispatcher.get('/class-sets/2013/consequences')).status).toBe(403);
    expect((await admin.get('/class-sets/1999/consequences')).status).toBe(404);
    expect((await admin.get<ErrorBody>('/class-sets/2026/consequences')).body.code).toBe('SET_IN_FORCE');
  });
});
