import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import sql from 'sql-template-tag';
import type { ApiKey, IssuedApiKey, Me, NewApiKey } from '#contract/access';
import type { ErrorBody } from '#contract/shared';
import { engines } from '../support/test-database.ts';
import { startTestServer, type TestServer } from '../support/test-server.ts';
import type { TestClient } from '../support/test-client.ts';

const basic = (user: string, password: string) =>
  `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;

describe.each(engines)('API keys on %s', (engine) => {
  let server: TestServer;
  let admin: TestClient;
  beforeAll(async () => {
    server = await startTestServer({ engine });
    admin = await server.signIn('admin');
  });
  afterAll(() => server.close());

  async function issue(client: TestClient, given: Partial<NewApiKey> = {}): Promise<IssuedApiKey> {
    const answer = await client.post<IssuedApiKey>('/api-keys', { name: 'QGIS', ...given });
    expect(answer.status, JSON.stringify(answer.body)).toBe(201);
    return answer.body;
  }
  const withKey = <T = Me>(key: string, method = 'GET', path = '/me', body?: unknown) =>
    server.anonymous().call<T>(method, path, body, { authorization: `Bearer ${key}` });

  test('are shown once, kept as a hash, and read only unless asked otherwise', async () => {
    const issued = await issue(admin);
    expect(issued.key).toMatch(/^gw_[\w-]{43}$/);
    expect(issued).toMatchObject({ username: 'admin', readOnly: true, prefix: issued.key.slice(0, 9) });
    const { body } = await admin.get<{ items: ApiKey[] }>('/api-keys');
    expect(body.items[0]).toMatchObject({ id: issued.id, prefix: issued.prefix });
    expect(JSON.stringify(body)).not.toContain(issued.key);
    const { rows } = await server.db.query<{ row: string }>(
      sql`select to_jsonb(k)::text as row from api_keys k`,
    );
    expect(rows.some(({ row }) => row.includes(issued.key))).toBe(false);
  });

  test('stand for their owner in every place a program may put them', async () => {
    const chief = await server.signIn('subdistrict-620103001');
    const { key } = await issue(chief);
    const carried: Record<string, string>[] = [
      { authorization: `Bearer ${key}` },
      { 'x-api-key': key },
      { authorization: basic('anybody', key) },
    ];
    for (const headers of carried) {
      const me = await server.anonymous().call<Me>('GET', '/me', undefined, headers);
      expect(me.body).toMatchObject({ username: 'subdistrict-620103001', scope: { code: '620103001' } });
    }
    const tile = '/tiles/parts/15/25828/12859.mvt';
    expect((await server.anonymous().get(`${tile}?key=${key}`)).status).toBeLessThan(300);
    expect((await server.anonymous().get(tile)).status).toBe(401);
    expect((await server.anonymous().get<ErrorBody>(`/me?key=${key}`)).body.code).toBe('NOT_SIGNED_IN');
  });

  test('that may only read change nothing, and write where they may', async () => {
    const reading = await issue(admin);
    const writing = await issue(admin, { readOnly: false });
    const report = { text: 'x' };
    const refused = await withKey<ErrorBody>(reading.key, 'POST', '/reports', report);
    expect([refused.status, refused.body.code]).toEqual([403, 'API_KEY_READ_ONLY']);
    const taken = await withKey<ErrorBody>(writing.key, 'POST', '/reports', report);
    expect([taken.status, taken.body.code]).toEqual([400, 'INVALID_INPUT']);
  });

  test('need no origin of ours, unlike cookies and passwords a browser remembers', async () => {
    const { key } = await issue(admin, { readOnly: false });
    const from = (headers: Record<string, string>) =>
      server
        .anonymous()
        .call<ErrorBody>('POST', '/reports', {}, { origin: 'https://gis.example', ...headers });
    expect((await from({ 'x-api-key': key })).body.code).toBe('INVALID_INPUT');
    expect((await from({ authorization: basic('a', key) })).body.code).toBe('CROSS_SITE_REFUSED');
    expect((await from({ authorization: 'Bearer ' })).body.code).toBe('CROSS_SITE_REFUSED');
    const both = await admin.call<ErrorBody>('POST', '/reports', {}, { 'x-api-key': 'gw_wrong' });
    expect([both.status, both.body.code]).toEqual([401, 'API_KEY_REFUSED']);
  });

  test('end when they expire, are revoked or their owner is disabled', async () => {
    const soon = await issue(admin, {
      expiresAt: new Date(server.clock.now().getTime() + 60_000).toISOString(),
    });
    expect((await withKey(soon.key)).status).toBe(200);
    server.clock.advance(61_000);
    expect((await withKey<ErrorBody>(soon.key)).body.code).toBe('API_KEY_REFUSED');
    const past = await admin.post<ErrorBody>('/api-keys', { name: 'x', expiresAt: soon.expiresAt });
    expect(past.body.code).toBe('INVALID_INPUT');

    const revoked = await issue(admin);
    const answer = await admin.post<ApiKey>(`/api-keys/${revoked.id}/revoke`);
    expect(answer.body.revokedAt).toBeDefined();
    expect((await withKey(revoked.key)).status).toBe(401);
    expect((await admin.post<ApiKey>(`/api-keys/${revoked.id}/revoke`)).body).toEqual(answer.body);

    const wall = await issue(admin, { username: 'wall' });
    expect((await withKey(wall.key)).body.username).toBe('wall');
    await server.db.query(sql`update users set disabled_at = now() where username = 'wall'`);
    expect((await withKey(wall.key)).status).toBe(401);
    await server.db.query(sql`update users set disabled_at = null where username = 'wall'`);
  });

  test('say when they were last used, to the minute', async () => {
    const { id, key } = await issue(admin);
    const lastUsed = async () =>
      (await admin.get<{ items: ApiKey[] }>('/api-keys')).body.items.find((one) => one.id === id)?.lastUsedAt;
    expect(await lastUsed()).toBeUndefined();
    await withKey(key);
    const first = await lastUsed();
    expect(first).toBe(server.clock.now().toISOString());
    server.clock.advance(59_000);
    await withKey(key);
    expect(await lastUsed()).toBe(first);
    server.clock.advance(1_000);
    await withKey(key);
    expect(await lastUsed()).toBe(server.clock.now().toISOString());
  });

  test('belong to their owner; an administrator gives and takes those of all', async () => {
    const operator = await server.signIn('operator');
    const hotline = await server.signIn('hotline');
    const own = await issue(operator, { name: '现场' });
    const listed = async (client: TestClient) =>
      (await client.get<{ items: ApiKey[] }>('/api-keys?limit=500')).body.items.map(({ id }) => id);
    expect(await listed(operator)).toEqual([own.id]);
    expect(await listed(hotline)).toEqual([]);
    expect(await listed(admin)).toContain(own.id);
    expect((await hotline.post(`/api-keys/${own.id}/revoke`)).status).toBe(404);
    expect((await admin.post(`/api-keys/${own.id}/revoke`)).status).toBe(200);
    const wall = await server.signIn('wall');
    expect((await wall.post<ErrorBody>('/api-keys', { name: 'x' })).body.code).toBe('NOT_ALLOWED');
    const foreign = await operator.post<ErrorBody>('/api-keys', { name: 'x', username: 'admin' });
    expect(foreign.body.code).toBe('NOT_ALLOWED');
    const pages = await admin.get<{ items: ApiKey[]; next: string }>('/api-keys?limit=2');
    const next = await admin.get<{ items: ApiKey[] }>(`/api-keys?limit=2&after=${pages.body.next}`);
    expect([...pages.body.items, ...next.body.items].map(({ id }) => id)).toEqual(
      (await listed(admin)).slice(0, 4),
    );
  });

  test('make no keys, and end no session', async () => {
    const { key } = await issue(admin, { readOnly: false });
    expect((await withKey(key, 'POST', '/api-keys', { name: 'x' })).status).toBe(403);
    expect((await withKey(key, 'GET', '/api-keys')).status).toBe(403);
    expect((await withKey(key, 'DELETE', '/session')).status).toBe(403);
  });

  test('leave a trail', async () => {
    const { id } = await issue(admin);
    await admin.post(`/api-keys/${id}/revoke`);
    const { rows } = await server.db.query<{ action: string; details: unknown }>(
      sql`select action, details from audit where subject = ${id} order by id`,
    );
    expect(rows.map(({ action }) => action)).toEqual(['issue-api-key', 'revoke-api-key']);
    expect(rows[0]?.details).toEqual({ for: 'admin', name: 'QGIS', readOnly: true });
  });
});
