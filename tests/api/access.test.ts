import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Me } from '#contract/access';
import type { ErrorBody } from '#contract/shared';
import { hashPassword } from '../../server/access/service.ts';
import { insertUser } from '../../server/access/repository.ts';
import { engines } from '../support/test-database.ts';
import { startTestServer, type TestServer } from '../support/test-server.ts';

interface OpenApi {
  paths: Record<string, Record<string, unknown>>;
}

/** What may be called without a session. */
const OPEN = new Set(['post /api/v1/session', 'get /api/v1/session/samples', 'post /api/v1/session/sample']);

const ROLES = [
  'admin',
  'clerk',
  'dispatcher',
  'operator',
  'supervisor',
  'evaluator',
  'hotline',
  'collector',
  'chief',
  'wall',
];

describe.each(engines)('access on %s', (engine) => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startTestServer({ engine });
    await insertUser(server.db, {
      id: '0199e0a0-0000-7000-8000-000000000001',
      username: 'zhang',
      passwordHash: await hashPassword('correct horse'),
      nameZh: '张某',
      nameEn: 'Zhang',
      role: 'operator',
      scope: { kind: 'district', code: '620103' },
      sample: false,
    });
  });
  afterAll(() => server.close());

  async function routes(): Promise<[method: string, path: string][]> {
    const response = await fetch(`${server.origin}/openapi.json`);
    const { paths } = (await response.json()) as OpenApi;
    return Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method): [string, string] => [method, path]),
    );
  }

  /** A path whose ids are well formed and of nothing that is there. */
  const ids: Record<string, string> = {
    layer: 'parts',
    z: '15',
    x: '1',
    y: '1',
    format: 'csv',
    collectionId: 'parts',
  };
  const isOurs = (path: string) => /^\/(api|ogc)\//.test(path);
  /** Below /api/v1, as the client calls; `/..` leads out of it to the features at /ogc. */
  const fill = (path: string) =>
    path
      .replace(/^\/ogc/, '/../../ogc')
      .replace('/exports/{layer}', '/exports/units')
      .replace(/\{([^}]+)\}/g, (_, name: string) => ids[name] ?? '0199e0a0-0000-7000-8000-00000000dead')
      .replace('/api/v1', '');

  test('signs in with a password, tells who one is, and signs out', async () => {
    const client = server.anonymous();
    const answer = await client.post<Me>('/session', { username: 'zhang', password: 'correct horse' });
    expect(answer.status).toBe(200);
    expect(answer.headers.get('set-cookie')).toMatch(/HttpOnly/);
    expect(answer.headers.get('set-cookie')).toMatch(/SameSite=Strict/);
    expect((await client.get<Me>('/me')).body).toMatchObject({ username: 'zhang', role: 'operator' });
    expect((await client.call('DELETE', '/session')).status).toBe(204);
    const after = server.anonymous();
    after.cookie = answer.headers.getSetCookie()[0]?.split(';')[0] ?? '';
    expect((await after.get<ErrorBody>('/me')).body.code).toBe('SESSION_EXPIRED');
  });

  test('says the same of a wrong password and of an unknown user', async () => {
    const client = server.anonymous();
    const wrong = await client.post<ErrorBody>('/session', { username: 'zhang', password: 'wrong' });
    const unknown = await client.post<ErrorBody>('/session', { username: 'nobody', password: 'wrong' });
    expect([wrong.status, wrong.body.code]).toEqual([401, 'WRONG_CREDENTIALS']);
    expect([unknown.status, unknown.body.code, unknown.body.message]).toEqual([
      401,
      wrong.body.code,
      wrong.body.message,
    ]);
  });

  test('stops guessing after ten tries a minute', async () => {
    const client = server.anonymous();
    const answers = [];
    for (let n = 0; n < 12; n++) {
      answers.push(await client.post<ErrorBody>('/session', { username: 'victim', password: `guess ${n}` }));
    }
    expect(answers.slice(0, 10).every(({ status }) => status === 401)).toBe(true);
    expect(answers.at(-1)?.body.code).toBe('TOO_MANY_REQUESTS');
  });

  test('an expired session is told from no session', async () => {
    const client = await server.signIn('operator');
    server.clock.advance(8 * 24 * 3600 * 1000);
    const expired = await client.get<ErrorBody>('/me');
    server.clock.advance(-8 * 24 * 3600 * 1000);
    expect([expired.status, expired.body.code]).toEqual([401, 'SESSION_EXPIRED']);
    const none = await server.anonymous().get<ErrorBody>('/me');
    expect([none.status, none.body.code]).toEqual([401, 'NOT_SIGNED_IN']);
  });

  test('sample accounts open from the same machine only, and never through a proxy', async () => {
    const client = server.anonymous();
    const answer = await client.post<ErrorBody>(
      '/session/sample',
      { username: 'admin' },
      { 'x-forwarded-for': '10.0.0.1' },
    );
    expect([answer.status, answer.body.code]).toEqual([403, 'SAMPLE_ENTRY_REFUSED']);
    const list = await client.call<{ items: unknown[] }>('GET', '/session/samples', undefined, {
      forwarded: 'for=10.0.0.1',
    });
    expect(list.body.items).toEqual([]);
    const other = await client.post<ErrorBody>('/session/sample', { username: 'zhang' });
    expect(other.body.code).toBe('WRONG_CREDENTIALS');
  });

  test('a request that another site started is refused', async () => {
    const client = await server.signIn('operator');
    const fromElsewhere: Record<string, string>[] = [
      { 'sec-fetch-site': 'cross-site' },
      { origin: 'https://evil.example' },
    ];
    for (const headers of fromElsewhere) {
      const answer = await client.call<ErrorBody>('POST', '/reports', {}, headers);
      expect([answer.status, answer.body.code]).toEqual([403, 'CROSS_SITE_REFUSED']);
    }
  });

  test('every answer carries the security headers', async () => {
    const { headers } = await fetch(`${server.origin}/healthz`);
    expect(headers.get('content-security-policy')).toContain("script-src 'self' 'wasm-unsafe-eval'");
    expect(headers.get('content-security-policy')).not.toContain("'unsafe-eval'");
    expect(headers.get('x-content-type-options')).toBe('nosniff');
  });

  test('nothing but signing in answers without a session', async () => {
    const all = await routes();
    expect(all.length).toBeGreaterThan(25);
    const client = server.anonymous();
    for (const [method, path] of all.filter(([m, p]) => isOurs(p) && !OPEN.has(`${m} ${p}`))) {
      const body = ['post', 'put'].includes(method) ? {} : undefined;
      const answer = await client.call<ErrorBody>(method.toUpperCase(), fill(path), body);
      // A schema may speak first; it says nothing of what exists.
      expect([401, 400, 415], `${method} ${path}: ${answer.status}`).toContain(answer.status);
      if (answer.status === 401) expect(answer.body.code).toBe('NOT_SIGNED_IN');
    }
  });

  test('no role gets anything but a clear answer from any route with ids that are not there', async () => {
    const all = (await routes()).filter(([, path]) => isOurs(path));
    for (const role of ROLES) {
      const client = await server.signIn(role);
      for (const [method, path] of all) {
        if (path.includes('/session')) continue;
        const body = ['post', 'put'].includes(method) ? {} : undefined;
        const answer = await client.call<ErrorBody>(method.toUpperCase(), fill(path), body);
        expect(
          answer.status,
          `${role} ${method} ${path}: ${JSON.stringify(answer.body).slice(0, 300)}`,
        ).toBeLessThan(500);
      }
    }
  }, 180_000);

  test('the wall may change nothing', async () => {
    const client = await server.signIn('wall');
    const writing = (await routes()).filter(
      ([method, path]) =>
        ['post', 'put', 'delete', 'patch'].includes(method) && isOurs(path) && !path.includes('/session'),
    );
    for (const [method, path] of writing) {
      const answer = await client.call(method.toUpperCase(), fill(path), {});
      expect([400, 403, 404, 415, 422], `${method} ${path}: ${answer.status}`).toContain(answer.status);
    }
  });
});

test('no page of the client is built to run code from elsewhere', () => {
  const html = readFileSync(join(import.meta.dirname, '../../client/index.html'), 'utf8');
  expect(html).not.toMatch(/https?:\/\//);
});
