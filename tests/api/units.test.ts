import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ErrorBody } from '#contract/shared';
import type { Resolution, Unit } from '#contract/units';
import { engines } from '../support/test-database.ts';
import { startTestServer, type TestServer } from '../support/test-server.ts';
import type { TestClient } from '../support/test-client.ts';

const drain = 'lon=103.7608273&lat=36.0634948';

describe.each(engines)('units on %s', (engine) => {
  let server: TestServer;
  let dispatcher: TestClient;
  beforeAll(async () => {
    server = await startTestServer({ engine });
    dispatcher = await server.signIn('dispatcher');
  });
  afterAll(() => server.close());

  test('are listed with their people and telephones, the invented ones labelled', async () => {
    const { body } = await dispatcher.get<{ items: Unit[] }>('/units?limit=500');
    expect(body.items.filter(({ invented }) => !invented)).toHaveLength(25);
    expect(body.items.every(({ phone, leader }) => phone !== '' && leader !== '')).toBe(true);
    const found = await dispatcher.get<{ items: Unit[] }>(`/units?q=${encodeURIComponent('公安')}`);
    expect(found.body.items.map(({ code }) => code)).toEqual(['police']);
    expect((await dispatcher.get<Unit>('/units/police')).body.name.zh).toBe('公安局');
    expect((await dispatcher.get('/units/nobody')).status).toBe(404);
  });

  test('are resolved with the rule, the limit and why', async () => {
    const { body } = await dispatcher.get<Resolution>(`/resolve?class=P01003&${drain}`);
    expect(body.unit?.code).toBe('planning');
    expect(body.part).toMatchObject({ code: '62010301003000001' });
    expect(body.limit.limitSeconds).toBeGreaterThan(0);
    expect(body.why.zh).toContain('规划建设局');
    expect(body.why.en).toContain('Planning');
    expect(body.candidates.find(({ applies }) => applies)?.rule).toBe('part-maintainer');
  });

  test('are not resolved for what does not exist', async () => {
    for (const [query, status, code] of [
      [`class=X99&${drain}`, 422, 'UNKNOWN_CLASS'],
      [`class=2013:P0107&${drain}`, 422, 'UNKNOWN_CLASS'],
      [`class=P01003&${drain}&part=99999999999999999`, 422, 'UNKNOWN_PART'],
      [`class=P01012&${drain}&part=62010301003000001`, 422, 'UNKNOWN_PART'],
      [`class=P01003&${drain}&condition=99999`, 422, 'UNKNOWN_CONDITION'],
      ['class=P01003&lon=116.4&lat=39.9', 422, 'POSITION_OUTSIDE_DISTRICT'],
      [`class=P01003&${drain}&place=roof`, 400, 'INVALID_INPUT'],
      ['class=P01003', 400, 'INVALID_INPUT'],
    ] as const) {
      const answer = await dispatcher.get<ErrorBody>(`/resolve?${query}`);
      expect([answer.status, answer.body.code], query).toEqual([status, code]);
    }
  });
});
