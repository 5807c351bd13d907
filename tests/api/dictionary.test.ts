import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import sql from 'sql-template-tag';
import type { ClassEntry } from '#contract/dictionary';
import { findLimit } from '../../server/dictionary/service.ts';
import { renewVersions } from '../../server/settings/service.ts';
import { engines } from '../support/test-database.ts';
import { startTestServer, type TestServer } from '../support/test-server.ts';
import type { TestClient } from '../support/test-client.ts';

describe.each(engines)('the dictionary on %s', (engine) => {
  let server: TestServer;
  let operator: TestClient;
  beforeAll(async () => {
    server = await startTestServer({ engine });
    operator = await server.signIn('operator');
  });
  afterAll(() => server.close());

  test('is the active set alone, with its limits', async () => {
    const { body } = await operator.get<{ items: ClassEntry[] }>('/classes');
    expect(body.items).toHaveLength(250);
    expect(new Set(body.items.map(({ edition }) => edition))).toEqual(new Set([2026]));
    const drain = body.items.find(({ id }) => id === 'P01003');
    expect(drain?.name.zh).toBe('雨水井盖');
    expect(drain?.limits.length).toBeGreaterThan(3);
    for (const entry of body.items) {
      expect(entry.limits.filter(({ isDefault }) => isDefault).length, entry.id).toBeLessThanOrEqual(1);
    }
    expect((await server.anonymous().get('/classes')).status).toBe(401);
  });

  test('is found by Chinese, initials, English and code', async () => {
    for (const [typed, id] of [
      ['雨水井盖', 'P01003'],
      ['ysjg', 'P01003'],
      ['storm-drain manhole', 'P01003'],
      ['P01003', 'P01003'],
    ]) {
      const { body } = await operator.get<{ items: ClassEntry[] }>(
        `/classes?q=${encodeURIComponent(typed ?? '')}`,
      );
      expect(body.items.map((one) => one.id).slice(0, 3), typed).toContain(id);
      expect(body.items.length).toBeLessThan(250);
    }
  });

  test('is not sent again until it changes', async () => {
    const first = await operator.get('/classes');
    const etag = first.headers.get('etag') ?? '';
    expect(etag).toMatch(/^"[\w-]+"$/);
    const again = await operator.call('GET', '/classes', undefined, { 'if-none-match': etag });
    expect(again.status).toBe(304);
    await server.db.transaction(async (tx) => {
      await tx.query(sql`update classes set name_en = 'Changed' where id = 'P01003'`);
      await renewVersions(tx, 'dictionary');
    });
    const changed = await operator.call('GET', '/classes', undefined, { 'if-none-match': etag });
    expect(changed.status).toBe(200);
    expect(changed.headers.get('etag')).not.toBe(etag);
  });

  test('has a limit for a condition, by place, or none', async () => {
    expect(await findLimit(server.db, 'P01003', server.clock.now(), { place: 'carriageway' })).toMatchObject({
      urgent: true,
    });
    expect(await findLimit(server.db, 'P01003', server.clock.now())).toMatchObject({
      urgent: false,
      isDefault: true,
    });
    await expect(findLimit(server.db, 'P01003', server.clock.now(), { condition: -1 })).rejects.toMatchObject(
      {
        code: 'UNKNOWN_CONDITION',
      },
    );
    await expect(findLimit(server.db, '2013:P0107', server.clock.now())).rejects.toMatchObject({
      code: 'UNKNOWN_CLASS',
    });
    await server.db.query(sql`delete from class_limits where class_id = 'P01012'`);
    await expect(findLimit(server.db, 'P01012', server.clock.now())).rejects.toMatchObject({
      code: 'CLASS_WITHOUT_LIMIT',
    });
  });
});
